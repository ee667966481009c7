"""A ledger goes on under a newer version of its pack, from one period on.

Earlier periods stay under the pack they were kept under. No value is lost: what a
newer version no longer asks for stays in its column and in the log, and comes back
when a later version asks for it again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.changes import FacilityId
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.forms.fields import DecimalField
from desktop.forms.hindered import hindrances
from desktop.forms.implied import implied_ids
from desktop.forms.written import pack_to_json
from desktop.store import reads
from desktop.store import schema
from desktop.store import setup
from desktop.store.carried import Carrier
from desktop.store.columns import STATES
from desktop.store.columns import codec_of
from desktop.store.columns import to_json
from desktop.store.columns import to_stored
from desktop.store.digest import compact
from desktop.store.digest import record_digest
from desktop.store.drafts import read_note
from desktop.store.errors import UnfitChangeError
from desktop.store.records import EntryKind
from desktop.store.relaying import relay_tables
from desktop.store.shelf import Upgraded
from desktop.store.tables import recoded
from desktop.store.tables import states_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.carrying import Way
    from desktop.forms.fields import Field
    from desktop.forms.model import Pack
    from desktop.store.carried import Carried
    from desktop.store.log import ActionLog
    from desktop.store.shelf import Kept
    from desktop.store.shelf import Shelf
    from desktop.store.tables import FormTable
    from desktop.store.tables import Row

ACTION = "store.action.upgrade"


def check_upgrade(shelf: Shelf, pack: Pack, period: Period) -> None:
    """Check that a ledger can go on under a pack from a period on.

    Raises:
        UnfitChangeError: It cannot; nothing was changed.
    """
    if period.code not in shelf.periods:
        raise UnfitChangeError(message("store.unknown_period", period=period.code))
    # Each earlier version has its columns in the tables, so it is asked, too.
    for row in reversed(shelf.rows):
        for said in hindrances(shelf.at(row).pack, pack):
            raise UnfitChangeError(said)
    newest = shelf.newest.pack
    if pack.version_numbers < newest.version_numbers:
        versions = {"old": newest.version, "new": pack.version}
        raise UnfitChangeError(message("store.upgrade_older", **versions))
    if _same(pack, newest) and all(
        row == shelf.rows[-1] for row in _from(shelf, period).values()
    ):
        raise UnfitChangeError(message("store.upgrade_same", version=pack.version))


def upgrade(
    connection: sqlite3.Connection,
    shelf: Shelf,
    wanted: tuple[Pack, Period],
    units: Sequence[Unit],
    log: ActionLog,
) -> Upgraded:
    """Put a checked pack in force from a period on, inside the caller's transaction.

    Raises:
        UnfitChangeError: A value does not fit the field it stands in any more.
    """
    pack, period = wanted
    before = shelf.newest
    if _same(pack, before.pack):
        row, added = before.row, None
    else:
        row = setup.add_pack(connection, pack, before.pack, log)
        kept = {each: shelf.at(each).pack for each in shelf.rows}
        relay_tables(connection, kept, row, pack)
        added = (row, pack)
    turned = {code: was for code, was in _from(shelf, period).items() if was != row}
    now = shelf.turned(dict.fromkeys(turned, row), added)
    _turn(connection, turned, row, log)
    changes = list(_carried(connection, now, tuple(turned), log))
    for each in reads.periods(connection):
        if each.code in turned:
            packs = (shelf.of(each.code).pack, now.at(row))
            changes += _begun(connection, packs, each, units)
    return Upgraded(now, tuple(changes))


def _turn(
    connection: sqlite3.Connection, periods: Mapping[str, int], row: int, log: ActionLog
) -> None:
    """Let periods go by another pack; `periods` has the ones they went by."""
    for code, was in periods.items():
        connection.execute(
            f"UPDATE {schema.PERIODS} SET pack = ? WHERE code = ?", (row, code)
        )
        key = RecordKey("", code, setup.NO_RECORD)
        log.add(EntryKind.PERIOD, key, {"pack": [was, row]})


def _carried(
    connection: sqlite3.Connection,
    shelf: Shelf,
    periods: tuple[str, ...],
    log: ActionLog,
) -> Iterator[Change]:
    """Carry the records of some periods to the newest pack, whatever theirs was."""
    newest = shelf.newest
    for form in newest.tables:
        for row in shelf.rows_with(form):
            if row != newest.row:
                carrying = _Carrying(connection, shelf, shelf.at(row), form, log)
                yield from carrying.records(periods)


def _same(one: Pack, other: Pack) -> bool:
    return pack_to_json(one) == pack_to_json(other)


def _from(shelf: Shelf, period: Period) -> dict[str, int]:
    """Give the periods from one on, with the packs they go by."""
    codes = sorted(code for code in shelf.periods if code >= period.code)
    return {code: shelf.periods[code] for code in codes}


class _Carrying:
    """Carries the records of one form from one pack to the one in force now."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shelf: Shelf,
        old: Kept,
        form: str,
        log: ActionLog,
    ) -> None:
        self._connection = connection
        self._old, self._new = old, shelf.newest
        self._log = log
        self._carrier = Carrier(self._old, self._new, form)
        self._table = self._new.tables[form]
        self._back = _returned(shelf, self._carrier.ways, form)
        codecs = {name: self._table.codecs[name] for name in self._back}
        source = old.tables[form]
        self._source = recoded(
            replace(source, computed={}), {**source.codecs, **codecs}
        )
        self._moved = tuple(way.source.id for way in self._carrier.ways if way.renamed)
        self._left: dict[str, dict[RecordKey, str]] = {}

    def records(self, periods: tuple[str, ...]) -> Iterator[Change]:
        """Carry the records of some periods, and give the notes that go with them."""
        place = (self._old.row, compact(periods))
        where = (
            f"{schema.PACK} = ? AND {layout.PERIOD} IN (SELECT value FROM json_each(?))"
        )
        if self._touched():
            sql = self._source.select(f"WHERE {where} ORDER BY {layout.RECORD}")
            rows = self._connection.execute(sql, place).fetchall()
            for row in rows:
                self._record(row)
        self._connection.execute(
            f"UPDATE {self._table.name} SET {schema.PACK} = ? WHERE {where}",
            (self._new.row, *place),
        )
        yield from self._remarks(periods)

    def _touched(self) -> bool:
        """Tell whether a record could hold anything else than before."""
        ways = self._carrier.ways
        gone = set(self._source.codecs) - {way.source.id for way in ways}
        return bool(gone) or any(_differs(way) for way in ways)

    def _record(self, row: Row) -> None:
        table, key = self._table, self._source.key(row)
        old = self._source.cells(row)
        carried = self._carrier.carried(old)
        self._check(carried)
        now = {**carried.cells, **self._come_back(key, old)}
        if now != {name: old[name] for name in old if name not in self._back}:
            unit = str(row[3])
            digest = record_digest(key, unit, now)
            self._log.add(EntryKind.RECORD, key, self._body(old, now), digest)
            left = {way.source.id for way, _ in carried.left}
            emptied = [name for name in self._moved if name not in left]
            fields = (schema.PACK, *table.codecs, *emptied)
            values = [
                to_stored(codec, now.get(name, BLANK))
                for name, codec in table.codecs.items()
            ]
            head = (states_text(now), self._log.revision, digest, self._new.row)
            nothing = [None] * len(emptied)
            self._connection.execute(
                table.update(fields), (*head, *values, *nothing, row[0])
            )
        for way, cell in carried.left:
            told = f"{way.source.title}：{format_cell(way.source, cell)}"
            self._left.setdefault(way.field.id, {})[key] = told

    def _check(self, carried: Carried) -> None:
        for way, cell in carried.left:
            if not way.renamed:
                place = {"form": self._table.form, "field": way.field.id}
                text = message("store.unfit_value", **place, value=ascii(cell)[:80])
                raise UnfitChangeError(text)

    def _come_back(self, key: RecordKey, old: Mapping[str, Cell]) -> dict[str, Cell]:
        """Give what the record held in fields that were not asked for meanwhile."""
        found: dict[str, Cell] = {}
        for name in self._back:
            cell = old.get(name)
            cell = self._marked(key, name) if cell is None else cell
            if cell is not None:
                found[name] = cell
        return found

    def _marked(self, key: RecordKey, field: str) -> Cell | None:
        """Find the 不适用 or 不详 that a cell held when its field was given up."""
        rows = self._connection.execute(
            f"SELECT body, title FROM {schema.LOG} JOIN {schema.ACTIONS} "
            "USING (revision) WHERE kind = 'record' "
            "AND (form, period, facility) = (?, ?, ?) ORDER BY seq DESC",
            (key.form, key.period, key.facility),
        )
        for body, title in rows:
            pairs = json.loads(body)
            if field in pairs:
                was = pairs[field][0]
                moved = any(
                    pairs[name][1] == was for name in self._back[field] if name in pairs
                )
                given_up = title == ACTION and isinstance(was, dict) and not moved
                return STATES[was["absent"]] if given_up else None
        return None

    def _body(
        self, old: Mapping[str, Cell], now: Mapping[str, Cell]
    ) -> dict[str, object]:
        body: dict[str, object] = {}
        before, after = self._source.codecs, self._table.codecs
        reads, writes = {**after, **before}, {**before, **after}
        for name in dict.fromkeys((*old, *now)):
            was = BLANK if name in self._back else old.get(name, BLANK)
            cell = now.get(name, BLANK)
            if was != cell:
                body[name] = (to_json(reads[name], was), to_json(writes[name], cell))
        return body

    def _remarks(self, periods: tuple[str, ...]) -> Iterator[Change]:
        """Let the notes on a renamed field stand beside it under its new id.

        What the new field cannot hold becomes a remark, too.
        """
        for way in self._carrier.ways:
            if way.renamed:
                yield from self._moved_notes(way, periods)

    def _moved_notes(self, way: Way, periods: tuple[str, ...]) -> Iterator[Change]:
        form, target = self._table.form, f"field:{way.field.id}"
        told = dict(self._left.get(way.field.id, {}))
        # The rules that a field brings by itself are called like it.
        named = {
            f"field:{way.source.id}": target,
            f"flag:{way.source.id}": f"flag:{way.field.id}",
            f"second:{way.source.id}": f"second:{way.field.id}",
            **{
                f"{kind}:{old}": f"{kind}:{form}.{way.field.id}.{old.split('.')[-1]}"
                for old in implied_ids(self._old.pack.form_by_id[form])
                if old.startswith(f"{form}.{way.source.id}.")
                for kind in ("rule", "basis")
            },
        }
        for topic, after in named.items():
            for key, text in self._notes(topic, periods).items():
                yield NoteChange(key, topic, text, "")
                more = told.pop(key, "") if after == target else ""
                yield self._noted(key, after, (text, more))
        for key, text in told.items():
            yield self._noted(key, target, (text,))

    def _noted(self, key: RecordKey, topic: str, texts: Sequence[str]) -> NoteChange:
        before = read_note(self._connection, key, topic)
        after = "\n".join(filter(None, (before, *texts)))
        return NoteChange(key, topic, before, after)

    def _notes(self, topic: str, periods: tuple[str, ...]) -> dict[RecordKey, str]:
        form = self._table.form
        rows = self._connection.execute(
            f"SELECT period, facility, text FROM {schema.NOTES} WHERE form = ? AND "
            "topic = ? AND period IN (SELECT value FROM json_each(?))",
            (form, topic, compact(periods)),
        )
        return {
            RecordKey(form, period, FacilityId(facility)): text
            for period, facility, text in rows
        }


