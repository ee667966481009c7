"""Filling an official template beside openpyxl loading, filling and saving it.

    python benchmarks/template_fill.py [--quick]

Three templates: a workbook of twenty forms of which one is filled, as authorities hand
them out; a roster with room for 2,000 lines of which 300 are filled; one small form
alone, which is told without a goal, as what a file costs at all weighs most in it. Both
ways make the same file from the same bytes, in turn; the medians' ratio is held
against the goal, and openpyxl must read the same cells from both. Told apart, because
openpyxl does neither: proving our finished file, and examining a template for hostile
content (once for each template). --quick takes fewer rounds.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl import load_workbook
from openpyxl.styles import Border
from openpyxl.styles import Side

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.in_turn import seconds  # noqa: E402 - needs the path
from desktop.export.template.book import Book  # noqa: E402 - same
from desktop.export.template.check import check_filled  # noqa: E402 - same
from desktop.export.template.fill import Filled  # noqa: E402 - same
from desktop.export.template.fill import fill  # noqa: E402 - same
from desktop.export.template.page import PageFill  # noqa: E402 - same
from desktop.export.template.zip import copied  # noqa: E402 - same
from desktop.intake.preflight import preflight  # noqa: E402 - same

Values = dict[tuple[int, int], int | str]
GOAL = 8
ROUNDS = 3 if "--quick" in sys.argv else 9
FIRST = 5
"""The first line for values; above it stand the heads."""


class Case(NamedTuple):
    """A template: its sheets and their size, and how many lines are filled."""

    name: str
    sheets: int
    rows: int
    columns: int
    filled: int
    goal: float = GOAL


CASES = (
    Case("one of twenty forms", 20, 60, 12, 56),
    Case("a roster", 1, 2_000, 30, 300),
    Case("one small form", 1, 40, 8, 36, 0),
)


def main() -> int:
    """Measure all templates; tell whether the goal is met."""
    met = [measure(case) for case in CASES]
    return 0 if all(met) else 1


def template(case: Case) -> bytes:
    """Make a template: heads, bordered blank cells, a formula at the end of a line."""
    book = Workbook()
    book.remove(book.worksheets[0])
    side = Side(style="thin")
    edge = Border(side, side, side, side)
    for number in range(case.sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in range(1, case.rows + 1):
            for column in range(1, case.columns + 1):
                cell = sheet.cell(row, column)
                cell.border = edge
                if row < FIRST:
                    cell.value = f"标题{row}-{column}"
                elif column == case.columns:
                    last = sheet.cell(row, column - 1).coordinate
                    cell.value = f"=SUM(B{row}:{last})"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def values_of(case: Case) -> Values:
    """Give a value for every other blank cell of a line, a name in the first."""
    return {
        (row, column): f"第{row}养老院" if column == 1 else row * column
        for row in range(FIRST, FIRST + case.filled)
        for column in range(1, case.columns, 2)
    }


def measure(case: Case) -> bool:
    """Run both in turn; gives whether the ratio reaches the goal."""
    data, values = template(case), values_of(case)
    # Each is given the places as it names them: openpyxl numbers, a layout names.
    spots = {f"{letters(column)}{row}": v for (row, column), v in values.items()}
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        theirs, mine = Path(folder, "theirs.xlsx"), Path(folder, "mine.xlsx")
        for turn in range(ROUNDS + 1):
            filled: list[Filled] = []
            spent = {
                "openpyxl": seconds(lambda: by_openpyxl(data, values, theirs)),
                "ours": seconds(lambda: filled.append(by_us(data, spots, mine))),  # noqa: B023 - called at once
                "proving": seconds(lambda: check_filled(mine, "mine", filled[0])),  # noqa: B023 - same
                "examining": seconds(lambda: preflight(data, "template.xlsx")),
            }
            for who, each in spent.items():
                taken.setdefault(who, []).extend([each] if turn else [])
        compare(theirs, mine, values)
    medians = {who: statistics.median(times) for who, times in taken.items()}
    ratio = medians["openpyxl"] / medians["ours"]
    size = f"{case.sheets} × {case.rows} × {case.columns}"
    print(f"{case.name}: {size}, {len(values)} values")
    for who, median in medians.items():
        print(f"  {who:10} {1000 * median:8.1f} ms")
    print(f"  ratio      {ratio:8.1f}  (goal ≥ {case.goal})")
    return ratio >= case.goal


def by_openpyxl(data: bytes, values: Values, path: Path) -> None:
    """Load, fill and save."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for (row, column), value in values.items():
        sheet.cell(row, column).value = value
    book.save(path)


def by_us(data: bytes, spots: dict[str, int | str], path: Path) -> Filled:
    """Open, fill and write."""
    book = Book("template.xlsx", data)
    filled = fill(book, [PageFill("表0", {"A1": "标题1-1"}, spots)])
    if not isinstance(filled, Filled):
        raise TypeError(filled)
    with path.open("wb") as file:
        file.writelines(copied(book.archive, filled.parts, filled.left_out))
    return filled


def letters(column: int) -> str:
    """Give the letters of a column up to 52."""
    high, low = divmod(column - 1, 26)
    return ("A" if high else "") + chr(65 + low)


def compare(theirs: Path, mine: Path, values: dict[tuple[int, int], int | str]) -> None:
    """Let an independent reader see the same cells in both."""
    sheets = [load_workbook(path).worksheets[0] for path in (theirs, mine)]
    for where in values:
        one, other = (sheet.cell(*where).value for sheet in sheets)
        if one != other:
            raise ValueError(where)


if __name__ == "__main__":
    sys.exit(main())
