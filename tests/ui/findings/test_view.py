from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt

from desktop.app.audit.finding_list import Grouping
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.view import FindingsView
from tests.ui.desks import nameless
from tests.ui.findings.test_model import LIST
from tests.ui.findings.test_model import ODD
from tests.ui.findings.test_model import SAID
from tests.ui.findings.test_model import WRONG

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, work: Workplace, qtmodeltester: ModelTester) -> FindingsView:
    model = FindingsModel(work)
    made = FindingsView(model, work)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    model.show(LIST, Grouping.RULE)
    return made


def place(view: FindingsView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def test_keys__arrows_open_and_close(qtbot: QtBot, view: FindingsView) -> None:
    view.go_to(1)
    qtbot.keyClick(view, Key.Key_Left)
    assert view.currentIndex().row() == 0, "up to the head"
    qtbot.keyClick(view, Key.Key_Left)
    assert view.model().rowCount() == 6
    qtbot.keyClick(view, Key.Key_Right)
    assert view.model().rowCount() == 8
    qtbot.keyClick(view, Key.Key_Down)
    assert view.chosen() == [WRONG]


def test_keys__enter_on_a_head_turns_it(qtbot: QtBot, view: FindingsView) -> None:
    view.go_to(0)
    for count in (6, 8):
        qtbot.keyClick(view, Key.Key_Enter)
        assert view.model().rowCount() == count


def test_keys__enter_on_a_finding_leads_on(qtbot: QtBot, view: FindingsView) -> None:
    view.go_to(1)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Key.Key_Return)
    assert opened.args == [WRONG]


def test_keys__several_are_chosen_with_shift_and_copied(
    qtbot: QtBot, view: FindingsView
) -> None:
    view.go_to(4)
    qtbot.keyClick(view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.chosen() == [ODD, SAID]
    with qtbot.waitSignal(view.copied):
        qtbot.keyClick(view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_keys__nothing_happens_where_nothing_is(
    qtbot: QtBot, work: Workplace, qtmodeltester: ModelTester
) -> None:
    model = FindingsModel(work)
    empty = FindingsView(model, work)
    model.setParent(empty)
    qtbot.addWidget(empty)
    with qtbot.assertNotEmitted(empty.opened):
        qtbot.keyClick(empty, Key.Key_Return)


def test_mouse__one_click_turns_a_head(qtbot: QtBot, view: FindingsView) -> None:
    qtbot.mouseClick(view.viewport(), Left, pos=place(view, 0))
    assert view.model().rowCount() == 6
    with qtbot.assertNotEmitted(view.opened):
        qtbot.mouseClick(view.viewport(), Left, pos=place(view, 2))


def test_mouse__two_clicks_lead_on(qtbot: QtBot, view: FindingsView) -> None:
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseDClick(view.viewport(), Left, pos=place(view, 1))
    assert opened.args == [WRONG]
    with qtbot.assertNotEmitted(view.opened):
        qtbot.mouseDClick(view.viewport(), Left, pos=place(view, 0))


def test_heads__have_the_whole_line(view: FindingsView) -> None:
    assert [view.columnSpan(row, 0) for row in range(5)] == [4, 1, 1, 4, 1]


def test_view__has_a_name_and_grows_with_the_letters(view: FindingsView) -> None:
    assert nameless(view) == []
    assert view.rowHeight(1) == view.verticalHeader().defaultSectionSize()
