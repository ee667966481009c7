"""The tables of a ledger file.

A form's table is named like the form and its columns like the fields; whatever begins
with `_` is ours (`desktop.core.layout`). Every table is STRICT. A form's table has
parts that sqlite-utils cannot write (CHECK, GENERATED), so its text is made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout
from desktop.forms.fields import YesNoField
from desktop.store.columns import codec_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sqlite_utils.db import Database

    from desktop.forms.fields import Field
    from desktop.forms.model import Form

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

_CHOICE_KEY: Final = ("period", "name")
_APPEND_ONLY: Final = (ACTIONS, LOG)


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
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END"
            )


def quote(name: str) -> str:
    """Quote a name of the pack; a field may be called `order`."""
    return f'"{name}"'


@dataclass(frozen=True, slots=True)
class Version:
    """A form as one of a ledger's packs has it; `pack` is that pack's row.

    `computed` gives the SQL of each computed field over the record's own columns.
    """

    pack: int
    form: Form
    computed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A form's table in SQL: one for all versions of the form, so nothing is lost.

    `follows` gives for each renamed field its former column, which it repeats in the
    records of earlier versions: sums over several periods find the values there.
    """

    form: str
    columns: Mapping[str, str]
    computed: Mapping[str, str]
    follows: Mapping[tuple[str, str], int]

    def create(self, table: str) -> str:
        """Write the statement that creates the table under a name."""
        columns = [
            *(f"{name} {text}" for name, text in _OWN_COLUMNS),
            *(f"{quote(name)} {text}" for name, text in self.columns.items()),
            *(f"{quote(name)} {text}" for name, text in self.computed.items()),
            f"UNIQUE ({layout.PERIOD}, {layout.FACILITY})",
        ]
        return f"CREATE TABLE {quote(table)} ({', '.join(columns)}) STRICT"

    def beside(self) -> Iterator[str]:
        """Write what stands beside the table: its index, and what keeps it level."""
        table, index = quote(self.form), quote(f"{self.form}_by_unit")
        yield f"CREATE INDEX {index} ON {table} ({layout.PERIOD}, {layout.UNIT})"
        for (source, target), pack in self.follows.items():
            name = f"{self.form}_{target}_follows"
            fill = (
                f"BEGIN UPDATE {table} SET {quote(target)} = NEW.{quote(source)} "
                f"WHERE {layout.RECORD} = NEW.{layout.RECORD}; END"
            )
            when = f"WHEN NEW.{PACK} < {pack:d}"
            yield (
                f"CREATE TRIGGER {quote(f'{name}_change')} AFTER UPDATE OF "
                f"{quote(source)} ON {table} {when} {fill}"
            )
            yield (
                f"CREATE TRIGGER {quote(f'{name}_entry')} AFTER INSERT ON {table} "
                f"{when} AND NEW.{quote(source)} IS NOT NULL {fill}"
            )

    def kept_columns(self) -> tuple[str, ...]:
        """Name the columns that hold something, quoted."""
        own = (name for name, _ in _OWN_COLUMNS)
        return (*own, *map(quote, self.columns))


_OWN_COLUMNS: Final = (
    (layout.RECORD, "INTEGER PRIMARY KEY"),
    (layout.PERIOD, f"TEXT NOT NULL REFERENCES {PERIODS} (code)"),
    (layout.FACILITY, "TEXT NOT NULL"),
    (layout.UNIT, f"TEXT NOT NULL REFERENCES {layout.UNITS} (code)"),
    (layout.STATES, "TEXT"),
    (REVISION, "INTEGER NOT NULL"),
    (PACK, f"INTEGER NOT NULL REFERENCES {PACKS} (id)"),
    (DIGEST, "TEXT NOT NULL"),
)


def form_layout(versions: Sequence[Version]) -> TableLayout:
    """Lay out the table of a form over its versions, the earliest first."""
    stored: dict[str, list[Field]] = {}
    computed: dict[str, list[tuple[int, str, Field]]] = {}
    for each in versions:
        for field in each.form.stored:
            stored.setdefault(field.id, []).append(field)
        for name, sql in each.computed.items():
            field = each.form.by_id[name]
            computed.setdefault(name, []).append((each.pack, sql, field))
    return TableLayout(
        versions[0].form.id,
        {name: _column(name, fields) for name, fields in stored.items()},
        {name: _generated(ways) for name, ways in computed.items()},
        _follows(versions),
    )


def _kind(fields: Iterable[Field]) -> str:
    """Choose a column's type; ANY keeps what each version wrote just as it is."""
    kinds = {codec_of(field).column for field in fields}
    return kinds.pop() if len(kinds) == 1 else "ANY"


def _column(name: str, fields: Sequence[Field]) -> str:
    check = f" CHECK ({quote(name)} IN (0, 1))"
    return _kind(fields) + (check if isinstance(fields[0], YesNoField) else "")


def _generated(ways: Sequence[tuple[int, str, Field]]) -> str:
    """Let each record be computed the way its own pack says."""
    last = ways[-1][1]
    cases = [
        f"WHEN {PACK} < {after[0]:d} THEN {before[1]}"
        for before, after in pairwise(ways)
        if before[1] != after[1]
    ]
    sql = f"CASE {' '.join(cases)} ELSE {last} END" if cases else last
    kind = _kind(field for _, _, field in ways)
    return f"{kind} GENERATED ALWAYS AS ({sql}) VIRTUAL"


def _follows(versions: Sequence[Version]) -> dict[tuple[str, str], int]:
    """Find the fields that were renamed and whose column is of the same type."""
    found: dict[tuple[str, str], int] = {}
    known: dict[str, Field] = {}
    for each in versions:
        for field in each.form.stored:
            source = known.get(field.formerly or "")
            if source is None or field.id in known:
                continue
            if _kind((source, field)) != "ANY":
                found[source.id, field.id] = each.pack
        known |= {field.id: field for field in each.form.stored}
    return found
