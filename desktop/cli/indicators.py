"""`taizhang indicators`: compute a ledger's indicators."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.figuring import figures_of_unit
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.core.cells import BLANK
from desktop.core.messages import message
from desktop.export.build_figures import indicator_line
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from decimal import Decimal

    from desktop.cli.desk import Desk
    from desktop.core.unit import Unit
    from desktop.export.report import IndicatorLine
    from desktop.forms.indicator import Baseline
    from desktop.forms.indicator import Target
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import Gap
    from desktop.indicators.figures import Judgement
    from desktop.indicators.figures import Path
    from desktop.indicators.figures import TermValue
    from desktop.store.ledger import Ledger


def indicators(desk: Desk, options: Namespace) -> int:
    """Compute all indicators of a period for the ledger's unit or one below it."""
    with desk.open(FilePath(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        compiled, unit = compiled_for(ledger, period), _unit(ledger, options.unit)
        pack, plan = compiled.pack, compiled.figures
        figures = figures_of_unit(ledger, pack, plan, period, unit.code)
    if options.json:
        desk.answer(
            {
                "unit": unit.code,
                "unit_name": unit.name,
                "period": period.code,
                "pack": pack.id,
                "pack_version": pack.version,
                "indicators": [_facts(pack, figure) for figure in figures],
            }
        )
        return DONE
    desk.tell("Indicators of {unit}, {period}:", unit=unit.name, period=period.title)
    for figure in figures:
        tell_figure(desk, pack, figure)
    return DONE


def tell_figure(desk: Desk, pack: Pack, figure: Figure) -> None:
    """Say one indicator in a line: standing, value, target, and the way to go."""
    line = indicator_line(pack, pack.indicator_by_id[figure.indicator], figure, None)
    value = "—" if figure.value is None else f"{_number(figure.shown)}{line.measure}"
    parts = [f"{line.title}：{value}"]
    if line.target:
        parts.append(desk.say("target {target}", target=line.target))
    elif line.baseline:
        parts.append(line.baseline)
    parts += filter(None, (line.left, line.path))
    if figure.status is Status.MISSING:
        parts += _lacking(desk, line)
    desk.line(f"  [{line.status}] {'；'.join(parts)}")


def _lacking(desk: Desk, line: IndicatorLine) -> Iterator[str]:
    """Say which term has no value, and what it rests on."""
    for term in (line.numerator, line.denominator):
        if term is None or term.value is not BLANK:
            continue
        if term.blanks:
            yield desk.say(
                "lacking {term} ({blanks} records are blank)",
                term=term.title,
                blanks=term.blanks,
            )
        else:
            yield desk.say("lacking {term} (not filled in)", term=term.title)


def _unit(ledger: Ledger, wanted: str | None) -> Unit:
    units = ledger.units()
    if wanted is None:
        return units[0]
    for unit in units:
        if wanted in (unit.code, unit.name):
            return unit
    raise CannotRunError(message("cli.no-unit-here", unit=wanted))


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"


def _facts(pack: Pack, figure: Figure) -> dict[str, object]:
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
