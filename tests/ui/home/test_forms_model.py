"""The forms of the period as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QIcon

from desktop.app.audit.form_states import FormState
from desktop.app.audit.form_states import Progressed
from desktop.ui.home.forms_model import Column
from desktop.ui.home.forms_model import FormsModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

ROLE = Qt.ItemDataRole
WRONG = FormState("eci", 3, False, 2, 5, 1, Progressed.WRONG)
NIL = FormState("area", 0, True, 0, 0, 0, Progressed.DONE)


@pytest.fixture
def model(work: Workplace, qtbot: QtBot) -> FormsModel:
    return FormsModel(work, work.desk)


def texts(model: FormsModel, row: int) -> list[object]:
    return [model.index(row, column).data() for column in Column]


def test_model__is_sound(model: FormsModel, qtmodeltester: ModelTester) -> None:
    model.take((WRONG, NIL))
    qtmodeltester.check(model)


def test_before_the_ledger_answers__the_forms_stand_there(model: FormsModel) -> None:
    assert texts(model, 0) == ["养老机构调查表", "…", "…", "…", "…"]
    assert model.state_at(0) is None


def test_take__what_is_open_and_what_is_not(model: FormsModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged):
        model.take((WRONG, NIL))
    assert texts(model, 0)[1:] == ["有错", "3", "2", "4"]
    assert texts(model, 1)[1:] == ["零报告", "0", "", ""]
    told = model.index(0, 0).data(ROLE.AccessibleTextRole)
    assert told == "养老机构调查表，有错，3 条，2 处错误，4 处待说明"
    assert model.index(1, 0).data(ROLE.ToolTipRole).endswith("零报告，0 条")


def test_colours__never_the_only_sign(model: FormsModel, work: Workplace) -> None:
    model.take((WRONG, NIL))
    state = model.index(0, Column.STATE)
    assert state.data(ROLE.ForegroundRole) == QColor(work.look.colours.error.ink)
    assert isinstance(state.data(ROLE.DecorationRole), QIcon)
    inks = [model.index(0, c).data(ROLE.ForegroundRole) for c in Column]
    assert inks[0] is None
    assert len({ink.name() for ink in inks[1:]}) == 3


def test_the_form_before_the_person__is_bold(
    model: FormsModel, work: Workplace
) -> None:
    bold = [model.index(row, 0).data(ROLE.FontRole).bold() for row in range(2)]
    assert bold == [form.id == work.desk.place.form for form in work.pack.forms]


def test_heads__words_over_words_numbers_over_numbers(model: FormsModel) -> None:
    across = Qt.Orientation.Horizontal
    heads = [model.headerData(column, across) for column in Column]
    assert heads == ["报表", "状态", "记录数", "强制性", "核实性"]
    sides = [
        model.headerData(column, across, ROLE.TextAlignmentRole) for column in Column
    ]
    assert len(set(map(str, sides))) == 2
    assert model.headerData(9, across) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, across, ROLE.FontRole) is None


def test_rows__by_form(model: FormsModel) -> None:
    assert [model.form_at(row) for row in range(2)] == ["eci", "area"]
    assert model.row_of("area") == 1
