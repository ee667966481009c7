"""`taizhang units`: show the units of a ledger, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.files.importing import read_file
from desktop.app.ledgers.unit_editing import add_unit
from desktop.app.ledgers.unit_editing import merge_units
from desktop.app.ledgers.unit_editing import rename_unit
from desktop.app.ledgers.unit_editing import transfer_unit
from desktop.app.ledgers.unit_list import plan_unit_list
from desktop.app.ledgers.unit_list import plan_words
from desktop.app.ledgers.unit_list import refused_lines
from desktop.app.ledgers.unit_list import unit_list_action
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import parse_unit_code
from desktop.core.unit_edits import UnitEdits
from desktop.core.unit_edits import made_unit

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from desktop.app.ledgers.unit_list import UnitListPlan
    from desktop.cli.desk import Desk
    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger

NEW = "new:"
"""Begins a code that the program is to choose: `new:510703`."""


def units(desk: Desk, options: Namespace) -> int:
    """Show the units, or change them; each change is an action of its own."""
    changing = bool(list(_wishes(options)) or options.list)
    with desk.open(Path(options.ledger), read_only=not changing) as ledger:
        period = period_of(ledger, options.period)
        for verb, pair in _wishes(options):
            _do(desk, ledger, _action(ledger, verb, pair, period), options)
        refused = _take_list(desk, ledger, period, options) if options.list else 0
        if options.json:
            desk.answer({"units": [_facts(unit) for unit in ledger.units()]})
        elif not changing:
            _show(desk, ledger)
    return FOUND if refused else DONE


def _wishes(options: Namespace) -> Iterator[tuple[str, str]]:
    for verb in ("add", "zone", "rename", "move", "merge"):
        yield from ((verb, pair) for pair in getattr(options, verb))


def _action(ledger: Ledger, verb: str, pair: str, period: Period) -> Action | Message:
    left, found, right = pair.partition("=")
    if not found or not right.strip():
        return message("cli.bad-pair", option=f"--{verb}", text=pair)
    right = right.strip()
    if verb in ("add", "zone"):
        unit = _made(ledger, left.strip(), right, period, virtual=verb == "zone")
        return unit if isinstance(unit, Message) else add_unit(ledger, unit, period)
    code = _code(left)
    if verb == "rename":
        return rename_unit(ledger, code, right, period)
    if verb == "move":
        return transfer_unit(ledger, code, _code(right), period)
    return merge_units(ledger, [code], _code(right), period)


def _code(text: str) -> UnitCode:
    """Read a code; one that is none is no unit's, and is told so."""
    return parse_unit_code(text.strip()) or UnitCode(text.strip())


def _made(
    ledger: Ledger, text: str, name: str, period: Period, *, virtual: bool
) -> Unit | Message:
    known = {unit.code for unit in ledger.units()}
    if text.startswith(NEW):
        parent: UnitCode | None = _code(text.removeprefix(NEW))
        code = UnitEdits(ledger.units(), period).free_code(UnitCode(str(parent)))
    else:
        code = parse_unit_code(text)
        above = ancestors_by_code(code) if code else ()
        parent = next((each for each in above if each in known), None)
    if code is None:
        return message("units.bad_code", code=text)
    if parent is None:
        return message("units.nowhere", code=code)
    return made_unit(code, name, parent, virtual=virtual)


def _do(
    desk: Desk, ledger: Ledger, action: Action | Message, options: Namespace
) -> None:
    if isinstance(action, Message):
        raise CannotRunError(action)
    if not options.dry_run:
        ledger.apply(action)
    if not options.json:
        desk.told(action.title)


def _take_list(desk: Desk, ledger: Ledger, period: Period, options: Namespace) -> int:
    """Take a list of units over; gives how many rows nothing was made of."""
    source = read_file(Path(options.list), desk.places.reader)
    plan = (
        source
        if isinstance(source, Message)
        else plan_unit_list(ledger, source, period)
    )
    if isinstance(plan, Message):
        raise CannotRunError(plan)
    if not options.json:
        _tell_plan(desk, plan)
    if not options.dry_run:
        ledger.apply(unit_list_action(ledger, plan))
    return len(plan.refused)


def _tell_plan(desk: Desk, plan: UnitListPlan) -> None:
    desk.line(plan_words(desk.say, plan))
    for before, after in plan.changed:
        desk.line(f"  {before.code} {before.name} → {after.name}")
    for line in refused_lines(desk.say, plan):
        desk.line(line)


def _show(desk: Desk, ledger: Ledger) -> None:
    depth: dict[str | None, int] = {}
    for unit in _from_the_top(ledger.units()):
        depth[unit.code] = depth.get(unit.parent, -1) + 1
        until = desk.say("until {period}", period=unit.until) if unit.until else ""
        zone = desk.say("no administrative division") if unit.virtual else ""
        notes = "，".join(filter(None, (zone, until)))
        indent = "  " * depth[unit.code]
        desk.line(
            f"{indent}{unit.code} {unit.name}" + (f"（{notes}）" if notes else "")
        )


def _from_the_top(units: tuple[Unit, ...]) -> Iterator[Unit]:
    """Give each unit before those below it."""
    below: dict[str | None, list[Unit]] = {}
    for unit in units[1:]:
        below.setdefault(unit.parent, []).append(unit)
    waiting = [units[0]]
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting += reversed(below.get(unit.code, []))


def _facts(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "parent": unit.parent,
        "level": unit.level.value,
        "class": unit.class_.value,
        "virtual": unit.virtual,
        "since": unit.since or None,
        "until": unit.until or None,
        "statistics_code": unit.statistics_code or None,
        "former": [
            {"name": past.name, "parent": past.parent, "until": past.until}
            for past in unit.former
        ],
    }
