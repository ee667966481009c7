"""Paints cells with their state; `cell_editing` lets them be edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyledItemDelegate

from desktop.ui.entry.cell_painting import CellPainter
from desktop.ui.entry.cell_painting import Spot
from desktop.ui.entry.roster_model import CELL_ROLE
from desktop.ui.look.style_option import has_focus
from desktop.ui.look.style_option import is_chosen
from desktop.ui.look.style_option import is_current
from desktop.ui.look.style_option import rect_of

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QAbstractItemView
    from PySide6.QtWidgets import QStyleOptionViewItem
    from PySide6.QtWidgets import QWidget

    from desktop.core.words import Words
    from desktop.ui.entry.beside_cells import BesideCells
    from desktop.ui.entry.cell_editing import CellEditing
    from desktop.ui.entry.cell_steps import Index
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.look.appearance import Appearance


class CellDelegate(QStyledItemDelegate):
    """The cells of a form's grid."""

    def __init__(self, say: Words, look: Appearance, parent: QObject) -> None:
        """Take the words for refused entries, and the colours."""
        super().__init__(parent)
        self._say = say
        self.painter = CellPainter(look)
        self._editing: CellEditing | None = None
        self.beside: BesideCells | None = None
        """What stands beside the cells; it comes when the first picture stands."""

    # --- Painting ----------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint ground, text, corner mark and the ring of the current cell."""
        look, view = cast("CellLook", index.data(CELL_ROLE)), self.parent()
        spot = Spot(rect_of(option), look, is_chosen(view, index), index)
        self.painter.paint(painter, (spot,), self.beside)
        if is_current(view, index):
            self.painter.paint_ring(painter, spot.rect, focused=has_focus(view))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say under the pointer what the audit says, and what stands beside."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        from PySide6.QtWidgets import QToolTip  # noqa: PLC0415 - the first window need not wait for it

        said = index.data(Qt.ItemDataRole.ToolTipRole)
        lines = [str(said)] if said else []
        if self.beside is not None:
            lines += self.beside.words(index)
        QToolTip.showText(event.globalPos(), "\n".join(lines), view)
        return True

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
