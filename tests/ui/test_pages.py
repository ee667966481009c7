"""Every page of the desk can be made, in parts, and is never seen half made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.core.findings import RecordId
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.pages import CODE
from desktop.ui.pages import Pages
from desktop.ui.pages import load_by_turns
from desktop.ui.pages import make_page
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def pages(work: Workplace, qtbot: QtBot) -> Iterator[Pages]:
    """Show the pages of a window that begins at 工作台."""
    work.desk.page = Page.HOME
    made = Pages(work)
    window = QWidget()
    made.setParent(window)
    window.resize(1200, 700)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.close()
    window.deleteLater()
    free(window)


@pytest.mark.parametrize("page", Page)
def test_make_page__each_is_of_its_own_kind(
    work: Workplace, qtbot: QtBot, page: Page
) -> None:
    made = make_page(page, work)
    qtbot.addWidget(made)
    assert page.value in type(made).__name__.lower()


@pytest.mark.parametrize("page", Page)
def test_load__a_part_of_the_code_a_turn(page: Page) -> None:
    turns = load_by_turns(page)
    for name in CODE.get(page, ()):
        next(turns)
        assert name in sys.modules
    for _ in turns:
        pass
    assert any(page.value in name for name in sys.modules)


def test_pages__the_one_before_is_seen_until_the_next_stands(
    pages: Pages, work: Workplace, qtbot: QtBot
) -> None:
    home = pages.page(Page.HOME)
    assert home is not None
    assert home.isVisible()
    seen: list[tuple[bool, int]] = []
    pages.stood.connect(lambda: seen.append((home.isVisible(), -1)))
    work.desk.turn_to(Page.AUDIT)
    while not seen or seen[-1][1] >= 0:
        seen.append((home.isVisible(), len(every(pages, QWidget, "audit.list"))))
        QCoreApplication.processEvents()
    turns = [before for before, _ in seen[:-1]]
    assert len(turns) > 2, "all in one turn"
    assert all(turns)
    audit = pages.page(Page.AUDIT)
    assert audit is not None
    qtbot.waitUntil(audit.isVisible)
    assert not home.isVisible()


def test_pages__asked_for_is_made_at_once(pages: Pages, work: Workplace) -> None:
    work.desk.turn_to(Page.INDICATORS)
    made = pages.page(Page.INDICATORS)
    assert made is not None
    assert made.isVisible()


def test_pages__the_last_one_turned_to_is_shown(pages: Pages, work: Workplace) -> None:
    work.desk.turn_to(Page.AUDIT)
    work.desk.turn_to(Page.EXPORT)
    audit, export = pages.page(Page.AUDIT), pages.page(Page.EXPORT)
    assert audit is not None
    assert export is not None
    assert (audit.isVisible(), export.isVisible()) == (False, True)


def test_pages__a_key_finds_the_page_that_was_turned_to(
    pages: Pages, work: Workplace, qtbot: QtBot
) -> None:
    home = pages.page(Page.HOME)
    assert home is not None
    before = QApplication.focusWidget()
    assert before is not None
    assert home.isAncestorOf(before)
    work.desk.turn_to(Page.INDICATORS)
    qtbot.keyClick(before, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert child(pages, QLineEdit, "indicators.search").hasFocus()


def test_pages__what_is_said_meanwhile_is_said_when_the_page_stands(
    pages: Pages, work: Workplace, qtbot: QtBot
) -> None:
    heard: list[bool] = []
    work.desk.sought.connect(
        lambda _: heard.append(bool(every(pages, QWidget, "entry.split")))
    )
    work.desk.seek(Place("eci", RecordId(1), "beds_total"))
    assert heard == []
    qtbot.waitUntil(lambda: heard == [True])


def test_pages__none_is_made_for_a_closed_ledger(pages: Pages, work: Workplace) -> None:
    work.desk.turn_to(Page.AUDIT)
    work.bridge.close()
    assert pages.page(Page.AUDIT) is None
    assert every(pages, QWidget, "audit.list") == []
