"""The look as numbers: every colour, size and distance of the window has one name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.findings import Level
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.indicators.figures import Status


@frozen
class Tone:
    """A colour that means something: its ink, its tint behind text, its icon."""

    ink: str
    tint: str
    icon: str


INK: Final = "#1B2A33"
MUTED: Final = "#5A6B76"
FAINT: Final = "#8A99A3"
PAPER: Final = "#FFFFFF"
GROUND: Final = "#F3F6F8"
SUNKEN: Final = "#EDF1F4"
LINE: Final = "#DCE3E8"
STRONG_LINE: Final = "#C2CCD3"
ACCENT: Final = "#0B5D78"
ACCENT_DARK: Final = "#084659"
ACCENT_TINT: Final = "#E2F0F4"
RAIL: Final = "#0E3443"
RAIL_INK: Final = "#D5E4EA"
RAIL_CHOSEN: Final = "#1C5268"
SELECTION: Final = "#D3E8EF"

ERROR: Final = Tone("#B3261E", "#FCE9E7", "error")
WARNING: Final = Tone("#8A5300", "#FFF2DB", "warning")
INFO: Final = Tone("#1F5FA6", "#E6F0FA", "info")
GOOD: Final = Tone("#1C7242", "#E4F4EA", "good")
QUIET: Final = Tone("#5A6B76", "#EDF1F4", "quiet")

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


def tone_of_level(level: Level) -> Tone:
    """Give the tone of a finding's level."""
    match level:
        case Level.ERROR:
            return ERROR
        case Level.WARNING:
            return WARNING
        case Level.INFO:
            return INFO
        case _:
            assert_never(level)


def tone_of_status(status: Status) -> Tone:
    """Give the tone of an indicator's standing."""
    from desktop.indicators.figures import Status  # noqa: PLC0415 - the first window need not wait for it

    match status:
        case Status.REACHED | Status.ON_PATH:
            return GOOD
        case Status.NOT_REACHED:
            return ERROR
        case Status.BEHIND | Status.MISSING | Status.DOUBTFUL | Status.UNJUDGED:
            return WARNING
        case Status.JUDGED:
            return INFO
        case (
            Status.NOT_APPLICABLE
            | Status.REFERENCE
            | Status.NO_TARGET
            | Status.ACHIEVED
        ):
            return QUIET
        case _:
            assert_never(status)
