"""A grid without records says why there are none, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.commands import Need
from desktop.ui.entry.empty_note import EmptyNote
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def emptied(qtbot: QtBot, work: Workplace) -> Hand:
    """Take all records of the roster away."""
    hand = Hand(qtbot, work)
    hand.choose(0, 2, "name")
    hand.ask("record.remove")
    return hand


def note(hand: Hand) -> EmptyNote:
    return child(hand.grid, EmptyNote, "entry.empty")


def says(hand: Hand) -> str:
    return child(note(hand), QLabel, "entry.empty.sentence").text()


def offered(hand: Hand) -> list[str]:
    buttons = every(note(hand), QPushButton)
    return [one.text() for one in buttons if one.isVisible()]


def test_grid_with_records__has_none(qtbot: QtBot, work: Workplace) -> None:
    hand = Hand(qtbot, work)
    assert every(hand.grid, EmptyNote) == []


def test_empty__offers_the_ways_to_begin_and_goes_with_the_first_record(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = emptied(qtbot, work)
    assert says(hand) == "这张表还没有记录"
    assert offered(hand) == ["新增记录", "导入表格…", "上期结转…", "零报告"]
    assert nameless(hand.page) == []
    asked: list[str] = []
    work.desk.asked.connect(asked.append)
    child(note(hand), QPushButton, "empty.record.add").click()
    assert asked == ["record.add"]
    hand.undo()
    assert not note(hand).isVisible()


def test_empty__the_grid_keeps_the_keys(qtbot: QtBot, work: Workplace) -> None:
    hand = emptied(qtbot, work)
    buttons = every(note(hand), QPushButton)
    assert {one.focusPolicy() for one in buttons} == {Qt.FocusPolicy.NoFocus}
    QGuiApplication.clipboard().setText("甲院\t1")
    hand.ask("edit.paste")
    assert every(hand.page, QPushButton, "paste.adding") != []


def test_empty__stands_in_the_middle_beside_the_columns_that_stay(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = emptied(qtbot, work)
    free = hand.grid.viewport().x() + hand.grid.covered
    for width in (1300, 1200, 900):
        hand.page.resize(width, 600)
        drain(work)
        where = note(hand).geometry()
        assert where.left() >= (free if width > 900 else hand.grid.viewport().x())
        assert where.right() <= hand.grid.width()
        assert every(note(hand), QLabel)[0].geometry().bottom() < where.height()


def test_nil_return__is_said_and_can_be_withdrawn(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = emptied(qtbot, work)
    hand.ask("record.nil")
    qtbot.waitUntil(lambda: "零报告" in says(hand))
    assert offered(hand) == ["撤回零报告"]
    child(note(hand), QPushButton, "empty.record.nil").click()
    qtbot.waitUntil(lambda: says(hand) == "这张表还没有记录")


def test_filter__that_leaves_nothing_is_taken_off(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = Hand(qtbot, work)
    hand.model.filter("没有这样的")
    qtbot.waitUntil(lambda: every(hand.grid, EmptyNote) != [])
    assert says(hand) == "没有符合筛选条件的记录"
    child(note(hand), QPushButton, "empty.view.filter_off").click()
    qtbot.waitUntil(lambda: not note(hand).isVisible())
    assert len(hand.model.ids) == 3


def test_reading_only__offers_nothing_that_cannot_be_done(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    work = open_work(small_ledger)
    emptied(qtbot, work)
    work.desk.set_need(Need.WRITABLE, holds=False)
    hand = Hand(qtbot, work)
    assert says(hand) == "这张表还没有记录"
    assert offered(hand) == []


def test_form_of_units__waits_for_its_units(qtbot: QtBot, work: Workplace) -> None:
    hand = emptied(qtbot, work)
    work.desk.set_need(Need.ROSTER, holds=False)
    hand.page.nil.changed.emit()
    hint = child(note(hand), QLabel, "entry.empty.hint").text()
    assert hint == "这张表的记录随台账的统计单元自动出现，不用新增。"
    assert offered(hand) == []
