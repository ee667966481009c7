"""The indicators as a table: value, target, standing, gap, and a bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.core.cells import Absent
from desktop.export.building.figures import indicator_line
from desktop.export.wording import number
from desktop.forms.entry import NOT_APPLICABLE
from desktop.indicators.figures import Status
from desktop.ui.look import labels
from desktop.ui.look import parts
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.words import Words
    from desktop.export.report import IndicatorLine
    from desktop.forms.base import Domain
    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure
    from desktop.ui.indicators.bar_pictures import BarPictures
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE: Final = Role.UserRole + 1
STATUS, TITLE, VALUE, TARGET, GAP, BAR = range(6)
COLUMNS: Final = (STATUS, TITLE, VALUE, TARGET, GAP)
"""The columns that can be said in words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator put into words; without a figure it has not been computed."""

    line: IndicatorLine
    figure: Figure | None
    domain: Domain

    @property
    def status(self) -> Status:
        """How the unit stands."""
        return Status.MISSING if self.figure is None else self.figure.status

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to fill something in."""
        return self.status in (Status.MISSING, Status.UNJUDGED)


class IndicatorsModel(QAbstractTableModel):
    """One row an indicator, in the order of the pack."""

    def __init__(self, work: Workplace, parent: QObject | None = None) -> None:
        """Begin with what has been computed so far."""
        super().__init__(parent)
        self._work = work
        self._formulas: Mapping[str, str] = {}
        self.rows: tuple[Shown, ...] = ()
        say = work.say
        # Kept: a view asks for them hundreds of times while it lays itself out.
        self._heads = (
            say("Standing"),
            say("Indicator"),
            say("Value"),
            say("Target in force"),
            say("Gap"),
            say("Against the target"),
        )
        self.read()

    def take_formulas(self, formulas: Mapping[str, str]) -> None:
        """Take the formulas in words."""
        self._formulas = formulas
        self.read()

    def read(self) -> None:
        """Put the present figures into words."""
        pack = self._work.pack
        figures = {one.indicator: one for one in self._work.bridge.figures or ()}
        rows = tuple(
            Shown(
                indicator_line(
                    pack,
                    indicator,
                    figures.get(indicator.id),
                    self._formulas.get(indicator.id),
                ),
                figures.get(indicator.id),
                indicator.domain,
            )
            for indicator in _by_domain(pack.indicators)
        )
        if [one.line.id for one in rows] != [one.line.id for one in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, BAR))

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the indicators."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else BAR + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title the columns."""
        if role == Role.TextAlignmentRole and section == VALUE:
            return parts.RIGHT
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._heads[section] if section < len(self._heads) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a cell holds."""
        if not index.isValid():
            return None
        shown, column = self.rows[index.row()], index.column()
        tone = self._work.look.colours.of_status(shown.status)
        match role:
            case Role.DisplayRole:
                return self._text(shown, column)
            case Role.DecorationRole if column == STATUS:
                return self._work.icons.toned(tone)
            case Role.ForegroundRole if column in (STATUS, GAP):
                return QColor(tone.ink)
            case Role.FontRole if column == VALUE:
                font = QFont()
                font.setBold(True)
                return font
            case Role.TextAlignmentRole if column == VALUE:
                return parts.RIGHT
            case Role.ToolTipRole:
                return self._hint(shown, column) or None
            case Role.AccessibleTextRole if column == STATUS:
                return spoken_text(self._work.say, shown)
            case _ if role == LINE:
                return shown
            case _:
                return None

    def _text(self, shown: Shown, column: int) -> str:
        line = shown.line
        match column:
            case _ if column == STATUS:
                return standing_text(self._work.say, shown)
            case _ if column == TITLE:
                return line.title
            case _ if column == VALUE:
                return value_text(line)
            case _ if column == TARGET:
                return line.target or line.baseline
            case _ if column == GAP:
                return line.left
            case _:
                return ""

    def _hint(self, shown: Shown, column: int) -> str:
        """Say a cell in full, and at the target what is expected by now."""
        path = shown.line.path if column in (TARGET, BAR) else ""
        return "\n".join(filter(None, (self._text(shown, column), path)))


def _by_domain(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Put the fields of work in the order the pack first names them."""
    order = {
        domain: place
        for place, domain in enumerate(
            dict.fromkeys(indicator.domain for indicator in indicators)
        )
    }
    return sorted(indicators, key=lambda indicator: order[indicator.domain])


def spoken_text(say: Words, shown: Shown) -> str:
    """Say an indicator in one breath, for those who hear the window."""
    line = shown.line
    parts = (line.title, value_text(line), standing_text(say, shown), line.left)
    return "，".join(part for part in parts if part)


def standing_text(say: Words, shown: Shown) -> str:
    """Say how a unit stands; in the words of those who judged, where they agree."""
    if shown.status is Status.JUDGED:
        return shown.line.status
    return labels.status(say, shown.status)


def value_text(line: IndicatorLine) -> str:
    """Write an indicator's value with its measure; a dash where there is none."""
    if isinstance(line.value, Decimal | int):
        apart = "" if line.measure in ("%", "‰") else " "
        return f"{number(line.value, line.digits)}{apart}{line.measure}".rstrip()
    return NOT_APPLICABLE if line.value is Absent.NOT_APPLICABLE else "—"


class BarDelegate(QStyledItemDelegate):
    """Draws the bar of an indicator."""

    def __init__(self, bars: BarPictures, parent: QObject) -> None:
        """Take the bars."""
        super().__init__(parent)
        self._bars = bars

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw ground and bar."""
        super().paint(painter, option, index)
        shown = cast("Shown", index.data(LINE))
        if shown.line.bar is None:
            return
        rect = rect_of(option).adjusted(10, 0, -12, 0)
        space = QRectF(rect.left(), rect.center().y() - 9, rect.width(), 19)
        self._bars.paint(painter, space, shown.line.bar, shown.status)
