from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import Absent
from desktop.core.changes import DefinitionChange
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.store.doctor import diagnose
from desktop.store.errors import InterruptedReadError
from tests.store.cases import EAST
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


@pytest.fixture
def whole(filled: Ledger) -> Path:
    """Give a closed ledger with something of everything in it."""
    do(
        filled,
        added("d", name="丁院", beds=Absent.UNKNOWN, area=180),
        NoteChange(key("a"), "field:beds", "", "大修"),
        NilChange("home", "2025", EAST, before=False, after=True),
        DefinitionChange("2025", "definition.beds", "", "all"),
    )
    filled.close()
    return filled.path


def tamper(path: Path, *statements: str) -> None:
    """Change a ledger behind its back."""
    with closing(sqlite3.connect(path)) as other:
        for table in ("_log", "_actions"):
            for verb in ("update", "delete"):
                other.execute(f"DROP TRIGGER {table}_no_{verb}")
        for statement in statements:
            other.execute(statement)
        other.commit()


def codes(path: Path, desk: Desk) -> set[str]:
    """Give what the doctor says of a ledger."""
    with desk.open(path, read_only=True) as ledger:
        return {problem.code for problem in ledger.doctor().problems}


def test_doctor__nothing_wrong(whole: Path, desk: Desk) -> None:
    with desk.open(whole) as ledger:
        steps = list(ledger.doctor_steps())

    found = diagnose(steps)
    assert found.problems == ()
    assert dict(found.counts) == {
        "file": 1,
        "log": 14,
        "pack": 1,
        "units": 3,
        "home": 4,
        "people": 3,
        "notes": 1,
        "nils": 1,
        "choices": 1,
        "received": 0,
    }


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE home SET beds = 11 WHERE _facility = 'a'", "record"),
        ("UPDATE home SET _unit = '310105' WHERE _facility = 'a'", "record"),
        ("UPDATE home SET _digest = 'x' WHERE _facility = 'a'", "record"),
        ("UPDATE home SET _states = '{}' WHERE _facility = 'd'", "record"),
        ("UPDATE home SET _states = 'x' WHERE _facility = 'd'", "record"),
        ("UPDATE home SET \"order\" = 'x' WHERE _facility = 'd'", "record"),
        (
            "UPDATE home SET _states = '{\"beds\":\"blank\"}' WHERE _facility = 'd'",
            "record",
        ),
        ("UPDATE home SET beds = 5 WHERE _facility = 'd'", "states"),
        ("DELETE FROM home WHERE _facility = 'a'", "lost"),
        ("UPDATE _log SET body = replace(body, '10', '12')", "chain"),
        ("UPDATE _log SET digest = 'x' WHERE facility = 'a'", "chain"),
        ("UPDATE _actions SET who = '李'", "chain"),
        ("DELETE FROM _log WHERE seq = 9", "chain"),
        ("DELETE FROM _log WHERE facility = 'd'", "record"),
        ("UPDATE _units SET name = '别' WHERE code = '310105001'", "units"),
        ("UPDATE _units SET class = '别' WHERE code = '310105001'", "units"),
        ("DELETE FROM _unit_tree WHERE descendant = '310105001'", "tree"),
        ("UPDATE _packs SET text = text || ' '", "pack"),
        ("UPDATE _packs SET digest = 'x'", "pack"),
        ("UPDATE _notes SET text = '小修'", "note"),
        ("DELETE FROM _notes", "note"),
        ("DELETE FROM _nil", "nil"),
        ("INSERT INTO _nil VALUES ('people', '2025', '310105')", "nil"),
        ("UPDATE _choices SET value = 'x'", "choice"),
        ("DELETE FROM _choices", "choice"),
        ("INSERT INTO _choices VALUES ('2025', 'param.x', '1')", "choice"),
        ("UPDATE _meta SET value = 'x' WHERE key = 'epoch'", "identity"),
        ("DELETE FROM _meta", "identity"),
        ("DELETE FROM _periods", "reference"),
    ],
)
def test_doctor__finds_what_was_changed_behind_its_back(
    whole: Path, desk: Desk, statement: str, code: str
) -> None:
    tamper(whole, statement)

    assert f"store.doctor.{code}" in codes(whole, desk)


def test_doctor__a_log_without_its_first_entries(whole: Path, desk: Desk) -> None:
    tamper(whole, "DELETE FROM _log")

    assert codes(whole, desk) >= {
        "store.doctor.identity",
        "store.doctor.pack",
        "store.doctor.units",
        "store.doctor.record",
        "store.doctor.note",
        "store.doctor.nil",
        "store.doctor.choice",
    }


def test_doctor__a_bit_that_fell_over(whole: Path, desk: Desk) -> None:
    content = bytearray(whole.read_bytes())
    # SQLite's own check has nothing against another character of a name.
    place = content.index("丁院".encode(), page_of(whole, "home"))
    content[place + 2] ^= 1
    whole.write_bytes(content)

    with closing(sqlite3.connect(whole)) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert codes(whole, desk) == {"store.doctor.record"}


def page_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as other:
        row = other.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    return (int(row[0]) - 1) * 4096


def test_doctor__a_broken_page(whole: Path, desk: Desk) -> None:
    content = bytearray(whole.read_bytes())
    start = page_of(whole, "home")
    content[start : start + 4096] = b"\xff" * 4096
    whole.write_bytes(content)

    with desk.open(whole, read_only=True) as ledger:
        steps = list(ledger.doctor_steps())

    assert len(steps) == 1
    assert {problem.code for problem in steps[0].problems} == {"store.doctor.file"}


def test_doctor__stops_on_request(whole: Path, desk: Desk) -> None:
    with desk.open(whole) as ledger:
        rows = ledger.query("SELECT * FROM home a, home b, home c")
        next(rows)
        ledger.interrupt()

        # An interrupted connection stays so while the read is open.
        with pytest.raises(InterruptedReadError):
            ledger.doctor()
