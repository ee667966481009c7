"""Work on the main thread done in parts, with room for whatever waits in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns(QObject):
    """Goes through steps, one a turn of the event loop, and ends with its parent."""

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        """Begin with the first step at once."""
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        self._go_on()

    def finish(self) -> None:
        """Do at once what is left."""
        while self._timer.isActive():
            self._go_on()

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._end()
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        self._timer.stop()
        self.deleteLater()
