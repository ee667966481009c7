"""The list on screen: groups open and close by the arrows, Enter leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView

from desktop.ui.findings.line_delegate import LineDelegate
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QWidget

    from desktop.core.findings import Finding
    from desktop.ui.findings.model import FindingsModel
    from desktop.ui.workplace import Workplace

WIDTHS: Final = ((1, 230), (2, 110), (3, 200))
MANY_HEADS: Final = 2000
"""More heads do not stretch over all columns: laying that out would take too long."""


class FindingsView(QTableView):
    """A table of findings under heads."""

    opened = Signal(object)
    """The person wants to go to the cell of a `Finding`."""
    copied = Signal()
    """The person wants the chosen lines on the clipboard."""

    def __init__(
        self, model: FindingsModel, work: Workplace, parent: QWidget | None = None
    ) -> None:
        """Show a model."""
        super().__init__(parent)
        self._lines, self._look = model, work.look
        self.setModel(model)
        self.setItemDelegate(LineDelegate(model, work, self))
        self.setObjectName("audit.list")
        self.setAccessibleName(work.say("Audit"))
        self.setProperty("padded", True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS:
            self.setColumnWidth(section, work.look.px(width))
        model.modelReset.connect(self._stretch_heads)
        model.rowsInserted.connect(self._stretch_heads)
        model.rowsRemoved.connect(self._stretch_heads)
        work.look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        height = self._look.px(tokens.ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(height)

    def _stretch_heads(self) -> None:
        """Let the head of each group have the whole line."""
        self.clearSpans()
        heads = self._lines.heads
        for row in heads if len(heads) <= MANY_HEADS else ():
            self.setSpan(row, 0, 1, self._lines.columnCount())

    def chosen(self) -> list[Finding]:
        """Give the findings of the chosen lines, in the order of the list."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (self._lines.finding_at(row) for row in rows)
        return [each for each in found if each is not None]

    def go_to(self, row: int) -> None:
        """Choose one line."""
        index = self._lines.index(row, 0)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, close, go on, copy."""
        row, key = self.currentIndex().row(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif row < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act(row)
        elif key == Qt.Key.Key_Right and self._lines.is_group(row):
            self._lines.set_open(row, opened=True)
        elif key == Qt.Key.Key_Left:
            self._close(row)
        else:
            super().keyPressEvent(event)

    def _close(self, row: int) -> None:
        """Go up to the head of the group; on it, close the group."""
        if self._lines.is_group(row):
            self._lines.set_open(row, opened=False)
        else:
            self.go_to(self._lines.group_row(row))

    def act(self, row: int) -> None:
        """Open or close a group, or lead to the cell of a finding."""
        finding = self._lines.finding_at(row)
        if finding is None:
            self._lines.set_open(row, opened=not self._lines.is_open_at(row))
        else:
            self.opened.emit(finding)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open or close a group by one click on its head."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and not event.modifiers()
            and index.isValid()
            and self._lines.is_group(index.row())
        ):
            self.act(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Lead to the cell of a finding."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._lines.is_group(index.row()):
            self.act(index.row())
