"""The commands of 填报: blocks, states of cells, records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget
from shiboken6 import isValid

from desktop.core.cells import Absent
from desktop.ui.desk import Page
from desktop.ui.entry.chosen import chosen_in
from desktop.ui.entry.finding import FindBar
from desktop.ui.entry.going_to import GoToDialog
from desktop.ui.entry.page import EntryPage
from desktop.ui.entry.unit_dialog import UnitDialog
from desktop.ui.files.import_dialog import ImportDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import records
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, work: Workplace) -> EntryPage:
    """Open the page on the small ledger's facilities."""
    made = EntryPage(work)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    drain(work)
    return made


def model_of(page: EntryPage) -> RosterModel:
    assert page.model is not None
    return page.model


def grid_of(page: EntryPage) -> GridView:
    assert page.grid is not None
    return page.grid


def column(page: EntryPage, field: str) -> int:
    found = model_of(page).column_of(field)
    assert found is not None
    return found


def choose(page: EntryPage, rows: tuple[int, int], first: str, last: str) -> None:
    """Choose a block by its first and last row and field."""
    model, grid = model_of(page), grid_of(page)
    grid.choose(rows[0], column(page, first))
    corner = model.index(rows[1], column(page, last))
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    block = QItemSelection(model.index(rows[0], column(page, first)), corner)
    grid.selectionModel().select(block, flag)


def ask(page: EntryPage, command: str) -> None:
    """Ask for a command, and wait until it is on the disk and on the screen."""
    page.work.desk.asked.emit(command)
    drain(page.work)


def cells(page: EntryPage, field: str) -> list[Cell]:
    return [each.cell(field) for each in records(page.work, "eci")]


def undo(page: EntryPage) -> None:
    page.work.session.undo().result()
    drain(page.work)


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


# --- States of cells ---------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "cell"),
    [
        ("edit.unknown", Absent.UNKNOWN),
        ("edit.not_applicable", Absent.NOT_APPLICABLE),
        ("edit.clear", Absent.BLANK),
    ],
)
def test_states__of_a_block_in_one_step(
    page: EntryPage, command: str, cell: Absent
) -> None:
    before = cells(page, "beds_total")
    choose(page, (0, 2), "beds_total", "beds_nursing")
    ask(page, command)
    assert cells(page, "beds_total") == [cell] * 3
    assert cells(page, "beds_nursing") == [cell] * 3
    undo(page)
    assert cells(page, "beds_total") == before


# --- Records -----------------------------------------------------------------


def test_add__asks_for_the_unit_and_goes_to_the_new_record(page: EntryPage) -> None:
    ask(page, "record.add")
    [dialog] = every(page, UnitDialog)
    units = child(dialog, QListWidget, "unit.list")
    [street] = units.findItems("华阳路街道", Qt.MatchFlag.MatchExactly)
    units.setCurrentItem(street)
    dialog.accept()
    free(dialog)
    assert not isValid(dialog)
    drain(page.work)
    found = records(page.work, "eci")
    assert len(found) == 4
    assert found[-1].unit == "310105001"
    assert grid_of(page).currentIndex().row() == 3
    undo(page)
    assert len(records(page.work, "eci")) == 3


def test_remove__all_chosen_in_one_step(page: EntryPage) -> None:
    choose(page, (0, 1), "beds_total", "beds_total")
    ask(page, "record.remove")
    assert cells(page, "name") == ["缺院"]
    undo(page)
    assert sorted(map(str, cells(page, "name"))) == ["坏院", "好院", "缺院"]


def test_remove__records_that_were_never_looked_at(
    qtbot: QtBot, work: Workplace
) -> None:
    hand = Hand(qtbot, work)
    hand.grow(900)
    hand.ask("edit.choose_all")
    hand.ask("record.remove")
    qtbot.waitUntil(lambda: records(work, "eci") == [])
    hand.undo()
    assert len(records(work, "eci")) == 903


def test_remove__nothing_chosen_removes_nothing(page: EntryPage) -> None:
    grid_of(page).selectionModel().clear()
    ask(page, "record.remove")
    assert len(records(page.work, "eci")) == 3


def test_step__from_record_to_record_in_the_same_field(page: EntryPage) -> None:
    choose(page, (0, 0), "beds_total", "beds_total")
    ask(page, "record.next")
    now = grid_of(page).currentIndex()
    assert (now.row(), now.column()) == (1, column(page, "beds_total"))
    ask(page, "record.previous")
    assert grid_of(page).currentIndex().row() == 0


def test_card__takes_the_same_commands(page: EntryPage) -> None:
    choose(page, (0, 0), "beds_nursing", "beds_nursing")
    ask(page, "record.card")
    assert page.on_card
    ask(page, "edit.copy")
    assert QGuiApplication.clipboard().text() == "60"
    ask(page, "edit.unknown")
    assert cells(page, "beds_nursing") == [Absent.UNKNOWN, 120, Absent.BLANK]
    ask(page, "record.next")
    assert page.work.desk.place.record == model_of(page).ids[1]
    ask(page, "record.card")
    assert not page.on_card


def test_find__opens_a_line_to_type_in(page: EntryPage) -> None:
    ask(page, "edit.find")
    line = child(page, FindBar, "find")
    assert line.isVisible()
    assert page.focusWidget() is line.text


def test_go_to__opens_for_the_form_before_the_person(page: EntryPage) -> None:
    ask(page, "edit.go_to")
    [dialog] = every(page, GoToDialog)
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)


def test_choose__all_a_column_a_row(page: EntryPage) -> None:
    grid, model = grid_of(page), model_of(page)
    choose(page, (1, 1), "beds_total", "beds_total")
    ask(page, "edit.choose_row")
    assert tuple(chosen_in(grid).rows) == (1,)
    assert chosen_in(grid).columns == tuple(range(len(model.fields)))
    choose(page, (1, 1), "beds_total", "beds_total")
    ask(page, "edit.choose_column")
    assert tuple(chosen_in(grid).rows) == (0, 1, 2)
    assert chosen_in(grid).columns == (column(page, "beds_total"),)
    ask(page, "edit.choose_all")
    assert chosen_in(grid).count == 3 * len(model.fields)


def test_choose__on_the_card_there_is_nothing_to_choose(page: EntryPage) -> None:
    choose(page, (0, 0), "beds_total", "beds_total")
    ask(page, "record.card")
    for command in ("edit.choose_row", "edit.choose_column", "edit.choose_all"):
        ask(page, command)
    assert chosen_in(grid_of(page)).count == 1


def test_import__opens_for_the_form_before_the_person(page: EntryPage) -> None:
    ask(page, "file.import")
    [dialog] = every(page, ImportDialog)
    assert model_of(page).form.title in dialog.windowTitle()
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)


def test_other_pages__the_grid_is_left_alone(page: EntryPage) -> None:
    before = cells(page, "beds_total")
    choose(page, (0, 0), "beds_total", "beds_total")
    page.work.desk.turn_to(Page.AUDIT)
    ask(page, "edit.clear")
    assert cells(page, "beds_total") == before


def test_unknown_commands__are_passed_over(page: EntryPage) -> None:
    before = cells(page, "beds_total")
    ask(page, "no.such.command")
    assert cells(page, "beds_total") == before
