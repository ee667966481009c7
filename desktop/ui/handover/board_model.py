"""上报率 as a grid: a line a unit, a column a form; a sign says what a colour says."""

from __future__ import annotations

from enum import Enum
from enum import IntEnum
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.app.commands import mark
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_reminder import wants
from desktop.app.handover.board.board_words import form_words
from desktop.app.handover.board.board_words import moment
from desktop.app.handover.board.board_words import rate
from desktop.app.handover.board.board_words import sign_of
from desktop.app.handover.board.board_words import state_words
from desktop.app.handover.board.board_words import timely_words
from desktop.app.handover.board.lateness import Timely
from desktop.ui.look import parts
from desktop.ui.look import tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import FormCell
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.ui.look.colours import Colours
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
ROLE: Final = Qt.ItemDataRole
MIDDLE: Final = Qt.AlignmentFlag.AlignCenter
HEAD_LETTERS: Final = 6
"""Letters of a form's title on a line of its column's head."""


class Column(IntEnum):
    """What is told of a unit before its forms."""

    UNIT = 0
    STATE = 1
    TIMELY = 2
    RECEIVED = 3
    SCORE = 4


FIRST_FORM: Final = len(Column)


class Only(Enum):
    """Which units are shown."""

    ALL = "all"
    MISSING = "missing"
    RETURNED = "returned"
    OTHERS = "others"
    LACKING = "lacking"
    EXCUSED = "excused"


ONLY: Final[Mapping[Only, str]] = {
    Only.ALL: mark("All units"),
    Only.MISSING: mark("Missing or late"),
    Only.RETURNED: mark("Sent back"),
    Only.OTHERS: mark("On their behalf"),
    Only.LACKING: mark("With forms missing"),
    Only.EXCUSED: mark("Excused"),
}


