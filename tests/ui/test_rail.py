from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.ui.desk import Page
from desktop.ui.rail import Rail
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def rail(qtbot: QtBot, work: Workplace) -> Rail:
    made = Rail(work)
    qtbot.addWidget(made)
    made.show()
    return made


def button(rail: Rail, page: Page) -> QToolButton:
    return child(rail, QToolButton, f"rail.{page.value}")


@pytest.mark.parametrize("page", Page)
def test_rail__a_click_turns_to_the_page(
    rail: Rail, work: Workplace, qtbot: QtBot, page: Page
) -> None:
    qtbot.mouseClick(button(rail, page), Qt.MouseButton.LeftButton)
    assert work.desk.page is page
    assert [one for one in Page if button(rail, one).isChecked()] == [page]


@pytest.mark.parametrize("page", Page)
def test_rail__follows_where_the_desk_went(
    rail: Rail, work: Workplace, page: Page
) -> None:
    work.desk.turn_to(page)
    assert [one for one in Page if button(rail, one).isChecked()] == [page]


def test_rail__a_second_click_leaves_the_page_chosen(
    rail: Rail, work: Workplace, qtbot: QtBot
) -> None:
    for _ in range(2):
        qtbot.mouseClick(button(rail, Page.EXPORT), Qt.MouseButton.LeftButton)
    assert button(rail, Page.EXPORT).isChecked()
    assert work.desk.page is Page.EXPORT


def test_rail__works_by_keyboard(rail: Rail, work: Workplace, qtbot: QtBot) -> None:
    qtbot.keyClick(button(rail, Page.INDICATORS), Qt.Key.Key_Space)
    assert work.desk.page is Page.INDICATORS


def test_rail__begins_at_the_page_the_desk_has(qtbot: QtBot, work: Workplace) -> None:
    work.desk.turn_to(Page.AUDIT)
    rail = Rail(work)
    qtbot.addWidget(rail)
    assert button(rail, Page.AUDIT).isChecked()


def test_rail__buttons_have_words_icons_and_their_keys(rail: Rail) -> None:
    assert nameless(rail) == []
    for place, page in enumerate(Page, start=1):
        made = button(rail, page)
        assert re.fullmatch("[\u4e00-\u9fff]+", made.text())
        assert not made.icon().isNull()
        assert f"Ctrl+{place}" in made.toolTip()


def test_rail__buttons_give_way_on_a_low_screen(rail: Rail) -> None:
    rail.resize(rail.width(), 768)
    tall = button(rail, Page.HOME).height()
    rail.resize(rail.width(), rail.minimumSizeHint().height())
    assert button(rail, Page.HOME).height() < tall
    bottom = max(button(rail, page).geometry().bottom() for page in Page)
    assert bottom <= rail.height()
