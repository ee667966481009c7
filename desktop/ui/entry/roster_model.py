"""The records of one form as a table that reads windows of rows, never all.

The model knows the ids of all records and the cells of those that were looked at. What
is not there yet is asked of the session and drawn when it arrives.
"""

from __future__ import annotations

from collections import Counter
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from desktop.app import edits
from desktop.app import reading
from desktop.app.background import Task
from desktop.app.reading import Row
from desktop.core.cells import Absent
from desktop.core.frozen import frozen
from desktop.forms.entry import format_cell
from desktop.forms.fields import Binding
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.ui.afterwards import afterwards
from desktop.ui.entry.columns import columns_of
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.row_changes import replace_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.app.events import FindingsChanged
    from desktop.app.events import RecordsChanged
    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

WINDOW: Final = 64
"""Rows read at once."""
KEPT: Final = 2048
"""Rows kept; the ones looked at longest ago go first."""

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CELL_ROLE: Final = Role.UserRole + 1
"""A `CellLook`."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
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

    def __init__(self, work: Workplace, form: str, parent: QObject | None) -> None:
        """Show a form; the ids are asked for at once."""
        super().__init__(parent)
        self.work = work
        self.form = work.form(form)
        self.fields: tuple[Field, ...] = columns_of(self.form)
        self.choices = {
            field.id: work.pack.choices(form, field.id) for field in self.fields
        }
        self.ids: tuple[RecordId, ...] = ()
        self._units = work.unit_by_code
        self._contains = ""
        self._row_of: dict[RecordId, int] = {}
        self._rows: OrderedDict[RecordId, Row] = OrderedDict()
        self._asked: set[int] = set()
        self._pending: Counter[RecordId] = Counter()
        """Actions on their way, by record: what is read meanwhile is old."""
        self._round = 0
        self._preparing = False
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
        return self._row_of.get(record)

    def column_of(self, field: str) -> int | None:
        """Give the column of a field."""
        places = (n for n, one in enumerate(self.fields) if one.id == field)
        return next(places, None)

    def record_at(self, row: int) -> Record | None:
        """Give the record of a row if it has been read."""
        if not 0 <= row < len(self.ids):
            return None
        found = self._rows.get(self.ids[row])
        return None if found is None else found.record

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a cell holds."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role == CELL_ROLE:
            return self.look(index)
        row = self._look_up(index.row())
        field = self.fields[index.column()]
        match role:
            case Role.DisplayRole | Role.EditRole:
                return None if row is None else self._text(field, row.record)
            case Role.TextAlignmentRole:
                return _RIGHT if is_numeric(field) else None
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
            self._apply(edits.set_cell(*found[0]), found)
        elif found:
            self._apply(edits.set_cells(found), found)
        return len(found)

    def _apply(
        self, action: Action, cells: Sequence[tuple[Record, Field, Cell]]
    ) -> None:
        """Send an action off, and show its cells without waiting for the disk.

        The next entry may come before the ledger has answered, and must start from
        this one. Whether it is saved is said by the header, not by the cell.
        """
        touched = {record.id for record, _, _ in cells}
        for record, field, after in cells:
            row = self._rows[record.id]
            filled = {**row.record.cells, field.id: after}
            shown = replace(row.record, cells=filled)
            self._rows[record.id] = replace(row, record=shown)
        self._pending.update(touched)
        self._repaint([self._row_of[record] for record in touched])

        def settled(answer: object) -> None:
            self._pending.subtract(touched)
            self._read([one for one in touched if one in self._row_of])
            self.work.bridge.pass_on(answer)

        future = self.work.session.apply(action)
        self.work.bridge.when(future, self, settled, settled)

    def filter(self, text: str) -> None:
        """Keep the records whose name or unit has a text."""
        self._contains = text.strip()
        self.list_again()

    # --- Reading -----------------------------------------------------------

    def list_again(self) -> None:
        """Ask for the list of records anew."""
        self._round += 1
        this, period = self._round, self.work.period
        form, contains = self.form, self._contains

        def work(ledger: Ledger) -> tuple[tuple[RecordId, ...], list[Row]]:
            ids = reading.matching(ledger, form, period, contains)
            return ids, self._read_rows(ledger, ids[:WINDOW])

        def arrived(found: tuple[tuple[RecordId, ...], list[Row]]) -> None:
            if this == self._round:
                self._take_list(*found)

        self.work.bridge.ask(work, self, arrived)

    def _take_list(self, ids: tuple[RecordId, ...], first: list[Row]) -> None:
        replace_rows(self, ids)
        self._rows = OrderedDict(
            (record, row)
            for record, row in self._rows.items()
            if record in self._row_of
        )
        self._asked.clear()
        self.listed.emit()
        self._take_rows(first)

    def number(self, ids: tuple[RecordId, ...]) -> None:
        """Take a list of records; Qt is told by whoever calls."""
        self.ids = ids
        self._row_of = {record: row for row, record in enumerate(ids)}

    def fetch(self, row: int) -> None:
        """Read the window of rows around a row, unless it is on its way."""
        window = row // WINDOW
        if window in self._asked:
            return
        self._asked.add(window)
        self._read(self.ids[window * WINDOW : (window + 1) * WINDOW], window)

    def _read(self, ids: Sequence[RecordId], window: int | None = None) -> None:
        def work(ledger: Ledger) -> list[Row]:
            return self._read_rows(ledger, ids)

        def settled() -> None:
            if window is not None:
                self._asked.discard(window)

        def failed(error: BaseException) -> None:
            settled()
            self.work.bridge.courier.give_up(error)

        def arrived(rows: list[Row]) -> None:
            settled()
            self._take_rows(rows)

        self.work.bridge.ask(work, self, arrived, failed)

    def _read_rows(self, ledger: Ledger, ids: Sequence[RecordId]) -> list[Row]:
        """Read records on the ledger's thread, and what is hidden if that is known."""
        form, visibility = self.form.id, self.work.bridge.visibility
        ready = visibility.is_ready(form)
        hidden = visibility.hidden(ledger, form, ids) if ready else {}
        return [
            Row(row, hidden.get(row.id, frozenset())) for row in ledger.rows(form, ids)
        ]

    def _prepare(self) -> None:
        """Compile what hides fields; the first rows do not wait for it. Look again."""
        form, visibility = self.form.id, self.work.bridge.visibility

        def ready(_: object) -> None:
            self._preparing = False
            self._read(tuple(self._rows))

        task = Task(lambda _: visibility.prepare(form))
        self.work.bridge.when(task.result, self, ready)

    def _take_rows(self, rows: list[Row]) -> None:
        there = []
        for row in rows:
            place = self._row_of.get(row.record.id)
            if place is not None and self._pending[row.record.id] <= 0:
                self._rows[row.record.id] = row
                self._rows.move_to_end(row.record.id)
                there.append(place)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        self._repaint(there)
        self.filled.emit()
        visibility = self.work.bridge.visibility
        if not self._preparing and not visibility.is_ready(self.form.id):
            self._preparing = True
            afterwards(self, self._prepare)

    def _look_up(self, row: int) -> Row | None:
        found = self._rows.get(self.ids[row])
        if found is None:
            self.fetch(row)
        return found

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.form != self.form.id:
            return
        touched = self._rows.keys() if event.records is None else event.records
        if known := [record for record in touched if record in self._rows]:
            self._read(known)
        if event.listed:
            self.list_again()

    def _findings_changed(self, event: FindingsChanged) -> None:
        if event.form == self.form.id and self.ids:
            there = [self._row_of[r] for r in event.findings if r in self._row_of]
            self._repaint(range(len(self.ids)) if event.all_records else there)

    def _repaint(self, rows: Sequence[int]) -> None:
        if rows:
            first, last = self.index(min(rows), 0), max(rows)
            self.dataChanged.emit(first, self.index(last, len(self.fields) - 1))

    def look(self, index: Index) -> CellLook:
        """Give all that is to be seen of a cell."""
        row, field = self._look_up(index.row()), self.fields[index.column()]
        return CellLook(
            text="" if row is None else self._text(field, row.record),
            cell=None if row is None else row.record.cell(field.id),
            numeric=is_numeric(field),
            locked=is_locked(field),
            hidden=row is not None and field.id in row.hidden,
            findings=self.findings_at(index),
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
