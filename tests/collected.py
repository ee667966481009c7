"""Collection workbooks made of small ledgers, filled in as people do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import Any

from openpyxl import load_workbook

from desktop.app.collection.collected import look_through
from desktop.app.collection.collected import read_files
from desktop.app.collection.collecting import CollectWish
from desktop.app.collection.collecting import collections
from desktop.app.collection.collecting import write_collections
from desktop.app.compiled import compiled_for
from desktop.app.progress import run_steps
from desktop.core.catalogue import CATALOGUE
from desktop.core.messages import Message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.words import Words
from tests import small

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.collection.values import Book
    from desktop.core.cells import Cell
    from desktop.export.collection.plan import Collection
    from desktop.store.ledger import Ledger

READER = (sys.executable, "-m", "desktop", "--read-workbook")
SAY = Words(CATALOGUE)
NEXT = Period(PeriodKind.YEAR, 2026)
FIRST = 11
"""Row of the first line that is filled in."""
HEADS = 10


def laid_out(
    path: Path, wish: CollectWish | None = None, period: Period = small.YEAR
) -> tuple[Collection, ...] | Message:
    """Lay out the workbooks of a ledger."""
    with small.opened(path) as ledger:
        compiled = compiled_for(ledger, period)
        return collections(ledger, compiled, period, wish or CollectWish("eci"))


def sent(
    path: Path, wish: CollectWish | None = None, period: Period = small.YEAR
) -> tuple[Path, ...]:
    """Write the workbooks of a ledger beside it."""
    found = laid_out(path, wish, period)
    assert not isinstance(found, Message), found
    return write_collections(found, path.parent, lambda _: True).paths


def sent_by(ledger: Ledger, wish: CollectWish, period: Period) -> tuple[Path, ...]:
    """Write the workbooks of an open ledger beside it."""
    found = collections(ledger, compiled_for(ledger, period), period, wish)
    assert not isinstance(found, Message), found
    return write_collections(found, ledger.path.parent, lambda _: True).paths


def fill(
    path: Path,
    rows: Mapping[int, Mapping[str, Any]],
    name: str | None = None,
) -> Path:
    """Type into a workbook by row and name of the column, and save it."""
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADS]}
    for row, cells in rows.items():
        for field, value in cells.items():
            sheet.cell(row, columns[field]).value = value
    target = path if name is None else path.with_name(name)
    book.save(target)
    return target


def looked(
    ledger: Ledger, paths: Sequence[Path], period: Period = small.YEAR
) -> tuple[Book, ...]:
    """Read workbooks back against an open ledger."""
    files = read_files(paths, READER, lambda _: None)
    return run_steps(look_through(ledger, period, files, small.person(), SAY))


def held(ledger: Ledger, form: str, period: Period) -> dict[str, Mapping[str, Cell]]:
    """Give the cells of a form's records by facility."""
    ids = ledger.ids(form, period.code)
    return {str(r.key.facility): r.cells for r in ledger.rows(form, ids)}
