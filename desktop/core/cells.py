"""What one cell of a form may hold: a value, or one of three kinds of absence.

Blank is not zero, and neither is 不适用 nor 不详: the four stay apart in the ledger,
on screen, in Excel, in PDF and in totals (decision 4 of ARCHITECTURE.md).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias


class Absent(Enum):
    """Why a cell holds no value."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


Scalar: TypeAlias = int | Decimal | str | bool | date | tuple[str, ...]
"""A value: whole number, decimal, text, yes or no, date, or several choices."""

Cell: TypeAlias = Scalar | Absent

BLANK = Absent.BLANK
SIGNIFICANT_DIGITS = 15
"""Digits an IEEE 754 double keeps for certain; more is refused at the door."""
EXACT = 10**SIGNIFICANT_DIGITS
"""Numbers nearer to nought have no more digits before the point."""
