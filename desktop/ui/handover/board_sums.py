"""汇总数: what the units handed in, added up, to be looked at and pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.board.board_sums import handed_sums
from desktop.app.handover.board.board_sums_words import sums_heads
from desktop.app.handover.board.board_sums_words import sums_rows
from desktop.app.handover.board.board_sums_words import sums_text
from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_table import show_lines
from desktop.ui.look import parts
from desktop.ui.table_dialog import TableDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_sums import HandedSums
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (58, 10, 13, 10, 16)
_UNIT_WIDTH: Final = 14
_NUMBERS: Final = 2
"""Where the columns of numbers begin."""


class BoardSums(TableDialog):
    """Adds up what was received of the units on the board; nothing is written."""

    def __init__(self, work: Workplace, board: Board, parent: QWidget) -> None:
        """Begin to read."""
        say = work.say
        super().__init__(work, parent, "boardsums", say("Sums"))
        self.setWindowTitle(say("Sums of what was handed in"))
        self._sums: HandedSums | None = None
        about = parts.label(
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
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(about)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(self.foot())
        self.resize(work.look.dialog(1080, 560))
        self.tell(say("Reading…"))
        compiled, period = work.session.compiled, work.session.period
        self.compute(
            lambda ledger: handed_sums(ledger, compiled, period, board), self._take
        )

    def _take(self, sums: HandedSums) -> None:
        say, self._sums = self.work.say, sums
        heads = sums_heads(sums, say)
        model = LinesModel(heads, self, range(_NUMBERS, len(heads)))
        model.show_rows(sums_rows(sums, say))
        widths = (*_WIDTHS, *(_UNIT_WIDTH for _ in sums.names))
        show_lines(self.table, model, self.work.look, widths)
        there = len(sums.names) - len(sums.missing)
        told = say("{there} of {all} units.", there=there, all=len(sums.names))
        if sums.missing:
            names = "、".join(sums.missing)
            told += say(" Nothing was handed in by: {units}", units=names)
        self.tell(told)
        self.table.setFocus()

    def text(self) -> str:
        """Give the whole table."""
        return "" if self._sums is None else sums_text(self._sums, self.work.say)
