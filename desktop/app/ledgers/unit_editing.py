"""What a person does to the units of a ledger, as actions that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.changes import UnitChange
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit_edits import UnitEdits
from desktop.forms.model import Roster
from desktop.store.records import View
from desktop.store.setup import blank_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.core.unit import UnitCode
    from desktop.core.unit_edits import Edit
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


def add_unit(ledger: Ledger, unit: Unit, period: Period) -> Action | Message:
    """Add a unit, with the records every unit answers from the period on."""
    edit = UnitEdits(ledger.units(), period).add(unit)
    return _action(ledger, edit, message("units.action.add", name=unit.name))


def rename_unit(
    ledger: Ledger, code: UnitCode, name: str, period: Period
) -> Action | Message:
    """Rename a unit (更名) from a period on."""
    edit = UnitEdits(ledger.units(), period).rename(code, name)
    title = message("units.action.rename", before=_name(ledger, code), name=name)
    return _action(ledger, edit, title)


def transfer_unit(
    ledger: Ledger, code: UnitCode, parent: UnitCode, period: Period
) -> Action | Message:
    """Put a unit under another one (划转) from a period on."""
    edit = UnitEdits(ledger.units(), period).transfer(code, parent)
    names = {"name": _name(ledger, code), "parent": _name(ledger, parent)}
    return _action(ledger, edit, message("units.action.transfer", **names))


def merge_units(
    ledger: Ledger, codes: Sequence[UnitCode], into: UnitCode, period: Period
) -> Action | Message:
    """Let units end in another one (撤并) from a period on.

    Facilities that the ended units have from that period on go over to it; records of
    unit forms go only where nobody had filled them in.
    """
    edit = UnitEdits(ledger.units(), period).merge(codes, into)
    ended = "、".join(_name(ledger, code) for code in codes)
    title = message("units.action.merge", names=ended, name=_name(ledger, into))
    return _action(ledger, edit, title)


def describe_unit(ledger: Ledger, unit: Unit, period: Period) -> Action | Message:
    """Note a unit's 统计用区划代码 and whether it is a division."""
    edit = UnitEdits(ledger.units(), period).describe(
        unit.code, statistics=unit.statistics_code, virtual=unit.virtual
    )
    return _action(ledger, edit, message("units.action.describe", name=unit.name))


def unit_action(
    ledger: Ledger, changes: Sequence[UnitChange], title: Message
) -> Action:
    """Put what units hold where their changes want it."""
    return Action(title, tuple(_with_records(ledger, changes)))


def _action(ledger: Ledger, edit: Edit, title: Message) -> Action | Message:
    if isinstance(edit, Message):
        return edit
    return unit_action(ledger, edit, title)


def _name(ledger: Ledger, code: str) -> str:
    names = (unit.name for unit in ledger.units() if unit.code == code)
    return next(names, code)


def _with_records(ledger: Ledger, changes: Sequence[UnitChange]) -> Iterator[Change]:
    yield from changes
    made = [change.after for change in changes if change.before is None]
    added = [unit for unit in made if unit is not None]
    for period in ledger.periods():
        yield from blank_records(ledger.pack(period.code), [period], added)
    for change in changes:
        after = change.after
        if change.before is not None and after is not None and after.until:
            yield from _handed_over(ledger, after)


def _handed_over(ledger: Ledger, ended: Unit) -> Iterator[Change]:
    """Give the changes that empty a unit in the periods behind its end."""
    for period in ledger.periods():
        if ended.exists_in(period.code):
            continue
        for form in ledger.pack(period.code).forms:
            for record in _own_records(ledger, form.id, period.code, ended.code):
                if isinstance(form, Roster):
                    yield RecordMoved(record.key, record.unit, str(ended.parent))
                elif not record.filled():
                    yield RecordRemoved(record.key, record.unit, ())


def _own_records(ledger: Ledger, form: str, period: str, unit: str) -> Iterator[Record]:
    found = ledger.rows(form, ledger.ids(form, period, View(unit=unit)))
    return (record for record in found if record.unit == unit)
