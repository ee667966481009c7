"""The colours of the window as those of charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export.chart.data import Palette

if TYPE_CHECKING:
    from desktop.ui.look.colours import Colours


def palette_of(colours: Colours) -> Palette:
    """Give the palette of a theme."""
    return Palette(
        ink=colours.ink,
        muted=colours.muted,
        line=colours.line,
        track=colours.line,
        paper=colours.paper,
        accent=colours.accent,
        good=colours.good.ink,
        bad=colours.error.ink,
        warning=colours.warning.ink,
        info=colours.info.ink,
        quiet=colours.quiet.ink,
    )
