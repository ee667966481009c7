"""Photographs 报送: its tabs, and how 收表 explains every class of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.desk import Page
from desktop.ui.handover.page import HandoverPage
from desktop.ui.handover.page import Tab
from desktop.ui.handover.receive_files import ReceiveFiles
from tools.handover_files import CLASSES
from tools.handover_files import first_files
from tools.handover_files import later_files
from tools.window_parts import part

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.main_window import MainWindow
    from tools.screenshots import Camera


def photograph_handover(camera: Camera, window: MainWindow, folder: Path) -> None:
    """Hand in and receive, and take each tab."""
    window.work.desk.turn_to(Page.HANDOVER)
    page = part(window, HandoverPage)
    page.open(Tab.SUBMIT)
    camera.take("handover-submit", window)
    files = part(page.open(Tab.RECEIVE), ReceiveFiles)
    files.begin_with([first_files(folder).parent])
    camera.until(lambda: files.table.model().rowCount())
    camera.rest()
    part(files, QPushButton, "receive.all_new").click()
    camera.until(part(files, QPushButton, "receive.apply").isEnabled)
    camera.take("receive-new", window)
    part(files, QPushButton, "receive.apply").click()
    camera.until(part(files, QLabel, "receive.done").isVisible)
    files.begin_with([later_files(folder)])
    camera.until(lambda: files.table.model().rowCount() == len(CLASSES))
    for row in range(len(CLASSES)):
        files.table.selectRow(row)
        name = files.table.model().index(row, 0).data(Qt.ItemDataRole.DisplayRole)
        camera.take(f"receive-{CLASSES[name]}", window)
    page.open(Tab.BOARD)
    camera.take("handover-board", window)
    page.open(Tab.SLIPS)
    camera.take("handover-slips", window)
