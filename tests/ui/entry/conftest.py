"""The page 填报 on a ledger in its second year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.entry.page import EntryPage
from tests import small
from tests.ui.desks import drain

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

NEXT_YEAR = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def second_year(qtbot: QtBot, open_work: Opener, small_ledger: Path) -> Workplace:
    """Open the small ledger one year on, with its rosters taken over, audited."""
    with small.opened(small_ledger) as ledger:
        ledger.add_period(NEXT_YEAR, small.YEAR)
    work = open_work(small_ledger)
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    return work


@pytest.fixture
def second_page(qtbot: QtBot, second_year: Workplace) -> EntryPage:
    """Open the page on the facilities of the second year."""
    made = EntryPage(second_year)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    drain(second_year)
    return made
