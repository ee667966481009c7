"""Real submission files of one township: new, updated, forked, edited, and others."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from desktop.app.compiled import compiled_for
from desktop.app.handover.sending.submitting import submission
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import gather
from desktop.app.reports.exporting import write
from tests.cli.desks import RESOURCES
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import remove
from tests.exchange.townships import street
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Files in one folder: `first` and what came of it on two computers."""

    east: Path
    first: Path
    update: Path
    fork: Path
    edited: Path
    report: Path
    broken: Path


def write_submission(ledger: Path, folder: Path, name: str) -> Path:
    """Write a submission of a ledger."""
    with opened(ledger) as file:
        report = run_steps(submission(file, compiled_for(file, YEAR), YEAR))
    wanted = Wanted(folder, name, RESOURCES / "fonts", pdf=False)
    (path,) = write(report, wanted, lambda _: True).paths
    return path


def hand_in(folder: Path) -> HandedIn:
    """Make the files."""
    files = folder / "in"
    files.mkdir()
    desks = Desks(folder)
    east = desks.new(street(EAST))
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20)
        note(ledger, "甲院", "field:beds_total", "盘点过")
    first = write_submission(east, files, "first")
    other = desks.copy(east)
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
        remove(ledger, "乙院")
        report = run_steps(gather(ledger, compiled_for(ledger, YEAR), YEAR))
    wanted = Wanted(folder, "report", RESOURCES / "fonts", pdf=False)
    (plain,) = write(report, wanted, lambda _: True).paths
    with opened(other) as ledger:
        beds(ledger, "甲院", 13)
    update = write_submission(east, files, "update")
    fork = write_submission(other, folder, "fork")
    edited = folder / "edited.xlsx"
    shutil.copyfile(first, edited)
    book = load_workbook(edited)
    for row in book[book.sheetnames[1]].iter_rows():
        for cell in row:
            if cell.value == 10:
                cell.value = 99
    book.save(edited)
    broken = folder / "broken.xlsx"
    broken.write_bytes(first.read_bytes()[:3000])
    return HandedIn(east, first, update, fork, edited, plain, broken)
