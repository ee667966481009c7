"""The recorded walk: its page shows all its pictures, and they are small."""

from __future__ import annotations

import re

from PySide6.QtGui import QImage

from tools.screenshots import ROOT
from tools.walk import IMAGES

MOST = 14
BYTES = 150_000


def test_page__shows_every_picture_in_order() -> None:
    page = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")
    shown = re.findall(r"\(images/walk/(.+?\.png)\)", page)
    assert shown == sorted(path.name for path in IMAGES.glob("*.png"))
    told = re.findall(r"^\| (\d+) \|", page, re.MULTILINE)
    assert told == [str(number) for number in range(1, len(shown) + 1)]
    assert len(shown) <= MOST


def test_pictures__are_small_and_of_a_laptop_screen() -> None:
    for path in IMAGES.glob("*.png"):
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1366, 768), path.name
        assert path.stat().st_size < BYTES, path.name
