"""收表: two views, the second one made when it is opened; the next step is a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from desktop.ui.handover.journal_view import JournalView
from desktop.ui.handover.page import HandoverPage
from desktop.ui.handover.page import Tab
from desktop.ui.handover.receive_tab import ReceiveTab
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def test_views__the_book_is_made_when_it_is_opened(
    work: Workplace, qtbot: QtBot
) -> None:
    tab = ReceiveTab(work)
    qtbot.addWidget(tab)
    tab.show()
    assert not every(tab, JournalView)
    views = child(tab, QTabWidget, "receive.views")
    views.setCurrentIndex(1)
    [made] = every(tab, JournalView)
    views.setCurrentIndex(0)
    views.setCurrentIndex(1)
    assert every(tab, JournalView) == [made]
    qtbot.waitUntil(made.isVisible)
    assert nameless(tab) == []
    with qtbot.waitSignal(tab.slips_wanted):
        tab.files.slips_wanted.emit()


def test_next__turns_to_receipts_and_returns(work: Workplace, qtbot: QtBot) -> None:
    page = HandoverPage(work)
    qtbot.addWidget(page)
    page.show()
    tab = page.open(Tab.RECEIVE)
    assert isinstance(tab, ReceiveTab)

    tab.files.slips_wanted.emit()

    assert page.tab is Tab.SLIPS
