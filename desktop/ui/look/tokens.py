"""Sizes and distances of the window, in logical pixels; each has one name."""

from __future__ import annotations

from typing import Final

RADIUS: Final = 6
GAP: Final = 8
PAGE_MARGIN: Final = 14
BASE_POINTS: Final = 10
ROW_HEIGHT: Final = 30
RAIL_WIDTH: Final = 84
FORMS_WIDTH: Final = 224
SIDE_WIDTH: Final = 288
DIALOG_WIDTH: Final = 760
DIALOG_HEIGHT: Final = 548
"""Fits 1366×768 at 125 %."""
SCREEN_WIDTH: Final = 1092
"""Logical pixels of 1366×768 at 125 %."""
