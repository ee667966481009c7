from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.store.relaying import layouts
from desktop.store.relaying import relay_tables
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger

ONLY: list[dict[str, object]] = [
    {"id": "name", "kind": "text", "title": "名称"},
    {"id": "beds", "kind": "decimal", "digits": 1, "title": "床位"},
    {"id": "more", "kind": "integer", "title": "更多"},
]


def rows(other: sqlite3.Connection) -> list[tuple[object, ...]]:
    return other.execute('SELECT _id, name, beds, double FROM "home"').fetchall()


def test_relay_tables__keeps_every_row(filled: Ledger) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        before, new = rows(other), pack(only=ONLY)
        kind = "SELECT type FROM pragma_table_info('home') WHERE name = 'beds'"

        relay_tables(other, {1: pack()}, 2, new)

        assert rows(other) == before
        assert other.execute("SELECT more FROM home").fetchall() == [(None,)] * 3
        assert other.execute(kind).fetchone() == ("ANY",)
        names = other.execute("SELECT name FROM sqlite_master").fetchall()
        assert not [name for (name,) in names if name.startswith("_new")]


def test_relay_tables__leaves_a_table_that_stays_as_it_is(filled: Ledger) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        pages = "SELECT name, rootpage FROM sqlite_master ORDER BY name"
        before = other.execute(pages).fetchall()
        home, people = pack().forms
        more = pack().replaced(forms=(home, people, people.replaced(id="more")))

        relay_tables(other, {1: pack()}, 2, more)

        after = other.execute(pages).fetchall()
        assert set(before) <= set(after)
        assert {name for name, _ in set(after) - set(before)} >= {"more"}
        assert set(layouts({1: pack(), 2: more})) == {"home", "people", "more"}
