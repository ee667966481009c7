"""Paints cells with their state; `cell_editing` lets them be edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtGui import QColor
from PySide6.QtGui import QPen
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate

from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.ui.entry.roster_model import CELL_ROLE
from desktop.ui.look import tokens
from desktop.ui.look.style_option import fill
from desktop.ui.look.style_option import has_focus
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import is_current
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtCore import QEvent
    from PySide6.QtCore import QObject
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem
    from PySide6.QtWidgets import QWidget

    from desktop.core.words import Words
    from desktop.ui.entry.cell_editing import CellEditing
    from desktop.ui.entry.roster_model import CellLook

Index = QModelIndex | QPersistentModelIndex
STEP: Final = "step"
"""Property of a closing editor: where to go next, as `(rows, columns)`."""
CORNER: Final = 8
PAD: Final = 7

_CHOSEN: Final = QColor(11, 93, 120, 38)
"""Laid over chosen cells, so that what is wrong still shows through."""


class CellDelegate(QStyledItemDelegate):
    """The cells of a form's grid."""

    def __init__(self, say: Words, parent: QObject) -> None:
        """Take the words for refused entries."""
        super().__init__(parent)
        self._say = say
        self._editing: CellEditing | None = None

    # --- Painting ----------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint ground, text, corner mark and the ring of the current cell."""
        look = cast("CellLook", index.data(CELL_ROLE))
        rect = rect_of(option)
        view = self.parent()
        painter.save()
        fill(painter, rect, _ground(look))
        if is_chosen(view, index):
            fill(painter, rect, _CHOSEN)
        if look.hidden and look.cell is Absent.BLANK:
            painter.fillRect(
                rect, QBrush(QColor(tokens.LINE), Qt.BrushStyle.BDiagPattern)
            )
        if look.text:
            self._paint_text(painter, rect, look)
        if look.findings:
            _paint_corner(painter, rect, tokens.tone_of_level(_worst(look)).ink)
        if is_current(view, index):
            ink = tokens.ACCENT if has_focus(view) else tokens.FAINT
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ink), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, look: CellLook) -> None:
        absent = isinstance(look.cell, Absent)
        ink = tokens.INK
        if absent or look.locked:
            ink = tokens.MUTED
        if look.findings and _worst(look) is Level.ERROR:
            ink = tokens.ERROR.ink
        font = painter.font()
        font.setItalic(absent)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        side = (
            Qt.AlignmentFlag.AlignRight if look.numeric else Qt.AlignmentFlag.AlignLeft
        )
        space = rect.adjusted(PAD, 0, -PAD, 0)
        text = painter.fontMetrics().elidedText(
            look.text, Qt.TextElideMode.ElideRight, space.width()
        )
        painter.drawText(space, side | Qt.AlignmentFlag.AlignVCenter, text)

    # --- Editing -----------------------------------------------------------

    @property
    def editing(self) -> CellEditing:
        """What opens and closes boxes; it comes with the first box."""
        if self._editing is None:
            from desktop.ui.entry.cell_editing import CellEditing  # noqa: PLC0415 - the first window need not wait for it

            self._editing = CellEditing(self, self._say)
        return self._editing

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over
        index: Index,
    ) -> QWidget:
        """Make the box of the field."""
        return self.editing.make(parent, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the box."""
        self.editing.show(editor, index)

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,  # noqa: ARG002 - Qt hands it over
        index: Index,
    ) -> None:
        """Change the cell, if the entry can be read."""
        self.editing.take(editor, index)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: Index,  # noqa: ARG002 - Qt hands it over
    ) -> None:
        """Lay the box over the cell."""
        self.editing.place(editor, rect_of(option))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Step on with Enter and Tab; keep a refused entry before the person."""
        seen = self.editing.filter(editor, event)
        return super().eventFilter(editor, event) if seen is None else seen


def _worst(look: CellLook) -> Level:
    levels = [each.level for each in look.findings]
    return min(levels, key=list(Level).index)


def _ground(look: CellLook) -> str:
    if look.findings:
        return tokens.tone_of_level(_worst(look)).tint
    return tokens.SUNKEN if look.locked or look.hidden else tokens.PAPER


def _paint_corner(painter: QPainter, rect: QRect, colour: str) -> None:
    """Mark a cell in its upper right corner."""
    right, top = rect.right() + 1, rect.top()
    corner = QPolygonF(
        [
            QPointF(right - CORNER, top),
            QPointF(right, top),
            QPointF(right, top + CORNER),
        ]
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(corner)
