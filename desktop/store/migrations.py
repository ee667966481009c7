"""How a ledger file comes from one version to the next.

Each step has a name and is one transaction; `_migrations` has the names that were
taken, `user_version` their number. Making a new ledger is the first step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store import schema
from desktop.store.connection import transaction
from desktop.store.errors import NewerLedgerError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils.db import Database

TABLE: Final = "_migrations"


@frozen
class Step:
    """One named step; `take` runs inside its transaction and must not commit.

    Of sqlite-utils it may use what only writes SQL (`create_table_sql`,
    `transform_sql`) and `execute`: `transform` and `insert` commit by themselves.
    """

    name: str
    take: Callable[[Database], None]


STEPS: Final = (
    Step("0001_ledger", schema.create_own_tables),
    Step("0002_unit_history", schema.add_unit_history),
    Step("0003_choices", schema.add_choices),
    Step("0004_pack_of_period", schema.add_pack_of_period),
    Step("0005_received", schema.add_journal),
)
VERSION: Final = len(STEPS)


def pending(connection: sqlite3.Connection, steps: Sequence[Step]) -> Sequence[Step]:
    """Give the steps a file has not taken yet."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return steps[version:]


def check_names(
    connection: sqlite3.Connection, steps: Sequence[Step], path: Path
) -> None:
    """Check that every step the file has taken is one we know.

    Raises:
        NewerLedgerError: Another program, or another line of this one, wrote it.
    """
    taken = [name for (name,) in connection.execute(f"SELECT name FROM {TABLE}")]
    if taken != [step.name for step in steps[: len(taken)]]:
        raise NewerLedgerError(message("store.newer", path=path.name))


def migrate(connection: sqlite3.Connection, steps: Sequence[Step], at: str) -> None:
    """Take the steps that are pending; the caller has made a backup."""
    # Costs 0.1 s, and a file that is up to date does not need it.
    from sqlite_utils.db import Database

    db = Database(connection, execute_plugins=False)
    for step in pending(connection, steps):
        with transaction(connection):
            take(db, step, steps.index(step) + 1, at)


def take(db: Database, step: Step, version: int, at: str) -> None:
    """Take one step inside an open transaction."""
    db.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} "
        "(name TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL) STRICT"
    )
    step.take(db)
    db.execute(f"INSERT INTO {TABLE} VALUES (?, ?)", (step.name, at))
    # A pragma takes no parameters.
    db.execute(f"PRAGMA user_version = {version:d}")
