"""What charts show, as plain values: no drawing library, no screen, no paper.

Each says itself in one sentence with its numbers, for those who cannot see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never

from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from decimal import Decimal


class Sign(Enum):
    """How something stands, as a colour and a shape: never by the colour alone."""

    GOOD = "good"
    BAD = "bad"
    WARNING = "warning"
    INFO = "info"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours a chart is drawn in, as #RRGGBB."""

    ink: str
    muted: str
    line: str
    track: str
    paper: str
    accent: str
    good: str
    bad: str
    warning: str
    info: str
    quiet: str

    def of(self, sign: Sign) -> str:
        """Give the colour of a sign."""
        match sign:
            case Sign.GOOD:
                return self.good
            case Sign.BAD:
                return self.bad
            case Sign.WARNING:
                return self.warning
            case Sign.INFO:
                return self.info
            case Sign.QUIET:
                return self.quiet
            case _:
                assert_never(sign)


PRINT: Final = Palette(
    ink="#212121",
    muted="#55595C",
    line="#C9CDD0",
    track="#E6E8EB",
    paper="#FFFFFF",
    accent="#3B6B99",
    good="#1C7242",
    bad="#B3261E",
    warning="#8A5300",
    info="#1F5FA6",
    quiet="#5A6B76",
)
"""The colours on paper; they stay apart in grey too."""


def sign_of(status: Status) -> Sign:
    """Give the sign of a standing."""
    match status:
        case Status.REACHED | Status.ON_PATH:
            return Sign.GOOD
        case Status.NOT_REACHED:
            return Sign.BAD
        case Status.BEHIND | Status.MISSING | Status.DOUBTFUL | Status.UNJUDGED:
            return Sign.WARNING
        case Status.JUDGED:
            return Sign.INFO
        case (
            Status.NOT_APPLICABLE
            | Status.REFERENCE
            | Status.NO_TARGET
            | Status.ACHIEVED
        ):
            return Sign.QUIET
        case _:
            assert_never(status)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with what is written beside it."""

    number: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class TargetChart:
    """A value held against its target on a scale from 0 to `full`.

    `start` is the baseline, `path` where the straight line stands by now; `targets`
    are one bound or two.
    """

    title: str
    sentence: str
    sign: Sign
    status: str
    value: Mark | None
    start: Mark | None
    path: Mark | None
    targets: tuple[Mark, ...]
    full: Decimal


@dataclass(frozen=True, slots=True)
class TrendDot:
    """A period's value; `at` is its end in years, so that 2025Q2 is 2024.5.

    Dots that are not `joined` mean something else (口径不同). `value` is None where
    there is none.
    """

    at: float
    period: str
    value: Mark | None
    joined: bool = True
    now: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan wants by the end of a year."""

    at: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Values over periods, the targets of years, and the line to the one in force.

    `level` is a target without a year, or one whose year lies before all periods.
    """

    title: str
    sentence: str
    dots: tuple[TrendDot, ...]
    goals: tuple[Goal, ...]
    path: tuple[Goal, ...]
    measure: str
    level: Mark | None = None


@dataclass(frozen=True, slots=True)
class RankBar:
    """One unit's value: its place, its name, how it stands."""

    place: int
    name: str
    value: Mark
    sign: Sign
    status: str


@dataclass(frozen=True, slots=True)
class RankChart:
    """Units by value, the better first, on a scale from 0 to `full`.

    `apart` are sentences on those that could not be ranked, or are not drawn.
    """

    title: str
    sentence: str
    bars: tuple[RankBar, ...]
    target: Mark | None
    apart: tuple[str, ...]
    full: Decimal


Chart: TypeAlias = TargetChart | TrendChart | RankChart
