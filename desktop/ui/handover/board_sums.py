"""汇总数: what the units handed in, added up, to be looked at and pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout

from desktop.app.handover.board.board_sums import handed_sums
from desktop.app.handover.board.board_sums_words import sums_heads
from desktop.app.handover.board.board_sums_words import sums_rows
from desktop.app.handover.board.board_sums_words import sums_text
from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import set_widths
from desktop.ui.handover.receive_table import table_of
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_sums import HandedSums
    from desktop.app.progress import Steps
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (46, 9, 13, 9, 16)
_UNIT_WIDTH: Final = 14
_NUMBERS: Final = 2
"""Where the columns of numbers begin."""


class BoardSums(QDialog):
    """Adds up what was received of the units on the board; nothing is written."""

    def __init__(self, work: Workplace, board: Board, parent: QWidget) -> None:
        """Begin to read."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("boardsums")
        say = work.say
        self.setWindowTitle(say("Sums of what was handed in"))
        self._work = work
        self._sums: HandedSums | None = None
        self.table: QTableView | None = None
        self.about = parts.label(
            say(
                "The newest submission of each unit, added up: sums and counts only, "
                "never percentages. “Units that reported it” says how many of how many "
                "have handed the figure in; “Computed here” is what this ledger makes "
                "of the rosters it has. Forms whose rosters stayed below have their "
                "totals at the end."
            ),
            "muted",
            name="boardsums.about",
        )
        self.told = parts.label(say("Reading…"), name="boardsums.told")
        self.copy = parts.button(
            say("Copy the table"), self.copy_all, name="boardsums.copy", primary=True
        )
        self.copy.setEnabled(False)
        close = parts.button(say("Close"), self.reject, name="boardsums.close")
        self._middle = QVBoxLayout()
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(self.about)
        column.addLayout(self._middle, 1)
        column.addWidget(self.told)
        column.addLayout(parts.row(None, self.copy, close))
        self.resize(work.look.dialog(1080, 560))
        self._read(board)

    def _read(self, board: Board) -> None:
        session = self._work.session
        compiled, period = session.compiled, session.period

        def read(ledger: Ledger) -> Steps[HandedSums]:
            return handed_sums(ledger, compiled, period, board)

        run = session.thread.start(read)
        self.finished.connect(lambda _: run.cancel())
        self._work.bridge.when(run.result, self, self._take)

    def _take(self, sums: HandedSums) -> None:
        say, self._sums = self._work.say, sums
        heads = sums_heads(sums, say)
        model = LinesModel(heads, self, range(_NUMBERS, len(heads)))
        model.show_rows(sums_rows(sums, say))
        self.table = table_of(model, "boardsums.table", say("Sums"))
        widths = (*_WIDTHS, *(_UNIT_WIDTH for _ in sums.names))
        set_widths(self.table, self._work.look, widths)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_all)
        self._middle.addWidget(self.table)
        there = len(sums.names) - len(sums.missing)
        told = say("{there} of {all} units.", there=there, all=len(sums.names))
        if sums.missing:
            names = "、".join(sums.missing)
            told += say(" Nothing was handed in by: {units}", units=names)
        self.told.setText(told)
        self.copy.setEnabled(True)
        self.table.setFocus()

    def copy_all(self) -> None:
        """Put the whole table where spreadsheets and letters take it from."""
        if self._sums is not None:
            say = self._work.say
            QGuiApplication.clipboard().setText(sums_text(self._sums, say))
            self.told.setText(say("The table is copied: paste it where you want it."))
