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
    # Children of the owner go with it; the binding's own `singleShot` may crash then.
    painted, settled = _timer(owner, 1), _timer(owner, SETTLED_MS)
    painted.timeout.connect(settled.start)
    settled.timeout.connect(painted.deleteLater)
    settled.timeout.connect(settled.deleteLater)
    settled.timeout.connect(do)
    painted.start()


def _timer(owner: QObject, milliseconds: int) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    return made
