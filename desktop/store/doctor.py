"""The doctor: proves that a ledger is what its change log says, a piece at a time.

SQLite's own check does not see a bit that fell over inside a value; the digests do. A
tail cut off the log, or a log written anew as a whole, only shows against a head that
was kept elsewhere (`Ledger.head`).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout
from desktop.core.messages import message
from desktop.store import journal_rows
from desktop.store import schema
from desktop.store import setup
from desktop.store.digest import compact
from desktop.store.digest import record_digest
from desktop.store.digest import text_digest
from desktop.store.digest import units_digest
from desktop.store.errors import DamagedError
from desktop.store.errors import translated
from desktop.store.log import GENESIS
from desktop.store.log import Head
from desktop.store.log import broken_entry
from desktop.store.records import EntryKind
from desktop.store.unit_rows import closure
from desktop.store.unit_rows import read_units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.messages import Message
    from desktop.store.shelf import Shelf
    from desktop.store.tables import FormTable
    from desktop.store.tables import Row

_SLICE: Final = 2000
"""Rows a step looks at: some tens of milliseconds."""
_MOST: Final = 100
"""Faults of the file to tell of; one broken page can make thousands."""
_LAST_DIGEST: Final = (
    f"(SELECT digest FROM {schema.LOG} WHERE kind = 'record' AND form = ? AND "
    f"{schema.LOG}.period = t.{layout.PERIOD} AND "
    f"{schema.LOG}.facility = t.{layout.FACILITY} ORDER BY seq DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One step of the doctor: how many of what it looked at, and what it found.

    `what` is `file`, `log`, `units`, `pack`, `notes`, `nils`, `choices`,
    `received` or a form's id.
    """

    what: str
    count: int
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor found; no problems means a whole ledger."""

    problems: tuple[Message, ...]
    counts: Mapping[str, int]


def diagnose(steps: Iterable[Checked]) -> Diagnosis:
    """Gather the doctor's steps."""
    problems: list[Message] = []
    counts: dict[str, int] = {}
    for step in steps:
        counts[step.what] = counts.get(step.what, 0) + step.count
        problems += step.problems
    return Diagnosis(tuple(problems), counts)


def steps(
    connection: sqlite3.Connection, shelf: Shelf, path: Path
) -> Iterator[Checked]:
    """Check everything; a file whose pages are broken ends the visit early."""
    with translated(path):
        file = _file(connection)
        yield file
        if file.problems:
            return
        yield from _chain(connection)
        yield _identity(connection)
        yield _packs(connection)
        yield _units(connection)
        try:
            tables = shelf.merged()
        except DamagedError as error:
            yield Checked("pack", 0, (error.message,))
            return
        for form, table in tables.items():
            rows = shelf.rows_with(form)
            for row in rows:
                yield from _records(connection, shelf.at(row).tables[form], row)
            yield _strays(connection, table, rows)
            yield _lost(connection, table)
        yield _notes(connection)
        yield _nils(connection)
        yield _choices(connection)
        yield _received(connection)


def _file(connection: sqlite3.Connection) -> Checked:
    try:
        answers = connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
        strays = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise
        return Checked("file", 1, (message("store.doctor.file", detail=str(error)),))
    problems = [
        message("store.doctor.file", detail=str(text))
        for (text,) in answers
        if text != "ok"
    ]
    problems += [
        message("store.doctor.reference", table=str(table), other=str(other))
        for table, _, other, _ in strays
    ]
    return Checked("file", 1, tuple(problems))


def _chain(connection: sqlite3.Connection) -> Iterator[Checked]:
    head, wrong = Head(0, 0, GENESIS), None
    while wrong is None:
        before = head.seq
        head, wrong = broken_entry(connection, head, _SLICE)
        problem = () if wrong is None else (message("store.doctor.chain", entry=wrong),)
        yield Checked("log", head.seq - before, problem)
        if head.seq == before:
            break


