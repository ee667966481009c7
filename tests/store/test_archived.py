from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.store.archived import bring_up
from desktop.store.archived import put_away
from desktop.store.errors import NewerLedgerError
from desktop.store.errors import NotALedgerError
from desktop.store.errors import ReadOnlyError
from desktop.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.cases import Desk

OLD = Path(__file__).parents[1] / "data" / "ledger_0001.sql"
AT = datetime(2026, 1, 9, tzinfo=UTC)


def reopened(path: Path, desk: Desk, *, read_only: bool) -> Ledger:
    return Ledger.open(
        path, who="李", clock=desk.clock, new_id=desk.new_id, read_only=read_only
    )


def test_put_away__from_then_on_it_is_only_read(
    ledger: Ledger, desk: Desk, tmp_path: Path
) -> None:
    copy = ledger.backup(tmp_path / "copies")
    put_away(copy, "2026-01-09")
    before = copy.read_bytes()
    with pytest.raises(ReadOnlyError) as raised:
        reopened(copy, desk, read_only=False)
    assert raised.value.message.code == "store.archived"
    assert dict(raised.value.message.params)["day"] == "2026-01-09"
    assert copy.read_bytes() == before
    with reopened(copy, desk, read_only=True) as kept:
        assert kept.head() == ledger.head()
        assert kept.doctor().problems == ()


def test_put_away__what_is_no_ledger_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.taizhang"
    path.write_bytes(b"nothing like it" * 100)
    with pytest.raises(Exception, match=r"store\.damaged"):
        put_away(path, "2026-01-09")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.taizhang"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLD.read_text(encoding="utf-8"))
    return path


def test_bring_up__an_old_archive_is_read_by_a_new_program(
    old: Path, desk: Desk
) -> None:
    put_away(old, "2026-01-09")
    with pytest.raises(NewerLedgerError):
        reopened(old, desk, read_only=True)
    bring_up(old, AT)
    with reopened(old, desk, read_only=True) as kept:
        assert kept.periods()
        assert kept.doctor().problems == ()
    with pytest.raises(ReadOnlyError):
        reopened(old, desk, read_only=False)
    again = old.read_bytes()
    bring_up(old, AT)
    assert old.read_bytes() == again


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: b"PK" + data])
def test_bring_up__what_is_no_ledger_is_left_alone(
    old: Path, spoil: Callable[[bytes], bytes]
) -> None:
    old.write_bytes(spoil(old.read_bytes()))
    with pytest.raises(NotALedgerError):
        bring_up(old, AT)
