"""Paints cells with their state, and lets them be edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtCore import QEvent
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QStyle
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QToolTip
from PySide6.QtWidgets import QWidget

from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.core.messages import Message
from desktop.ui import tokens
from desktop.ui.field_boxes import Box
from desktop.ui.field_boxes import ChoiceBox
from desktop.ui.field_boxes import make_box
from desktop.ui.field_boxes import mark_box
from desktop.ui.field_boxes import name_box
from desktop.ui.field_boxes import read_box
from desktop.ui.roster_model import CELL_ROLE
from desktop.ui.roster_model import CellLook
from desktop.ui.roster_model import RosterModel
from desktop.ui.style_option import rect_of
from desktop.ui.style_option import state_of

if TYPE_CHECKING:
    from desktop.core.words import Words

Index = QModelIndex | QPersistentModelIndex
STEP: Final = "step"
"""Property of a closing editor: where to go next, as `(rows, columns)`."""
CORNER: Final = 8
PAD: Final = 7

_CHOSEN: Final = QColor(11, 93, 120, 38)
"""Laid over chosen cells, so that what is wrong still shows through."""
_STEPS: Final = (
    (Qt.Key.Key_Return, (1, 0)),
    (Qt.Key.Key_Enter, (1, 0)),
    (Qt.Key.Key_Tab, (0, 1)),
    (Qt.Key.Key_Backtab, (0, -1)),
)
_PASSING: Final = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Ways of losing the focus that do not mean the person has finished."""


class CellDelegate(QStyledItemDelegate):
    """The cells of a form's grid."""

    def __init__(self, say: Words, parent: QObject) -> None:
        """Take the words for refused entries."""
        super().__init__(parent)
        self._say = say

    # --- Painting ----------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint ground, text, corner mark and the ring of the current cell."""
        look = cast("CellLook", index.data(CELL_ROLE))
        rect = rect_of(option)
        state = state_of(option)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(_ground(look)))
        if chosen:
            painter.fillRect(rect, _CHOSEN)
        if look.hidden and look.cell is Absent.BLANK:
            painter.fillRect(
                rect, QBrush(QColor(tokens.LINE), Qt.BrushStyle.BDiagPattern)
            )
        self._paint_text(painter, rect, look)
        if look.findings:
            _paint_corner(painter, rect, tokens.tone_of_level(_worst(look)).ink)
        if self._is_current(index):
            focus = bool(state & QStyle.StateFlag.State_HasFocus)
            ink = tokens.ACCENT if focus else tokens.FAINT
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ink), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _is_current(self, index: Index) -> bool:
        """Tell whether a cell is the current one, whoever has the focus."""
        view = self.parent()
        if not isinstance(view, QAbstractItemView):
            return False
        now = view.currentIndex()
        return (now.row(), now.column()) == (index.row(), index.column())

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

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt hands it over
        index: Index,
    ) -> QWidget:
        """Make the box of the field."""
        model = _model(index)
        field = model.fields[index.column()]
        box = make_box(field, model.choices[field.id], parent)
        box.setObjectName("cell.editor")
        name_box(box, field.title)
        box.place = QPersistentModelIndex(index)
        if isinstance(box, ChoiceBox):
            box.picked.connect(lambda: self._finish(box, (1, 0)))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the box, once: what was typed is kept."""
        box = cast("Box", editor)
        if box.property("filled") is None:
            box.setProperty("filled", True)
            box.show_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            box.select_all()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,  # noqa: ARG002 - Qt hands it over
        index: Index,
    ) -> None:
        """Change the cell, if the entry can be read."""
        box, roster = cast("Box", editor), _model(index)
        field = roster.fields[index.column()]
        entry = read_box(box, field, roster.choices[field.id])
        if not isinstance(entry, Message):
            roster.change(index, entry)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: Index,  # noqa: ARG002 - Qt hands it over
    ) -> None:
        """Lay the box over the cell, and wide enough for its choices."""
        rect = QRect(cast("QRect", option.rect))  # type: ignore[attr-defined]
        if isinstance(editor, ChoiceBox):
            rect.setWidth(max(rect.width(), min(editor.sizeHint().width(), 240)))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Step on with Enter and Tab; keep a refused entry before the person."""
        box = cast("Box", editor)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(box, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() in _PASSING:
                return False
            self._finish(box, (0, 0))
            return False
        return super().eventFilter(editor, event)

    def _key(self, box: Box, event: QKeyEvent) -> bool:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        for one, (rows, columns) in _STEPS:
            if key == one:
                back = -1 if shift and rows else 1
                self._finish(box, (rows * back, columns))
                return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not isinstance(box, ChoiceBox):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                return False
            self._finish(box, (-1 if key == Qt.Key.Key_Up else 1, 0))
            return True
        return super().eventFilter(box, event)

    def _finish(self, box: Box, step: tuple[int, int]) -> None:
        """Take the entry and close the box, or say why it stays open."""
        refused = self._refused(box)
        mark_box(box, refused)
        if refused is not None:
            below = box.mapToGlobal(QPoint(0, box.height()))
            QToolTip.showText(below, self._say.message(refused), box, box.rect(), 12000)
            box.setFocus()
            return
        QToolTip.hideText()
        box.setProperty(STEP, step)
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def _refused(self, box: Box) -> Message | None:
        if box.place is None or not box.place.isValid():
            return None
        model = _model(box.place)
        field = model.fields[box.place.column()]
        entry = read_box(box, field, model.choices[field.id])
        return entry if isinstance(entry, Message) else None


def _model(index: Index) -> RosterModel:
    return cast("RosterModel", index.model())


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
