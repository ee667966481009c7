"""What an expression may name: forms, their fields and parameters, as plain values.

`desktop.forms.schema` makes a `Schema` from a pack; this package knows no pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class ValueType(Enum):
    """What an expression or a field yields."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICES = "choices"


@dataclass(frozen=True)
class Column:
    """A field as expressions see it.

    `digits` is the declared precision of a number. `bound` names what the ledger
    knows by itself (`unit.code`, `unit.name`, `unit.parent`, `unit.class`,
    `period.year`); such a column is not stored. `visible_when` is a condition over the
    same record; where it is false the cell is hidden and counts as absent.
    """

    id: str
    title: str
    type: ValueType
    digits: int = 0
    bound: str | None = None
    visible_when: str | None = None


@dataclass(frozen=True)
class Source:
    """A form as expressions see it.

    `counted_when` limits which records of a roster count by default. With `top` a
    unit form's record covers the units below (`desktop.forms.model.Nesting`).
    """

    id: str
    title: str
    roster: bool
    columns: tuple[Column, ...]
    counted_when: str | None = None
    top: bool = False

    @cached_property
    def by_id(self) -> dict[str, Column]:
        """Columns by id."""
        return {column.id: column for column in self.columns}


@dataclass(frozen=True)
class Constant:
    """A parameter of the pack, with the value in force."""

    id: str
    title: str
    value: Decimal


@dataclass(frozen=True)
class Definition:
    """A definition (口径) with the option in force: its title, and its expression.

    `texts` are the expressions of all options, that one among them.
    """

    id: str
    title: str
    option: str
    text: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """Everything the expressions of one pack may name."""

    sources: tuple[Source, ...]
    constants: tuple[Constant, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def constant_by_id(self) -> dict[str, Constant]:
        """Parameters by id."""
        return {constant.id: constant for constant in self.constants}

    @cached_property
    def definition_by_id(self) -> dict[str, Definition]:
        """Definitions by id."""
        return {definition.id: definition for definition in self.definitions}
