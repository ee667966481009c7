"""What is asked for about cells: same as last period, marks, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QToolTip

from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.cell_notes import marks_by_field
from desktop.core.cells import Absent
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.beside_rows import beside_of
from desktop.ui.entry.cell_delegate import CellDelegate
from desktop.ui.entry.comment_dialog import CommentDialog
from desktop.ui.entry.history_dialog import HistoryDialog
from desktop.ui.entry.page import EntryPage
from tests import asked
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import records

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.workplace import Workplace


def choose(page: EntryPage, rows: tuple[int, int], first: str, last: str) -> None:
    """Choose a block by its first and last row and field."""
    model, grid = page.model, page.grid
    assert model is not None
    assert grid is not None
    left, right = model.column_of(first), model.column_of(last)
    assert left is not None
    assert right is not None
    grid.choose(rows[0], left)
    block = QItemSelection(model.index(rows[0], left), model.index(rows[1], right))
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    grid.selectionModel().select(block, flag)


def ask(page: EntryPage, command: str) -> None:
    page.work.desk.asked.emit(command)
    drain(page.work)


def cells(page: EntryPage, field: str) -> list[Cell]:
    return [row.cell(field) for row in records(page.work, "eci")]


# --- Same as last period -------------------------------------------------------


def test_same_cell__of_a_selection_in_one_step(second_page: EntryPage) -> None:
    assert cells(second_page, "beds_total") == [Absent.BLANK] * 3
    choose(second_page, (0, 1), "beds_total", "beds_nursing")
    ask(second_page, "record.same_cell")
    assert cells(second_page, "beds_total") == [100, 100, Absent.BLANK]
    assert cells(second_page, "beds_nursing") == [60, 120, Absent.BLANK]
    second_page.work.session.undo().result()
    assert cells(second_page, "beds_total") == [Absent.BLANK] * 3


def test_same_cell__says_what_was_not_there(second_page: EntryPage) -> None:
    choose(second_page, (0, 0), "price", "price")
    ask(second_page, "record.same_cell")
    assert QToolTip.text() == "2025年有 1 格是空的，这些格没有变。"
    choose(second_page, (0, 0), "name", "name")
    ask(second_page, "record.same_cell")
    assert QToolTip.text() == "与上期相同，没有可填的。"


def test_same_record__fills_what_is_empty(second_page: EntryPage) -> None:
    choose(second_page, (1, 1), "beds_total", "beds_total")
    ask(second_page, "record.same_record")
    assert cells(second_page, "beds_total") == [Absent.BLANK, 100, Absent.BLANK]
    assert cells(second_page, "beds_nursing") == [Absent.BLANK, 120, Absent.BLANK]


def test_same__on_the_card_the_field_before_the_person(
    qtbot: QtBot, second_page: EntryPage
) -> None:
    choose(second_page, (0, 0), "beds_total", "beds_total")
    second_page.toggle_card()
    qtbot.waitUntil(lambda: second_page.card.ready)
    ask(second_page, "record.same_cell")
    assert cells(second_page, "beds_total") == [100, Absent.BLANK, Absent.BLANK]
    ask(second_page, "record.same_cell")
    assert QToolTip.text() == "与上期相同，没有可填的。"


def test_same__in_a_first_year_there_is_nothing(qtbot: QtBot, work: Workplace) -> None:
    page = EntryPage(work)
    qtbot.addWidget(page)
    page.show()
    drain(work)
    choose(page, (0, 0), "beds_total", "beds_total")
    for command in ("record.same_cell", "record.same_record", "record.carry"):
        ask(page, command)
        assert QToolTip.text() == "本台账没有更早的报告期。"
        QToolTip.hideText()
    assert cells(page, "beds_total") == [100, 100, 100]


# --- Comment, flag, history ----------------------------------------------------


def marks(page: EntryPage) -> dict[str, CellMarks]:
    [first, *_] = records(page.work, "eci")
    return marks_by_field(asked.notes(page.work.session, first.key))


def test_flag__turned_on_and_off(second_page: EntryPage) -> None:
    choose(second_page, (0, 0), "beds_total", "beds_total")
    ask(second_page, "record.flag")
    assert marks(second_page) == {"beds_total": CellMarks(flagged=True)}
    ask(second_page, "record.flag")
    assert marks(second_page) == {}
    second_page.work.session.undo().result()
    assert marks(second_page) == {"beds_total": CellMarks(flagged=True)}


@pytest.mark.parametrize(
    ("command", "kind"),
    [("record.comment", CommentDialog), ("record.history", HistoryDialog)],
)
def test_dialogs__open_for_the_cell(
    second_page: EntryPage, command: str, kind: type[QDialog]
) -> None:
    choose(second_page, (0, 0), "beds_total", "beds_total")
    ask(second_page, command)
    [dialog] = every(second_page, kind)
    assert dialog.isVisible()
    assert "总床位数" in dialog.windowTitle()
    dialog.close()


def test_commands__nothing_without_a_cell_or_on_another_page(
    second_page: EntryPage,
) -> None:
    work = second_page.work
    work.desk.move(Place("eci"))
    for command in ("record.flag", "record.same_record", "record.same_cell"):
        ask(second_page, command)
    assert every(second_page, QDialog) == []
    choose(second_page, (0, 0), "beds_total", "beds_total")
    work.desk.turn_to(Page.AUDIT)
    ask(second_page, "record.flag")
    assert marks(second_page) == {}


# --- Last period in the grid ---------------------------------------------------


def test_prior__turned_on_is_remembered_and_marked(
    qtbot: QtBot, second_page: EntryPage
) -> None:
    page, work = second_page, second_page.work
    assert page.model is not None
    assert page.grid is not None
    delegates = (page.grid.itemDelegate(), page.grid.frozen.itemDelegate())
    for delegate in delegates:
        assert isinstance(delegate, CellDelegate)
    qtbot.waitUntil(
        lambda: all(getattr(one, "beside", None) is not None for one in delegates)
    )
    rows = beside_of(page.model)
    assert not rows.shows_prior
    ask(page, "view.prior")
    assert work.habits.now.layout["entry.prior"] == "1"
    assert "view.prior" in work.desk.marks
    ask(page, "view.prior")
    assert work.habits.now.layout["entry.prior"] == ""
    assert "view.prior" not in work.desk.marks


def test_attend__a_grid_that_is_gone_is_left_alone(second_page: EntryPage) -> None:
    work = second_page.work
    work.desk.move(Place("area"))
    work.desk.move(Place("eci"))
    drain(work)
    assert second_page.grid is not None
