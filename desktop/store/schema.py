"""The tables of a ledger file.

A form's table is named like the form and its columns like the fields; whatever begins
with `_` is ours (`desktop.core.layout`). Every table is STRICT. A form's table is laid
out in `desktop.store.form_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils.db import Database

APPLICATION_ID: Final = 0x4D535A5A
"""`MSZZ` in the file's header: what makes it a ledger and not any SQLite file."""

REVISION: Final = "_revision"
PACK: Final = "_pack"
DIGEST: Final = "_digest"

PERIODS: Final = "_periods"
PACKS: Final = "_packs"
NOTES: Final = "_notes"
ACTIONS: Final = "_actions"
LOG: Final = "_log"
META: Final = "_meta"
FACILITIES: Final = "_facilities"
CHOICES: Final = "_choices"
PACKAGES: Final = "_packages"
JOURNAL: Final = "_journal"

_CHOICE_KEY: Final = ("period", "name")
_APPEND_ONLY: Final = (ACTIONS, LOG)
_RECEIVED: Final = (PACKAGES, JOURNAL)


def create_own_tables(db: Database) -> None:
    """Create every table that no pack decides."""
    _create(db, META, {"key": str, "value": str}, "key")
    texts = dict.fromkeys(("pack", "version", "digest", "text"), str)
    _create(db, PACKS, {"id": int, **texts}, "id")
    _create(db, PERIODS, {"code": str, "revision": int}, "code")
    _create(db, FACILITIES, {"id": str, "form": str, "since": str}, ("id", "form"))
    _create(
        db,
        layout.NIL,
        {"form": str, "period": str, "unit": str},
        ("form", "period", "unit"),
    )
    _create(
        db,
        NOTES,
        {"form": str, "period": str, "facility": str, "topic": str, "text": str},
        ("form", "period", "facility", "topic"),
    )
    _create_units(db)
    _create_log(db)


def _create(
    db: Database,
    name: str,
    columns: Mapping[str, type],
    key: str | tuple[str, ...],
) -> None:
    """Create a strict table in which nothing is NULL.

    Only the text is sqlite-utils' own: its `create` would commit by itself.
    """
    sql = db.create_table_sql(
        name, dict(columns), pk=key, not_null=set(columns), strict=True
    )
    db.execute(sql)


def _create_units(db: Database) -> None:
    db.execute(
        f"""CREATE TABLE {layout.UNITS} (
            code TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            parent TEXT,
            level TEXT NOT NULL,
            class TEXT NOT NULL,
            virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
            place INTEGER NOT NULL
        ) STRICT"""
    )
    db.execute(
        f"""CREATE TABLE {layout.UNIT_TREE} (
            ancestor TEXT NOT NULL REFERENCES {layout.UNITS} (code),
            descendant TEXT NOT NULL REFERENCES {layout.UNITS} (code),
            PRIMARY KEY (ancestor, descendant)
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute(f"CREATE INDEX _unit_above ON {layout.UNIT_TREE} (descendant)")


def add_unit_history(db: Database) -> None:
    """Let units begin, end, and remember what they were."""
    for column in ("since", "until", "statistics_code", "former"):
        db.execute(
            f"ALTER TABLE {layout.UNITS} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        )


def add_choices(db: Database) -> None:
    """Let a ledger choose definitions and parameters, period by period."""
    _create(db, CHOICES, dict.fromkeys(("period", "name", "value"), str), _CHOICE_KEY)


def add_pack_of_period(db: Database) -> None:
    """Let each period go by a pack of its own; a ledger had only one before."""
    db.execute(f"ALTER TABLE {PERIODS} ADD COLUMN pack INTEGER NOT NULL DEFAULT 1")


def add_journal(db: Database) -> None:
    """Keep what is received by file, and what became of it."""
    db.execute(
        f"""CREATE TABLE {PACKAGES} (
            id TEXT PRIMARY KEY NOT NULL,
            file TEXT NOT NULL,
            period TEXT NOT NULL,
            unit TEXT NOT NULL,
            units TEXT NOT NULL,
            ledger TEXT NOT NULL,
            epoch TEXT NOT NULL,
            made TEXT NOT NULL,
            data BLOB NOT NULL
        ) STRICT"""
    )
    db.execute(
        f"""CREATE TABLE {JOURNAL} (
            seq INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL,
            package TEXT NOT NULL REFERENCES {PACKAGES} (id),
            became TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT"""
    )
    _only_growing(db, _RECEIVED, "what was received is kept")


def _create_log(db: Database) -> None:
    """Create the two halves of the change log: what was done, and to what."""
    db.execute(
        f"""CREATE TABLE {ACTIONS} (
            revision INTEGER PRIMARY KEY,
            action TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            params TEXT NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        f"""CREATE TABLE {LOG} (
            seq INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL REFERENCES {ACTIONS} (revision),
            kind TEXT NOT NULL,
            form TEXT NOT NULL,
            period TEXT NOT NULL,
            facility TEXT NOT NULL,
            body TEXT NOT NULL,
            digest TEXT,
            hash BLOB NOT NULL
        ) STRICT"""
    )
    db.execute(f"CREATE INDEX _log_of_record ON {LOG} (facility, form, period)")
    _only_growing(db, _APPEND_ONLY, "the change log only grows")


def _only_growing(db: Database, tables: tuple[str, ...], why: str) -> None:
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
            )


def quote(name: str) -> str:
    """Quote a name of the pack; a field may be called `order`."""
    return f'"{name}"'
