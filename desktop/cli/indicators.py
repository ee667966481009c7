"""`taizhang indicators`: compute a ledger's indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.figures.figuring import figures_of_unit
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.figure_facts import figure_facts
from desktop.core.cells import BLANK
from desktop.core.messages import message
from desktop.export.building.figures import indicator_line
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from decimal import Decimal

    from desktop.cli.desk import Desk
    from desktop.core.unit import Unit
    from desktop.export.report import IndicatorLine
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger


def indicators(desk: Desk, options: Namespace) -> int:
    """Compute all indicators of a period for the ledger's unit or one below it."""
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        compiled, unit = compiled_for(ledger, period), unit_of(ledger, options.unit)
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
                "indicators": [figure_facts(pack, figure) for figure in figures],
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


def unit_of(ledger: Ledger, wanted: str | None) -> Unit:
    """Give the unit a command asks about: the one named, else the ledger's.

    Raises:
        CannotRunError: The ledger has no such unit.
    """
    units = ledger.units()
    if wanted is None:
        return units[0]
    for unit in units:
        if wanted in (unit.code, unit.name):
            return unit
    raise CannotRunError(message("cli.no-unit-here", unit=wanted))


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"
