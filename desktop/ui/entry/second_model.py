"""The table of second entries: what was entered first is not in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from desktop.app.entry.double_entry import Standing
from desktop.app.entry.reading import name_of
from desktop.core.messages import Message
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.entry.double_entry import SecondCell
    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_PLAIN: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class SecondModel(QAbstractTableModel):
    """Rows are records; the first column names them, the others take entries."""

    keyed = Signal(object, object)
    """A `SecondCell` as it was, and what has been keyed for it."""
    refused = Signal(object)
    """What was typed cannot be read; the message says why."""

    def __init__(self, work: Workplace, form: Form, parent: QObject) -> None:
        """Begin without records."""
        super().__init__(parent)
        self._work, self._form = work, form
        self.fields: tuple[Field, ...] = ()
        self._rows: list[list[SecondCell]] = []
        self._units: dict[str, str] = {}

    def show_cells(
        self, fields: tuple[Field, ...], cells: tuple[SecondCell, ...]
    ) -> None:
        """Show the cells of these fields, record by record."""
        self.beginResetModel()
        self.fields = fields
        width = len(fields)
        self._rows = [
            list(cells[at : at + width]) for at in range(0, len(cells), width or 1)
        ]
        self._units = {
            code: each.name for code, each in self._work.unit_by_code.items()
        }
        self.endResetModel()

    @property
    def cells(self) -> Iterator[SecondCell]:
        """Give all cells, record by record."""
        return chain.from_iterable(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the records."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the fields and the name before them."""
        inside = parent is not None and parent.isValid()
        return 0 if inside else len(self.fields) + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Name the record, or show what was keyed the second time."""
        if not index.isValid():
            return None
        if index.column() == 0:
            return self._name(index.row()) if role == Role.DisplayRole else None
        cell = self.cell(index)
        if role in (Role.DisplayRole, Role.EditRole):
            waits = cell.standing is Standing.WAITING
            return "" if waits else format_cell(cell.field, cell.second)
        return parts.RIGHT if role == Role.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title the columns with the fields, the rows with numbers."""
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        if section == 0:
            return self._form.title
        field = self.fields[section - 1]
        return f"{field.title}（{field.measure}）" if field.measure else field.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let all but the name be keyed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        takes = index.column() > 0 and self._work.writable
        return _PLAIN | Qt.ItemFlag.ItemIsEditable if takes else _PLAIN

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was keyed, or say why it cannot be read."""
        if role != Role.EditRole or not index.isValid() or index.column() == 0:
            return False
        cell = self.cell(index)
        choices = self._work.pack.choices(self._form.id, cell.field.id)
        found: Cell | Message = parse_entry(cell.field, str(value), choices)
        if isinstance(found, Message):
            self.refused.emit(found)
            return False
        text = format_cell(cell.field, found)
        now = replace(cell, text=text, second=found)
        self._rows[index.row()][index.column() - 1] = now
        self.dataChanged.emit(index, index)
        self.keyed.emit(cell, found)
        return True

    def cell(self, index: Index) -> SecondCell:
        """Give the cell of an index beside the name."""
        return self._rows[index.row()][index.column() - 1]

    def _name(self, row: int) -> str:
        return name_of(self._form, self._rows[row][0].record, self._units)
