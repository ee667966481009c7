"""The records of one form as a table that reads windows of rows, never all.

The model knows the ids of all records and the cells of those that were looked at. What
is not there yet is asked of the session and drawn when it arrives.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from desktop.app.entry import edits
from desktop.app.entry.listing import Listing
from desktop.app.entry.listing import listed
from desktop.app.entry.record_list import RecordList
from desktop.core.cells import Absent
from desktop.core.frozen import frozen
from desktop.forms.entry import format_cell
from desktop.forms.fields import Binding
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.ui.entry.columns import columns_of
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.row_changes import change_over
from desktop.ui.entry.row_changes import changeover
from desktop.ui.entry.row_windows import WINDOW
from desktop.ui.entry.row_windows import RowWindows
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence
    from concurrent.futures import Future

    from desktop.app.entry.listing import Listed
    from desktop.app.entry.reading import Row
    from desktop.app.events import FindingsChanged
    from desktop.app.events import RecordsChanged
    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.store.records import Order
    from desktop.store.records import Record
    from desktop.ui.entry.row_changes import Changeover
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
MARKED: Final = 1024
"""Records of which it is known which cells are marked; all are forgotten then."""
CELL_ROLE: Final = Role.UserRole + 1
"""A `CellLook`."""
_PLAIN: Final = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE: Final = _PLAIN | Qt.ItemFlag.ItemIsEditable


@frozen
class CellLook:
    """All a delegate needs to paint a cell."""

    text: str
    cell: Cell | None
    numeric: bool
    locked: bool
    hidden: bool
    findings: tuple[Finding, ...]


class RosterModel(QAbstractTableModel):
    """One form's records; rows are records, columns are fields."""

    listed = Signal()
    """The list of records is there, or is another one."""
    filled = Signal()
    """Records that were asked for have come."""

    def __init__(
        self,
        work: Workplace,
        form: str,
        parent: QObject | None,
        order: Order | None = None,
    ) -> None:
        """Show a form; its records are asked for at once."""
        super().__init__(parent)
        self.work = work
        self.form = work.form(form)
        self.fields: tuple[Field, ...] = columns_of(self.form)
        self.choices = {
            field.id: work.pack.choices(form, field.id) for field in self.fields
        }
        self.ids = RecordList()
        self.total = 0
        """How many records there are without any filter."""
        self.listing = Listing(order=order)
        """What of the form is asked for."""
        self._units = work.unit_by_code
        self._round = 0
        self._marked: dict[RecordId, tuple[Finding, ...]] = {}
        """What was found in records when they were painted; only that may go."""
        self._windows = RowWindows(work, form, self)
        self._windows.came.connect(self._came)
        bridge = work.bridge
        bridge.records_changed.connect(self._records_changed)
        bridge.findings_changed.connect(self._findings_changed)
        bridge.period_changed.connect(self.list_again)
        self.list_again()

    # --- What there is -----------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the records."""
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the fields."""
        return 0 if parent is not None and parent.isValid() else len(self.fields)

    def row_of(self, record: RecordId) -> int | None:
        """Give the row of a record."""
        return self.ids.row_of(record)

    def column_of(self, field: str) -> int | None:
        """Give the column of a field."""
        places = (n for n, one in enumerate(self.fields) if one.id == field)
        return next(places, None)

    def record_at(self, row: int) -> Record | None:
        """Give the record of a row if it has been read."""
        if not 0 <= row < len(self.ids):
            return None
        found = self._windows.of(self.ids[row])
        return None if found is None else found.record

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a cell holds."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role == CELL_ROLE:
            return self.look(index)
        row = self._windows.at(index.row())
        field = self.fields[index.column()]
        match role:
            case Role.DisplayRole | Role.EditRole:
                return None if row is None else self._text(field, row.record)
            case Role.TextAlignmentRole:
                return parts.RIGHT if is_numeric(field) else None
            case Role.ToolTipRole:
                texts = (each.text for each in self.findings_at(index))
                return "\n".join(texts) or None
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title columns with the field and its measure, rows with numbers."""
        if role == Role.DisplayRole and orientation == Qt.Orientation.Vertical:
            return section + 1
        if orientation == Qt.Orientation.Horizontal and section < len(self.fields):
            field = self.fields[section]
            if role == Role.DisplayRole:
                measure = f"（{field.measure}）" if field.measure else ""
                return f"{field.title}{measure}"
            if role == Role.ToolTipRole:
                return field.explanation or field.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be edited that are neither computed nor bound."""
        known = _EDITABLE if self.is_editable(index) else _PLAIN
        return known if index.isValid() else Qt.ItemFlag.NoItemFlags

    def is_editable(self, index: Index) -> bool:
        """Tell whether a cell takes an entry."""
        return not is_locked(self.fields[index.column()]) and self.work.writable

    def findings_at(self, index: Index) -> tuple[Finding, ...]:
        """Give the findings that mark a cell."""
        record = self.ids[index.row()]
        field = self.fields[index.column()].id
        found = self.work.bridge.board.of(self.form.id, record)
        return tuple(each for each in found if field in each.fields)

    # --- Changing ----------------------------------------------------------

    def change(self, index: Index, after: Cell) -> None:
        """Set one cell, saved and audited at once."""
        self.change_block([(index.row(), index.column(), after)])

    def change_block(self, cells: Iterable[tuple[int, int, Cell]]) -> int:
        """Set cells by row and column as one action; gives how many changed."""
        found = []
        for row, column, after in cells:
            record, field = self.record_at(row), self.fields[column]
            if record is None or is_locked(field):
                continue
            if not same_cell(record.cell(field.id), after):
                found.append((record, field, after))
        if len(found) == 1:
            self.send(edits.set_cell(*found[0]), found)
        elif found:
            self.send(edits.set_cells(found), found)
        return len(found)

    def send(
        self, action: Action, cells: Sequence[tuple[Record, Field, Cell]]
    ) -> Future[Answer]:
        """Send an action off, and show its cells without waiting for the disk.

        The next entry may come before the ledger has answered, and must start from
        this one. Whether it is saved is said by the header, not by the cell.
        """
        shown: dict[RecordId, Row] = {}
        for record, field, after in cells:
            row = shown.get(record.id) or self._windows.of(record.id)
            if row is not None:
                filled = {**row.record.cells, field.id: after}
                changed = replace(row.record, cells=filled)
                shown[record.id] = replace(row, record=changed)
        self._windows.show(tuple(shown.values()))
        self._repaint_records(shown, {field.id for _, field, _ in cells})

        def settled(answer: object) -> None:
            self._windows.settle(shown.keys())
            self.work.bridge.pass_on(answer)

        future = self.work.bridge.apply(action)
        self.work.bridge.when(future, self, settled, settled)
        return future

    # --- Which records, in what order ---------------------------------------

    def filter(self, text: str) -> None:
        """Keep the records whose name or unit has a text."""
        self.list_by(replace(self.listing, text=text.strip()))

    def list_by(self, listing: Listing) -> None:
        """Ask for other records of the form, or for another order."""
        self.listing = listing
        self.list_again()

    def list_again(self) -> None:
        """Ask for the list of records anew."""
        self._round += 1
        this, before, session = self._round, self.ids, self.work.session
        form, period, wanted = self.form, self.work.period, self.listing

        def work(ledger: Ledger) -> tuple[Listed, Changeover, list[Row]]:
            found = listed(ledger, form, period, wanted, session.board)
            first = self._windows.rows(ledger, found.records[:WINDOW])
            return found, changeover(before, found.records), first

        def arrived(found: tuple[Listed, Changeover, list[Row]]) -> None:
            if this == self._round:
                self._take_list(*found)

        self.work.bridge.ask(work, self, arrived)

    def _take_list(self, found: Listed, change: Changeover, first: list[Row]) -> None:
        self._marked.clear()
        self.total = found.total
        change_over(self, change)
        self._windows.forget()
        self.listed.emit()
        self._windows.take(first)

    def number(self, ids: RecordList) -> None:
        """Take a list of records; Qt is told by whoever calls."""
        self.ids = self._windows.ids = ids

    def arrange(self, fields: tuple[Field, ...]) -> None:
        """Put the columns in another order."""
        if fields != self.fields:
            self.beginResetModel()
            self.fields = fields
            self.endResetModel()

    def fetch(self, row: int) -> None:
        """Read the window of rows around a row, unless it is on its way."""
        self._windows.fetch(row)

    def _came(self, records: Sequence[RecordId]) -> None:
        self._repaint_records(records)
        self.filled.emit()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.form != self.form.id:
            return
        if known := self._windows.known(event.records):
            self._windows.read(known)
        if event.listed:
            self.list_again()

    def _findings_changed(self, event: FindingsChanged) -> None:
        if event.form != self.form.id or not self.ids:
            return
        if event.all_records:
            self._marked.clear()
            self._repaint(0, len(self.ids) - 1)
            return
        for record, now in event.findings.items():
            before = self._marked.pop(record, None)
            fields = None
            if before is not None:
                other = frozenset(before).symmetric_difference(now)
                fields = {name for each in other for name in each.fields}
            self._repaint_records((record,), fields)

    def _repaint_records(
        self, records: Iterable[RecordId], fields: Collection[str] | None = None
    ) -> None:
        """Say that records look different, or only some of their fields."""
        places = [self.ids.row_of(record) for record in records]
        there = [place for place in places if place is not None]
        columns = [
            place
            for place, field in enumerate(self.fields)
            if fields is None or field.id in fields
        ]
        if there and columns:
            self._repaint(min(there), max(there), columns[0], columns[-1])

    def _repaint(
        self, first: int, last: int, left: int = 0, right: int | None = None
    ) -> None:
        """Say that cells look different, from the first row to the last."""
        right = len(self.fields) - 1 if right is None else right
        there = self.createIndex(first, left), self.createIndex(last, right)
        self.dataChanged.emit(*there)

    def look(self, index: Index) -> CellLook:
        """Give all that is to be seen of a cell."""
        return self.looks(index.row(), (index.column(),))[0]

    def made_of(self, row: int) -> tuple[RecordId, Row | None, tuple[Finding, ...]]:
        """Give what a row shows, in values that are never changed, only replaced."""
        record = self.ids[row]
        found = self.work.bridge.board.of(self.form.id, record)
        if len(self._marked) >= MARKED:
            self._marked.clear()
        self._marked.setdefault(record, found)
        return record, self._windows.at(row), found

    def looks(self, row: int, columns: Iterable[int]) -> list[CellLook]:
        """Give all that is to be seen of some cells of a row."""
        _, there, found = self.made_of(row)
        return [self._look(there, self.fields[column], found) for column in columns]

    def _look(
        self, row: Row | None, field: Field, found: tuple[Finding, ...]
    ) -> CellLook:
        name = field.id
        return CellLook(
            text="" if row is None else self._text(field, row.record),
            cell=None if row is None else row.record.cell(name),
            numeric=is_numeric(field),
            locked=is_locked(field),
            hidden=row is not None and name in row.hidden,
            findings=found and tuple(each for each in found if name in each.fields),
        )

    def _text(self, field: Field, record: Record) -> str:
        cell = record.cell(field.id)
        if field.binds in (Binding.UNIT_CODE, Binding.UNIT_PARENT):
            unit = self._units.get(str(cell))
            return format_cell(field, cell) if unit is None else unit.name
        return format_cell(field, cell)


def is_numeric(field: Field) -> bool:
    """Tell whether a field holds numbers, which stand to the right."""
    return isinstance(field, IntegerField | DecimalField)


def same_cell(one: Cell, other: Cell) -> bool:
    """Tell whether two cells hold the same; 1 is not 是, and blank is not 0."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one is other
    return isinstance(one, bool) is isinstance(other, bool) and one == other
