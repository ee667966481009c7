"""How the window looks now: its colours and the size of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QSize
from PySide6.QtCore import Signal

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.ui.look import tokens
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.ui.look.colours import Colours

TIMES: Final[Mapping[TextSize, float]] = {
    TextSize.STANDARD: 1.0,
    TextSize.LARGE: 1.2,
    TextSize.HUGE: 1.4,
}
"""How many times as big as the standard ones letters are."""


class Appearance(QObject):
    """What everything that paints asks, each time it paints."""

    changed = Signal()
    """Colours or letters are others: what was measured is to be measured again."""

    def __init__(
        self, comfort: Comfort | None = None, parent: QObject | None = None
    ) -> None:
        """Begin with what was chosen before."""
        super().__init__(parent)
        self.comfort = comfort or Comfort()
        self._dark_system = False

    @property
    def colours(self) -> Colours:
        """The colours of the theme."""
        match self.comfort.theme:
            case Theme.LIGHT:
                return LIGHT
            case Theme.DARK:
                return DARK
            case Theme.CONTRAST:
                return CONTRAST
            case _:
                return DARK if self._dark_system else LIGHT

    @property
    def times(self) -> float:
        """How many times as big as the standard ones letters are."""
        return TIMES[self.comfort.text]

    def px(self, length: int) -> int:
        """Give a length that grows with the letters, in logical pixels."""
        return round(length * self.times)

    def points(self, more: float = 0.0) -> float:
        """Give the letters' size in points, so much bigger than that of plain text."""
        return (tokens.BASE_POINTS + more) * self.times

    def dialog(self, width: int, height: int = tokens.DIALOG_HEIGHT) -> QSize:
        """Let a dialog grow with the letters as far as a small screen has room."""
        return QSize(
            min(self.px(width), tokens.SCREEN_WIDTH),
            min(self.px(height), tokens.DIALOG_HEIGHT),
        )

    def choose(self, comfort: Comfort) -> None:
        """Look as somebody likes it."""
        if comfort != self.comfort:
            self.comfort = comfort
            self.changed.emit()

    def system_is(self, *, dark: bool) -> None:
        """Hear whether the computer is set dark."""
        before = self.colours
        self._dark_system = dark
        if self.colours is not before:
            self.changed.emit()
