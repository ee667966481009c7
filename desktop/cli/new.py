"""`taizhang new`: make a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.ledgers.regions import load_regions
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from desktop.core.messages import message
from desktop.core.period import parse_period

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.ledgers.regions import RegionTree
    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack

LIKELY = 10
"""How many units are named to somebody whose words fit several."""


def new(desk: Desk, options: Namespace) -> int:
    """Make a ledger for a unit and everything below it."""
    path = Path(options.ledger)
    pack = pack_of(desk, options.pack)
    units = _units(desk, options.unit)
    period = wanted_period(pack, options.period)
    create_ledger(path, Beginning(pack, units, period), desk.person)
    if options.json:
        desk.answer(_facts(path, pack, units, period))
        return DONE
    desk.tell(
        "Made {path}: {unit}, {period}, {pack}, {count} units.",
        path=str(path),
        unit=units[0].name,
        period=period.title,
        pack=pack.title,
        count=len(units),
    )
    return DONE


def _units(desk: Desk, wanted: str) -> tuple[Unit, ...]:
    tree = load_regions(desk.places.regions)
    found = tree.search(wanted, limit=LIKELY)
    whole = [unit for unit in found if _is_called(tree, unit, wanted)]
    likely = whole or found
    if len(likely) != 1:
        names = "、".join(
            f"{unit.code} {''.join(tree.path(unit.code))}" for unit in likely
        )
        raise CannotRunError(
            message("cli.unknown-unit", unit=wanted, likely=names or "—")
        )
    return tree.subtree(likely[0].code)


def _is_called(tree: RegionTree, unit: Unit, wanted: str) -> bool:
    """Tell whether a text is the whole code or name of a unit."""
    whole_name = wanted.split()[-1:] == [unit.name]
    return whole_name or wanted in (unit.code, "".join(tree.path(unit.code)))


def wanted_period(pack: Pack, wanted: str) -> Period:
    """Read a period of the kind a pack has.

    Raises:
        CannotRunError: It is none.
    """
    period = parse_period(wanted)
    if period is None or period.kind is not pack.period_kind:
        kind = pack.period_kind.value
        raise CannotRunError(message("cli.bad-period", period=wanted, kind=kind))
    return period


def _facts(
    path: Path, pack: Pack, units: tuple[Unit, ...], period: Period
) -> dict[str, object]:
    return {
        "ledger": str(path),
        "pack": pack.id,
        "pack_version": pack.version,
        "unit": units[0].code,
        "unit_name": units[0].name,
        "units": len(units),
        "period": period.code,
    }
