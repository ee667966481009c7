"""The rows of what was received by file: packages whole, and what became of each.

A package is kept as the canonical bytes its digest is of, so that anything can be taken
back and done again later. The journal only grows; every event has its entry in the
change log, which knows the digest of what the journal says.
"""

from __future__ import annotations

import zlib
from collections import Counter
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store import schema
from desktop.store.digest import text_digest
from desktop.store.errors import StoppedError
from desktop.store.records import EntryKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.store.log import ActionLog


LEVEL: Final = 2
"""How hard a package is packed: a fifth larger than zlib would by itself, in a third of
the time."""


class Became(Enum):
    """What became of a package."""

    TAKEN = "taken"
    SKIPPED = "skipped"
    """Seen and left aside; it is kept, and can be taken later."""
    UNDONE = "undone"


@frozen
class Package:
    """A package as it came: `id` is the SHA-256 of `data`, `file` what it was called.

    `units` are the codes it speaks for, `made` the time of its last change by the
    computer it was made on.
    """

    id: str
    file: str
    period: str
    unit: str
    units: tuple[str, ...]
    ledger: str
    epoch: str
    made: str
    data: bytes


@frozen
class Event:
    """What became of a package, with what was decided as JSON.

    `seq` counts the events, `revision` the actions of the ledger; both are given when
    it is written.
    """

    package: str
    became: Became
    body: str
    seq: int = 0
    revision: int = 0
    at: str = ""
    who: str = ""


@frozen
class Part:
    """One event with the changes it makes; a package comes with its first event."""

    event: Event
    changes: Sequence[Change] = ()
    package: Package | None = None


def changes_of(
    connection: sqlite3.Connection,
    parts: Iterable[Part],
    log: ActionLog,
    go_on: Callable[[], bool],
) -> Iterator[Sequence[Change]]:
    """Write the events of parts as they come, and give the changes of each.

    Raises:
        StoppedError: `go_on`, which is asked before each part, said no.
    """
    for part in parts:
        if not go_on():
            raise StoppedError(message("store.interrupted"))
        write_event(connection, part, log)
        yield part.changes


def write_event(connection: sqlite3.Connection, part: Part, log: ActionLog) -> None:
    """Write an event and its log entry, and the package if it is a new one."""
    event, package = part.event, part.package
    row = connection.execute(
        f"SELECT became FROM {schema.JOURNAL} WHERE package = ? "
        "ORDER BY seq DESC LIMIT 1",
        (event.package,),
    ).fetchone()
    if package is not None:
        connection.execute(
            f"INSERT INTO {schema.PACKAGES} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                package.id,
                package.file,
                package.period,
                package.unit,
                " ".join(package.units),
                package.ledger,
                package.epoch,
                package.made,
                zlib.compress(package.data, LEVEL),
            ),
        )
    connection.execute(
        f"INSERT INTO {schema.JOURNAL} (revision, package, became, body) "
        "VALUES (?, ?, ?, ?)",
        (log.revision, event.package, event.became.value, event.body),
    )
    became = [row[0] if row else None, event.became.value]
    body = {"became": became, "journal": [None, text_digest(event.body)]}
    key = RecordKey("", "", FacilityId(event.package))
    log.add(EntryKind.PACKAGE, key, body)


def read_packages(
    connection: sqlite3.Connection, period: str | None = None
) -> list[Package]:
    """Read the packages of a period, or of all, without their data."""
    rows = connection.execute(
        "SELECT id, file, period, unit, units, ledger, epoch, made "
        f"FROM {schema.PACKAGES} WHERE ? IN (period, '') ORDER BY rowid",
        (period or "",),
    )
    return [
        Package(id_, file, of, unit, tuple(units.split()), ledger, epoch, made, b"")
        for id_, file, of, unit, units, ledger, epoch, made in rows
    ]


def read_data(connection: sqlite3.Connection, package: str) -> bytes:
    """Read the data of a package.

    Raises:
        KeyError: There is no such package.
        ValueError: They are not what was written.
    """
    row = connection.execute(
        f"SELECT data FROM {schema.PACKAGES} WHERE id = ?", (package,)
    ).fetchone()
    if row is None:
        raise KeyError(package)
    try:
        data = zlib.decompress(row[0])
    except zlib.error as error:
        raise ValueError(package) from error
    if sha256(data).hexdigest() != package:
        raise ValueError(package)
    return data


def read_events(connection: sqlite3.Connection) -> list[Event]:
    """Read the journal, earliest first."""
    rows = connection.execute(
        f"SELECT package, became, body, seq, revision, at, who FROM {schema.JOURNAL} "
        f"JOIN {schema.ACTIONS} USING (revision) ORDER BY seq"
    )
    return [Event(package, Became(became), *rest) for package, became, *rest in rows]


def faulty(connection: sqlite3.Connection) -> tuple[int, list[str]]:
    """Count the packages, and give those that are not what the log says they are."""
    ids = [row[0] for row in connection.execute(f"SELECT id FROM {schema.PACKAGES}")]
    wrong = {package for package in ids if not _whole(connection, package)}
    logged = connection.execute(
        "SELECT facility, revision, body ->> '$.became[1]', body ->> '$.journal[1]' "
        f"FROM {schema.LOG} WHERE kind = ? ORDER BY seq",
        (EntryKind.PACKAGE.value,),
    ).fetchall()
    told = [
        (package, revision, became, text_digest(body))
        for package, revision, became, body in connection.execute(
            f"SELECT package, revision, became, body FROM {schema.JOURNAL} ORDER BY seq"
        )
    ]
    # Counted: the same thing told twice is one time too many.
    both = Counter(logged), Counter(told)
    wrong |= {one[0] for one in (both[0] - both[1]) + (both[1] - both[0])}
    return len(ids), sorted(wrong)


def _whole(connection: sqlite3.Connection, package: str) -> bool:
    try:
        read_data(connection, package)
    except ValueError:
        return False
    return True
