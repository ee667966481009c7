"""A form added up by unit (汇总): the statements, and what their rows say."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Fold
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import Reach
from desktop.expr.statement import unit_statement
from desktop.expr.words import say
from desktop.forms.additive import additive_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.expr.context import Context
    from desktop.expr.schema import Schema
    from desktop.forms.additive import Additive
    from desktop.forms.model import Form

PER_COLUMN = 4
"""Columns an expression takes in a row: value, records, blank, started."""


@dataclass(frozen=True, slots=True)
class TotalsPlan:
    """The statements that add a form up.

    `all_units` yields a row for each unit at or below `:root` with everything below
    it, `own_units` the same with each unit's own records only, `near` one row for
    `:root` with its own and those of the units directly below. `counted` says in words
    which records count; None where all do.
    """

    form: Form
    fields: tuple[Additive, ...]
    all_units: str
    own_units: str
    near: str
    counted: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """One field over the records of a unit.

    `blank` counts the records among them that hold no number for it.
    """

    value: Decimal | None
    blank: int


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """A row: how many records there are, how many of them count, and each field.

    `started` is False where there is neither a record nor a nil return.
    """

    unit: str
    records: int
    counted: int
    started: bool
    totals: tuple[Total, ...]


def compile_totals(
    form: Form, schema: Schema, dialect: Dialect = Dialect.SQLITE
) -> TotalsPlan:
    """Compile the statements that add a form up."""
    fields = additive_fields(form, schema)
    records, counted = _counts(form, schema)
    columns = [NamedExpression("records", records), NamedExpression("counted", counted)]
    columns += [
        NamedExpression(f"t{place}", field.total) for place, field in enumerate(fields)
    ]
    near, own = Reach.NEAR, Reach.OWN
    return TotalsPlan(
        form,
        fields,
        unit_statement(columns, schema, dialect=dialect),
        unit_statement(columns, schema, dialect=dialect, reach=own),
        unit_statement(columns, schema, dialect=dialect, children=False, reach=near),
        _counted(form, schema),
    )


def _counts(form: Form, schema: Schema) -> tuple[Expression, Expression]:
    """Count all records, and those that count by themselves."""
    found = _read(f"COUNT({form.id})", schema, UnitContext())
    every = Aggregate(Fold.COUNT, form.id, None, None, None)
    return replace(found, node=every), found


def _counted(form: Form, schema: Schema) -> str | None:
    text = schema.by_id[form.id].counted_when
    if text is None:
        return None
    return say(_read(text, schema, RecordContext(form.id)), schema)


def _read(text: str, schema: Schema, context: Context) -> Expression:
    """Read an expression of a sound pack.

    Raises:
        TypeError: It is wrong; linting the pack says how.
    """
    found = parse(text, schema, context)
    if not isinstance(found, Expression):
        raise TypeError(found)
    return found


def unit_totals(plan: TotalsPlan, row: Sequence[object]) -> UnitTotals:
    """Read a row of the plan's statements."""
    unit, records, *_ = row
    counted = row[1 + PER_COLUMN]
    return UnitTotals(
        unit=str(unit),
        records=int(str(records or 0)),
        counted=int(str(counted or 0)),
        started=records is not None,
        totals=tuple(_totals(plan, row[1 + 2 * PER_COLUMN :])),
    )


def _totals(plan: TotalsPlan, columns: Sequence[object]) -> Iterator[Total]:
    for place, field in enumerate(plan.fields):
        value, _, blank, _ = columns[place * PER_COLUMN : (place + 1) * PER_COLUMN]
        yield Total(_number(value, field.digits), int(str(blank or 0)))


def _number(value: object, digits: int) -> Decimal | None:
    # A sum of doubles carries noise beyond the digits its fields declare.
    if value is None:
        return None
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
