"""The lists of 收表 as models: files, lines, edited cells, and sides to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor

from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from desktop.app.handover.receiving.edited import EditedCell
    from desktop.app.handover.receiving.merge_words import ConflictLine
    from desktop.app.handover.receiving.merge_words import SideLine
    from desktop.app.verify.words import Found
    from desktop.core.words import Words
    from desktop.exchange.merge import Contention

    Index = QModelIndex | QPersistentModelIndex

ROOT: Final = QModelIndex()
_ALIGNMENT: Final = Qt.ItemDataRole.TextAlignmentRole
_DISPLAY: Final = Qt.ItemDataRole.DisplayRole
_TIP: Final = Qt.ItemDataRole.ToolTipRole
_INK: Final = Qt.ItemDataRole.ForegroundRole
_CHECK: Final = Qt.ItemDataRole.CheckStateRole
_READ: Final = Qt.ItemDataRole.AccessibleTextRole
PICKED: Final = "◉"
FREE: Final = "○"


class LinesModel(QAbstractTableModel):
    """Lines of texts, each with an ink if it has one."""

    def __init__(
        self, heads: Sequence[str], parent: QObject, numbers: Container[int] = ()
    ) -> None:
        """Take the heads, and which columns hold numbers; there are no lines yet."""
        super().__init__(parent)
        self._numbers = numbers
        self._heads = tuple(heads)
        self.rows: Sequence[tuple[str, ...]] = ()
        self._inks: Sequence[str] = ()

    def show_rows(
        self, rows: Sequence[tuple[str, ...]], inks: Sequence[str] = ()
    ) -> None:
        """Show other lines."""
        if len(rows) == len(self.rows):
            # The line before the person stays where it is.
            self.rows, self._inks = rows, inks
            last = self.index(len(rows) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows, self._inks = rows, inks
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> Any:  # noqa: ANN401 - Qt's own
        """Give a head; it stands as what is below it."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == _DISPLAY:
            return self._heads[section]
        numbers = role == _ALIGNMENT and section in self._numbers
        return parts.RIGHT if numbers else None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - Qt's own
        """Give a text, or its ink."""
        if role in (_DISPLAY, _TIP):
            return self.rows[index.row()][index.column()]
        if role == _INK and self._inks and self._inks[index.row()]:
            return QColor(self._inks[index.row()])
        if role == _ALIGNMENT and index.column() in self._numbers:
            return parts.RIGHT
        return None


