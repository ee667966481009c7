"""Where a click or Enter in the list of forms leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.app.audit.form_states import FormState
from desktop.app.audit.form_states import Progressed
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.desk import Sight
from desktop.ui.home.forms_model import Column
from desktop.ui.home.forms_table import FormsTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

WRONG = FormState("eci", 3, False, 2, 5, 1, Progressed.WRONG)
CLEAN = FormState("area", 2, False, 0, 0, 0, Progressed.DONE)


@pytest.fixture
def table(work: Workplace, qtbot: QtBot) -> FormsTable:
    work.desk.turn_to(Page.HOME)
    made = FormsTable(work)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.forms.take((WRONG, CLEAN))
    made.show()
    return made


@pytest.mark.parametrize(
    ("at", "to"),
    [
        ((0, Column.FORM), (Page.ENTRY, None)),
        ((0, Column.RECORDS), (Page.ENTRY, None)),
        ((0, Column.ERRORS), (Page.AUDIT, Sight("eci", Level.ERROR))),
        ((0, Column.WARNINGS), (Page.AUDIT, Sight("eci", Level.WARNING))),
        ((1, Column.ERRORS), (Page.ENTRY, None)),
        ((1, Column.WARNINGS), (Page.ENTRY, None)),
    ],
)
def test_click__goes_to_the_form_or_to_what_is_open(
    table: FormsTable,
    work: Workplace,
    qtbot: QtBot,
    at: tuple[int, Column],
    to: tuple[Page, Sight | None],
) -> None:
    row, column = at
    rect = table.visualRect(table.forms.index(row, column))
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(table.viewport(), button, pos=rect.center())
    assert (work.desk.page, work.desk.sight) == to
    if work.desk.page is Page.ENTRY:
        assert work.desk.place == Place(table.forms.form_at(row))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys__arrows_choose_and_enter_goes(
    table: FormsTable, work: Workplace, qtbot: QtBot, key: Qt.Key
) -> None:
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert work.desk.page is Page.HOME, "choosing is not going"
    qtbot.keyClick(table, key)
    assert (work.desk.page, work.desk.place) == (Page.ENTRY, Place("area"))


def test_keys__right_and_enter_lead_to_the_findings(
    table: FormsTable, work: Workplace, qtbot: QtBot
) -> None:
    for _ in range(Column.ERRORS):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert work.desk.sight == Sight("eci", Level.ERROR)


def test_choose__stays_in_its_column(table: FormsTable) -> None:
    table.setCurrentIndex(table.forms.index(0, Column.WARNINGS))
    table.choose("area")
    now = table.currentIndex()
    assert (now.row(), now.column()) == (1, Column.WARNINGS)
