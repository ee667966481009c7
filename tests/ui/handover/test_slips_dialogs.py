"""What is asked before something goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.ui.handover.slips_dialogs import FindingsDialog
from tests.ui.desks import every
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener


def test_findings__nothing_ticked__is_nothing_to_send_back(
    qtbot: QtBot, open_work: Opener, county: Path
) -> None:
    work = open_work(county)
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    tab = shown(qtbot, work)
    press(tab, "slips.mark")
    (dialog,) = every(tab, FindingsDialog)
    dialog.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)

    dialog.keep()

    assert "至少勾选一个" in dialog.told.text()
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
