"""收表: the files that were handed in, and all that was received so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.handover.journal_view import JournalView
from desktop.ui.handover.receive_files import ReceiveFiles
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


class ReceiveTab(QWidget):
    """Two views: taking files in, and the book of what was taken."""

    slips_wanted = Signal()
    """The person wants to write receipts and return slips."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Begin with the files; the book is read when it is opened."""
        super().__init__(parent)
        self._work = work
        self.files = ReceiveFiles(work)
        self.journal: JournalView | None = None
        self._views = parts.tabs("receive.views", work.say("Receive"))
        self._views.addTab(self.files, work.say("Files"))
        self._place = QWidget()
        parts.column(self._place)
        self._views.addTab(self._place, work.say("Received so far"))
        self._views.currentChanged.connect(self._turned)
        self.files.slips_wanted.connect(self.slips_wanted)
        parts.column(self, margin=4).addWidget(self._views)

    def _turned(self, number: int) -> None:
        if number == 1 and self.journal is None:
            self.journal = JournalView(self._work)
            layout = self._place.layout()
            # For the type checker: it was given one above.
            assert layout is not None  # noqa: S101 - see above
            layout.addWidget(self.journal)
