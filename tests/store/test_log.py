from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import message
from desktop.store.connection import connect
from desktop.store.log import GENESIS
from desktop.store.log import ActionLog
from desktop.store.log import Head
from desktop.store.log import Stamp
from desktop.store.log import broken_entry
from desktop.store.log import read_head
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger


def test_chain__can_be_followed_with_sqlite_and_sha256_alone(filled: Ledger) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        rows = other.execute(
            "SELECT json_array(revision, action, title, params, at, who), "
            "'[' || seq || ',' || json_array(kind, form, period, facility, "
            "coalesce(digest, '')) || ']', body, hash "
            "FROM _log JOIN _actions USING (revision) ORDER BY seq"
        ).fetchall()
    value = GENESIS
    for lead, line, body, expected in rows:
        lines = (value, lead.encode(), line.encode(), body.encode())
        value = sha256(b"\n".join(lines)).digest()
        assert value == expected
    assert value == filled.head().hash


@pytest.mark.parametrize("table", ["_log", "_actions"])
def test_log__only_grows(filled: Ledger, table: str) -> None:
    connection = connect(filled.path, "rw")
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET revision = revision",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            connection.execute(statement)
    connection.close()


def test_broken_entry__goes_on_from_a_head(filled: Ledger) -> None:
    do(filled, set_cell("a", "beds", 10, 11))
    connection = connect(filled.path, "ro")

    half, wrong = broken_entry(connection, Head(0, 0, GENESIS), 5)
    assert (half.seq, wrong) == (5, None)
    whole, wrong = broken_entry(connection, half, 100)
    assert (whole, wrong) == (filled.head(), None)
    assert broken_entry(connection, whole, 100) == (whole, None)
    # A head that was kept elsewhere and does not fit shows a log written anew.
    assert broken_entry(connection, Head(5, 1, bytes(32)), 100)[1] == 6
    connection.close()


def test_entries__of_a_form_the_pack_no_longer_has(filled: Ledger) -> None:
    from desktop.store.log import entries

    connection = connect(filled.path, "ro")
    (entry,) = entries(connection, {}, "WHERE facility = ?", ("a",))
    connection.close()

    assert entry.after == {"name": "甲院", "beds": 10}
    assert entry.record == key("a")


def test_read_head__of_an_empty_log() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE _log (seq, revision, hash)")

        assert read_head(connection) == Head(0, 0, GENESIS)


def test_write__a_part_at_a_time(filled: Ledger) -> None:
    """Whatever an action does in parts stands in the log as one action."""
    head, stamp = filled.head(), Stamp("x1", message("test"), "2026-01-02", "李芳")
    connection = connect(filled.path, "rw")
    log = ActionLog(head, stamp)
    log.write(connection)
    assert (log.empty, read_head(connection)) == (True, head)

    for text in ("{}", '{"beds":[1,2]}'):
        log.add_record(key("a"), text, "0")
        log.add_record(key("c"), text, "0")
        log.write(connection)

    assert not log.empty
    now, wrong = broken_entry(connection, head, 100)
    assert (now.seq, now.revision, wrong) == (head.seq + 4, head.revision + 1, None)
    assert now == read_head(connection)
    actions = connection.execute("SELECT count(*) FROM _actions WHERE action = 'x1'")
    assert actions.fetchone() == (1,)
    connection.close()
