"""Of what an expression is asked: one record of a form, or a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RecordContext:
    """The expression speaks of one record of a form (rules, computed, visible-when)."""

    form: str


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The expression speaks of a unit and everything below it (indicators)."""


Context: TypeAlias = RecordContext | UnitContext
