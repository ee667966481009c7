"""Files as they come in at a county: one of each class there is.

Made with the program's own commands from two ledgers of a street, one a copy of the
other, for the pictures of 收表.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.__main__ import person
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cells
from desktop.app.opening import open_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell

ROOT: Final = Path(__file__).resolve().parents[1]
STREET: Final = "310105005"
HOMES: Final = ((60, "第一敬老院"), (120, "第二敬老院"), (35, "阳光长者之家"))
TYPED: Final = "手工填的.xlsx"
CLASSES: Final[Mapping[str, str]] = {
    "第一次.xlsx": "same",
    "第二次（另一台电脑）.xlsx": "fork",
    "第二次.xlsx": "update",
    "改过的.xlsx": "edited",
    "只是报表.xlsx": "not_ours",
    "另一套制度.xlsx": "other_pack",
    "坏的.xlsx": "damaged",
    TYPED: "typed",
}
"""The class each of the later files is put in."""


def taizhang(*words: object) -> None:
    """Run one of the program's commands."""
    line = [sys.executable, "-m", "desktop", *map(str, words)]
    subprocess.run(line, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def first_files(folder: Path) -> Path:
    """Make the ledger of a street and its first submission; gives where that is."""
    ledger = folder / "street.taizhang"
    new = ("--unit", STREET, "--period", "2025")
    taizhang("new", ledger, "--pack", "changning", *new)
    with open_ledger(ledger, person()) as opened:
        form = opened.pack().form_by_id["eci"]
        (period,) = opened.periods()
        for place, (beds, name) in enumerate(HOMES):
            cells: dict[str, Cell] = {"name": name, "beds_total": beds}
            opened.apply(add_record(form, period, STREET, f"home-{place}", cells))
    return submitted(ledger, folder / "first", "第一次.xlsx")


def later_files(folder: Path) -> Path:
    """Make what comes after the first submission was taken in."""
    ledger, other = folder / "street.taizhang", folder / "other.taizhang"
    into = folder / "later"
    shutil.copyfile(ledger, other)
    changed(ledger, 66)
    update = submitted(ledger, into, "第二次.xlsx")
    changed(other, 63)
    submitted(other, into, "第二次（另一台电脑）.xlsx")
    shutil.copyfile(folder / "first" / "第一次.xlsx", into / "第一次.xlsx")
    book = load_workbook(update)
    sheet = book["养老机构调查表"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == HOMES[1][0])
    cell.value = 210
    book.save(into / "改过的.xlsx")
    damaged = update.read_bytes()
    (into / "坏的.xlsx").write_bytes(damaged[: len(damaged) // 2])
    taizhang("export", ledger, "--to", into / "report", "--xlsx")
    (report,) = (into / "report").glob("*.xlsx")
    report.rename(into / "只是报表.xlsx")
    elsewhere = folder / "elsewhere.taizhang"
    new = ("--unit", STREET, "--period", "2025")
    taizhang("new", elsewhere, "--pack", "county_template", *new)
    submitted(elsewhere, into, "另一套制度.xlsx")
    typed_by_hand(into / TYPED)
    return into


def submitted(ledger: Path, folder: Path, name: str) -> Path:
    """Hand in, under a name a person would give."""
    there = set(folder.glob("*"))
    folder.mkdir(exist_ok=True)
    taizhang("submit", ledger, "--to", folder, "--no-pdf")
    (made,) = set(folder.glob("*.xlsx")) - there
    return made.rename(folder / name)


def changed(ledger: Path, beds: int) -> None:
    """Correct a figure."""
    with open_ledger(ledger, person()) as opened:
        field = opened.pack().form_by_id["eci"].by_id["beds_total"]
        (record, *_) = opened.rows("eci", opened.ids("eci", "2025"))
        opened.apply(set_cells([(record, field, beds)]))


def typed_by_hand(path: Path) -> None:
    """Write a table as somebody types it who never saw this program."""
    book = Workbook()
    sheet = book.active
    # For the type checker: a new book has a sheet.
    assert sheet is not None  # noqa: S101 - see above
    sheet.append(["机构名称", "床位总数", "护理型床位数"])
    sheet.append(["新桥养老院", "１２０", 40])
    sheet.append(["清河养老院", 80, "约30"])
    book.save(path)
