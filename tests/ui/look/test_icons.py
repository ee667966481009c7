from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtGui import QIcon
from PySide6.QtGui import QPixmap

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import Theme
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT
from desktop.ui.look.icons import of_accent
from desktop.ui.look.icons import of_ink
from desktop.ui.look.icons import of_on_accent
from tests.ui.desks import RESOURCES
from tests.ui.desks import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.ui.look.colours import Colours
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
    again = icons.drawn("error", LIGHT.ink, 36)
    assert icons.drawn("error", "", 36).cacheKey() == again.cacheKey()
    assert icons.drawn("error", "", 40).cacheKey() != again.cacheKey()


def test_icon__a_disabled_button_looks_disabled(icons: Icons) -> None:
    icon = icons.icon("add", of_accent)
    size = QSize(18, 18)
    on = icon.pixmap(size, 2.0, QIcon.Mode.Normal)
    off = icon.pixmap(size, 2.0, QIcon.Mode.Disabled)
    assert on.size() == QSize(36, 36), "sharp at 200 %"
    assert QColor(LIGHT.accent).name().upper() in colours(on)
    assert colours(off) == {QColor(LIGHT.disabled).name().upper()}


@pytest.mark.parametrize(
    ("ink", "name"),
    [(of_ink, "ink"), (of_accent, "accent"), (of_on_accent, "on_accent")],
)
def test_icon__follows_the_theme(
    ink: Callable[[Colours], str], name: str, icons: Icons
) -> None:
    icon = QIcon(icons.icon("error", ink))
    for theme, wanted in ((Theme.LIGHT, LIGHT), (Theme.CONTRAST, CONTRAST)):
        icons.look.choose(Comfort(theme))
        assert getattr(wanted, name) in colours(icon.pixmap(QSize(24, 24)))


def test_toned__has_the_shape_and_the_ink_of_its_tone(icons: Icons) -> None:
    made = icons.toned(LIGHT.warning)
    icons.look.choose(Comfort(Theme.DARK))
    drawn = made.pixmap(QSize(24, 24)).toImage()
    assert drawn == icons.drawn("warning", DARK.warning.ink, 24).toImage()


def test_icon__a_copy_that_qt_changes_leaves_the_first(icons: Icons) -> None:
    icon = icons.icon("add")
    copy = QIcon(icon)
    copy.addPixmap(icons.pixmap("error"), QIcon.Mode.Selected)
    size = QSize(24, 24)
    assert copy.pixmap(size).toImage() == icon.pixmap(size).toImage()


def test_icon__outlives_those_who_made_it(icons: Icons) -> None:
    made = [icons.icon("add") for _ in range(50)]
    gc.collect()
    assert all(LIGHT.ink in colours(each.pixmap(QSize(24, 24))) for each in made)


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
