"""A figure as the documented JSON of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.forms.indicator import Baseline
    from desktop.forms.indicator import Target
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import Gap
    from desktop.indicators.figures import Judgement
    from desktop.indicators.figures import Path
    from desktop.indicators.figures import TermValue


def figure_facts(pack: Pack, figure: Figure) -> dict[str, object]:
    """Give all that is known of one indicator."""
    indicator = pack.indicator_by_id[figure.indicator]
    target, gap, below = figure.target, figure.gap, figure.denominator
    begun = indicator.baseline
    return {
        "indicator": figure.indicator,
        "title": indicator.title,
        "value": _plain(figure.shown),
        "measure": indicator.measure,
        "status": figure.status.value,
        "judgement": _judgement(figure.judgement),
        "numerator": _term(figure.numerator),
        "denominator": None if below is None else _term(below),
        "target": None if target is None else _target(target),
        "overdue": figure.overdue,
        "gap": None if gap is None else _gap(gap),
        "path": None if figure.path is None else _path(figure.path),
        "baseline": None if begun is None else _baseline(begun),
        "departments": list(indicator.departments),
        "concept": indicator.concept,
    }


def _judgement(judgement: Judgement | None) -> dict[str, object] | None:
    if judgement is None:
        return None
    counts = [{"choice": name, "count": count} for name, count in judgement.counts]
    return {"counts": counts, "open": judgement.open}


def _path(path: Path) -> dict[str, object]:
    return {
        "expected": _plain(path.expected),
        "start": _plain(path.start),
        "since": path.since,
        "assumed": path.assumed,
    }


def _baseline(baseline: Baseline) -> dict[str, object]:
    return {
        "value": _plain(baseline.value),
        "year": baseline.year,
        "text": baseline.text,
    }


def _target(target: Target) -> dict[str, object]:
    return {
        "operator": None if target.operator is None else target.operator.value,
        "value": _plain(target.value),
        "upper": _plain(target.upper),
        "year": target.year,
        "binding": target.binding,
        "since": target.since,
        "until": target.until,
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "amount": _plain(gap.amount),
        "measure": gap.measure,
        "direction": gap.direction.value,
        "added": None if gap.added is None else {"amount": _plain(gap.added.amount)},
    }


def _term(term: TermValue) -> dict[str, object]:
    return {
        "value": _plain(term.value),
        "records": term.records,
        "blank": term.blank,
        "started": term.started,
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
