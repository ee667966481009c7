"""What nobody waits for, done when the first picture stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLED_MS: Final = 100


def afterwards(owner: QObject, do: Callable[[], None]) -> None:
    """Do something when what is to be painted now has been, if its owner still lives.

    Timers come after painting, however long that takes: only then does the pause
    begin. In it the person sees the rows, and may already type.
    """

    def pause() -> None:
        QTimer.singleShot(SETTLED_MS, owner, do)

    QTimer.singleShot(1, owner, pause)
