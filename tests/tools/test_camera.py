"""The camera: its pictures, and how it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tools import camera as camera_module
from tools.camera import COLOURS
from tools.camera import Camera
from tools.camera import small

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell


def test_small__keeps_the_colours_there_are_most_of() -> None:
    picture = QImage(600, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF102030)
    for x in range(600):
        picture.setPixel(x, 0, 0xFF000000 + x * 16)
    flat = small(picture)
    assert flat.format() is QImage.Format.Format_Indexed8
    assert flat.colorCount() <= COLOURS
    assert flat.pixel(5, 3) == 0xFF102030


@pytest.mark.parametrize("above", [False, True])
def test_camera__a_picture_of_the_window(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    above: bool,
) -> None:
    monkeypatch.setattr(camera_module, "IMAGES", tmp_path / "images")
    monkeypatch.setattr(Camera, "rest", lambda _: None)
    window, dialog = QWidget(), QWidget()
    for widget, size in ((window, (300, 200)), (dialog, (60, 40))):
        qtbot.addWidget(widget)
        widget.resize(*size)
    dialog.setStyleSheet("background: #ff0000;")
    camera = Camera(cast("Shell", None), tmp_path)
    camera.take("page", window, dialog if above else None)
    picture = QImage(str(tmp_path / "images" / "page.png"))
    assert (picture.width(), picture.height()) == (300, 200)
    assert (picture.pixelColor(150, 100).name() == "#ff0000") is above
    assert capsys.readouterr().out == "docs/images/page.png\n"


def test_camera__waits_until_something_is_so(qtbot: QtBot, tmp_path: Path) -> None:
    camera = Camera(cast("Shell", None), tmp_path)
    seen: list[int] = []

    def third() -> bool:
        seen.append(1)
        return len(seen) == 3

    camera.until(third)
    assert len(seen) == 3
    camera.until(lambda: False, 0)
