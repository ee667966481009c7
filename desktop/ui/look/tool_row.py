"""A row of tools whose words give way to their icons where the row is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Protocol
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QStyleOptionButton
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon
    from PySide6.QtGui import QResizeEvent


class _Option(Protocol):
    """What a style option holds; the type stubs do not know it."""

    text: str


class Tool(QPushButton):
    """A button that can do without its words: they stay for the ear and the hint."""

    def __init__(
        self, text: str, do: Callable[[], object], *, name: str, icon: QIcon
    ) -> None:
        """Begin with words and icon."""
        super().__init__(text)
        self._narrow = False
        self.setObjectName(name)
        self.setProperty("tool", True)
        self.setIcon(icon)
        self.setToolTip(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _=False: do())

    def narrow(self, *, on: bool) -> None:
        """Show the icon alone, or the words too."""
        if on != self._narrow:
            self._narrow = on
            self.updateGeometry()
            self.update()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Leave the words out where there is no room."""
        super().initStyleOption(option)
        if self._narrow:
            cast("_Option", option).text = ""

    def sizeHint(self) -> QSize:
        """Wish for the room of what is shown."""
        return self.narrow_hint() if self._narrow else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never ask for more than the icon needs."""
        return self.narrow_hint()

    def narrow_hint(self) -> QSize:
        """Give the room of the icon alone."""
        whole = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(whole.width() - words - 4, whole.height()), whole.height())

    def wide_hint(self) -> QSize:
        """Give the room of icon and words."""
        return super().sizeHint()


class ToolRow(QWidget):
    """Tools side by side, all with words or all without."""

    def __init__(self, *widgets: QWidget | None) -> None:
        """Take the widgets; None takes the space that is left."""
        super().__init__()
        self.setLayout(parts.row(*widgets))
        self._widgets = [widget for widget in widgets if widget is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tools into another width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the tools when the letters are others."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Show the words, unless there is no room for all of them."""
        edges = self.contentsMargins()
        around = edges.left() + edges.right() + tokens.GAP * len(self._widgets)
        needed = around + sum(_wide(each) for each in self._widgets)
        for each in self._widgets:
            if isinstance(each, Tool):
                each.narrow(on=needed > self.width())


def _wide(widget: QWidget) -> int:
    if widget.isHidden():
        return 0
    if isinstance(widget, Tool):
        return widget.wide_hint().width()
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())
