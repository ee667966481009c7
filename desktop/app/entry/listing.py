"""What a person wants to see of a form, and the records that are it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.app.audit.findings_board import FindingsBoard
from desktop.app.entry.record_list import RecordList
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.forms.fields import Binding
from desktop.forms.fields import TextField
from desktop.store.conditions import Among
from desktop.store.conditions import AnyOf
from desktop.store.conditions import Contains
from desktop.store.conditions import Within
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.conditions import Condition
    from desktop.store.ledger import Ledger
    from desktop.store.records import Order


class Marked(Enum):
    """Which findings a record must have to be seen."""

    ANY = "any"
    ERRORS = "errors"
    """有强制性错误."""
    UNEXPLAINED = "unexplained"
    """有核实性问题待说明."""


@frozen
class Listing:
    """What a person wants to see of a form.

    `text` stands in a name or a unit's name, `unit` takes what is below it too,
    `columns` has one condition for each field that is filtered by.
    """

    text: str = ""
    unit: str | None = None
    marked: Marked | None = None
    columns: tuple[tuple[str, Condition], ...] = ()
    order: Order | None = None

    @property
    def narrows(self) -> bool:
        """Whether some records may be left out."""
        return self != Listing(order=self.order)

    @property
    def by_field(self) -> Mapping[str, Condition]:
        """The conditions by the field they are of."""
        return dict(self.columns)

    def all_records(self) -> Listing:
        """Give the same order without leaving any record out."""
        return Listing(order=self.order)

    def filtered(self, field: str, condition: Condition | None) -> Listing:
        """Give the same with another condition on a field, or with none."""
        kept = {**self.by_field}
        kept.pop(field, None)
        if condition is not None:
            kept[field] = condition
        return replace(self, columns=tuple(kept.items()))


@frozen
class Listed:
    """The records a listing gives, ready to be shown, out of how many."""

    records: RecordList
    total: int


def listed(
    ledger: Ledger,
    form: Form,
    period: str,
    listing: Listing,
    board: FindingsBoard | None = None,
) -> Listed:
    """List the records of a form as a person wants to see them.

    Without a `board` no record has a finding.
    """
    conditions = [condition for _, condition in listing.columns]
    if listing.text:
        conditions.append(_named(ledger, form, listing.text))
    if listing.marked is not None:
        found = _marked(ledger, form, period, listing.marked, board or FindingsBoard())
        conditions.append(Among(tuple(found)))
    order = () if listing.order is None else (listing.order,)
    view = View(listing.unit, tuple(conditions), order)
    records = RecordList(ledger.ids(form.id, period, view)).prepare()
    total = ledger.count(form.id, period) if listing.narrows else len(records)
    return Listed(records, total)


def _named(ledger: Ledger, form: Form, text: str) -> Condition:
    """Look for a text in the names of records, their texts, and their units' names."""
    units = tuple(str(unit.code) for unit in ledger.units() if text in unit.name)
    texts = (Contains(field, text) for field in searched(form))
    return AnyOf((*texts, Within(units)))


def searched(form: Form) -> tuple[str, ...]:
    """Give the fields a find looks through: the names of a record and its texts."""
    bound = [field.id for field in form.fields if field.binds is Binding.UNIT_NAME]
    texts = [field.id for field in form.stored if isinstance(field, TextField)]
    return tuple(dict.fromkeys((*bound, *texts)))


def _marked(
    ledger: Ledger, form: Form, period: str, marked: Marked, board: FindingsBoard
) -> Iterable[RecordId]:
    """Give the records that have the findings asked for."""
    match marked:
        case Marked.ANY:
            findings = board.of_form(form.id)
        case Marked.ERRORS:
            findings = board.of_level(Level.ERROR, form.id)
        case Marked.UNEXPLAINED:
            findings = board.of_level(Level.WARNING, form.id)
        case _:
            assert_never(marked)
    records = dict.fromkeys(each.record for each in findings if each.record)
    if marked is Marked.UNEXPLAINED:
        return _unexplained(ledger, (form.id, period), board, records)
    return records


def _unexplained(
    ledger: Ledger,
    place: tuple[str, str],
    board: FindingsBoard,
    records: Iterable[RecordId],
) -> Iterator[RecordId]:
    """Leave out the records whose every finding an explanation lets pass."""
    from desktop.app.audit import standing  # noqa: PLC0415 - the first window need not wait for it

    form, period = place
    demands = ledger.pack(period).explanations
    said = standing.said_in(ledger, place, demands, lambda one: board.of(form, one))
    for record in records:
        rules = (
            each.rule for each in board.of(form, record) if each.level is Level.WARNING
        )
        standings = (
            said.get((form, record, rule), standing.NOTHING_SAID).standing
            for rule in rules
        )
        if any(one is not standing.Standing.STANDS for one in standings):
            yield record
