"""`taizhang indicators`: compute a ledger's indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figuring import figures_of_unit
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.core.messages import message
from desktop.export.wording import STATUSES
from desktop.indicators.figures import Direction

if TYPE_CHECKING:
    from argparse import Namespace
    from decimal import Decimal

    from desktop.cli.desk import Desk
    from desktop.forms.model import Indicator
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import TermValue
    from desktop.store.ledger import Ledger


def indicators(desk: Desk, options: Namespace) -> int:
    """Compute all indicators of a period for the ledger's unit or one below it."""
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        pack, unit = ledger.pack(), _unit(ledger, options.unit)
        plan = CompiledPack(pack).figures
        figures = figures_of_unit(ledger, pack, plan, period, unit)
    if options.json:
        desk.answer(
            {
                "unit": unit,
                "period": period.code,
                "pack": pack.id,
                "pack_version": pack.version,
                "indicators": [_facts(pack, figure) for figure in figures],
            }
        )
        return DONE
    for figure in figures:
        tell_figure(desk, pack, figure)
    return DONE


def tell_figure(desk: Desk, pack: Pack, figure: Figure) -> None:
    """Say one indicator in a line or two."""
    indicator = pack.indicator_by_id[figure.indicator]
    desk.line(
        f"  [{STATUSES[figure.status]}] {indicator.title}："
        f"{_number(figure.shown)}{_measure(indicator, figure)}{_aim(desk, figure)}"
    )
    if figure.gap is not None:
        desk.tell(
            "      {amount}{measure} to go"
            if figure.gap.direction is Direction.MORE
            else "      {amount}{measure} too many",
            amount=f"{figure.gap.amount:,f}",
            measure=figure.gap.measure or "",
        )


def _unit(ledger: Ledger, wanted: str | None) -> str:
    units = ledger.units()
    if wanted is None:
        return units[0].code
    for unit in units:
        if wanted in (unit.code, unit.name):
            return unit.code
    raise CannotRunError(message("cli.no-unit-here", unit=wanted))


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"


def _measure(indicator: Indicator, figure: Figure) -> str:
    return "" if figure.value is None else indicator.measure or ""


def _aim(desk: Desk, figure: Figure) -> str:
    target = figure.target
    if target is None or target.operator is None:
        return ""
    return desk.say(
        " (target {operator} {value}, {year})",
        operator=target.operator.value,
        value=f"{target.value:f}",
        year=target.year or "—",
    )


def _facts(pack: Pack, figure: Figure) -> dict[str, object]:
    indicator = pack.indicator_by_id[figure.indicator]
    target, gap = figure.target, figure.gap
    return {
        "indicator": figure.indicator,
        "title": indicator.title,
        "value": _plain(figure.shown),
        "measure": indicator.measure,
        "status": figure.status.value,
        "numerator": _term(figure.numerator),
        "denominator": None
        if figure.denominator is None
        else _term(figure.denominator),
        "target": None
        if target is None or target.operator is None
        else {
            "operator": target.operator.value,
            "value": _plain(target.value),
            "upper": _plain(target.upper),
            "year": target.year,
            "overdue": figure.overdue,
        },
        "gap": None
        if gap is None
        else {
            "amount": _plain(gap.amount),
            "measure": gap.measure,
            "direction": gap.direction.value,
        },
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