class EditsModel(LinesModel):
    """Cells that were changed outside; what can be taken over has a box to tick."""

    ticked = Signal()

    def __init__(self, say: Words, parent: QObject) -> None:
        """Show nothing yet."""
        heads = (
            say("Accept"),
            say("Cell"),
            say("Record"),
            say("Item"),
            say("As written"),
            say("Now in the file"),
            say("Remark"),
        )
        super().__init__(heads, parent)
        self._say = say
        self._cells: tuple[EditedCell, ...] = ()
        self.chosen: frozenset[str] = frozenset()

    def show_edits(
        self, edits: Sequence[tuple[EditedCell, Found]], chosen: frozenset[str]
    ) -> None:
        """Show the cells of a file."""
        self._cells = tuple(cell for cell, _ in edits)
        self.chosen = chosen
        self.show_rows([self._row(cell, found) for cell, found in edits])

    def _row(self, cell: EditedCell, found: Found) -> tuple[str, ...]:
        say = self._say
        repairs = (f"{one.before} → {one.after}" for one in cell.repairs)
        said = say("read as {repairs}", repairs="；".join(repairs))
        remark = said if cell.repairs else ""
        if cell.why is not None:
            remark = say.message(cell.why)
        was, now = found.was or say("blank"), found.now or say("blank")
        return ("", found.where, found.record, found.field, was, now, remark)

    @property
    def acceptable(self) -> frozenset[str]:
        """The cells that can be taken over."""
        return frozenset(cell.id for cell in self._cells if cell.why is None)

    def choose(self, chosen: frozenset[str]) -> None:
        """Take over these cells, and no others."""
        self.chosen = chosen & self.acceptable
        if self._cells:
            last = self.index(len(self._cells) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticked.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a cell be ticked that can be taken over."""
        flags = super().flags(index)
        if index.column() == 0 and self._cells[index.row()].why is None:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - Qt's own
        """Give a text, or whether the box is ticked."""
        cell = self._cells[index.row()]
        if index.column() == 0 and cell.why is None:
            ticked = cell.id in self.chosen
            if role == _CHECK:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            if role == _READ:
                return (
                    self._say("taken over") if ticked else self._say("not taken over")
                )
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = _CHECK) -> bool:
        """Tick a box, or untick it."""
        if role != _CHECK or index.column() != 0:
            return False
        id_ = self._cells[index.row()].id
        checked = Qt.CheckState(value) is Qt.CheckState.Checked
        self.choose(self.chosen | {id_} if checked else self.chosen - {id_})
        return True


class ConflictsModel(LinesModel):
    """Places where sides differ, the sides side by side; one of them is picked."""

    picked = Signal()
    FIRST: Final = 3
    """The column of the first side."""

    def __init__(self, say: Words, parent: QObject) -> None:
        """Show nothing yet."""
        super().__init__((), parent)
        self._say = say
        self._lines: tuple[ConflictLine, ...] = ()
        self.choices: dict[Contention, str] = {}

    def show_conflicts(
        self, lines: Sequence[ConflictLine], choices: dict[Contention, str]
    ) -> None:
        """Show the places of a file, with what was chosen."""
        self.beginResetModel()
        # What stands here comes first.
        self._lines = tuple(
            replace(one, sides=tuple(sorted(one.sides, key=_arriving))) for one in lines
        )
        self.choices = choices
        say, most = self._say, max((len(one.sides) for one in lines), default=0)
        sides = [say("Here"), *[say("Arriving")] * max(most - 1, 0)]
        own = all(one.sides[0].ours and not one.sides[-1].ours for one in self._lines)
        if not own:
            sides = [say("Side {number}", number=at + 1) for at in range(most)]
        self._heads = (say("Record"), say("Item"), say("Before"), *sides)
        self.rows = [self._row(one, most) for one in self._lines]
        self._inks = ()
        self.endResetModel()

    def _row(self, line: ConflictLine, most: int) -> tuple[str, ...]:
        place = line.place
        sides = []
        for side in line.sides:
            picked = self.choices.get(line.contention) == side.text
            who = " ".join(filter(None, (side.who, side.at)))
            sides.append(f"{PICKED if picked else FREE} {side.value}\n{who}")
        more = [""] * (most - len(sides))
        return (place.record, place.slot, line.before, *sides, *more)

    @property
    def undecided(self) -> int:
        """How many places nobody has chosen for."""
        return sum(one.contention not in self.choices for one in self._lines)

    def pick(self, index: Index) -> None:
        """Choose the side of a cell."""
        line, at = self._lines[index.row()], index.column() - self.FIRST
        if 0 <= at < len(line.sides):
            self._choose({line.contention: line.sides[at].text})

    def pick_all(self, *, ours: bool) -> None:
        """Choose one side everywhere, where it is one text."""
        found = {}
        for line in self._lines:
            texts = {side.text for side in line.sides if side.ours is ours}
            if len(texts) == 1:
                found[line.contention] = texts.pop()
        self._choose(found)

    def _choose(self, found: dict[Contention, str]) -> None:
        self.choices = {**self.choices, **found}
        most = max((len(one.sides) for one in self._lines), default=0)
        self.show_rows([self._row(one, most) for one in self._lines])
        self.picked.emit()


def _arriving(side: SideLine) -> bool:
    return not side.ours