def _identity(connection: sqlite3.Connection) -> Checked:
    found = setup.read_identity(connection)
    body = _last(connection, EntryKind.LEDGER)[0]
    logged = {name: pair[1] for name, pair in json.loads(body).items()}
    whole = logged == {"ledger": found.ledger, "epoch": found.epoch}
    return Checked("file", 0, () if whole else (message("store.doctor.identity"),))


def _last(connection: sqlite3.Connection, kind: EntryKind) -> tuple[str, str | None]:
    row = connection.execute(
        f"SELECT body, digest FROM {schema.LOG} WHERE kind = ? "
        "ORDER BY seq DESC LIMIT 1",
        (kind.value,),
    ).fetchone()
    return row or ("{}", None)


def _packs(connection: sqlite3.Connection) -> Checked:
    """Hold the packs, and which of them each period goes by, against the log."""
    rows = connection.execute(
        f"SELECT id, text, digest FROM {schema.PACKS} ORDER BY id"
    ).fetchall()
    logged = connection.execute(
        f"SELECT digest FROM {schema.LOG} WHERE kind = ? ORDER BY seq",
        (EntryKind.PACK.value,),
    ).fetchall()
    whole = all(text_digest(text) == digest for _, text, digest in rows)
    whole = whole and [(digest,) for _, _, digest in rows] == logged
    there = dict(
        connection.execute(f"SELECT code, pack FROM {schema.PERIODS}").fetchall()
    )
    # The log of a ledger that had only one pack says nothing of its periods'.
    turned = {
        period: pack
        for (_, period, _, what), pack in _logged(connection, EntryKind.PERIOD).items()
        if what == "pack"
    }
    first = rows[0][0] if rows else None
    whole = whole and there == dict.fromkeys(there, first) | turned
    problems = () if whole else (message("store.doctor.pack"),)
    return Checked("pack", len(rows), problems)


def _units(connection: sqlite3.Connection) -> Checked:
    try:
        units = read_units(connection)
    except ValueError:
        return Checked("units", 0, (message("store.doctor.units"),))
    problems = []
    if units_digest(units) != _last(connection, EntryKind.UNITS)[1]:
        problems.append(message("store.doctor.units"))
    pairs = connection.execute(f"SELECT ancestor, descendant FROM {layout.UNIT_TREE}")
    if frozenset(pairs.fetchall()) != frozenset(closure(units)):
        problems.append(message("store.doctor.tree"))
    return Checked("units", len(units), tuple(problems))


def _records(
    connection: sqlite3.Connection, table: FormTable, pack: int
) -> Iterator[Checked]:
    """Hold every record of a pack against its own digest and the log's last word."""
    last = 0
    sql = (
        f"SELECT {schema.DIGEST}, {_LAST_DIGEST}, r.* "
        f"FROM ({table.select()}) r JOIN {table.name} t USING ({layout.RECORD}) "
        f"WHERE t.{schema.PACK} = ? AND t.{layout.RECORD} > ? "
        f"ORDER BY t.{layout.RECORD} LIMIT ?"
    )
    while rows := connection.execute(sql, (table.form, pack, last, _SLICE)).fetchall():
        problems = [
            found
            for digest, logged, *row in rows
            if (found := _record_problem(table, tuple(row), digest, logged))
        ]
        last = rows[-1][2]
        yield Checked(table.form, len(rows), tuple(problems))


def _record_problem(
    table: FormTable, row: Row, digest: str, logged: str | None
) -> Message | None:
    place = {"form": table.form, "period": str(row[1]), "facility": str(row[2])}
    try:
        cells = table.cells(row)
    except ValueError:
        return message("store.doctor.record", **place)
    if record_digest(table.key(row), str(row[3]), cells) not in {digest} & {logged}:
        return message("store.doctor.record", **place)
    if not table.states_fit(row):
        return message("store.doctor.states", **place)
    return None


