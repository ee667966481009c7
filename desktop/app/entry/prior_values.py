"""What the same facilities reported before: last period, and a year ago."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cells import BLANK
from desktop.core.changes import RecordKey
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.forms.carrying import ways

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.forms.model import Pack
    from desktop.rules.audit import FormAudit
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

_TENTH: Final = Decimal("0.1")


@frozen
class Prior:
    """One facility's record of an earlier period, told in today's fields."""

    period: Period
    cells: Mapping[str, Cell]

    def cell(self, field: str) -> Cell:
        """Give what stood in a field; blank where there was no such field."""
        return self.cells.get(field, BLANK)


@frozen
class Difference:
    """From a number to another one; `percent` is None where it came from 0."""

    amount: Decimal
    percent: Decimal | None


def earlier_periods(periods: Sequence[Period], now: Period) -> tuple[Period, ...]:
    """Give the last period a ledger has before one, and the same one a year earlier.

    The second is left out where it is the first, or not there.
    """
    before = [one for one in periods if one.kind is now.kind and one.code < now.code]
    last = max(before, key=lambda one: one.code, default=None)
    year_ago = [
        one for one in before if (one.year, one.number) == (now.year - 1, now.number)
    ]
    found = [*([last] if last else []), *year_ago]
    return tuple(dict.fromkeys(found))


def priors_of(
    ledger: Ledger, form: str, records: Sequence[Record], periods: Sequence[Period]
) -> dict[RecordId, tuple[Prior, ...]]:
    """Read what the facilities of records reported in earlier periods.

    The answers are in the order of `periods`; a facility without a record then has
    none of it. Records must be of one period.
    """
    found: dict[RecordId, tuple[Prior, ...]] = {record.id: () for record in records}
    if not records:
        return found
    pack = ledger.pack(records[0].key.period)
    for period in periods:
        then = ledger.pack(period.code)
        if form not in then.form_by_id:
            continue
        told = _teller(then, pack, form)
        for record in records:
            key = RecordKey(form, period.code, record.key.facility)
            before = ledger.record(key)
            if before is not None:
                prior = Prior(period, told(before))
                found[record.id] = (*found[record.id], prior)
    return found


def _teller(then: Pack, now: Pack, form: str) -> Callable[[Record], Mapping[str, Cell]]:
    """Make what tells a record of an earlier version of a form in today's fields."""
    if then is now:
        return lambda record: {**record.derived, **record.cells}
    carried = ways(then, now, form)
    fields = now.form_by_id[form].by_id

    def told(record: Record) -> dict[str, Cell]:
        cells = {
            field: cell for field, cell in record.derived.items() if field in fields
        }
        for way in carried:
            cell = way.carry(record.cell(way.source.id))
            if not isinstance(cell, Message):
                cells[way.field.id] = cell
        return cells

    return told


def difference(before: Cell, now: Cell) -> Difference | None:
    """Give how a number changed; None where one of the two is no number."""
    was, is_ = _number(before), _number(now)
    if was is None or is_ is None:
        return None
    amount = is_ - was
    if not was:
        return Difference(amount, None)
    percent = (100 * amount / abs(was)).quantize(_TENTH, ROUND_HALF_UP)
    return Difference(amount, percent)


def percent_of(part: Cell, whole: Cell) -> Decimal | None:
    """Give a number as a part of another, in percent; None where that says nothing."""
    one, all_ = _number(part), _number(whole)
    if one is None or all_ is None or all_ <= 0:
        return None
    return (100 * one / all_).quantize(_TENTH, ROUND_HALF_UP)


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return None
    return Decimal(cell)


def rules_on_change(audit: FormAudit) -> frozenset[str]:
    """Name the 核实性 rules that hold a record against the period before it.

    What they find is a jump to be explained; no limit of ours decides what is one.
    """
    return frozenset(_on_change(audit))


def _on_change(audit: FormAudit) -> Iterator[str]:
    for rule in audit.rules:
        if rule.rule.level is not Level.WARNING:
            continue
        when = rule.outcome.when
        parts = (rule.outcome.expression, *([when] if when else []))
        if any(part.mentions.prev for part in parts):
            yield rule.rule.id
