"""A row of widgets that goes on below where the window is too narrow for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem
    from PySide6.QtWidgets import QWidget

GAP: Final = 8


class Flow(QLayout):
    """Lays widgets side by side, in as many lines as they need."""

    def __init__(self, *widgets: QWidget | None, spacing: int = GAP) -> None:
        """Take the widgets; those after None stand at the right of a single line."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._right: int | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            if widget is None:
                self._right = len(self._items)
            else:
                self.addWidget(widget)

    # --- What Qt asks of a layout --------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """Give an item, or nothing beyond the last one."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:  # type: ignore[override]  # nothing beyond the last one
        """Give an item away."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Be higher where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Wish for a single line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self.spacing() for size in sizes) - self.spacing()
        return self._around(QSize(max(width, 0), _height(sizes)))

    def minimumSize(self) -> QSize:
        """Ask for the widest item's room."""
        sizes = [item.minimumSize() for item in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return self._around(QSize(widest, _height(sizes)))

    # --- Lines ---------------------------------------------------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _around(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        more = QSize(edges.left() + edges.right(), edges.top() + edges.bottom())
        return size + more

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Lay the items into a rectangle, or only find the height they need."""
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        lines = self._lines(inner.width())
        for line in lines:
            height = _height([item.sizeHint() for item in line])
            if move:
                self._place(line, QRect(inner.left(), top, inner.width(), height))
            top += height + self.spacing()
        used = top - self.spacing() if lines else top
        return used - inner.top() + rect.height() - inner.height()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self.spacing()
        return lines

    def _place(self, line: list[QLayoutItem], space: QRect) -> None:
        sizes = [item.sizeHint() for item in line]
        left = space.left()
        apart = self._apart(line)
        for place, (item, size) in enumerate(zip(line, sizes, strict=True)):
            if place == apart:
                rest = sum(one.width() + self.spacing() for one in sizes[place:])
                left = max(left, space.right() + 1 + self.spacing() - rest)
            wide = min(size.width(), space.width())
            down = (space.height() - size.height()) // 2
            corner = QPoint(left, space.top() + down)
            item.setGeometry(QRect(corner, QSize(wide, size.height())))
            left += wide + self.spacing()

    def _apart(self, line: list[QLayoutItem]) -> int | None:
        """Tell from which place on a line stands at the right: a single one does."""
        if self._right is None or len(line) < len(self._shown()):
            return None
        return sum(item in line for item in self._items[: self._right])


def _height(sizes: list[QSize]) -> int:
    return max((size.height() for size in sizes), default=0)
