"""The indicators of a pack as one SQL statement, and its rows as figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import Fault
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import unit_statement
from desktop.forms.indicator import Aggregation
from desktop.forms.indicator import IndicatorKind
from desktop.forms.schema import schema_of
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Status
from desktop.indicators.figures import TermValue
from desktop.indicators.targets import Reading
from desktop.indicators.targets import gap_to
from desktop.indicators.targets import target_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.period import Period
    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Gap

WHOLE: Final = 100
"""What a share cannot exceed, in per cent."""
PER_TERM = 4
"""Columns a term takes in a row: value, records, blank, started."""


@dataclass(frozen=True, slots=True)
class CompiledIndicator:
    """An indicator that can be computed: its terms as expressions."""

    indicator: Indicator
    numerator: Expression
    denominator: Expression | None


@dataclass(frozen=True, slots=True)
class BrokenIndicator:
    """An indicator that cannot be computed, and why."""

    indicator: Indicator
    fault: Fault


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """The compiled indicators of a pack.

    `all_units` yields a row for each unit at or below `:root`, `one_unit` that of
    `:root` alone: `unit`, then the columns of each term in order.
    """

    indicators: tuple[CompiledIndicator, ...]
    broken: tuple[BrokenIndicator, ...]
    all_units: str
    one_unit: str
    region: str | None
    """Code of the plan's region; None where it is for any."""


@dataclass(frozen=True, slots=True)
class Here:
    """The unit and period a row speaks of, and the plan's region."""

    unit: str
    region: str | None
    period: Period


def compile_indicators(pack: Pack, dialect: Dialect = Dialect.SQLITE) -> FigurePlan:
    """Compile every indicator of a pack."""
    schema = schema_of(pack)
    compiled: list[CompiledIndicator] = []
    broken: list[BrokenIndicator] = []
    for indicator in pack.indicators:
        ready = _compile(indicator, schema)
        if isinstance(ready, CompiledIndicator):
            compiled.append(ready)
        else:
            broken.append(ready)
    columns = list(_columns(compiled))
    return FigurePlan(
        tuple(compiled),
        tuple(broken),
        unit_statement(columns, schema, dialect=dialect),
        unit_statement(columns, schema, dialect=dialect, children=False),
        pack.region,
    )


def _compile(
    indicator: Indicator, schema: Schema
) -> CompiledIndicator | BrokenIndicator:
    numerator = _term(indicator.numerator, schema)
    if isinstance(numerator, Fault):
        return BrokenIndicator(indicator, numerator)
    if indicator.denominator is None:
        return CompiledIndicator(indicator, numerator, None)
    denominator = _term(indicator.denominator, schema)
    if isinstance(denominator, Fault):
        return BrokenIndicator(indicator, denominator)
    return CompiledIndicator(indicator, numerator, denominator)


def _term(term: Term, schema: Schema) -> Expression | Fault:
    # A commitment in words has no value; the text that is not there is no expression.
    return parse(term.value or "", schema, UnitContext(), expect=ValueType.NUMBER)


def _columns(compiled: Sequence[CompiledIndicator]) -> Iterator[NamedExpression]:
    for place, ready in enumerate(compiled):
        cumulative = ready.indicator.aggregation is Aggregation.CUMULATIVE
        yield NamedExpression(f"n{place}", ready.numerator, cumulative=cumulative)
        if ready.denominator is not None:
            yield NamedExpression(f"d{place}", ready.denominator, cumulative=cumulative)


def figures(
    plan: FigurePlan, row: Sequence[object], period: Period
) -> Iterator[Figure]:
    """Read a row of the plan's statements: one figure an indicator."""
    here, place = Here(str(row[0]), plan.region, period), 1
    for ready in plan.indicators:
        numerator = _term_value(row[place : place + PER_TERM], ready.numerator)
        place += PER_TERM
        denominator = None
        if ready.denominator is not None:
            denominator = _term_value(row[place : place + PER_TERM], ready.denominator)
            place += PER_TERM
        yield _figure(ready, here, numerator, denominator)


def _term_value(columns: Sequence[object], expression: Expression) -> TermValue:
    # A sum of doubles carries noise beyond the digits its fields declare.
    value, records, blank, started = columns
    return TermValue(
        None if value is None else round(Decimal(repr(value)), expression.digits),
        int(str(records or 0)),
        int(str(blank or 0)),
        bool(started),
    )


def _figure(
    ready: CompiledIndicator,
    here: Here,
    numerator: TermValue,
    denominator: TermValue | None,
) -> Figure:
    indicator = ready.indicator
    reading = _reading(ready, numerator, denominator)
    value = reading.value if reading is not None else None
    in_force = target_in_force(indicator.targets, here.period.year)
    target = in_force.target if in_force is not None else None
    binding = _binds(indicator, here.unit, here.region)
    gap = (
        gap_to(target, reading, indicator.numerator.measure)
        if target is not None and reading is not None and binding
        else None
    )
    return Figure(
        indicator=indicator.id,
        unit=here.unit,
        period=here.period.code,
        numerator=numerator,
        denominator=denominator,
        value=value,
        shown=None if value is None else _rounded(value, indicator.digits),
        status=_status(
            ready, reading, denominator, gap, target=target, binding=binding
        ),
        target=target,
        overdue=in_force.overdue if in_force is not None else False,
        gap=gap,
    )


def _reading(
    ready: CompiledIndicator, numerator: TermValue, denominator: TermValue | None
) -> Reading | None:
    """Give the exact terms, or None where a term is missing or divides by nothing."""
    if numerator.value is None:
        return None
    below = Decimal(1) if denominator is None else denominator.value
    if not below:
        return None
    multiplier, digits = ready.indicator.multiplier, ready.numerator.digits
    return Reading(numerator.value, below, multiplier, digits)


def _status(
    ready: CompiledIndicator,
    reading: Reading | None,
    denominator: TermValue | None,
    gap: Gap | None,
    *,
    target: Target | None,
    binding: bool,
) -> Status:
    if denominator is not None and denominator.value == 0:
        return Status.NOT_APPLICABLE
    if reading is None:
        return Status.MISSING
    if not ready.indicator.over_100 and reading.value > WHOLE:
        return Status.DOUBTFUL
    if target is None:
        return Status.NO_TARGET
    if not binding:
        return Status.REFERENCE
    return Status.REACHED if gap is None else Status.NOT_REACHED


def _binds(indicator: Indicator, unit: str, region: str | None) -> bool:
    """Tell whether a target judges a unit.

    A count is set for the plan's region as a whole; shares and averages hold for any
    part of it. The plans do not say so in words: this reading is ours.
    """
    return indicator.kind is not IndicatorKind.COUNT or region in (None, unit)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
