from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from desktop.store.connection import ROOM_KIB
from desktop.store.connection import connect
from desktop.store.connection import copied
from desktop.store.connection import roomy
from desktop.store.connection import transaction

if TYPE_CHECKING:
    from pathlib import Path


def test_connect__is_set_to_lose_nothing_and_trust_nothing(path: Path) -> None:
    connection = connect(path, "rwc")
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "recursive_triggers",
            "trusted_schema",
            "cell_size_check",
        )
    }
    connection.close()

    assert found == {
        "journal_mode": "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def test_connect__takes_a_file_back_from_wal(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE t (x)")
    other.close()

    connect(path, "rw").close()

    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_connect__no_database__error(path: Path) -> None:
    path.write_bytes(b"not a database, whatever its name says" * 10)

    with pytest.raises(sqlite3.DatabaseError):
        connect(path, "rw")


def insert_and_fail(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError


def test_transaction__all_or_nothing(path: Path) -> None:
    connection = connect(path, "rwc")
    connection.execute("CREATE TABLE t (x)")
    with pytest.raises(ZeroDivisionError):
        insert_and_fail(connection)
    with transaction(connection):
        connection.execute("INSERT INTO t VALUES (2)")
        connection.execute("ROLLBACK")
    with transaction(connection):
        connection.execute("INSERT INTO t VALUES (3)")
    rows = connection.execute("SELECT x FROM t").fetchall()
    connection.close()

    assert rows == [(3,)]


def test_transaction__sqlite_has_rolled_back_itself__error(path: Path) -> None:
    connection = connect(path, "rwc")
    connection.execute("CREATE TABLE t (x UNIQUE ON CONFLICT ROLLBACK)")

    with pytest.raises(sqlite3.IntegrityError), transaction(connection):
        connection.execute("INSERT INTO t VALUES (1), (1)")

    assert connection.execute("SELECT x FROM t").fetchall() == []
    connection.close()


def test_copied__a_whole_ledger_that_nobody_else_has(path: Path) -> None:
    connection = connect(path, "rwc")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (1)")
    names = sorted(each.name for each in path.parent.iterdir())

    copy = copied(connection)
    copy.execute("INSERT INTO t VALUES (2)")

    assert connection.execute("SELECT count(*) FROM t").fetchone() == (1,)
    assert copy.execute("SELECT count(*) FROM t").fetchone() == (2,)
    assert copy.execute("PRAGMA foreign_keys").fetchone() == (1,)
    copy.close()
    connection.close()
    assert sorted(each.name for each in path.parent.iterdir()) == names


def test_copied__what_cannot_be_read__error(path: Path) -> None:
    connection = connect(path, "rwc")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[:16] = b"x" * 16
    path.write_bytes(data)
    damaged = sqlite3.connect(path)
    with pytest.raises(sqlite3.Error):
        copied(damaged)
    damaged.close()


def test_roomy__for_as_long_as_it_takes(path: Path) -> None:
    connection = connect(path, "rwc")

    def room() -> object:
        return connection.execute("PRAGMA cache_size").fetchone()[0]

    usual = room()
    with roomy(connection):
        assert room() == -ROOM_KIB
    with pytest.raises(KeyError), roomy(connection):
        raise KeyError
    assert room() == usual
    connection.close()
