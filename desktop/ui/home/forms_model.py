"""The forms of the period as a table: how far each is, and what is open in it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont

from desktop.core.findings import Level
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.audit.form_states import FormState
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
ROLE: Final = Qt.ItemDataRole
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What is told of a form."""

    FORM = 0
    STATE = 1
    RECORDS = 2
    ERRORS = 3
    WARNINGS = 4


class FormsModel(QAbstractTableModel):
    """One row a form, in the order of the pack."""

    def __init__(self, work: Workplace, parent: QObject | None = None) -> None:
        """List the forms; how far they are comes with `take`."""
        super().__init__(parent)
        self._work = work
        self._forms = tuple(form.id for form in work.pack.forms)
        self._states: dict[str, FormState] = {}
        say = work.say
        self._heads = (
            say("Form"),
            say("State"),
            say("Records"),
            labels.level(say, Level.ERROR),
            labels.level(say, Level.WARNING),
        )

    def take(self, states: Sequence[FormState]) -> None:
        """Show how far the forms are now."""
        self._states = {state.form: state for state in states}
        last = self.index(len(self._forms) - 1, len(Column) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def form_at(self, row: int) -> str:
        """Give the form of a row."""
        return self._forms[row]

    def row_of(self, form: str) -> int:
        """Give the row of a form."""
        return self._forms.index(form)

    def state_at(self, row: int) -> FormState | None:
        """Tell how far the form of a row is, as far as that is known."""
        return self._states.get(self._forms[row])

    # --- What Qt asks --------------------------------------------------------

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Count the forms."""
        return 0 if parent.isValid() else len(self._forms)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Count what is told of each."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = ROLE.DisplayRole,
    ) -> object:
        """Give a column's head."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == ROLE.DisplayRole:
            return self._heads[section]
        if role == ROLE.TextAlignmentRole:
            return parts.RIGHT if section >= Column.RECORDS else LEFT
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        """Give what a cell shows."""
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        match role:
            case ROLE.DisplayRole:
                return self._text(row, column)
            case ROLE.AccessibleTextRole | ROLE.ToolTipRole:
                return self._told(row)
            case ROLE.TextAlignmentRole if column >= Column.RECORDS:
                return parts.RIGHT
            case ROLE.ForegroundRole:
                return self._ink(row, column)
            case ROLE.DecorationRole if column is Column.STATE:
                tone = self._tone(row)
                return self._work.icons.toned(tone)
            case ROLE.FontRole if column is Column.FORM:
                font = QFont()
                font.setBold(self._forms[row] == self._work.desk.place.form)
                return font
            case _:
                return None

    def _text(self, row: int, column: Column) -> str:
        state, say = self.state_at(row), self._work.say
        if column is Column.FORM:
            return self._work.form(self._forms[row]).title
        if state is None:
            return "…"
        match column:
            case Column.STATE if state.nil and not state.records:
                return say("Nil return")
            case Column.STATE:
                return labels.state(say, state.progressed)
            case Column.RECORDS:
                return str(state.records)
            case _:
                return str(_open(state, column) or "")

    def _told(self, row: int) -> str:
        """Say a whole row, as a screen reader reads it."""
        parts = [self._text(row, Column.FORM), self._text(row, Column.STATE)]
        state, say = self.state_at(row), self._work.say
        if state is not None:
            parts.append(say("{count} records", count=state.records))
            if state.errors:
                parts.append(say("{count} errors", count=state.errors))
            if state.unexplained:
                parts.append(say("{count} to explain", count=state.unexplained))
        return "，".join(parts)

    def _ink(self, row: int, column: Column) -> QColor | None:
        colours = self._work.look.colours
        match column:
            case Column.STATE:
                return QColor(self._tone(row).ink)
            case Column.ERRORS:
                return QColor(colours.error.ink)
            case Column.WARNINGS:
                return QColor(colours.warning.ink)
            case Column.RECORDS:
                return QColor(colours.muted)
            case _:
                return None

    def _tone(self, row: int) -> Tone:
        state = self.state_at(row)
        return self._work.look.colours.of_state(state.progressed if state else None)


def _open(state: FormState, column: Column) -> int:
    return state.errors if column is Column.ERRORS else state.unexplained
