"""What receiving 300 townships costs beside reading their cells and storing them bare.

Each township hands in a workbook of 40 records in each of four forms. Ours reads the
files as the county does, plans them, and writes them with journal, log and digests: all
of them read and planned before anything is written, as in the window, and written while
they are read, as by `taizhang receive --all-new`. The bare way reads the same files
with python-calamine alone and inserts the values into SQLite tables without a key. They
take turns; the ratio of the medians is held against the goal.
"""

from __future__ import annotations

import argparse
import gc
import re
import sqlite3
import statistics
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from python_calamine import CalamineWorkbook

from desktop.__main__ import person
from desktop.__main__ import places
from desktop.app.compiled import compiled_for
from desktop.app.entry.edits import add_record
from desktop.app.handover.receiving.reading import read_files
from desktop.app.handover.receiving.reading import reads_of
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.straight import receive_straight
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.handover.sending.submitting import submission
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import write
from desktop.core.changes import Action
from desktop.core.manifest import to_data
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.core.untouched import CARRIER
from desktop.export.manifest.sheet import SHEET
from desktop.export.manifest.sheet import sheet_rows
from desktop.export.manifest.sheet import unpacked
from desktop.export.xlsx.marked import put_marked
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving.taking_in import Received
    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.core.manifest import Envelope
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger

ROOT: Final = Path(__file__).parents[1]
GOAL: Final = 1.5
TOWNSHIPS: Final = 300
ROUNDS: Final = 3
RECORDS: Final = 40
FORMS: Final = ("eci", "cef", "cci", "kg")
YEAR: Final = Period(PeriodKind.YEAR, 2025)
COUNTY: Final = UnitCode("210101")
FIRST: Final = f"{COUNTY}100"
SHEET_DATA: Final = re.compile(b"<sheetData>.*</sheetData>", re.DOTALL)


def main() -> int:
    """Measure, print the ratio, and tell whether the goal is met."""
    options = argparse.ArgumentParser()
    options.add_argument("townships", type=int, nargs="?", default=TOWNSHIPS)
    count = options.parse_args().townships
    gc.disable()  # as desktop.ui.garbage does while the window is there
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = handed_in(folder, codes(count))
        ways: Mapping[str, Callable[[Path], float]] = {
            "bare": lambda path: barely(path, files),
            "looking first": lambda path: looking_first(path, files, count),
            "straight away": lambda path: straight_away(path, files, count),
        }
        # In turn, for a machine is now faster and now slower by a half.
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(ROUNDS):
            for name, way in ways.items():
                taken[name].append(way(folder / f"{name}{number}.taizhang"))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ratio = {name: median / medians["bare"] for name, median in medians.items()}
    for name, median in medians.items():
        print(f"{name:13} {median:6.2f} s, ratio {ratio[name]:.2f}")
    print(f"goal {GOAL}, straight away")
    return int(ratio["straight away"] > GOAL)


def codes(count: int) -> list[str]:
    """Give the codes of townships."""
    return [f"{COUNTY}{number}" for number in range(100, 100 + count)]


# --- The two ways -----------------------------------------------------------


def straight_away(path: Path, files: Sequence[Path], count: int) -> float:
    """Take the files in as `taizhang receive --all-new` does."""
    with county_ledger(path, count) as ledger:
        start = time.perf_counter()
        with closing(reads_of(files, places().reader)) as coming:
            decided = Decisions(lambda *_: Wish.MERGE), Around()
            found = receive_straight(ledger, coming, decided, lambda: True, person())
        end = time.perf_counter()
        check(ledger, found.received, count)
    return end - start


def looking_first(path: Path, files: Sequence[Path], count: int) -> float:
    """Read, plan and write the files as the window does for who takes them all."""
    with county_ledger(path, count) as ledger:
        start = time.perf_counter()
        reads = run_steps(read_files(files, places().reader))
        read = time.perf_counter()
        wanted = Decisions(lambda *_: Wish.MERGE)
        items = run_steps(Reception(ledger).items(reads, wanted))
        planned = time.perf_counter()
        received = receive(ledger, items, lambda: True, person())
        end = time.perf_counter()
        check(ledger, received, count)
    steps = {"read": read - start, "planned": planned - read, "written": end - planned}
    print(", ".join(f"{name} in {step:.2f} s" for name, step in steps.items()))
    return end - start


@contextmanager
def county_ledger(path: Path, count: int) -> Iterator[Ledger]:
    """Make and open the ledger of the county."""
    county = Unit(COUNTY, "县", None, UnitLevel.COUNTY, UnitClass.COUNTY)
    units = (county, *(town(code) for code in codes(count)))
    create_ledger(path, Beginning(pack(), units, YEAR), person())
    with open_ledger(path, person()) as ledger:
        yield ledger


def check(ledger: Ledger, received: Received | None, count: int) -> None:
    """See that everything arrived."""
    there = [ledger.count(form, YEAR.code) for form in FORMS]
    taken = 0 if received is None else len(received.taken)
    if taken != count or there != [count * RECORDS] * len(FORMS):
        raise SystemExit(f"not everything arrived: {there}")


