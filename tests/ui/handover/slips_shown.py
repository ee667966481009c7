"""A street and its county with slips, and the tab on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.handover.slips_dialogs import SayDialog
from desktop.ui.handover.slips_tab import SlipsTab
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

CELL = "eci/甲院/beds_total"


def shown(qtbot: QtBot, work: Workplace) -> SlipsTab:
    tab = SlipsTab(work)
    qtbot.addWidget(tab)
    tab.resize(1150, 600)
    with qtbot.waitExposed(tab):
        tab.show()
    settle(tab)
    return tab


def settle(tab: SlipsTab) -> None:
    """Let what was asked arrive, and show it."""
    drain(tab.work)
    tab.refresh()
    drain(tab.work)


def press(tab: SlipsTab, name: str) -> None:
    """Press a button, which must be there and enabled."""
    (button,) = [b for b in every(tab, QPushButton, name) if b.isVisible()]
    assert button.isEnabled(), name
    button.click()
    drain(tab.work)


def say_in(tab: SlipsTab, text: str) -> None:
    """Write into the dialog that asks, and press its button."""
    (dialog,) = [d for d in every(tab, SayDialog) if d.isVisible()]
    dialog.reason.setPlainText(text)
    dialog.keep()
    settle(tab)


def drop(tab: SlipsTab, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(event)
    settle(tab)


def text_of(tab: SlipsTab, name: str) -> str:
    return child(tab, QLabel, name).text()


def lines_of(tab: SlipsTab) -> list[str]:
    tree = tab.came.tree
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]
