"""退回与回执: both sides, files that are dropped, and what is said first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QRadioButton

from desktop.exchange.slip_files import data_of
from desktop.exchange.slip_files import to_file
from tests.exchange.test_slip_files import ITEM
from tests.exchange.test_slip_files import SLIP
from tests.exchange.townships import COUNTY
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.handover.slips_shown import drop
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import shown
from tests.ui.handover.slips_shown import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener


def test_tab__nothing_yet__says_what_to_do(
    qtbot: QtBot, open_work: Opener, east: Path, tmp_path: Path
) -> None:
    township = shown(qtbot, open_work(east))
    assert township.came.empty.isVisible()
    assert "上级用 U 盘或邮件发来退回单" in township.came.empty.text()
    assert nameless(township) == []

    empty = Desks(tmp_path).new(*county_units())
    county = shown(qtbot, open_work(empty))
    assert county.sent.empty.isVisible()
    assert "请先在“收表”里接收" in county.sent.empty.text()
    assert not child(county, QRadioButton, "slips.to_us").isVisible()


def test_tab__a_county_that_gets_something_back_has_both_sides(
    qtbot: QtBot, open_work: Opener, county: Path, tmp_path: Path
) -> None:
    with opened(county) as ledger:
        about = replace(
            SLIP.about, ledger=ledger.identity().ledger, unit=COUNTY, package="x"
        )
        item = replace(ITEM, record="甲院", fields=("beds_total",), returned=())
        gone = replace(ITEM, number=2, record="无")
    slip = replace(SLIP, about=about, items=(item, gone))
    file = tmp_path / "a.tzs"
    file.write_bytes(to_file(data_of(slip)))
    tab = shown(qtbot, open_work(county))

    drop(tab, file)

    to_us = child(tab, QRadioButton, "slips.to_us")
    assert to_us.isVisible()
    to_us.click()
    assert tab.came.isVisible()
    tree = tab.came.tree
    tree.setCurrentItem(tree.topLevelItem(1))
    press(tab, "slips.go")
    assert "已经不在了" in text_of(tab, "slips.fault")
    assert "都改好了" in tab.came.summary.text()


def test_tab__drags_of_files_are_taken(
    qtbot: QtBot, open_work: Opener, east: Path
) -> None:
    tab = shown(qtbot, open_work(east))
    for text, taken in (("file:///a.tzs", True), ("", False)):
        data = QMimeData()
        if text:
            data.setUrls([QUrl(text)])
        event = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.setAccepted(False)
        tab.dragEnterEvent(event)
        assert event.isAccepted() is taken


def test_tab__read_only__nothing_can_be_changed(
    qtbot: QtBot, open_work: Opener, county: Path
) -> None:
    tab = shown(qtbot, open_work(county, read_only=True))

    off = ("slips.take", "slips.mark", "slips.issue", "slips.accept")
    assert not any(child(tab, QPushButton, name).isEnabled() for name in off)
