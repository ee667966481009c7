"""What makes the indicators and targets of a pack sensible."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import UnitContext
from desktop.expr.schema import ValueType
from desktop.forms.indicator import IndicatorKind
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import TargetOperator
from desktop.forms.indicator import YearBasis
from desktop.forms.said import Said
from desktop.forms.said import error
from desktop.forms.said import warning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.model import Pack
    from desktop.forms.said import Expressions
    from desktop.forms.source_map import Path

_MULTIPLIERS: Final[Mapping[str, Decimal]] = {"%": Decimal(100), "‰": Decimal(1000)}
_OVER_A_WHOLE: Final = frozenset(
    {IndicatorKind.RATIO, IndicatorKind.COVERAGE, IndicatorKind.PER_CAPITA}
)

_ALWAYS: Final = (0, 9999)
"""First and last year of a target that no other document changed."""


def lint_indicators(
    pack: Pack, expressions: Expressions, read_forms: set[str]
) -> Iterator[Said]:
    """Check every indicator; the forms they read are added to `read_forms`."""
    for i, indicator in enumerate(pack.indicators):
        path = ("indicators", i)
        yield from _shape(path, indicator)
        yield from _terms(path, indicator, expressions, read_forms)
        yield from _baseline(path, indicator)
        for j, target in enumerate(indicator.targets):
            yield from _target((*path, "targets", j), target)
            yield from _qualitative((*path, "targets", j), indicator, target)
        yield from _windows((*path, "targets"), indicator.targets)


def _shape(path: Path, indicator: Indicator) -> Iterator[Said]:
    """Hold kind, measure and multiplier against each other."""
    over_something = indicator.denominator is not None
    computed = indicator.numerator.value is not None
    # A department may also report a percentage as one number, or only judge it.
    told = indicator.answered_by is not None or not computed
    reported = told and not over_something
    wanted = None if reported else _MULTIPLIERS.get(indicator.measure or "")
    if wanted is not None and indicator.multiplier != wanted:
        said, measure = "forms.multiplier", indicator.measure or ""
        yield error(path, said, measure=measure, multiplier=f"{wanted}")
    over_a_whole = indicator.kind in _OVER_A_WHOLE and not reported
    if over_a_whole and not over_something:
        yield error(path, "forms.no_denominator", kind=indicator.kind.value)
    if indicator.kind is IndicatorKind.COUNT and over_something:
        yield warning((*path, "denominator"), "forms.count_denominator")
    if indicator.differs is not None and indicator.concept is None:
        yield error((*path, "differs"), "forms.differs_alone")


def _terms(
    path: Path,
    indicator: Indicator,
    expressions: Expressions,
    read_forms: set[str],
) -> Iterator[Said]:
    terms = (("numerator", indicator.numerator), ("denominator", indicator.denominator))
    for key, term in terms:
        if term is None or term.value is None:
            continue
        where = (*path, key, "value")
        read = expressions.read(where, term.value, UnitContext(), ValueType.NUMBER)
        if isinstance(read, Said):
            yield read
        else:
            read_forms.update(read.mentions.sources)
            yield from expressions.strangers(where, read)


def _baseline(path: Path, indicator: Indicator) -> Iterator[Said]:
    found = indicator.baseline
    if found is not None and found.value is None and found.text is None:
        yield error((*path, "baseline"), "forms.baseline_silent")


def _target(path: Path, target: Target) -> Iterator[Said]:
    """Check that operator, value, bounds, year and words of a target agree."""
    if (target.operator is None) != (target.value is None):
        yield error(path, "forms.target_half")
    if target.value is None and target.text is None:
        yield error(path, "forms.target_silent")
    if (target.basis is TargetBasis.TEXT_ONLY) != (target.value is None):
        yield error((*path, "basis"), "forms.target_basis")
    yield from _upper(path, target)
    if (target.year is None) != (target.year_basis is YearBasis.NONE):
        yield error((*path, "year_basis"), "forms.target_year")


def _upper(path: Path, target: Target) -> Iterator[Said]:
    between = target.operator is TargetOperator.BETWEEN
    if between != (target.upper is not None):
        yield error(path, "forms.target_upper")
    elif _upside_down(target):
        yield error((*path, "upper"), "forms.target_bounds")


def _upside_down(target: Target) -> bool:
    low, high = target.value, target.upper
    return low is not None and high is not None and high <= low


def _qualitative(path: Path, indicator: Indicator, target: Target) -> Iterator[Said]:
    if indicator.qualitative and target.value is not None:
        yield error(path, "forms.qualitative_number", indicator=indicator.id)


def _windows(path: Path, targets: tuple[Target, ...]) -> Iterator[Said]:
    """Check the years in which a target holds that another document changed.

    Two targets for the same year, of which one has such years, must not both hold.
    """
    for j, target in enumerate(targets):
        first, last = _window(target)
        if first > last:
            where = (*path, j, "until")
            yield error(where, "forms.target_window", since=first, until=last)
        changed = (first, last) != _ALWAYS
        for other in targets[:j]:
            since, until = _window(other)
            both = max(first, since) <= min(last, until)
            dated = changed or (since, until) != _ALWAYS
            if both and dated and other.year == target.year:
                yield error((*path, j), "forms.target_overlap")


def _window(target: Target) -> tuple[int, int]:
    return (
        _ALWAYS[0] if target.since is None else target.since,
        _ALWAYS[1] if target.until is None else target.until,
    )
