# ruff: noqa: S608 - the names come from this file
"""How close an action comes to bare SQLite writing the same rows.

Run with `python benchmarks/store_apply.py [RECORDS]`. Bare SQLite gets the finished
rows of every table an action writes (the form's, the log's, the facilities'), prepared
beforehand, in one `executemany` a table and one transaction on a file of the same
schema and settings. What is left above 1.0 is ours: comparing with what is there,
checking values, digests, the hash chain and the log's text.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path

from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.store.connection import connect
from desktop.store.connection import transaction
from desktop.store.ledger import Ledger
from desktop.store.records import Applied

FORM = "eci"
TABLES = ("_actions", FORM, "_facilities", "_log")
ROUNDS = 3
CELLS = 10_000


def units() -> list[Unit]:
    """Give a county with twenty townships."""
    county = UnitCode("310105")
    root = Unit(county, "区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY)
    below = [
        Unit(
            UnitCode(f"310105{number:03d}"),
            f"街道{number}",
            county,
            UnitLevel.TOWNSHIP,
            UnitClass.SUBDISTRICT,
        )
        for number in range(1, 21)
    ]
    return [root, *below]


def new_ledger(path: Path, pack: Pack) -> Ledger:
    """Make an empty ledger."""
    numbers = itertools.count()
    return Ledger.create(
        path,
        pack=pack,
        units=units(),
        period=Period(pack.period_kind, 2025),
        who="benchmark",
        clock=lambda: datetime.now(UTC),
        new_id=lambda: f"{next(numbers):08d}",
    )


def added(count: int, fields: list[str]) -> Action:
    """Make the import of so many records, with a name and some numbers each."""
    changes = tuple(
        RecordAdded(
            RecordKey(FORM, "2025", FacilityId(f"{number * 7919 % 10**9:09d}")),
            f"310105{number % 20 + 1:03d}",
            (
                ("name", f"第{number}养老院"),
                *((field, number % 300 + place) for place, field in enumerate(fields)),
            ),
        )
        for number in range(count)
    )
    return Action(message("benchmark"), changes)


def edited(action: Action, fields: list[str]) -> Action:
    """Make the paste of `CELLS` cells over the first records."""
    changes = []
    for change in action.changes[: CELLS // len(fields)]:
        if isinstance(change, RecordAdded):
            cells = dict(change.cells)
            for field in fields:
                value = cells[field]
                changes.append(
                    CellChange(change.record, field, value, int(str(value)) + 1)
                )
    return Action(message("benchmark"), tuple(changes))


def timed(ledger: Ledger, action: Action) -> float:
    """Apply an action and give the seconds it took."""
    start = time.perf_counter()
    answer = ledger.apply(action)
    seconds = time.perf_counter() - start
    if not isinstance(answer, Applied):
        raise TypeError(answer)
    return seconds


def bare_inserts(empty: Path, filled: Path, first_entry: int) -> float:
    """Insert the rows of a filled ledger into an empty one, prepared beforehand."""
    source = connect(filled, "ro")
    prepared = []
    for table in TABLES:
        where = f" WHERE seq > {first_entry}" if table == "_log" else ""
        where = " WHERE revision > 1" if table == "_actions" else where
        where = f" WHERE form = '{FORM}'" if table == "_facilities" else where
        rows = source.execute(f"SELECT * FROM {table}{where}").fetchall()
        marks = ", ".join("?" * len(rows[0]))
        prepared.append((f"INSERT INTO {table} VALUES ({marks})", rows))
    source.close()
    target = connect(empty, "rw")
    start = time.perf_counter()
    with transaction(target):
        for sql, rows in prepared:
            target.executemany(sql, rows)
    seconds = time.perf_counter() - start
    target.close()
    return seconds


def bare_updates(before: Path, after: Path, fields: list[str], entry: int) -> float:
    """Update the same columns and insert the same log rows, prepared beforehand."""
    columns = ["_states", "_revision", "_pack", "_digest", *fields]
    source = connect(after, "ro")
    rows = source.execute(
        f"SELECT {', '.join(columns)}, _id FROM {FORM} WHERE _revision = "
        "(SELECT MAX(revision) FROM _actions)"
    ).fetchall()
    entries = source.execute("SELECT * FROM _log WHERE seq > ? ", (entry,)).fetchall()
    actions = source.execute(
        "SELECT * FROM _actions ORDER BY revision DESC LIMIT 1"
    ).fetchall()
    source.close()
    target = connect(before, "rw")
    start = time.perf_counter()
    with transaction(target):
        settings = ", ".join(f"{column} = ?" for column in columns)
        target.executemany(f"UPDATE {FORM} SET {settings} WHERE _id = ?", rows)
        target.executemany("INSERT INTO _actions VALUES (?, ?, ?, ?, ?, ?)", actions)
        marks = ", ".join("?" * len(entries[0]))
        target.executemany(f"INSERT INTO _log VALUES ({marks})", entries)
    seconds = time.perf_counter() - start
    target.close()
    return seconds


def one_round(folder: Path, pack: Pack, count: int) -> dict[str, tuple[float, float]]:
    """Measure import, paste and undo once, ours and bare in turn."""
    fields = [
        field.id for field in pack.form_by_id[FORM].stored if field.kind == "integer"
    ][:10]
    path, empty, before = (folder / name for name in ("a", "empty", "before"))
    ledger = new_ledger(path, pack)
    shutil.copyfile(path, empty)
    first = ledger.head().seq
    importing = added(count, fields)
    ours_in = timed(ledger, importing)
    bare_in = bare_inserts(empty, path, first)
    shutil.copyfile(path, before)
    last = ledger.head().seq
    paste = edited(importing, fields)
    ours_paste = timed(ledger, paste)
    bare_paste = bare_updates(before, path, fields, last)
    ours_undo = timed(ledger, Action(paste.title, undo(paste)))
    ledger.close()
    return {
        f"import of {count} records": (ours_in, bare_in),
        f"paste of {len(paste.changes)} cells": (ours_paste, bare_paste),
        "undo of the paste": (ours_undo, bare_paste),
    }


def main() -> None:
    """Print the fastest of some rounds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    packs = Path(__file__).parents[1] / "resources" / "packs"
    pack = load_pack(packs, "changning")
    if not isinstance(pack, Pack):
        raise SystemExit(str(pack))
    best: dict[str, tuple[float, float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            for name, pair in one_round(Path(folder), pack, count).items():
                old = best.get(name, pair)
                best[name] = (min(old[0], pair[0]), min(old[1], pair[1]))
    for name, (ours, bare) in best.items():
        print(f"{name:28} {ours:7.3f} s, bare SQLite {bare:7.3f} s: {ours / bare:.2f}x")


if __name__ == "__main__":
    main()
