"""Which record of the ledger a row speaks of: by unit, code or name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit_match import fold
from desktop.forms.fields import CreditCodeField
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.core.unit import UnitCode
    from desktop.forms.model import Form
    from desktop.intake.plan_values import Existing
    from desktop.intake.plan_values import ImportContext


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a row tells about who it is; `unit` is None where it does not say."""

    cells: Mapping[str, Cell]
    unit: UnitCode | None


class Registry:
    """The records of the ledger, ready to be recognised."""

    def __init__(self, form: Form, context: ImportContext) -> None:
        self._form = form
        self._names = {unit.code: unit.name for unit in context.units}
        self._by_code: dict[tuple[str, str], list[Existing]] = defaultdict(list)
        self._by_name: dict[str, list[Existing]] = defaultdict(list)
        self._by_unit = {record.unit: record for record in context.records}
        for record in context.records:
            for key in self._codes(record.cells):
                self._by_code[key].append(record)
            self._by_name[self.name_of(record.cells)].append(record)

    def name_of(self, cells: Mapping[str, Cell]) -> str:
        """Give a record's name folded, or nothing."""
        name = cells.get(self._form.name) if isinstance(self._form, Roster) else None
        return fold(name) if isinstance(name, str) else ""

    def find(self, seen: Sighting) -> Existing | Message | None:
        """Find the record a row speaks of.

        None means the row is new. A message means it may be one of several, or a
        facility of that name is known in another unit: a person decides.
        """
        if not isinstance(self._form, Roster):
            return self._by_unit.get(seen.unit) if seen.unit else None
        for key in self._codes(seen.cells):
            if found := self._by_code.get(key):
                return found[0] if len(found) == 1 else _several(len(found))
        same = self._by_name.get(self.name_of(seen.cells), [])
        here = [one for one in same if seen.unit in {None, one.unit}]
        if len(here) > 1:
            return _several(len(here))
        if here:
            return here[0]
        if same and not any(self._codes(seen.cells)):
            unit = self._names.get(same[0].unit, same[0].unit)
            return message("intake.row.known_elsewhere", unit=unit)
        return None

    def keys(self, seen: Sighting) -> tuple[tuple[str, str], ...]:
        """Give what must not stand twice in one table."""
        if not isinstance(self._form, Roster):
            return (("unit", seen.unit or ""),)
        codes = tuple(self._codes(seen.cells))
        return codes or ((f"name {seen.unit or ''}", self.name_of(seen.cells)),)

    def _codes(self, cells: Mapping[str, Cell]) -> list[tuple[str, str]]:
        """Give the codes of a record, the form's own first."""
        fields = [self._form.code] if isinstance(self._form, Roster) else []
        fields += [
            field.id
            for field in self._form.fields
            if isinstance(field, CreditCodeField)
        ]
        return [
            (field, value)
            for field in fields
            if field is not None and isinstance(value := cells.get(field), str)
        ]


def _several(count: int) -> Message:
    return message("intake.row.several_alike", count=count)
