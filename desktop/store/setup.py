"""What a ledger starts with, and what is added to it as a whole: periods and units."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout
from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import UnitChange
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.model import Roster
from desktop.forms.model import UnitForm
from desktop.forms.written import pack_to_json
from desktop.store import schema
from desktop.store.digest import compact
from desktop.store.digest import text_digest
from desktop.store.errors import UnfitChangeError
from desktop.store.records import EntryKind
from desktop.store.unit_rows import UnitDrafts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.store.log import ActionLog
    from desktop.store.shelf import Shelf

COPY_OF: Final = "copy_of"
"""The note by which a copy knows the line it is of."""
NO_RECORD = FacilityId("")
"""Stands in the key of log entries that speak of no record."""


@frozen
class Identity:
    """Which ledger a file is, and which line of its copies.

    The line (`epoch`) begins anew when a ledger goes on from a backup, so that whoever
    received something of the old line sees the fork.
    """

    ledger: str
    epoch: str


def read_identity(connection: sqlite3.Connection) -> Identity:
    """Read who a file is; empty where that was lost."""
    ledger, epoch = (read_meta(connection, name) for name in ("ledger", "epoch"))
    return Identity(ledger or "", epoch or "")


def read_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """Read one of the file's own notes about itself."""
    row = connection.execute(
        f"SELECT value FROM {schema.META} WHERE key = ?", (name,)
    ).fetchone()
    return None if row is None else str(row[0])


