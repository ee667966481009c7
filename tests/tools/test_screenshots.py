"""The tool that photographs the window: its ledger, its pictures, its screen."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.__main__ import person
from desktop.app.opening import open_ledger
from desktop.core.cells import Absent
from desktop.ui.desk import Page
from tools import screenshots
from tools.handover_files import CLASSES
from tools.screenshots import COLOURS
from tools.screenshots import DIALOGS
from tools.screenshots import THEMES
from tools.screenshots import Camera
from tools.screenshots import display
from tools.screenshots import make_ledger
from tools.screenshots import small

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell

ROOT = Path(__file__).resolve().parents[2]


def test_pictures__all_of_the_documents_can_be_taken_again() -> None:
    tools = [
        ROOT / "tools" / f"{name}.py" for name in ("screenshots", "handover_pictures")
    ]
    source = "".join(path.read_text(encoding="utf-8") for path in tools)
    taken = set(re.findall(r'camera\.take\("([a-z-]+)"', source))
    taken |= {f"receive-{name}" for name in CLASSES.values()}
    taken |= {f"{theme}-{page.value}" for theme in THEMES for page in Page}
    taken |= set(DIALOGS)
    there = {path.stem for path in (ROOT / "docs" / "images").glob("*.png")}
    assert there
    assert there <= taken


def test_small__keeps_the_colours_there_are_most_of() -> None:
    picture = QImage(600, 4, QImage.Format.Format_RGB32)
    picture.fill(0xFF102030)
    for x in range(600):
        picture.setPixel(x, 0, 0xFF000000 + x * 16)
    flat = small(picture)
    assert flat.format() is QImage.Format.Format_Indexed8
    assert flat.colorCount() <= COLOURS
    assert flat.pixel(5, 3) == 0xFF102030


def test_make_ledger__has_something_to_say_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "长宁.taizhang"
    make_ledger(path)
    with open_ledger(path, person()) as ledger:
        rows = ledger.rows("eci", ledger.ids("eci", "2025"))
    assert len(rows) == 27
    [wrong] = [row for row in rows if row.cell("beds_nursing") == 999]
    assert wrong.cell("grade") is Absent.UNKNOWN
    assert wrong.cell("floor_area") is Absent.NOT_APPLICABLE
    filled = [row for row in rows if isinstance(row.cell("beds_nursing"), int)]
    assert 10 < len(filled) < len(rows), "some are missing, for the indicators"
    for row in filled:
        if row is not wrong:
            nursing, total = row.cell("beds_nursing"), row.cell("beds_total")
            assert isinstance(nursing, int)
            assert isinstance(total, int)
            assert nursing <= total


def test_display__without_xvfb_the_screen_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    before = dict(os.environ)
    with display():
        assert dict(os.environ) == before


@pytest.mark.parametrize("above", [False, True])
def test_camera__a_picture_of_the_window(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    above: bool,
) -> None:
    monkeypatch.setattr(screenshots, "IMAGES", tmp_path / "images")
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
