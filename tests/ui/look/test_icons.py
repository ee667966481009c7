from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtGui import QIcon
from PySide6.QtGui import QPixmap

from desktop.ui.look import tokens
from tests.ui.desks import RESOURCES
from tests.ui.desks import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.look.icons import Icons

FILES = sorted((RESOURCES / "icons").glob("*.svg"))
TINTED = [path for path in FILES if "currentColor" in path.read_text(encoding="utf-8")]


def colours(pixmap: QPixmap) -> set[str]:
    """Give the colours of a pixmap's wholly painted points."""
    image = pixmap.toImage()
    points = (
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
    )
    return {point.name().upper() for point in points if point.alpha() == 255}


@pytest.mark.parametrize("path", TINTED, ids=lambda path: path.stem)
def test_icons__each_is_drawn_in_the_colour_asked_for(path: Path, icons: Icons) -> None:
    pixmap = icons.pixmap(path.stem, "#AB12CD", 24)
    assert "#AB12CD" in colours(pixmap)
    assert pixmap.deviceIndependentSize().toSize() == QSize(24, 24)
    assert pixmap.width() == 48, "sharp at 200 %"


def test_icons__are_different_drawings(icons: Icons) -> None:
    """A colour-blind person tells the tones apart by their shape."""
    names = ("error", "warning", "info", "good", "quiet")
    drawn = [icons.pixmap(name, "#000000").toImage() for name in names]
    alike = [(a, b) for a in range(5) for b in range(a) if drawn[a] == drawn[b]]
    assert alike == []


def test_icons__an_unknown_name_draws_nothing(icons: Icons) -> None:
    assert colours(icons.pixmap("no-such-icon")) == set()


def test_icons__each_is_drawn_once(icons: Icons) -> None:
    again = icons.pixmap("error", tokens.INK, 18)
    assert icons.pixmap("error").cacheKey() == again.cacheKey()
    assert icons.pixmap("error", size=20).cacheKey() != again.cacheKey()


def test_icon__a_disabled_button_looks_disabled(icons: Icons) -> None:
    icon = icons.icon("add", tokens.ACCENT)
    size = QSize(18, 18)
    on = icon.pixmap(size, 2.0, QIcon.Mode.Normal)
    off = icon.pixmap(size, 2.0, QIcon.Mode.Disabled)
    assert QColor(tokens.ACCENT).name().upper() in colours(on)
    assert colours(off) == {QColor(tokens.STRONG_LINE).name().upper()}


def test_icons__every_name_the_windows_use_is_there() -> None:
    """A name misspelt would show as an empty space."""
    said = re.compile(r"""icons\.(?:icon|pixmap)\(\s*"([a-z_]+)\"""")
    used = {
        name
        for path in (ROOT / "desktop" / "ui").rglob("*.py")
        for name in said.findall(path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= {path.stem for path in TINTED}
