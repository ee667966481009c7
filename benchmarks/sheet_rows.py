"""A long roster as a workbook, beside XlsxWriter and a writer in Rust.

    python benchmarks/sheet_rows.py [--quick]

Thirty columns: words, codes, days, whole numbers, decimals, yes and no. Ours is the
program's own way: `write_xlsx` of a report whose one form is the roster, with widths
measured, every cell ruled and in its format, heads, page set-up, and the finished file
read back. XlsxWriter in constant memory writes the same cells with the same formats;
the writer in Rust knows no formats and gets records of plain values. Each starts from
the same report. Our file is read by calamine, cell by cell, and openpyxl.

Times are of the processor, in turn; exit 1 where a goal is missed.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import write_worksheet
from xlsxwriter import Workbook  # type: ignore[import-untyped] # it has no types

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.in_turn import ratios  # noqa: E402 - needs the path
from benchmarks.in_turn import seconds  # noqa: E402 - needs the path
from benchmarks.memory import growth  # noqa: E402 - needs the path
from benchmarks.rosters import long_report  # noqa: E402 - needs the path
from desktop.export.xlsx.writing import write_xlsx  # noqa: E402 - needs the path

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.export.report import Report

FIGURES = 18
"""Columns of whole numbers beside the twelve that every roster here has."""


class Size(NamedTuple):
    """How much is measured, and what must be reached."""

    rows: int
    rounds: int
    xlsxwriter: float
    rust: float
    growing: tuple[int, ...]
    growth: float


FULL = Size(100_000, 3, 8, 1, (2_000, 20_000, 200_000), 12)
QUICK = Size(10_000, 1, 4, 0, (500, 5_000), 12)
"""`growth`: megabytes more for the longest roster than for the shortest."""


def main() -> int:
    """Measure all; tell whether the goals are met."""
    size = QUICK if "--quick" in sys.argv else FULL
    met = [speed(size), growth("xlsx", size.growing, FIGURES, size.growth)]
    return 0 if all(met) else 1


def speed(size: Size) -> bool:
    """Write the same roster three ways, in turn."""
    report = long_report(size.rows, FIGURES)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.xlsx"), Path(folder, "theirs.xlsx")
        ways = {
            "ours": lambda: seconds(lambda: write_xlsx(report, ours)),
            "XlsxWriter": lambda: seconds(lambda: by_xlsxwriter(report, theirs)),
            "Rust": lambda: by_rust(report, theirs)[0],
            "Rust alone": lambda: by_rust(report, theirs)[1],
        }
        write_xlsx(long_report(5, FIGURES), ours)  # what is imported once
        print(f"{size.rows} rows, {FIGURES + 12} columns")
        found = ratios(ways, size.rounds)
        proved(ours, report)
        print(f"  {ours.stat().st_size / 1e6:.1f} MB of ours")
    print("  (Rust alone: without making its records from the report)")
    print(f"  goals: XlsxWriter ≥ {size.xlsxwriter:g} ×, Rust ≥ {size.rust:g} ×")
    return found["XlsxWriter"] >= size.xlsxwriter and found["Rust"] >= size.rust


def by_xlsxwriter(report: Report, path: Path) -> None:
    """Write the cells of the roster with formats, keeping one row in memory."""
    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    look = {"border": 1, "font_name": "宋体", "font_size": 10}
    words, days, whole, tenths = (
        book.add_format({**look, "num_format": each})
        for each in ("@", "yyyy-mm-dd", "0", "0.0")
    )
    for row, line in enumerate(report.forms[0].rows):
        for column, cell in enumerate((*line.stub, *line.cells)):
            match cell:
                case bool():
                    sheet.write_string(row, column, "是" if cell else "否", words)
                case int():
                    sheet.write_number(row, column, cell, whole)
                case Decimal():
                    sheet.write_number(row, column, float(cell), tenths)
                case date():
                    sheet.write_datetime(row, column, cell, days)
                case _:
                    sheet.write_string(row, column, str(cell), words)
    book.close()


def by_rust(report: Report, path: Path) -> tuple[float, float]:
    """Write plain records; gives the time from the report on, and of writing alone."""
    gc.collect()
    start = time.process_time()
    form = report.forms[0]
    titles = [
        f"{place}{c.title}" for place, c in enumerate((*form.stub, *form.columns))
    ]
    records = [
        dict(zip(titles, (*line.stub, *map(_plain, line.cells)), strict=True))
        for line in form.rows
    ]
    made = time.process_time()
    write_worksheet(records, str(path))
    end = time.process_time()
    return end - start, end - made


def _plain(cell: Cell) -> object:
    """Give a value the writer in Rust knows."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return float(cell) if isinstance(cell, Decimal) else cell


def proved(path: Path, report: Report) -> None:
    """Read our file with other programs; every cell must be what the report says."""
    form = report.forms[0]
    name = load_workbook(path, read_only=True).sheetnames[1]
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()
    first = next(place for place, row in enumerate(found) if row[0] == "1")
    for line, row in zip(form.rows, found[first:], strict=False):
        meant = [*line.stub, *map(_plain, line.cells)]
        if row != meant:
            raise ValueError(meant, row)


if __name__ == "__main__":
    sys.exit(main())
