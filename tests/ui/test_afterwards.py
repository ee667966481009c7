from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.afterwards import afterwards
from tests.ui.desks import free

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot


def test_afterwards__when_the_picture_stands(qtbot: QtBot) -> None:
    done: list[str] = []

    class Picture(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt
            done.append("painted")

    picture = Picture()
    qtbot.addWidget(picture)
    afterwards(picture, lambda: done.append("settled"))
    picture.show()

    qtbot.waitUntil(lambda: "settled" in done)

    assert done[0] == "painted"


def test_afterwards__nothing_is_done_for_what_is_gone(qtbot: QtBot) -> None:
    done: list[str] = []
    owner, other = QObject(), QObject()
    afterwards(owner, lambda: done.append("gone"))
    afterwards(other, lambda: done.append("there"))

    owner.deleteLater()
    free(owner)
    qtbot.waitUntil(lambda: bool(done))

    assert done == ["there"]
