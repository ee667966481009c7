"""A keyboard that works the real window: keys go wherever the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from PySide6.QtCore import QKeyCombination
    from PySide6.QtGui import QWindow


TRIES: Final = 100
WAIT_MS: Final = 10


class Keyboard:
    """Presses keys as a person does, and writes down what was pressed."""

    def __init__(self, settle: Callable[[], object]) -> None:
        """Let the program come to rest by `settle` after every key."""
        self._settle = settle
        self.log: list[str] = []
        """What was pressed, as `Ctrl+K`, and typed, as 「长宁」, in order."""

    @property
    def strokes(self) -> int:
        """How many keys and combinations were pressed; typed texts do not count."""
        return sum(each.startswith("`") for each in self.log)

    def press(self, *keys: str) -> None:
        """Press keys or combinations, named as the menus name them."""
        for name in keys:
            self.log.append(f"`{name}`")
            sequence = QKeySequence(name, QKeySequence.SequenceFormat.PortableText)
            [stroke] = cast("Iterable[QKeyCombination]", sequence)
            QTest.keyClick(_window(), stroke.key(), stroke.keyboardModifiers())
            self._settle()

    def type(self, text: str) -> None:
        """Type a text: Latin letters by key, Chinese ones as an input method does."""
        self.log.append(f"「{text}」")
        for letter in text:
            window = _window()
            if letter.isascii():
                QTest.keyClick(window, ord(letter))
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QCoreApplication.sendEvent(QGuiApplication.focusObject(), event)
        self._settle()


def _window() -> QWindow:
    """Give the window keys go to, as a desktop hands the focus on when one closes.

    Raises:
        LookupError: No window of the program is before the person.
    """
    there: QWindow | None = QGuiApplication.focusWindow()
    if there is not None and there.isVisible():
        return there
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    dialogs = [one for one in shown if isinstance(one, QDialog)]
    if not shown:
        raise LookupError
    widget = QApplication.activeModalWidget() or [*shown, *dialogs][-1]
    widget.activateWindow()
    for _ in range(TRIES):
        QCoreApplication.processEvents()
        if widget.isActiveWindow():
            break
        QTest.qWait(WAIT_MS)
    return widget.windowHandle()
