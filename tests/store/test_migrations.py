from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.store.backup import copies
from desktop.store.errors import NewerLedgerError
from desktop.store.files import open_file
from desktop.store.ledger import Ledger
from desktop.store.migrations import STEPS
from desktop.store.migrations import VERSION
from desktop.store.migrations import Step
from desktop.store.migrations import pending
from tests.store.cases import NEXT
from tests.store.cases import YEAR
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils.db import Database

    from tests.store.cases import Desk


BEDS: dict[str, object] = {"id": "beds", "kind": "integer", "title": "床位"}


def add_colour(db: Database) -> None:
    db.execute("ALTER TABLE _units ADD COLUMN colour TEXT")


def add_half_and_fail(db: Database) -> None:
    db.execute("ALTER TABLE _units ADD COLUMN half TEXT")
    raise ZeroDivisionError


COLOUR = Step("9001_colour", add_colour)
BROKEN = Step("9002_broken", add_half_and_fail)


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as other:
        return {row[1] for row in other.execute("PRAGMA table_info(_units)")}


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as other:
        return int(other.execute("PRAGMA user_version").fetchone()[0])


def test_migrate__keeps_a_verified_copy_of_what_was(filled: Ledger, desk: Desk) -> None:
    filled.close()

    origin = desk.origin()
    file = open_file(filled.path, origin, steps=(*STEPS, COLOUR))
    with Ledger(file, origin) as ledger:
        assert pending(file.connection, STEPS) == ()
        assert ledger.count("home", "2025") == 3
        assert ledger.doctor().problems == ()

    assert "colour" in columns(filled.path)
    (copy,) = copies(filled.path.parent)
    assert "colour" not in columns(filled.path.parent / copy.name)
    assert version(filled.path) == VERSION + 1


def test_migrate__interrupted__leaves_the_last_whole_step(
    filled: Ledger, desk: Desk
) -> None:
    filled.close()

    with pytest.raises(ZeroDivisionError):
        open_file(filled.path, desk.origin(), steps=(*STEPS, COLOUR, BROKEN))

    assert columns(filled.path) >= {"colour"}
    assert "half" not in columns(filled.path)
    assert version(filled.path) == VERSION + 1
    open_file(filled.path, desk.origin(), steps=(*STEPS, COLOUR)).close()


def test_migrate__for_reading_only__error(filled: Ledger, desk: Desk) -> None:
    steps = (*STEPS, COLOUR)

    with pytest.raises(NewerLedgerError) as caught:
        open_file(filled.path, desk.origin(), read_only=True, steps=steps)

    assert caught.value.message.code == "store.older"


def test_check_names__a_step_nobody_knows__error(filled: Ledger, desk: Desk) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as other:
        other.execute(
            "UPDATE _migrations SET name = '0001_other' WHERE name = '0001_ledger'"
        )
        other.commit()

    with pytest.raises(NewerLedgerError):
        desk.open(filled.path)
    # The refusal has let go of the lock.
    with closing(sqlite3.connect(filled.path)) as other:
        other.execute(
            "UPDATE _migrations SET name = '0001_ledger' WHERE name = '0001_other'"
        )
        other.commit()
    desk.open(filled.path).close()


def test_open__up_to_date__needs_neither_sqlite_utils_nor_the_sql_parser(
    filled: Ledger,
) -> None:
    filled.close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from desktop.store.ledger import Ledger;"
        "Ledger.open(Path(sys.argv[1]), who='', clock=lambda: datetime.now(UTC),"
        " new_id=str).close();"
        "print({'sqlite_utils', 'sqlglot'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled.path)],
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == "set()"


def test_migrate__a_ledger_of_one_pack__each_period_goes_by_it(
    path: Path, desk: Desk
) -> None:
    """A file as the steps before 0004 left it opens, and can be upgraded."""
    with desk.create(path, pack(only=[BEDS])) as ledger:
        do(ledger, added("a", beds=7))
    with closing(sqlite3.connect(path)) as other:
        other.execute("ALTER TABLE _periods DROP COLUMN pack")
        other.execute("DROP TABLE _journal")
        other.execute("DROP TABLE _packages")
        other.execute("DELETE FROM _migrations WHERE name > '0003_choices'")
        other.execute("PRAGMA user_version = 3")
        other.commit()

    with desk.open(path) as ledger:
        assert ledger.pack("2025") is ledger.pack()
        assert ledger.doctor().problems == ()
        ledger.add_period(NEXT, YEAR)
        renamed = {**BEDS, "id": "places", "formerly": "beds"}
        ledger.upgrade(pack(only=[renamed]).replaced(version="2.0.0"), NEXT)
        assert ledger.doctor().problems == ()
        old = ledger.record(key("a"))
        assert old is not None
        assert dict(old.filled()) == {"beds": 7}
        versions = [ledger.pack(each.code).version for each in ledger.periods()]
        assert versions == ["1.0.0", "2.0.0"]
