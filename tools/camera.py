"""The camera of the tools that take pictures of the window for the documents."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from desktop.ui.application import Shell

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PATIENCE = 60.0
COLOURS = 256
HOME = Path("/home/lifang")
"""Where a clerk's documents would be; pictures must not show a temporary folder."""


def small(picture: QImage) -> QImage:
    """Keep the colours a picture has most of; the others become their nearest."""
    pixels = memoryview(picture.constBits()).cast("B").cast("I")
    table = [colour for colour, _ in Counter(pixels).most_common(COLOURS)]
    flat = Qt.ImageConversionFlag.AvoidDither
    return picture.convertToFormat(QImage.Format.Format_Indexed8, table, flat)


def plain(text: str) -> str:
    """Take out the places where a long path may be broken."""
    return text.replace("\u200b", "")


@contextmanager
def at_home(window: QWidget, folder: Path) -> Iterator[None]:
    """Write a clerk's folder wherever a window shows a temporary one, for a moment."""
    here, there = str(folder), str(HOME / "文档" / "民生台账")
    lines = cast("list[QLineEdit]", window.findChildren(QLineEdit))
    labels = cast("list[QLabel]", window.findChildren(QLabel))
    every: list[QLineEdit | QLabel] = [*lines, *labels]
    shown = [(one, one.text()) for one in every if here in plain(one.text())]
    for one, text in shown:
        with QSignalBlocker(one):
            one.setText(plain(text).replace(here, there))
    yield
    for one, text in shown:
        with QSignalBlocker(one):
            one.setText(text)


class Camera:
    """Waits until a window has come to rest, and photographs it.

    `folder` is where the ledger is; pictures show a clerk's folder instead.
    """

    def __init__(self, shell: Shell, folder: Path) -> None:
        """Take the program."""
        self.shell = shell
        self.folder = folder

    def until(self, there: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Let the program work until something is so."""
        end = time.monotonic() + seconds
        while not there() and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.01)

    def rest(self, seconds: float = 1.0) -> None:
        """Let the program come to rest."""
        self.until(lambda: False, seconds)

    def take(self, name: str, below: QWidget, above: QWidget | None = None) -> None:
        """Photograph a window, with a dialog before it if there is one."""
        self.rest()
        with at_home(below, self.folder):
            picture = below.grab()
            dialog = None if above is None else above.grab()
        if dialog is not None:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), "#66101820")
            left = (picture.width() - dialog.width()) // 2
            top = (picture.height() - dialog.height()) // 2
            painter.drawPixmap(QPoint(left, top), dialog)
            painter.end()
        IMAGES.mkdir(parents=True, exist_ok=True)
        small(picture.toImage()).save(str(IMAGES / f"{name}.png"))
        print(f"docs/images/{name}.png")
