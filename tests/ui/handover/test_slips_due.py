"""期限…: a return slip's day is set, changed and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel

from desktop.ui.handover.slips_dialogs import SayDialog
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import sent_back
from tests.exchange.townships import opened
from tests.exchange.townships import submit
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.handover.slips_shown import CELL
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import settle
from tests.ui.handover.slips_shown import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.handover.slips_tab import SlipsTab
    from tests.ui.conftest import Opener


def asked(tab: SlipsTab) -> SayDialog:
    press(tab, "slips.due")
    (dialog,) = [d for d in every(tab, SayDialog) if d.isVisible()]
    return dialog


def due(tab: SlipsTab) -> tuple[str, bool]:
    unit = tab.sent.unit()
    assert unit is not None
    return unit.slips[0].due, unit.slips[0].waiting


def test_due__set_changed_and_taken_away(
    qtbot: QtBot, open_work: Opener, county: Path, east: Path
) -> None:
    tab = shown(qtbot, open_work(county))
    assert not tab.sent.due.isEnabled(), "there is no slip yet"

    with opened(east) as street_:
        first = submit(street_, "first.xlsx")
    thread = tab.work.session.thread
    thread.call(lambda ledger: sent_back(ledger, first, CELL)).result()
    thread.call(issued).result()
    settle(tab)
    assert due(tab) == ("", False)

    dialog = asked(tab)
    about = child(dialog, QLabel, "slips.term.about").text()
    assert "退回单上有 1 处要改" in about
    assert "再写出一次" in about
    assert not dialog.reason.isVisible()
    assert not dialog.limited.isChecked()
    dialog.limited.setChecked(True)
    dialog.due.setDate(QDate(2025, 12, 24))
    dialog.keep()
    settle(tab)
    assert due(tab) == ("2025-12-24", True)
    assert tab.sent.tree.topLevelItem(0).text(3) == "2025-12-24"

    dialog = asked(tab)
    assert dialog.limited.isChecked()
    assert dialog.due.date() == QDate(2025, 12, 24)
    dialog.limited.setChecked(False)
    dialog.keep()
    settle(tab)
    assert due(tab) == ("", True)
