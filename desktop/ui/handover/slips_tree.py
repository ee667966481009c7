"""The list both sides of a return slip look at: one column takes the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.ui.workplace import Workplace

LEAST_WIDTH: Final = 220
"""Of the column that takes the room there is, however little is left."""
ABOUT: Final = Qt.ItemDataRole.UserRole
"""What a line is about."""


class SlipsTree(QTreeWidget):
    """Lines that know what they are about."""

    def __init__(
        self, work: Workplace, name: str, titles: Sequence[str], widths: Sequence[int]
    ) -> None:
        """Begin empty; the column of no width takes the room there is, or scrolls."""
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setHeaderLabels(list(titles))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, work.look.px(width))
        self._free, self._least = widths.index(0), work.look.px(LEAST_WIDTH)
        self.header().setStretchLastSection(False)
        self.header().sectionResized.connect(self._resized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the column that takes it."""
        super().resizeEvent(event)
        self._fit()

    def _resized(self, column: int, _before: int, _now: int) -> None:
        if column != self._free:
            self._fit()

    def _fit(self) -> None:
        others = self.header().length() - self.columnWidth(self._free)
        left = self.viewport().width() - others
        self.setColumnWidth(self._free, max(left, self._least))

    def line(self) -> QTreeWidgetItem | None:
        """Give the chosen line."""
        return cast("QTreeWidgetItem | None", self.currentItem())

    def about(self) -> Any:  # noqa: ANN401 - as Qt has it; None where nothing is chosen
        """Give what the chosen line is about."""
        line = self.line()
        return None if line is None else line.data(0, ABOUT)

    def tell_in_full(self, line: QTreeWidgetItem) -> None:
        """Let each cell say all of its text to who points at it."""
        for column in range(self.columnCount()):
            line.setToolTip(column, line.text(column))
