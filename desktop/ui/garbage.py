"""Collects Python's garbage on the main thread, where alone widgets may die.

Python collects on whichever thread happens to allocate. Widgets that are part of a
cycle would then be freed on the ledger's thread, which takes the program down.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer

EVERY_MS: Final = 200
YOUNG: Final = 2_000
"""New objects worth looking through; fewer wait."""
SURVIVED: Final = 10
"""After so many looks at the new objects, those that outlived one are looked at too."""
OLD_EVERY: Final = 300
"""Ticks between looks at everything since the start: a minute."""


class Collector(QObject):
    """Takes the collecting over from Python while the program runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Stand on the main thread."""
        super().__init__(parent)
        self._ticks = 0
        self._automatic = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Let nobody else collect; what is there now stays and is not looked at."""
        self._automatic = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, if it was Python's before."""
        self._timer.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()

    def left(self) -> None:
        """Look through everything: a ledger's window is gone."""
        if not self._timer.isActive():
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def tick(self) -> None:
        """Collect what is due; the old only once in a while."""
        self._ticks += 1
        young, survived, _ = gc.get_count()
        if self._ticks % OLD_EVERY == 0:
            gc.collect()
            # Looking through all there is takes a tenth of a second, and a person
            # would feel that: what lives now waits for `left`.
            gc.freeze()
        elif survived >= SURVIVED:
            gc.collect(1)
        elif young >= YOUNG:
            gc.collect(0)
