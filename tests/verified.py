"""Files of ours to be verified, and ways to alter them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import gather
from desktop.app.reports.exporting import write
from desktop.export.building.rollup import Printing
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

    from desktop.store.ledger import Ledger

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
FORM = "养老机构调查表"


@dataclass(frozen=True)
class Files:
    """A ledger, and the workbook and PDF of its report."""

    ledger: Path
    xlsx: Path
    pdf: Path


def write_files(ledger: Ledger, folder: Path, name: str, *, pdf: bool = True) -> None:
    """Write a ledger's report, with tables by unit."""
    steps = gather(ledger, CompiledPack(ledger.pack()), YEAR, Printing())
    wanted = Wanted(folder, name, FONTS, pdf=pdf)
    write(run_steps(steps), wanted, lambda _: True)


def make_files(folder: Path, name: str = "报告") -> Files:
    """Make a small ledger with its report."""
    path = make_filled(folder)
    with opened(path) as ledger:
        write_files(ledger, folder, name)
    return Files(path, folder / f"{name}.xlsx", folder / f"{name}.pdf")


def altered(source: Path, target: Path, change: Callable[[Workbook], object]) -> Path:
    """Save a workbook under another name, with something changed."""
    workbook = load_workbook(source)
    change(workbook)
    workbook.save(target)
    return target


def find(workbook: Workbook, sheet: str, value: object) -> str:
    """Find the first cell of a sheet that holds a value."""
    return next(
        cell.coordinate
        for row in workbook[sheet].iter_rows()
        for cell in row
        if cell.value == value
    )
