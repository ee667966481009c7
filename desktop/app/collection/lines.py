"""The rows of 分发采集表: who is known, and what the ledger knows of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.app.entry.facilities import gone_facilities
from desktop.core.cells import BLANK
from desktop.core.frozen import frozen
from desktop.export.collection.plan import Line
from desktop.forms.fields import CreditCodeField
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import Cells
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Form
    from desktop.forms.model import UnitForm
    from desktop.store.ledger import Ledger


@frozen
class KnownLine:
    """A row that is known, with the code of its unit and the name of its record."""

    line: Line
    unit: str
    name: str


@frozen
class _Facility:
    id: str
    unit: str
    cells: Cells


def known_lines(
    ledger: Ledger,
    form: Form,
    period: Period,
    within: Sequence[Unit],
    *,
    known: bool,
) -> Iterator[KnownLine]:
    """Give the rows of some units: facilities of this period and of the last.

    With `known` they hold what is known, otherwise only who they are. A unit form has a
    row a unit.
    """
    names = written_names(ledger.units())
    if isinstance(form, Roster):
        yield from _facilities(ledger, form, period, (within, names), known=known)
    else:
        yield from _units(ledger, form, period, (within, names), known=known)


def written_names(units: Sequence[Unit]) -> dict[str, str]:
    """Give what units are called in a workbook, by code: of namesakes, the code."""
    counts = Counter(unit.name for unit in units)
    return {
        str(unit.code): unit.name if counts[unit.name] == 1 else str(unit.code)
        for unit in units
    }


def _units(
    ledger: Ledger,
    form: UnitForm,
    period: Period,
    where: tuple[Sequence[Unit], Mapping[str, str]],
    *,
    known: bool,
) -> Iterator[KnownLine]:
    within, names = where
    held = {one.unit: one.cells for one in _present(ledger, form, period)}
    for unit in within:
        code = str(unit.code)
        cells = held.get(code, {}) if known else {}
        yield KnownLine(Line(code, names[code], cells), code, unit.name)


def _facilities(
    ledger: Ledger,
    form: Roster,
    period: Period,
    where: tuple[Sequence[Unit], Mapping[str, str]],
    *,
    known: bool,
) -> Iterator[KnownLine]:
    within, names = where
    codes = {str(unit.code) for unit in within}
    identity = _identity(form)
    for one in (*_present(ledger, form, period), *_returning(ledger, form, period)):
        if one.unit not in codes:
            continue
        fixed = frozenset(identity & one.cells.keys())
        cells = {
            name: cell for name, cell in one.cells.items() if known or name in fixed
        }
        line = Line(one.id, names[one.unit], cells, fixed)
        yield KnownLine(line, one.unit, str(one.cells.get(form.name, one.id)))


def _present(ledger: Ledger, form: Form, period: Period) -> Iterator[_Facility]:
    for record in ledger.rows(form.id, ledger.ids(form.id, period.code)):
        cells = dict(record.filled())
        yield _Facility(str(record.key.facility), record.unit, cells)


def _returning(ledger: Ledger, form: Form, period: Period) -> Iterator[_Facility]:
    """Give the facilities of the period before that this one does not have yet."""
    before = [each for each in ledger.periods() if each.code < period.code]
    if not before:
        return
    source = before[-1]
    gone = gone_facilities(ledger, form, period.code)
    facilities = [one.key.facility for one in gone if one.last == source.code]
    for added in ledger.returning(source, period, form.id, facilities):
        cells = {name: cell for name, cell in added.cells if cell is not BLANK}
        yield _Facility(str(added.record.facility), added.unit, cells)


def _identity(form: Roster) -> set[str]:
    """Give the fields that say who a facility is."""
    codes = {field.id for field in form.fields if isinstance(field, CreditCodeField)}
    return {form.name, *([form.code] if form.code else []), *codes}
