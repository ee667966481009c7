"""报送: its tabs are made when they are opened, and the last one is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from desktop.ui.desk import Page
from desktop.ui.handover.page import HandoverPage
from desktop.ui.handover.page import Tab
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, work: Workplace) -> HandoverPage:
    made = HandoverPage(work)
    qtbot.addWidget(made)
    made.show()
    return made


def test_page__begins_with_what_a_township_does(page: HandoverPage) -> None:
    assert page.tab is Tab.SUBMIT
    assert nameless(page) == []


@pytest.mark.parametrize("tab", Tab)
def test_tabs__are_made_when_they_are_opened(
    page: HandoverPage, qtbot: QtBot, tab: Tab
) -> None:
    made = page.open(tab)
    qtbot.waitUntil(made.isVisible)
    assert page.tab is tab
    assert page.open(tab) is made


def test_tabs__by_keyboard_and_remembered(
    page: HandoverPage, qtbot: QtBot, work: Workplace
) -> None:
    bar = child(page, QTabBar, "qt_tabwidget_tabbar")
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert page.tab is Tab.RECEIVE
    again = HandoverPage(work)
    qtbot.addWidget(again)
    assert again.tab is Tab.RECEIVE


def test_handing_in__leads_to_its_tab(page: HandoverPage, work: Workplace) -> None:
    page.open(Tab.BOARD)
    work.desk.hand_in()
    assert (work.desk.page, page.tab) == (Page.HANDOVER, Tab.SUBMIT)


def test_tabs__ask_for_no_more_height_than_the_least(page: HandoverPage) -> None:
    for tab in Tab:
        page.open(tab)
    layout = page.layout()
    assert layout is not None
    assert not layout.hasHeightForWidth()
    assert page.minimumSizeHint().height() <= 520
