"""What was sent back is marked in the grid and explained beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from desktop.app.entry.cell_notes import NO_MARKS
from desktop.app.entry.returned_cells import SentBack
from desktop.core.changes import Action
from desktop.core.messages import message
from desktop.exchange.slip import Item
from desktop.exchange.slip_facts import changes_to
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.beside_rows import beside_of
from desktop.ui.entry.marks_block import MarksBlock
from desktop.ui.entry.marks_words import back_words
from desktop.ui.entry.page import EntryPage
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.entry.side_panel import SidePanel
from desktop.ui.handover.slips_dialogs import SayDialog
from tests.exchange.test_slip_files import SLIP
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

BACK = SentBack("与上年相差太大", "2026-01-20")


def sent_back(work: Workplace, record: Record) -> None:
    """Let a slip come in for the beds of a facility."""
    item = Item(
        1,
        "eci",
        str(record.key.facility),
        "beds_total",
        "",
        ("beds_total",),
        (f"n:{record.cell('beds_total')}", "", ""),
        BACK.reason,
        "p",
    )
    slip = replace(SLIP, items=(item,))
    changes = tuple(changes_to({}, work.period, slip))
    title = message("slips.action.take_slip", count=1)
    work.session.note_fact(lambda _: Action(title, changes)).result()
    drain(work)


def test_back_words__reason_and_day(say: Words) -> None:
    assert back_words(say, BACK) == "退回（2026-01-20前改正）：与上年相差太大"
    assert back_words(say, SentBack("请核对")) == "退回：请核对"
    done = replace(BACK, corrected=True)
    assert back_words(say, done) == "退回，已改：与上年相差太大"


def test_marks_block__says_why_it_came_back(qtbot: QtBot, work: Workplace) -> None:
    block = MarksBlock(work)
    qtbot.addWidget(block)
    said = child(block, QLabel, "side.back")

    block.show_marks(replace(NO_MARKS, back=BACK))

    assert "与上年相差太大" in said.text()
    assert said.property("role") == "bad"
    block.show_marks(replace(NO_MARKS, back=replace(BACK, corrected=True)))
    assert said.property("role") == "good"
    block.show_marks(NO_MARKS)
    assert said.isHidden()


def test_grid__what_comes_back_is_marked_at_once(qtbot: QtBot, work: Workplace) -> None:
    page = EntryPage(work)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    with qtbot.waitExposed(page):
        page.show()
    record = record_named(work, "eci", "好院")
    work.desk.seek(Place("eci", record.id, "beds_total"))
    drain(work)
    model = page.model
    assert isinstance(model, RosterModel)
    rows = beside_of(model)
    index = model.index(
        model.ids.row_of(record.id) or 0, model.column_of("beds_total") or 0
    )
    qtbot.waitUntil(lambda: rows.at(index) is not None, timeout=10_000)
    assert not any("退回" in line for line in rows.words(index))

    sent_back(work, record)

    qtbot.waitUntil(
        lambda: "退回（2026-01-20前改正）：与上年相差太大" in rows.words(index),
        timeout=10_000,
    )
    page.grab()
    [panel] = every(page, SidePanel)
    qtbot.waitUntil(
        lambda: any(
            label.text().startswith("退回（")
            for label in every(panel, QLabel, "side.back")
        ),
        timeout=10_000,
    )


def test_command__send_the_cell_back__only_what_was_received(
    qtbot: QtBot, work: Workplace
) -> None:
    page = EntryPage(work)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    work.desk.turn_to(Page.ENTRY)
    record = record_named(work, "eci", "好院")
    work.desk.seek(Place("eci", record.id, "beds_total"))
    drain(work)

    work.desk.asked.emit("record.return")
    drain(work)

    assert every(page, SayDialog) == [], "it did not come in a submission"