def _differs(way: Way) -> bool:
    """Tell whether a cell may come out of a way as another one."""
    return way.renamed or bool(way.words) or not _alike(way.source, way.field)


def _alike(old: Field, new: Field) -> bool:
    return codec_of(old).column == codec_of(new).column and _digits(old) == _digits(new)


def _digits(field: Field) -> int:
    return field.digits if isinstance(field, DecimalField) else 0


def _returned(
    shelf: Shelf, ways: Sequence[Way], form: str
) -> dict[str, frozenset[str]]:
    """Find the fields that earlier versions had and the one before has not.

    Each comes with the ids to which versions in between have renamed it.
    """
    known = {way.field.id for way in ways}
    versions = [shelf.at(row).pack.form_by_id[form] for row in shelf.rows_with(form)]
    earlier = {field.id for version in versions[:-1] for field in version.stored}
    return {
        field.id: frozenset(
            each.id
            for version in versions
            for each in version.stored
            if each.formerly == field.id
        )
        for field in versions[-1].stored
        if field.id in earlier - known
    }


def _begun(
    connection: sqlite3.Connection,
    packs: tuple[Pack, Kept],
    period: Period,
    units: Sequence[Unit],
) -> Iterator[Change]:
    """Give the records a period would have begun with, had it begun under the pack."""
    old, new = packs
    asked = {change.record for change in _first(old, period, units, ())}
    there = [
        change
        for form in new.pack.forms
        for change in _there(connection, new.tables[form.id], period)
    ]
    keys = {change.record for change in there}
    for change in _first(new.pack, period, units, there):
        if change.record not in asked | keys:
            yield change


def _first(
    pack: Pack, period: Period, units: Sequence[Unit], there: Sequence[RecordAdded]
) -> Iterator[RecordAdded]:
    yield from setup.blank_records(pack, [period], units)
    yield from setup.answer_records(pack, period, units[0], there)


def _there(
    connection: sqlite3.Connection, table: FormTable, period: Period
) -> Iterator[RecordAdded]:
    sql = table.select(f"WHERE {layout.PERIOD} = ?")
    for row in connection.execute(sql, (period.code,)):
        yield RecordAdded(table.key(row), str(row[3]), tuple(table.cells(row).items()))