class BoardModel(QAbstractTableModel):
    """Shows a board, or those of its lines the person wants to see."""

    def __init__(self, work: Workplace, parent: QObject | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self._work = work
        self.told: ScoredBoard | None = None
        self.lines: tuple[Line, ...] = ()
        self.only = Only.ALL

    def take(self, told: ScoredBoard, only: Only) -> None:
        """Show another board, or other lines of it."""
        self.beginResetModel()
        self.told, self.only = told, only
        shown = _shown(told.board)[only]
        self.lines = tuple(filter(shown, told.board.lines))
        self.endResetModel()

    def row_of(self, unit: str) -> int:
        """Give the row of a unit; -1 where it is not shown."""
        codes = [str(line.unit.code) for line in self.lines]
        return codes.index(unit) if unit in codes else -1

    # --- What Qt asks --------------------------------------------------------

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Count the units."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Count what is told of each, and the forms."""
        if parent.isValid() or self.told is None:
            return 0
        return FIRST_FORM + len(self.told.board.forms)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = ROLE.DisplayRole,
    ) -> object:
        """Give a column's head: of a form, its title and how it is covered."""
        horizontal = orientation is Qt.Orientation.Horizontal
        if not horizontal or not 0 <= section < self.columnCount():
            return None
        match role:
            case ROLE.DisplayRole:
                return self._head(section)
            case ROLE.ToolTipRole | ROLE.AccessibleTextRole:
                return self._head_told(section)
            case ROLE.TextAlignmentRole:
                return _stands(section)
            case _:
                return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        """Give what a cell shows."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        match role:
            case ROLE.DisplayRole:
                return self._text(line, column)
            case ROLE.AccessibleTextRole | ROLE.ToolTipRole:
                return self._spoken(line, column)
            case ROLE.TextAlignmentRole:
                return _stands(column)
            case ROLE.ForegroundRole:
                return self._ink(line, column)
            case ROLE.DecorationRole if column == Column.STATE:
                return self._work.icons.toned(self._tone(line))
            case _:
                return None

    # --- Heads ---------------------------------------------------------------

    def _head(self, section: int) -> str:
        say = self._work.say
        heads = (
            say("Unit"),
            say("State"),
            say("Timeliness"),
            say("Received here"),
            say("Score"),
        )
        if section < FIRST_FORM or self.told is None:
            return heads[section]
        each = self.told.board.coverage[section - FIRST_FORM]
        title = _short(each.form.title)
        return f"{title}\n{each.answered}/{each.expected}"

    def _head_told(self, section: int) -> str:
        if section < FIRST_FORM or self.told is None:
            return self._head(section)
        each = self.told.board.coverage[section - FIRST_FORM]
        return self._work.say(
            "{form}: {answered} of {expected} units ({rate}), {nil} nil returns",
            form=each.form.title,
            answered=each.answered,
            expected=each.expected,
            rate=rate(each.answered, each.expected),
            nil=each.nil,
        )

    # --- Cells ---------------------------------------------------------------

    def _text(self, line: Line, column: int) -> str:
        say = self._work.say
        match column:
            case Column.UNIT:
                return line.name
            case Column.STATE:
                return state_words(line, say)
            case Column.TIMELY:
                return timely_words(line, say)
            case Column.RECEIVED:
                return "" if line.first is None else moment(line.first.at)
            case Column.SCORE:
                return self._score(line)
            case _:
                cell = line.cells[column - FIRST_FORM]
                return sign_of(cell) if line.asked else ""

    def _score(self, line: Line) -> str:
        score = self.told.scores.get(line.unit.code) if self.told else None
        return "" if score is None or score.total is None else str(score.total)

    def _spoken(self, line: Line, column: int) -> str:
        """Say a cell with the unit it belongs to, as a screen reader reads it."""
        if column < FIRST_FORM or self.told is None or not line.asked:
            head = self._head(min(column, FIRST_FORM - 1))
            return f"{line.name}，{head}：{self._text(line, column)}"
        form = self.told.board.forms[column - FIRST_FORM]
        cell = line.cells[column - FIRST_FORM]
        return f"{line.name}，{form.title}：{form_words(cell, self._work.say)}"

    def _ink(self, line: Line, column: int) -> QColor:
        colours = self._work.look.colours
        if not line.asked:
            return QColor(colours.muted)
        if column == Column.STATE:
            return QColor(self._tone(line).ink)
        if column == Column.TIMELY:
            return QColor(_timely(line.timely, colours))
        if column >= FIRST_FORM:
            return QColor(_of_form(line.cells[column - FIRST_FORM], line, colours))
        return QColor(colours.ink)

    def _tone(self, line: Line) -> Tone:
        colours = self._work.look.colours
        if not line.asked:
            return colours.quiet
        match line.came:
            case Came.ACCEPTED:
                return colours.good
            case Came.RECEIVED | Came.TYPED:
                return colours.info
            case Came.RETURNED | Came.BELOW:
                return colours.warning
            case Came.NOTHING if line.timely is Timely.MISSING:
                return colours.error
            case _:
                return colours.quiet


def _timely(timely: Timely, colours: Colours) -> str:
    match timely:
        case Timely.ON_TIME:
            return colours.good.ink
        case Timely.LATE:
            return colours.warning.ink
        case Timely.MISSING:
            return colours.error.ink
        case _:
            return colours.muted


def _of_form(cell: FormCell, line: Line, colours: Colours) -> str:
    match cell.state:
        case FormState.RECORDS:
            return colours.ink
        case FormState.NIL | FormState.TOTALS:
            return colours.info.ink
        case FormState.NOTHING if line.timely is not Timely.MISSING:
            return colours.muted
        case _:
            return colours.error.ink


def _short(title: str) -> str:
    """Write a title on two lines at most, so that columns stay narrow."""
    first, rest = title[:HEAD_LETTERS], title[HEAD_LETTERS:]
    if len(rest) > HEAD_LETTERS:
        rest = f"{rest[: HEAD_LETTERS - 1]}…"
    return f"{first}\n{rest}"


def _shown(board: Board) -> Mapping[Only, Callable[[Line], bool]]:
    return {
        Only.ALL: lambda _: True,
        Only.MISSING: lambda line: (
            line.asked and (line.waiting or line.timely is Timely.LATE)
        ),
        Only.RETURNED: lambda line: line.came is Came.RETURNED,
        Only.OTHERS: lambda line: line.asked and line.for_it,
        Only.LACKING: lambda line: wants(board, line),
        Only.EXCUSED: lambda line: not line.asked,
    }


def _stands(column: int) -> Qt.AlignmentFlag:
    """Tell how a column stands: words left, scores right, signs in the middle."""
    if column >= FIRST_FORM:
        return MIDDLE
    return parts.RIGHT if column == Column.SCORE else tables.LEFT
