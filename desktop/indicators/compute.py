"""The indicators of a pack as SQL statements, and their rows as figures."""

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
from desktop.forms.indicator import Aggregation
from desktop.forms.indicator import IndicatorKind
from desktop.forms.model import Roster
from desktop.forms.schema import schema_of
from desktop.indicators.figures import Figure
from desktop.indicators.figures import TermValue
from desktop.indicators.gaps import Reading
from desktop.indicators.judging import Choice
from desktop.indicators.judging import choices_of
from desktop.indicators.judging import judgement_of
from desktop.indicators.standing import Held
from desktop.indicators.standing import standing
from desktop.indicators.statements import PER_EXPRESSION
from desktop.indicators.statements import Part
from desktop.indicators.statements import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.period import Period
    from desktop.core.unit import UnitLevel
    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack

NOTHING: Final = TermValue(None, 0, 0, started=False)
"""A term that is not computed."""


@dataclass(frozen=True, slots=True)
class CompiledIndicator:
    """An indicator that can be asked about.

    A commitment in words may have no terms; `choices` count how people judged it.
    `grows` says that what is added to the numerator counts in the denominator too.
    """

    indicator: Indicator
    numerator: Expression | None
    denominator: Expression | None
    choices: tuple[Choice, ...] = ()
    grows: bool = False

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """All it asks, in the order of its columns."""
        terms = (self.numerator, self.denominator)
        counts = (choice.count for choice in self.choices)
        return (*(term for term in terms if term is not None), *counts)


@dataclass(frozen=True, slots=True)
class BrokenIndicator:
    """An indicator that cannot be computed, and why."""

    indicator: Indicator
    fault: Fault


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """The compiled indicators of a pack, and the statements that answer them.

    Each part is asked by itself; the rows of one unit go to `figures` together, in
    the order of the parts.
    """

    indicators: tuple[CompiledIndicator, ...]
    broken: tuple[BrokenIndicator, ...]
    parts: tuple[Part, ...]
    region: str | None
    """Code of the plan's region; None where it is for any."""
    judges: UnitLevel | None
    """Level of the units a plan without a region is for."""
    starts: int
    """First year of the plan."""

    def binds_counts(self, unit: str, level: UnitLevel | None) -> bool:
        """Tell whether quantities of the plan judge a unit.

        They are set for the plan's region as a whole; in a plan for any region, for
        the units of the level it is for. The plans do not say so in words: this
        reading is ours.
        """
        if self.region is not None:
            return unit == self.region
        return level is not None and level is self.judges


def compile_indicators(pack: Pack, dialect: Dialect = Dialect.SQLITE) -> FigurePlan:
    """Compile every indicator of a pack."""
    return compile_for(pack, pack, schema_of(pack), dialect)


def compile_for(
    pack: Pack, ledger: Pack, schema: Schema, dialect: Dialect = Dialect.SQLITE
) -> FigurePlan:
    """Compile a pack's indicators for the tables of another pack's ledger.

    `schema` says what may be named there; whatever else is named makes the indicator
    a broken one.
    """
    compiled: list[CompiledIndicator] = []
    broken: list[BrokenIndicator] = []
    for indicator in pack.indicators:
        ready = _compile(indicator, ledger, schema)
        if isinstance(ready, Fault):
            broken.append(BrokenIndicator(indicator, ready))
        else:
            compiled.append(ready)
    wanted = [_columns(place, ready) for place, ready in enumerate(compiled)]
    return FigurePlan(
        tuple(compiled),
        tuple(broken),
        parts_of(wanted, schema, dialect),
        pack.region,
        pack.plan.judges,
        pack.plan.starts,
    )


def _compile(
    indicator: Indicator, ledger: Pack, schema: Schema
) -> CompiledIndicator | Fault:
    numerator = _term(indicator.numerator, schema)
    denominator = _term(indicator.denominator, schema)
    choices = choices_of(indicator, ledger, schema)
    if isinstance(numerator, Fault):
        return numerator
    if isinstance(denominator, Fault):
        return denominator
    if isinstance(choices, Fault):
        return choices
    grows = _grows(indicator, denominator, ledger)
    return CompiledIndicator(indicator, numerator, denominator, choices, grows)


