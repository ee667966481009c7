"""What came back in words: files, their faults, and what each row would become."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.collection.values import ReturnedBook
from desktop.app.commands import mark
from desktop.core.findings import Level
from desktop.forms.entry import format_cell
from desktop.intake.plan_values import RowKind
from desktop.ui.files.import_lines import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTreeWidget

    from desktop.app.collection.values import Book
    from desktop.app.collection.values import CellFault
    from desktop.core.unit import Unit
    from desktop.core.words import Words
    from desktop.intake.plan_values import RowPlan

FAULT_HEADS: Final = (
    mark("Cell"),
    mark("Record"),
    mark("Item"),
    mark("What stands there"),
    mark("What is wrong"),
    mark("How to mend it"),
)
ROW_HEADS: Final = (
    mark("Row"),
    mark("Becomes"),
    mark("Record"),
    mark("Unit"),
    mark("Remark"),
)
DETAIL: Final = Qt.ItemDataRole.UserRole
"""Where a line keeps what is shown below the list in full."""
LEVELS: Final[Mapping[Level, str]] = {
    Level.ERROR: mark("Must be mended"),
    Level.WARNING: mark("Please check"),
    Level.INFO: mark("Please check"),
}


class CollectedLines:
    """The lists the dialog shows, a branch a file."""

    def __init__(
        self, say: Words, units: Mapping[str, Unit], books: Sequence[Book]
    ) -> None:
        """Take the books."""
        self._say, self._units, self._books = say, units, books

    def headline(self) -> str:
        """Say in one line what came back."""
        sound = [book for book in self._books if isinstance(book, ReturnedBook)]
        text = self._say(
            "{files} files: {good} rows can be taken in, {same} as before, "
            "{bad} to be mended",
            files=len(self._books),
            good=sum(len(book.good) for book in sound),
            same=sum(book.same for book in sound),
            bad=sum(len(book.bad) for book in sound),
        )
        refused = len(self._books) - len(sound)
        if refused:
            text += self._say("; {count} files cannot be taken", count=refused)
        return text

    def show_faults(self, tree: QTreeWidget) -> None:
        """Fill a tree with the faults."""
        tree.clear()
        tree.setHeaderLabels([self._say(head) for head in FAULT_HEADS])
        for book in self._books:
            item = self._branch(tree, book)
            if isinstance(book, ReturnedBook):
                first = sorted(book.faults, key=_hardest)
                item.addChildren([self._fault(fault) for fault in first])
            item.setExpanded(True)

    def show_rows(self, tree: QTreeWidget) -> None:
        """Fill a tree with what the rows would become."""
        tree.clear()
        tree.setHeaderLabels([self._say(head) for head in ROW_HEADS])
        for book in self._books:
            item = self._branch(tree, book)
            if isinstance(book, ReturnedBook):
                lines = [self._row(book, row) for row in book.ready.plan.rows]
                item.addChildren([QTreeWidgetItem(line) for line in lines])
            item.setExpanded(True)

    def _branch(self, tree: QTreeWidget, book: Book) -> QTreeWidgetItem:
        say = self._say
        if not isinstance(book, ReturnedBook):
            text = say.message(book.why)
        elif book.faults:
            text = say(
                "{file}: {good} good rows, {bad} to be mended",
                file=book.path.name,
                good=len(book.good),
                bad=len(book.bad),
            )
        else:
            text = say(
                "{file}: nothing is wrong, {good} rows",
                file=book.path.name,
                good=len(book.good),
            )
        item = QTreeWidgetItem([text])
        tree.addTopLevelItem(item)
        item.setFirstColumnSpanned(True)
        return item

    def _fault(self, fault: CellFault) -> QTreeWidgetItem:
        said = self._say.message(fault.why)
        why = self._say(
            "{level}: {what}", what=said, level=self._say(LEVELS[fault.level])
        )
        cells = [fault.cell, fault.record, fault.field, fault.text, why, fault.mend]
        item = QTreeWidgetItem(cells)
        item.setData(0, DETAIL, f"{why}\n{fault.mend}")
        return item

    def _row(self, book: ReturnedBook, row: RowPlan) -> list[str]:
        unit = self._units.get(row.unit)
        kept = row.row in book.bad
        becomes = self._say(KINDS[RowKind.PROBLEM if kept else row.kind])
        told = self._say("Kept back until it is mended") if kept else ""
        remark = told or "；".join(self._changes(book, row))
        name = unit.name if unit is not None else str(row.unit)
        return [str(row.row), becomes, row.name, name, remark]

    def _changes(self, book: ReturnedBook, row: RowPlan) -> Iterator[str]:
        """Say what an update changes, and how entries were read that needed it."""
        before = dict(row.before)
        for name, cell in row.cells if row.kind is RowKind.UPDATE else ():
            field = book.form.by_id[name]
            yield self._say(
                "{item}: {before} → {after}",
                item=field.title,
                before=format_cell(field, before[name]) or self._say("(blank)"),
                after=format_cell(field, cell),
            )
        for repair in row.repairs:
            yield self._say(
                "{cell}: “{before}” read as “{after}”",
                cell=repair.address,
                before=repair.before,
                after=repair.after,
            )


def _hardest(fault: CellFault) -> bool:
    """Put what must be mended before what is only to be looked at."""
    return fault.level is not Level.ERROR
