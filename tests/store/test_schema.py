from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.core import layout
from desktop.store import schema

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as other:
        return other.execute(sql).fetchall()


def test_tables__every_one_is_strict(ledger: Ledger) -> None:
    tables = ask(
        ledger.path, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"
    )

    assert {name for name, strict in tables if not strict} == {"sqlite_schema"}
    assert {name for name, strict in tables if strict} == {
        "home",
        "people",
        layout.UNITS,
        layout.UNIT_TREE,
        layout.NIL,
        schema.ACTIONS,
        schema.CHOICES,
        schema.FACILITIES,
        schema.JOURNAL,
        schema.LOG,
        schema.META,
        schema.NOTES,
        schema.PACKAGES,
        schema.PACKS,
        schema.PERIODS,
        "_migrations",
    }


def test_form_statements__columns_named_like_the_fields(ledger: Ledger) -> None:
    columns = {
        name: kind
        for name, kind in ask(
            ledger.path, "SELECT name, type FROM pragma_table_xinfo('home')"
        )
        if not str(name).startswith("_")
    }

    assert columns == {
        "name": "TEXT",
        "beds": "INTEGER",
        "area": "REAL",
        "level": "TEXT",
        "services": "TEXT",
        "order": "TEXT",
        "public": "INTEGER",
        "town": "TEXT",
        "code": "TEXT",
        "phone": "TEXT",
        "double": "INTEGER",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE home SET public = 2",
        "UPDATE home SET beds = 'many'",
        "UPDATE home SET _unit = '999'",
        "UPDATE home SET _period = '1999'",
        "UPDATE home SET _facility = 'same'",
        "UPDATE home SET _pack = 9",
        "UPDATE _units SET virtual = 2",
    ],
)
def test_tables__refuse_what_makes_no_sense(filled: Ledger, statement: str) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        other.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)


def test_unit_tree__a_unit_is_its_own_ancestor(ledger: Ledger) -> None:
    assert ask(ledger.path, "SELECT * FROM _unit_tree ORDER BY 1, 2") == [
        ("310105", "310105"),
        ("310105", "310105001"),
        ("310105", "310105002"),
        ("310105001", "310105001"),
        ("310105002", "310105002"),
    ]


def test_facilities__keep_their_identity_when_a_record_goes(filled: Ledger) -> None:
    assert ask(filled.path, "SELECT id, form, since FROM _facilities ORDER BY id") == [
        ("a", "home", "2025"),
        ("b", "home", "2025"),
        ("c", "home", "2025"),
    ]


def test_file__says_whose_it_is(ledger: Ledger) -> None:
    assert ask(ledger.path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]
    assert ledger.path.read_bytes()[68:72] == b"MSZZ"
