"""Indicators of several packs side by side, as a table: a row each, a column a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont

from desktop.export.building.figure_words import quantity
from desktop.export.wording import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.figures.comparing import Cell
    from desktop.app.figures.comparing import Comparison
    from desktop.app.figures.comparing import Row
    from desktop.core.words import Words
    from desktop.ui.look.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TITLE: Final = 0


class BesideModel(QAbstractTableModel):
    """The indicator's title, a column a pack, and in what they differ."""

    def __init__(
        self, say: Words, look: Appearance, parent: QObject | None = None
    ) -> None:
        """Begin without a comparison."""
        super().__init__(parent)
        self._say, self._look = say, look
        self._found: Comparison | None = None
        self._differing = False
        self.rows: tuple[Row, ...] = ()

    def take(self, found: Comparison | None) -> None:
        """Show another comparison."""
        self._found = found
        self._choose()

    def show_differing(self, *, only: bool) -> None:
        """Show only the rows in which packs differ, or all."""
        self._differing = only
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        rows = self._found.rows if self._found is not None else ()
        self.rows = tuple(row for row in rows if row.differences or not self._differing)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        if self._found is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._found.packs) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title the columns."""
        wanted = role in (Role.DisplayRole, Role.ToolTipRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not self._found:
            return None
        titles = [pack.title for pack in self._found.packs]
        heads = (self._say("Indicator"), *titles, self._say("Differs in"))
        return heads[section] if section < len(heads) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a cell holds."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return self._text(row, index.column())
            case Role.BackgroundRole if row.meant_differently:
                return QColor(self._look.colours.warning.tint)
            case Role.ForegroundRole if row.meant_differently and self._last(index):
                return QColor(self._look.colours.warning.ink)
            case Role.FontRole if index.column() == TITLE or self._last(index):
                font = QFont()
                font.setBold(True)
                return font
            case _:
                return None

    def _last(self, index: Index) -> bool:
        return index.column() == self.columnCount() - 1

    def _text(self, row: Row, column: int) -> str:
        if column == TITLE:
            return row.title
        if column > len(row.cells):
            return self._differences(row)
        cell = row.cells[column - 1]
        return "—" if cell is None else "\n".join(self._said(row, cell))

    def _differences(self, row: Row) -> str:
        named = "、".join(DIFFERENCES[each] for each in row.differences)
        if row.meant_differently:
            return self._say("Another meaning: {named}", named=named)
        return named

    def _said(self, row: Row, cell: Cell) -> Iterator[str]:
        if cell.lacking:
            yield from (self._say.message(each) for each in cell.lacking)
        else:
            yield from self._figure(cell)
        if cell.indicator.title != row.title:
            yield f"“{cell.indicator.title}”"

    def _figure(self, cell: Cell) -> Iterator[str]:
        shown = cell.figure.shown if cell.figure is not None else None
        value = "—" if shown is None else quantity(shown, cell.indicator.measure)
        yield f"{value}　{cell.line.status}"
        wanted = cell.line.target
        said = wanted and self._say("Target: {target}", target=wanted)
        yield from filter(None, (said or cell.line.baseline,))

    def formulas(self, place: int) -> tuple[tuple[str, str], ...]:
        """Give title and formula in words of each pack that has the indicator."""
        if self._found is None or not 0 <= place < len(self.rows):
            return ()
        return tuple(
            (pack.title, cell.line.formula)
            for pack, cell in zip(
                self._found.packs, self.rows[place].cells, strict=True
            )
            if cell is not None
        )