def _term(term: Term | None, schema: Schema) -> Expression | Fault | None:
    if term is None or term.value is None:
        return None
    return parse(term.value, schema, UnitContext(), expect=ValueType.NUMBER)


def _grows(indicator: Indicator, denominator: Expression | None, pack: Pack) -> bool:
    """Tell whether something new would count on both sides of a share.

    Beds and homes are built, so new ones do; people and places are not. The numerator
    must be part of the denominator (both in one measure, the share no more than the
    whole), and the denominator must be counted over surveyed facilities: of what comes
    from unit forms or departments nobody can say. The plans do not: this is ours.
    """
    whole = indicator.denominator
    if (
        denominator is None
        or whole is None
        or indicator.over_100
        or whole.measure is None
        or whole.measure != indicator.numerator.measure
        or indicator.kind not in (IndicatorKind.RATIO, IndicatorKind.COVERAGE)
    ):
        return False
    forms = [pack.form_by_id[name] for name in denominator.mentions.sources]
    return bool(forms) and all(
        isinstance(form, Roster) and form.answers is None for form in forms
    )


def _columns(place: int, ready: CompiledIndicator) -> tuple[NamedExpression, ...]:
    cumulative = ready.indicator.aggregation is Aggregation.CUMULATIVE
    return tuple(
        NamedExpression(f"i{place}_{column}", expression, cumulative=cumulative)
        for column, expression in enumerate(ready.expressions)
    )


def figures(
    plan: FigurePlan,
    rows: Sequence[Sequence[object]],
    period: Period,
    level: UnitLevel | None = None,
) -> Iterator[Figure]:
    """Read a unit's rows, one a part of the plan: one figure an indicator.

    `level` is the unit's; a plan without a region asks for it.
    """
    found: dict[int, Sequence[object]] = {}
    for part, row in zip(plan.parts, rows, strict=True):
        start = 1
        for place in part.places:
            width = len(plan.indicators[place].expressions) * PER_EXPRESSION
            found[place] = row[start : start + width]
            start += width
    unit = str(rows[0][0])
    counts = plan.binds_counts(unit, level)
    for place, ready in enumerate(plan.indicators):
        binds = counts or ready.indicator.kind is not IndicatorKind.COUNT
        here = Held(unit, period, plan.starts, binds=binds)
        yield _figure(ready, here, tuple(_values(ready, found[place])))


def _values(ready: CompiledIndicator, cells: Sequence[object]) -> Iterator[TermValue]:
    for place, expression in enumerate(ready.expressions):
        start = place * PER_EXPRESSION
        yield _term_value(cells[start : start + PER_EXPRESSION], expression)


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
    ready: CompiledIndicator, here: Held, values: tuple[TermValue, ...]
) -> Figure:
    indicator = ready.indicator
    terms = len(values) - len(ready.choices)
    numerator = values[0] if ready.numerator is not None else NOTHING
    denominator = values[terms - 1] if ready.denominator is not None else None
    reading = _reading(ready, numerator, denominator)
    judgement = judgement_of(ready.choices, values[terms:])
    stands = standing(indicator, here, reading, denominator, judgement)
    value = reading.value if reading is not None else None
    return Figure(
        indicator=indicator.id,
        unit=here.unit,
        period=here.period.code,
        numerator=numerator,
        denominator=denominator,
        value=value,
        shown=None if value is None else _rounded(value, indicator.digits),
        status=stands.status,
        target=stands.target,
        overdue=stands.overdue,
        gap=stands.gap,
        path=stands.path,
        judgement=judgement,
    )


def _reading(
    ready: CompiledIndicator, numerator: TermValue, denominator: TermValue | None
) -> Reading | None:
    """Give the exact terms, or None where a term is missing or divides by nothing."""
    if numerator.value is None or ready.numerator is None:
        return None
    below = Decimal(1) if denominator is None else denominator.value
    if not below:
        return None
    return Reading(
        numerator.value,
        below,
        ready.indicator.multiplier,
        ready.numerator.digits,
        grows=ready.grows,
    )


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