def put_meta(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Write one of the file's own notes about itself; an empty one is taken away.

    What stood there is overwritten in the file, for it may be a secret.
    """
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"DELETE FROM {schema.META} WHERE key = ?", (name,))
    if text:
        connection.execute(f"INSERT INTO {schema.META} VALUES (?, ?)", (name, text))


def is_copy(connection: sqlite3.Connection) -> bool:
    """Tell whether a file is a copy that nobody has written to yet."""
    return read_meta(connection, COPY_OF) is not None


def clear_mark(connection: sqlite3.Connection) -> None:
    """Let a copy be a ledger."""
    connection.execute(f"DELETE FROM {schema.META} WHERE key = ?", (COPY_OF,))


def put_identity(
    connection: sqlite3.Connection,
    identity: Identity,
    before: str | None,
    log: ActionLog,
) -> None:
    """Write who this file is; `before` is the line it goes on from."""
    for name, value in (("ledger", identity.ledger), ("epoch", identity.epoch)):
        connection.execute(
            f"INSERT OR REPLACE INTO {schema.META} VALUES (?, ?)", (name, value)
        )
    body = {"ledger": [None, identity.ledger], "epoch": [before, identity.epoch]}
    log.add(EntryKind.LEDGER, RecordKey("", "", NO_RECORD), body)


def add_pack(
    connection: sqlite3.Connection, pack: Pack, before: Pack | None, log: ActionLog
) -> int:
    """Keep a pack's text and give its row; `before` is the one it comes behind."""
    text = pack_to_json(pack)
    digest = text_digest(text)
    cursor = connection.execute(
        f"INSERT INTO {schema.PACKS} (pack, version, digest, text) VALUES (?, ?, ?, ?)",
        (pack.id, pack.version, digest, text),
    )
    was = (None, None) if before is None else (before.id, before.version)
    body = {"pack": [was[0], pack.id], "version": [was[1], pack.version]}
    log.add(EntryKind.PACK, RecordKey("", "", NO_RECORD), body, digest)
    return int(cursor.lastrowid or 0)


def add_period(
    connection: sqlite3.Connection,
    period: Period,
    pack: int,
    source: Period | None,
    log: ActionLog,
) -> None:
    """Add a period without records; `source` is the period they will come from."""
    connection.execute(
        f"INSERT INTO {schema.PERIODS} (code, revision, pack) VALUES (?, ?, ?)",
        (period.code, log.revision, pack),
    )
    copied = source.code if source else None
    body = {"copy_from": [None, copied], "pack": [None, pack]}
    log.add(EntryKind.PERIOD, RecordKey("", period.code, NO_RECORD), body)


def add_units(
    connection: sqlite3.Connection, units: Sequence[Unit], log: ActionLog
) -> None:
    """Add units to the tree; a parent stands before its children.

    Raises:
        UnfitChangeError: A unit is there already, or its parent is not.
    """
    drafts = UnitDrafts(connection)
    for unit in units:
        drafts.fold(UnitChange(unit.code, None, unit))
    if not drafts.write(log):
        raise UnfitChangeError(message("store.units_unfit", unit="?"))


def blank_records(
    pack: Pack, periods: Sequence[Period], units: Sequence[Unit]
) -> Iterator[RecordAdded]:
    """Give the blank records of the forms that every unit has to answer."""
    for form in pack.forms:
        if isinstance(form, UnitForm) and form.every_unit:
            for period in periods:
                for unit in units:
                    if not unit.exists_in(period.code):
                        continue
                    facility = FacilityId(unit.code)
                    key = RecordKey(form.id, period.code, facility)
                    yield RecordAdded(key, unit.code)


def answer_records(
    pack: Pack, period: Period, root: Unit, copied: Iterable[RecordAdded] = ()
) -> Iterator[RecordAdded]:
    """Give the records of the forms in which each indicator has its own, at the root.

    Their identity is the indicator's, so that they are the same in every ledger. An
    indicator among the `copied` records has its record already.
    """
    from desktop.forms.answer_rows import answer_rows  # noqa: PLC0415 - opening need not wait for it

    taken = list(copied)
    for form in pack.forms:
        there = {change.record.facility for change in taken}
        said = {text for change in taken for text in _key_of(form, change)}
        for row in answer_rows(pack, form):
            facility = FacilityId(row.indicator)
            if facility not in there and row.title not in said:
                key = RecordKey(form.id, period.code, facility)
                yield RecordAdded(key, root.code, row.cells)


def _key_of(form: Form, change: RecordAdded) -> Iterator[Cell]:
    """Give the indicator that a record of a form answers."""
    answers = form.answers if isinstance(form, Roster) else None
    if answers is not None and change.record.form == form.id:
        yield from (cell for field, cell in change.cells if field == answers.key)


def copied_records(
    connection: sqlite3.Connection,
    shelf: Shelf,
    periods: tuple[Period, Period],
    only: tuple[str, Sequence[str]] | None = None,
) -> Iterator[RecordAdded]:
    """Give the rosters of the first of two periods for the second.

    `only` names a form and those of its facilities that are wanted.

    Facilities keep their identity. What stands still is copied: what the pack says is
    carried, else texts, choices, dates, yes or no. Numbers are left to be asked for
    anew, and so are judgements; this choice is ours.
    """
    from desktop.store.carried import Carrier  # noqa: PLC0415 - opening need not wait for it

    source, target = periods
    old, new = shelf.of(source.code), shelf.of(target.code)
    for form in new.pack.forms:
        if not isinstance(form, Roster) or form.id not in old.tables:
            continue
        if only is not None and only[0] != form.id:
            continue
        table, kept = old.tables[form.id], _standing_fields(form)
        carrier = Carrier(old, new, form.id)
        where, params = f"WHERE {layout.PERIOD} = ?", [source.code]
        if only is not None:
            where += f" AND {layout.FACILITY} IN (SELECT value FROM json_each(?))"
            params.append(compact(list(only[1])))
        order = f"ORDER BY {layout.RECORD}"
        rows = connection.execute(table.select(f"{where} {order}"), params)
        for row in rows:
            key = RecordKey(form.id, target.code, FacilityId(str(row[2])))
            carried = carrier.carried(table.cells(row)).cells
            cells = tuple(item for item in carried.items() if item[0] in kept)
            yield RecordAdded(key, str(row[3]), cells)


def without(changes: Iterable[Change], others: Iterable[Change]) -> Iterator[Change]:
    """Leave out what others give already: a record, or something chosen."""
    there = {_place(change) for change in others}
    return (change for change in changes if _place(change) not in there)


def _place(change: Change) -> object:
    match change:
        case RecordAdded(record=key):
            return key
        case DefinitionChange(period=period, name=name):
            return period, name
        case _:
            return None


def in_living_units(
    records: Iterable[RecordAdded], units: Sequence[Unit], period: Period
) -> Iterator[RecordAdded]:
    """Give records of units that have ended by a period to those that took over."""
    there = {str(unit.code): unit for unit in units}
    for record in records:
        unit = there[record.unit]
        while not unit.exists_in(period.code) and str(unit.parent) in there:
            unit = there[str(unit.parent)]
        yield RecordAdded(record.record, unit.code, record.cells)


def _standing_fields(form: Roster) -> frozenset[str]:
    words = form.answers.words if form.answers else None
    judged = words.judgement if words else None
    return frozenset(field.id for field in form.stored if _stands(field, judged))


def _stands(field: Field, judged: str | None) -> bool:
    if field.carried is not None:
        return field.carried
    return field.id != judged and not isinstance(field, IntegerField | DecimalField)
