"""Photographs 报送: its tabs, and how 收表 explains every class of file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

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
    from tools.camera import Camera

KIND: Final = 2
"""The column that says what a file is."""


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
    photograph_classes(camera, window, files)
    page.open(Tab.BOARD)
    camera.take("handover-board", window)
    page.open(Tab.SLIPS)
    camera.take("handover-slips", window)


def photograph_classes(camera: Camera, window: MainWindow, files: ReceiveFiles) -> None:
    """Take each class of file; a fork is one only when the other side counts."""
    table = files.table
    model = table.model()
    rows = {CLASSES[model.index(row, 0).data()]: row for row in range(len(CLASSES))}
    fork = rows.pop("fork")
    for name, row in rows.items():
        table.selectRow(row)
        camera.take(f"receive-{name}", window)
    table.selectRow(rows["update"])
    camera.until(lambda: files.detail.shown)
    before = model.index(fork, KIND).data()
    part(files, QPushButton, "receive.wish.merge").click()
    camera.until(lambda: model.index(fork, KIND).data() != before)
    table.selectRow(fork)
    camera.take("receive-fork", window)