def _strays(
    connection: sqlite3.Connection, table: FormTable, rows: Sequence[int]
) -> Checked:
    """Find records that are kept under another pack than their period's.

    A form that the period's pack does not have any more stays under its own.
    """
    known = f"(SELECT value FROM json_each('{compact(rows)}'))"
    found = connection.execute(
        f"SELECT {layout.PERIOD}, {layout.FACILITY} FROM {table.name} t "
        f"JOIN {schema.PERIODS} p ON p.code = t.{layout.PERIOD} "
        f"WHERE t.{schema.PACK} NOT IN {known} "
        f"OR (t.{schema.PACK} <> p.pack AND p.pack IN {known}) LIMIT ?",
        (_MOST,),
    )
    problems = [
        message(
            "store.doctor.record", form=table.form, period=period, facility=facility
        )
        for period, facility in found
    ]
    return Checked(table.form, 0, tuple(problems))


def _lost(connection: sqlite3.Connection, table: FormTable) -> Checked:
    """Find records that the log has last seen alive and that are not there."""
    rows = connection.execute(
        "SELECT period, facility FROM (SELECT period, facility, digest, MAX(seq) "
        f"FROM {schema.LOG} WHERE kind = 'record' AND form = ? "
        "GROUP BY facility, period) WHERE digest IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {table.name} WHERE {layout.PERIOD} = period "
        f"AND {layout.FACILITY} = facility) LIMIT ?",
        (table.form, _MOST),
    )
    return Checked(
        table.form,
        0,
        tuple(
            message(
                "store.doctor.lost", form=table.form, period=period, facility=facility
            )
            for period, facility in rows
        ),
    )


def _logged(
    connection: sqlite3.Connection, kind: EntryKind
) -> dict[tuple[str, str, str, str], object]:
    """Give what the log last said of each note and the like, absent ones left out."""
    found: dict[tuple[str, str, str, str], object] = {}
    for form, period, facility, body in connection.execute(
        f"SELECT form, period, facility, body FROM {schema.LOG} WHERE kind = ? "
        "ORDER BY seq",
        (kind.value,),
    ):
        for name, (_, after) in json.loads(body).items():
            found[form, period, facility, name] = after
    return {place: after for place, after in found.items() if after}


def _notes(connection: sqlite3.Connection) -> Checked:
    there: dict[tuple[str, str, str, str], object] = {
        (form, period, facility, topic): text
        for form, period, facility, topic, text in connection.execute(
            f"SELECT form, period, facility, topic, text FROM {schema.NOTES}"
        )
    }
    wrong = _differing(there, _logged(connection, EntryKind.NOTE))
    problems = tuple(
        message("store.doctor.note", form=form, period=period, facility=facility)
        for form, period, facility, _ in wrong
    )
    return Checked("notes", len(there), problems)


def _nils(connection: sqlite3.Connection) -> Checked:
    there: dict[tuple[str, str, str, str], object] = {
        (form, period, unit, "nil"): True
        for form, period, unit in connection.execute(
            f"SELECT form, period, unit FROM {layout.NIL}"
        )
    }
    wrong = _differing(there, _logged(connection, EntryKind.NIL))
    problems = tuple(
        message("store.doctor.nil", form=form, period=period)
        for form, period, _, _ in wrong
    )
    return Checked("nils", len(there), problems)


def _choices(connection: sqlite3.Connection) -> Checked:
    there: dict[tuple[str, str, str, str], object] = {
        ("", period, "", name): value
        for period, name, value in connection.execute(
            f"SELECT period, name, value FROM {schema.CHOICES}"
        )
    }
    wrong = _differing(there, _logged(connection, EntryKind.CHOICE))
    problems = tuple(
        message("store.doctor.choice", period=period, name=name)
        for _, period, _, name in wrong
    )
    return Checked("choices", len(there), problems)


def _received(connection: sqlite3.Connection) -> Checked:
    count, wrong = journal_rows.faulty(connection)
    problems = (message("store.doctor.package", package=each) for each in wrong)
    return Checked("received", count, tuple(problems))


def _differing(
    there: Mapping[tuple[str, str, str, str], object],
    logged: Mapping[tuple[str, str, str, str], object],
) -> list[tuple[str, str, str, str]]:
    places = sorted({*there, *logged})
    return [place for place in places if there.get(place) != logged.get(place)]
