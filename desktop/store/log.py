"""The change log: append-only, every entry chained to the one before by its hash.

`_actions` has what a person did; `_log` has one entry for each record, note or nil
return it touched. An entry's hash is the SHA-256 of the hash before it and of the
entry with its action, each as compact JSON on a line of its own.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core import layout
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.store.columns import from_json
from desktop.store.digest import compact
from desktop.store.digest import compact_texts
from desktop.store.records import Entry
from desktop.store.records import EntryKind
from desktop.store.schema import ACTIONS
from desktop.store.schema import LOG

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.store.tables import FormTable

Pair: TypeAlias = tuple[object, object]
"""Before and after, as JSON."""

GENESIS: Final = bytes(32)
"""What stands before the first entry."""

_RECORD: Final = EntryKind.RECORD.value
_INSERT: Final = (
    f"INSERT INTO {LOG} (seq, revision, kind, form, period, facility, body, digest, "
    "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT: Final = (
    "SELECT seq, revision, action, title, params, at, who, kind, form, period, "
    f"facility, body, digest, hash FROM {LOG} JOIN {ACTIONS} USING (revision) "
)


@frozen
class Head:
    """The end of the chain; whoever keeps one elsewhere can see a cut tail."""

    seq: int
    revision: int
    hash: bytes


@frozen
class Stamp:
    """Which action the entries belong to."""

    action: str
    title: Message
    at: str
    who: str


def read_head(connection: sqlite3.Connection) -> Head:
    """Read the end of the chain."""
    row = connection.execute(
        f"SELECT seq, revision, hash FROM {LOG} ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head(0, 0, GENESIS)


def revision_hashes(connection: sqlite3.Connection) -> list[bytes]:
    """Read the hash of the last entry of every revision, the first one first."""
    rows = connection.execute(
        f"SELECT hash FROM {LOG} WHERE seq IN "
        f"(SELECT MAX(seq) FROM {LOG} GROUP BY revision) ORDER BY seq"
    )
    return [row[0] for row in rows]


class ActionLog:
    """The entries of one action, gathered, and written a part at a time."""

    def __init__(self, head: Head, stamp: Stamp) -> None:
        """Continue from a head."""
        self.revision = head.revision + 1
        self._stamp = stamp
        self._lead = lead(self.revision, stamp)
        self._head = head
        self._entries: list[tuple[str, RecordKey, str, str | None]] = []

    @property
    def empty(self) -> bool:
        """Tell whether nothing was done, or at least nothing was said of it."""
        return not self._entries and self._head.revision < self.revision

    def add(
        self, kind: EntryKind, key: RecordKey, body: object, digest: str | None = None
    ) -> None:
        """Add one entry; `digest` is that of what is there afterwards."""
        self._entries.append((kind.value, key, compact(body), digest))

    def add_record(self, key: RecordKey, text: str, digest: str | None) -> None:
        """Add the entry of a record, whose body is compact JSON already."""
        self._entries.append((_RECORD, key, text, digest))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what came since the last time; the action goes before the first."""
        if not self._entries:
            return
        if self._head.revision < self.revision:
            self._write_action(connection)
        connection.executemany(_INSERT, self._rows())
        self._entries.clear()

    def _write_action(self, connection: sqlite3.Connection) -> None:
        stamp = self._stamp
        connection.execute(
            f"INSERT INTO {ACTIONS} VALUES (?, ?, ?, ?, ?, ?)",
            (
                self.revision,
                stamp.action,
                stamp.title.code,
                compact(dict(stamp.title.params)),
                stamp.at,
                stamp.who,
            ),
        )

    def _rows(self) -> Iterator[tuple[object, ...]]:
        """Chain the entries, one after the other while they are written."""
        before, revision, lead_line = self._head.hash, self.revision, self._lead
        start = self._head.seq + 1
        for seq, entry in enumerate(self._entries, start):
            before = chain(before, lead_line, (seq, *entry))
            kind, key, text, digest = entry
            yield (seq, revision, kind, *key, text, digest, before)
        self._head = Head(self._head.seq + len(self._entries), revision, before)


def lead(revision: int, stamp: Stamp) -> bytes:
    """Write the part of an entry that its whole action shares."""
    title, params = stamp.title.code, dict(stamp.title.params)
    content = [revision, stamp.action, title, compact(params), stamp.at, stamp.who]
    return compact(content).encode()


def chain(
    before: bytes,
    lead_line: bytes,
    entry: tuple[int, str, RecordKey, str, str | None],
) -> bytes:
    """Give an entry's hash from the one before; `entry` ends with body and digest."""
    seq, kind, key, body, digest = entry
    line = compact_texts((kind, *key, digest or ""))
    # No line holds a line break: JSON writes it as two characters.
    text = f"\n[{seq},{line}]\n{body}".encode()
    return sha256(before + b"\n" + lead_line + text).digest()


def broken_entry(
    connection: sqlite3.Connection, head: Head, limit: int
) -> tuple[Head, int | None]:
    """Check the next entries of the chain.

    Returns:
        Where the check stands, and the number of the first entry that is not what its
        hash says, if one is not. At the end of the chain the head stays where it was.
    """
    rows = connection.execute(
        _SELECT + "WHERE seq > ? ORDER BY seq LIMIT ?", (head.seq, limit)
    )
    lead_line, revision = b"", 0
    for row in rows:
        if row[1] != revision:
            revision = row[1]
            lead_line = compact(list(row[1:7])).encode()
        key = RecordKey(row[8], row[9], FacilityId(row[10]))
        found = chain(head.hash, lead_line, (row[0], row[7], key, row[11], row[12]))
        if row[0] != head.seq + 1 or found != row[13]:
            return head, row[0]
        head = Head(row[0], row[1], found)
    return head, None


def entries(
    connection: sqlite3.Connection,
    tables: Mapping[str, FormTable],
    where: str,
    params: tuple[object, ...],
) -> Iterator[Entry]:
    """Read entries of the log."""
    for row in connection.execute(_SELECT + where, params):
        yield _entry(row, tables)


def _entry(row: tuple[object, ...], tables: Mapping[str, FormTable]) -> Entry:
    seq, revision, action, title, params, at, who, kind, *rest = row
    form, period, facility, body = (str(part) for part in rest[:4])
    content = json.loads(body)
    unit = content.pop(layout.UNIT, (None, None))
    before, after = _cells(EntryKind(kind), content, tables.get(form))
    return Entry(
        int(str(seq)),
        int(str(revision)),
        str(action),
        Message(str(title), tuple(json.loads(str(params)).items())),
        str(at),
        str(who),
        EntryKind(kind),
        RecordKey(form, period, FacilityId(facility)),
        unit[0],
        unit[1],
        before,
        after,
    )


def _cells(
    kind: EntryKind, content: Mapping[str, Pair], table: FormTable | None
) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """Read the pairs of before and after, each under its field's name."""
    codecs = table.codecs if table and kind is EntryKind.RECORD else {}
    before: dict[str, Cell] = {}
    after: dict[str, Cell] = {}
    for field, pair in content.items():
        codec = codecs.get(field)
        before[field], after[field] = (from_json(codec, value) for value in pair)
    return before, after
