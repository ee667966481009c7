"""Reporting periods: a year, half, quarter or month, written as one sortable code."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE: Final = re.compile(r"([0-9]{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?")


class PeriodKind(Enum):
    """How long a reporting period lasts; the value is the pack's word for it."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


_PER_YEAR: Final[Mapping[PeriodKind, int]] = {
    PeriodKind.YEAR: 1,
    PeriodKind.HALF: 2,
    PeriodKind.QUARTER: 4,
    PeriodKind.MONTH: 12,
}


@frozen
class Period:
    """One reporting period.

    `number` counts from 1 within the year. The codes of one kind sort as text in
    time's order, so SQL may compare them.
    """

    kind: PeriodKind
    year: int
    number: int = 1

    @property
    def code(self) -> str:
        """Write the period as `2025`, `2025H1`, `2025Q3` or `2025-09`."""
        year = f"{self.year:04d}"
        match self.kind:
            case PeriodKind.YEAR:
                return year
            case PeriodKind.HALF:
                return f"{year}H{self.number}"
            case PeriodKind.QUARTER:
                return f"{year}Q{self.number}"
            case PeriodKind.MONTH:
                return f"{year}-{self.number:02d}"
            case _:
                assert_never(self.kind)

    @property
    def title(self) -> str:
        """Write the period in Chinese, as a form's head has it."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}年"
            case PeriodKind.HALF:
                return f"{self.year}年{'上下'[self.number - 1]}半年"
            case PeriodKind.QUARTER:
                return f"{self.year}年第{'一二三四'[self.number - 1]}季度"
            case PeriodKind.MONTH:
                return f"{self.year}年{self.number}月"
            case _:
                assert_never(self.kind)

    def previous(self) -> Period:
        """Give the period of the same kind just before this one."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, _PER_YEAR[self.kind])

    def following(self) -> Period:
        """Give the period of the same kind just after this one."""
        if self.number < _PER_YEAR[self.kind]:
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1)

    def first_of(self, year: int) -> Period:
        """Give the first period of this kind in a year."""
        return Period(self.kind, year)

    def last_of(self, year: int) -> Period:
        """Give the last period of this kind in a year."""
        return Period(self.kind, year, _PER_YEAR[self.kind])


def parse_period(text: str) -> Period | None:
    """Read a period's code; None when the text is no period."""
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    year, half, quarter, month = match.groups()
    if half:
        return Period(PeriodKind.HALF, int(year), int(half))
    if quarter:
        return Period(PeriodKind.QUARTER, int(year), int(quarter))
    if month:
        return Period(PeriodKind.MONTH, int(year), int(month))
    return Period(PeriodKind.YEAR, int(year))
