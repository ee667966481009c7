from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.entry import reading
from desktop.app.entry.edits import set_cell
from desktop.ui.entry.history_block import HISTORY_SHOWN
from desktop.ui.entry.history_block import HistoryBlock
from desktop.ui.entry.history_block import history_line
from desktop.ui.entry.history_block import when
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.store.records import Entry
    from desktop.ui.workplace import Workplace


def entries(work: Workplace, *values: int) -> tuple[Entry, ...]:
    """Change a cell, and give its history."""
    field = work.form("eci").by_id["beds_nursing"]
    record = record_named(work, "eci", "好院")
    for value in values:
        record = record_named(work, "eci", "好院")
        work.session.apply(set_cell(record, field, value)).result()
    read = work.session.thread.call(
        lambda ledger: reading.history(ledger, "eci", record.id, field.id)
    )
    return read.result()


def lines(block: HistoryBlock) -> list[str]:
    shown = [one for one in every(block, QLabel) if not one.isHidden()]
    return [one.text() for one in shown if "→" in one.text()]


def test_history__the_last_few_newest_first(qtbot: QtBot, work: Workplace) -> None:
    block = HistoryBlock(work)
    qtbot.addWidget(block)
    assert block.isHidden()
    field = work.form("eci").by_id["beds_nursing"]
    block.show_entries(field, entries(work, *range(HISTORY_SHOWN + 2)))
    assert len(lines(block)) == HISTORY_SHOWN
    assert lines(block)[0].startswith("6 → 7")
    block.show_entries(field, entries(work)[-1:])
    assert lines(block) == ["空 → 60\n2026-01-02 03:04  张三"]
    for nothing in ((None, entries(work)), (field, ())):
        block.show_entries(*nothing)
        assert block.isHidden()


def test_history__all_of_it_is_one_click_away(qtbot: QtBot, work: Workplace) -> None:
    block = HistoryBlock(work)
    qtbot.addWidget(block)
    with qtbot.waitSignal(work.desk.asked) as heard:
        child(block, QPushButton, "side.history").click()
    assert heard.args == ["record.history"]


def test_history_line__from_to_when_and_who(work: Workplace) -> None:
    [entry, *_] = entries(work, 61)
    field = work.form("eci").by_id["beds_nursing"]
    said = history_line(work.say, field, entry)
    assert said == f"60 → 61\n{when(entry)}  李芳"
    assert when(entry) == "2025-11-22 09:30"
