from __future__ import annotations

from desktop.ui.indicators.palettes import palette_of
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT


def test_palette__each_theme_has_its_own() -> None:
    palettes = [palette_of(colours) for colours in (LIGHT, DARK, CONTRAST)]
    assert len(set(palettes)) == 3
    assert palettes[1].bad == DARK.error.ink
    assert palettes[1].paper == DARK.paper