def barely(path: Path, files: Sequence[Path]) -> float:
    """Read the cells of all sheets, and insert those of the four forms."""
    titles = [form.title for form in rosters()]
    base = sqlite3.connect(path)
    start = time.perf_counter()
    with base:
        for file in files:
            with CalamineWorkbook.from_path(str(file)) as book:
                read = {
                    name: book.get_sheet_by_name(name).to_python()
                    for name in book.sheet_names
                }
            for form, title in zip(FORMS, titles, strict=True):
                lines = list(values(read[title]))
                columns = ", ".join(f"c{n}" for n in range(len(lines[0])))
                base.execute(f"CREATE TABLE IF NOT EXISTS {form} ({columns})")
                marks = ", ".join("?" * len(lines[0]))
                into = f"INSERT INTO {form} VALUES ({marks})"  # noqa: S608 - our own names
                base.executemany(into, lines)
    end = time.perf_counter()
    base.close()
    return end - start


def values(rows: Sequence[Sequence[object]]) -> Iterator[list[object]]:
    """Give the lines of records of a sheet, as SQLite takes them."""
    for row in rows:
        if str(row[0]).isdecimal():
            plain = (float, str, int, bool)
            yield [one if isinstance(one, plain) else str(one) for one in row]


# --- The files ----------------------------------------------------------------


def handed_in(folder: Path, townships: Sequence[str]) -> list[Path]:
    """Make the workbooks: one as a township does, the others after its likeness."""
    ledger = folder / "town.taizhang"
    create_ledger(ledger, Beginning(pack(), (town(FIRST),), YEAR), person())
    with open_ledger(ledger, person()) as file:
        for form in rosters():
            changes = [one for n in range(RECORDS) for one in new(form, n)]
            file.apply(Action(message("test"), tuple(changes)))
        report = run_steps(submission(file, compiled_for(file, YEAR), YEAR))
    wanted = Wanted(folder, "first", ROOT / "resources" / "fonts", pdf=False)
    (first,) = write(report, wanted, lambda _: True).paths
    with zipfile.ZipFile(first) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The hidden sheet is the last that was made.
    sheets = [name for name in parts if name.startswith("xl/worksheets/")]
    envelope = envelope_in(first)
    files = folder / "in"
    files.mkdir()
    return [
        likeness(files / f"{code}.xlsx", (parts, sheets[-1]), envelope, code)
        for code in townships
    ]


def envelope_in(path: Path) -> Envelope:
    """Read the envelope of a workbook."""
    with CalamineWorkbook.from_path(str(path)) as book:
        rows = book.get_sheet_by_name(SHEET).to_python()
    packed = unpacked([list(map(str, row)) for row in rows])
    envelope = packed if isinstance(packed, Message) else read_envelope(packed)
    if isinstance(envelope, Message):
        raise SystemExit(envelope.code)
    return envelope


def likeness(
    path: Path, of: tuple[dict[str, bytes], str], envelope: Envelope, code: str
) -> Path:
    """Write what another township would hand in: its own codes, names and records."""
    parts, hidden = of
    stamp = envelope.manifest.stamp
    other = sha256(code.encode()).hexdigest()[:32]
    swaps = ((FIRST, code), (town(FIRST).name, town(code).name), (stamp.ledger, other))
    data = to_data(envelope.manifest).decode()
    for was, now in (*swaps, ("record-", f"{code}-")):
        data = data.replace(was, now)
    made = {}
    for name, part in parts.items():
        for was, now in swaps[:2]:
            part = part.replace(was.encode(), now.encode())  # noqa: PLW2901 - swap by swap
        made[name] = part
    rows = "".join(map(xml_row, sheet_rows(data.encode(), envelope.places)))
    lines = f"<sheetData>{rows}</sheetData>".encode()
    made[hidden] = SHEET_DATA.sub(lambda _: lines, made[hidden])
    carrier = made.pop(CARRIER)
    with path.open("w+b") as file:
        put_marked(file, ((name, [part]) for name, part in made.items()), carrier)
    return path


def xml_row(texts: Sequence[str]) -> str:
    """Write a row of texts."""
    cells = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{''.join(cells)}</row>"


def new(form: Roster, number: int) -> Sequence[Change]:
    """Give the change that adds a record."""
    cells = {field.id: cell(field, form, number) for field in form.stored}
    told = {id_: one for id_, one in cells.items() if one is not None}
    name = f"record-{form.id}-{number}"
    return add_record(form, YEAR, FIRST, name, told).changes


def cell(field: Field, form: Roster, number: int) -> Cell | None:
    """Give a value that breaks few rules; credit codes are left blank."""
    if field.id == form.name:
        return f"第{number}{form.title[:6]}服务中心"
    match field.kind:
        case "text":
            return f"某路{number * 7 + len(field.id)}号"
        case "choice":
            choices = pack().choices(form.id, field.id)
            return choices[number % len(choices)]
        case "integer" | "decimal":
            return 0
        case "yes_no":
            return number % 2 == 0
        case "date":
            return date(2001 + number % 20, 1 + number % 12, 1 + number % 28)
        case "telephone":
            return f"024-{23_000_000 + number * 7919}"
        case _:
            return None


def town(code: str) -> Unit:
    """Give a township."""
    level, class_ = UnitLevel.TOWNSHIP, UnitClass.TOWNSHIP
    return Unit(UnitCode(code), f"第{code[-3:]}镇", COUNTY, level, class_)


def rosters() -> tuple[Roster, ...]:
    """Give the four forms."""
    forms = (pack().form_by_id[form] for form in FORMS)
    return tuple(form for form in forms if isinstance(form, Roster))


@cache
def pack() -> Pack:
    """Give a province's pack."""
    found = load_pack(ROOT / "resources" / "packs", "liaoning")
    if not isinstance(found, Pack):
        raise SystemExit(str(found))
    return found


if __name__ == "__main__":
    sys.exit(main())
