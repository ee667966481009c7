"""Editing in place: the box over a cell, the keys in it, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyledItemDelegate
from PySide6.QtWidgets import QToolTip

from desktop.core.messages import Message
from desktop.ui.entry.cell_steps import STEP
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import make_box
from desktop.ui.entry.field_boxes import mark_box
from desktop.ui.entry.field_boxes import name_box
from desktop.ui.entry.field_boxes import read_box
from desktop.ui.entry.field_boxes import watch_states

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from desktop.core.words import Words
    from desktop.ui.entry.cell_steps import Index
    from desktop.ui.entry.field_boxes import Box
    from desktop.ui.entry.roster_model import RosterModel

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


class CellEditing:
    """Opens, fills, reads and closes the boxes of one delegate."""

    def __init__(self, delegate: QStyledItemDelegate, say: Words) -> None:
        """Take the delegate whose boxes they are, and the words for refusals."""
        self._delegate = delegate
        self._say = say

    def make(self, parent: QWidget, index: Index) -> QWidget:
        """Make the box of the field."""
        model = _model(index)
        field = model.fields[index.column()]
        box = make_box(field, model.choices[field.id], parent)
        box.setObjectName("cell.editor")
        name_box(box, field.title)
        box.place = QPersistentModelIndex(index)
        box.state_typed.connect(lambda: self._finish(box, (0, 0)))
        watch_states(box, field)
        if isinstance(box, ChoiceBox):
            box.picked.connect(lambda: self._finish(box, (1, 0)))
        return box

    def show(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the box, once: what was typed is kept."""
        box = cast("Box", editor)
        if box.property("filled") is None:
            box.setProperty("filled", True)
            box.show_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            box.select_all()

    def take(self, editor: QWidget, index: Index) -> None:
        """Change the cell, if the entry can be read."""
        box, roster = cast("Box", editor), _model(index)
        field = roster.fields[index.column()]
        entry = read_box(box, field, roster.choices[field.id])
        if not isinstance(entry, Message):
            roster.change(index, entry)

    def place(self, editor: QWidget, cell: QRect) -> None:
        """Lay the box over the cell, and wide enough for its choices."""
        rect = QRect(cell)
        if isinstance(editor, ChoiceBox):
            rect.setWidth(max(rect.width(), min(editor.sizeHint().width(), 240)))
        editor.setGeometry(rect)

    def filter(self, editor: QObject, event: QEvent) -> bool | None:
        """Answer an event of a box; None leaves it to Qt."""
        box = cast("Box", editor)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(box, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _PASSING:
                self._finish(box, (0, 0))
            return False
        return None

    def _key(self, box: Box, event: QKeyEvent) -> bool | None:
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
        return None

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
        self._delegate.commitData.emit(box)
        self._delegate.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def _refused(self, box: Box) -> Message | None:
        if box.place is None or not box.place.isValid():
            return None
        model = _model(box.place)
        field = model.fields[box.place.column()]
        entry = read_box(box, field, model.choices[field.id])
        return entry if isinstance(entry, Message) else None


def _model(index: Index) -> RosterModel:
    return cast("RosterModel", index.model())
