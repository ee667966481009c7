"""Figures by unit as a table: one line a unit, what it is made of a step below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.export.wording import number
from desktop.indicators.rolled import RowKind
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.unit import Unit
    from desktop.core.words import Words
    from desktop.export.building.rollup import RolledLine
    from desktop.export.building.rollup import RolledSheet

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A line: its texts, the first of them a name, and what it leads to.

    `own` are the records the unit keeps by itself; `total` stands for the whole.
    """

    unit: str
    texts: tuple[str, ...]
    hint: str = ""
    own: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class LevelTable:
    """All that is shown for a unit; `heads` are the columns' titles.

    `words` are the columns that hold no numbers.
    """

    heads: tuple[str, ...]
    lines: tuple[LevelLine, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[int, ...] = (0,)


class LevelsModel(QAbstractTableModel):
    """Shows a `LevelTable`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self.table = LevelTable(())

    def show_table(self, table: LevelTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines."""
        below = parent is not None and parent.isValid()
        return 0 if below else len(self.table.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        below = parent is not None and parent.isValid()
        return 0 if below else len(self.table.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title the columns."""
        heads = self.table.heads
        if orientation != Qt.Orientation.Horizontal or section >= len(heads):
            return None
        match role:
            case Role.DisplayRole:
                return heads[section]
            case Role.TextAlignmentRole if section not in self.table.words:
                return parts.RIGHT
            case _:
                return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a cell holds."""
        if not index.isValid():
            return None
        line = self.table.lines[index.row()]
        match role:
            case Role.DisplayRole:
                return line.texts[index.column()]
            case Role.ToolTipRole:
                return line.hint or None
            case Role.FontRole if line.total:
                font = QFont()
                font.setBold(True)
                return font
            case Role.TextAlignmentRole if index.column() not in self.table.words:
                return parts.RIGHT
            case _:
                return None


def form_table(say: Words, sheet: RolledSheet, notes: tuple[str, ...]) -> LevelTable:
    """Put a form's roll-up into a table, the total at its foot."""
    heads = [say("Unit"), say("Records")]
    if sheet.counts_some:
        heads.append(say("Counted"))
    for column in sheet.columns:
        measure = column.printed.measure
        heads.append(f"{column.title}\n（{measure}）" if measure else column.title)
    total, *others = (_line(say, sheet, line) for line in sheet.lines)
    return LevelTable(tuple(heads), (*others, total), notes)


def _line(say: Words, sheet: RolledSheet, line: RolledLine) -> LevelLine:
    row = line.row
    return LevelLine(
        unit=row.unit.code,
        texts=(line.label, *_texts(sheet, line)),
        hint=_hint(say, sheet, line),
        own=row.kind is RowKind.OWN,
        total=row.kind is RowKind.TOTAL,
    )


def _texts(sheet: RolledSheet, line: RolledLine) -> Iterator[str]:
    figures = line.row.figures
    begun = figures.started
    yield str(figures.records) if begun else ""
    if sheet.counts_some:
        yield str(figures.counted) if begun else ""
    for column, value in zip(sheet.columns, line.cells, strict=True):
        yield "" if value is None else number(value, column.digits)


def _hint(say: Words, sheet: RolledSheet, line: RolledLine) -> str:
    """Say what a line rests on, where that is not everything."""
    if not line.row.figures.started:
        return say("Not begun")
    named = [
        f"{column.title} {total.blank}"
        for column, total in zip(sheet.columns, line.row.figures.totals, strict=True)
        if total.blank
    ]
    if not named:
        return ""
    return say(
        "Records without a number, not taken as 0: {named}", named="、".join(named)
    )


def path_to(units: tuple[Unit, ...], code: str) -> tuple[Unit, ...]:
    """Give the units from the ledger's first down to one."""
    by_code = {unit.code: unit for unit in units}
    found: list[Unit] = []
    now = next((unit for unit in units if unit.code == code), None)
    while now is not None:
        found.append(now)
        now = by_code.get(now.parent) if now.parent is not None else None
    return tuple(reversed(found))
