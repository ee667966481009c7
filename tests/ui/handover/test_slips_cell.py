"""退回这一格, from the grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.ui.handover.slips_cell import send_cell_back
from desktop.ui.handover.slips_dialogs import SayDialog
from tests.exchange.townships import home
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.handover.slips_shown import settle
from tests.ui.handover.slips_shown import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener


def test_send_cell_back__from_the_grid(
    qtbot: QtBot, open_work: Opener, county: Path
) -> None:
    work = open_work(county)
    said: list[str] = []
    tab = shown(qtbot, work)
    with_home = work.session.thread.call(lambda ledger: ledger.record(home("甲院")))
    record, field = with_home.result(), work.form("eci").by_id["beds_total"]
    assert record is not None

    send_cell_back(work, record, field, tab, said.append)
    drain(work)
    (dialog,) = [d for d in every(tab, SayDialog) if d.isVisible()]
    assert "甲院\n总床位数：10" in child(dialog, QLabel, "slips.cell.about").text()
    dialog.limited.setChecked(False)
    dialog.reason.setPlainText("请核对")
    qtbot.keyClick(
        dialog.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(tab)

    (unit,) = [tab.sent.unit()]
    assert unit is not None
    assert [one.item.reason for one in unit.items] == ["请核对"]
    assert unit.slips[0].due == ""
    assert "已列入退回单" in said[-1]
    # Another cell goes on the same slip, whose deadline is not changed unasked.
    send_cell_back(work, record, work.form("eci").by_id["price"], tab, said.append)
    drain(work)
    (dialog,) = [d for d in every(tab, SayDialog) if d.isVisible()]
    assert not dialog.limited.isChecked()
    dialog.limited.setChecked(True)
    dialog.due.setDate(QDate(2025, 12, 24))
    dialog.reason.setPlainText("请填")
    dialog.keep()
    settle(tab)
    send_cell_back(work, record, field, tab, said.append)
    drain(work)
    (dialog,) = [d for d in every(tab, SayDialog) if d.isVisible()]
    assert dialog.limited.isChecked()
    assert dialog.due.date() == QDate(2025, 12, 24)
    dialog.reject()
    own = replace(record, key=home("无"))
    send_cell_back(work, own, field, tab, said.append)
    drain(work)
    assert "不是上报来的" in said[-1]
