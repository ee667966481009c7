"""Small parts every page is put together from: labels, buttons, surfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QStackedWidget

    from desktop.ui.look.colours import Tone

RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
"""How numbers stand in tables."""


def label(text: str, role: str = "", *, wrap: bool = True, name: str = "") -> QLabel:
    """Make a label; its role decides its look. Text is never read as rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(40)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a label another look."""
    _set(widget, "role", role)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give a label the ink of a tone, or a frame its tint and a bar at the left."""
    _set(widget, "tone", tone.icon)


def set_badge(widget: QWidget, tone: Tone) -> None:
    """Set a label off from its surroundings in a tone."""
    _set(widget, "badge", tone.icon)


def _set(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Before it is shown nothing has looked at it; and to ask for a style the first
        # time costs a hundredth of a second.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class Picture(QLabel):
    """An icon that stands by itself; it follows the theme."""

    def __init__(self, icon: QIcon | None = None, size: int = 16) -> None:
        """Take the icon."""
        super().__init__()
        self._icon = icon
        self._size = size
        self._measure()

    def show_icon(self, icon: QIcon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        times = self.font().pointSizeF() / tokens.BASE_POINTS
        side = round(self._size * times)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in the colours of now."""
        if self._icon is not None:
            painter = QPainter(self)
            self._icon.paint(painter, self.rect())
            painter.end()


def button(
    text: str,
    do: Callable[[], object],
    *,
    name: str,
    primary: bool = False,
    link: bool = False,
    icon: QIcon | None = None,
) -> QPushButton:
    """Make a button; the one the person most likely wants is primary."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(primary)
    made.setDefault(primary)
    if primary:
        made.setProperty("primary", True)
    if link:
        made.setProperty("link", True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon is not None:
        made.setIcon(icon)
    made.clicked.connect(lambda _=False: do())
    return made


def surface(name: str = "") -> tuple[QFrame, QVBoxLayout]:
    """Make a white panel with a column in it."""
    frame = QFrame()
    frame.setProperty("surface", True)
    if name:
        frame.setObjectName(name)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 12, 14, 12)
    column.setSpacing(tokens.GAP)
    return frame, column


def row(*items: QWidget | None, spacing: int = tokens.GAP) -> QHBoxLayout:
    """Lay widgets side by side; None takes the space that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for item in items:
        if item is None:
            made.addStretch(1)
        else:
            made.addWidget(item)
    return made


def column(parent: QWidget, margin: int = 0, spacing: int = 0) -> QVBoxLayout:
    """Lay a widget's children one below the other."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made


def tabs(name: str, title: str) -> QTabWidget:
    """Make tabs without a frame, for views inside a frame; `title` is said aloud."""
    made = QTabWidget()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setDocumentMode(True)
    # In that mode Qt draws a line above the tabs, which means nothing there.
    made.tabBar().setDrawBase(False)
    return made


def roomy(stack: QStackedWidget) -> tuple[QScrollArea, QWidget]:
    """Make room on a stack that may be smaller than what comes: one can scroll there.

    Gives the area, and where its widget is to be made: Qt looks at all the parts of one
    again wherever it is put.
    """
    area, place = QScrollArea(), QWidget()
    area.setViewport(place)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    stack.addWidget(area)
    return area, place


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = cast("QWidget | None", item.widget())
        inner = cast("QLayout | None", item.layout())
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def spacer() -> QWidget:
    """Make a widget that takes the space that is left."""
    from PySide6.QtWidgets import QSizePolicy  # noqa: PLC0415 - the first window need not wait for it

    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return made


def line() -> QFrame:
    """Draw a thin line across."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made
