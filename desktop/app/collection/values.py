"""What came back: workbooks that were sent out, and what is wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.intake.plan_values import RowKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.files.importing import ReadyImport
    from desktop.core.changes import FacilityId
    from desktop.core.messages import Message
    from desktop.forms.model import Form


@frozen
class CellFault:
    """One thing wrong in one cell.

    `text` is what stands there, `mend` says in the form's language what may. A fault of
    the level `ERROR` keeps its row back; a `WARNING` asks to look again.
    """

    sheet: str
    cell: str
    row: int
    record: str
    field: str
    text: str
    why: Message
    mend: str
    level: Level = Level.ERROR


@frozen
class RefusedBook:
    """A file that is taken for nothing, and why."""

    path: Path
    why: Message


@frozen
class ReturnedBook:
    """A workbook that came back, with the plan of taking it in.

    `facilities` says which facility each row of the sheet is; one that is new has its
    identity already. `faults` are in the order of the rows.
    """

    path: Path
    form: Form
    ready: ReadyImport
    facilities: Mapping[int, FacilityId]
    faults: tuple[CellFault, ...] = ()

    @property
    def bad(self) -> frozenset[int]:
        """Rows that are kept back until something is mended."""
        return frozenset(each.row for each in self.faults if each.level is Level.ERROR)

    @property
    def good(self) -> frozenset[int]:
        """Rows that would change the ledger and have nothing to be mended."""
        kinds = (RowKind.NEW, RowKind.UPDATE)
        rows = (row.row for row in self.ready.plan.rows if row.kind in kinds)
        return frozenset(rows) - self.bad

    @property
    def same(self) -> int:
        """How many rows say what the ledger says already."""
        rows = self.ready.plan.rows
        return sum(row.kind is RowKind.UNCHANGED for row in rows)


Book: TypeAlias = ReturnedBook | RefusedBook
