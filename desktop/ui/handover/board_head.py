"""Above the grid: the rates, what they are made of, and the last day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.app.handover.board.board_words import LEVELS
from desktop.app.handover.board.board_words import rate
from desktop.app.handover.board.board_words import spared_words
from desktop.app.handover.board.board_words import sums_words
from desktop.core.unit import UnitLevel
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.handover.board.board_lines import Board
    from desktop.ui.workplace import Workplace

COUNTRY: Final = (UnitLevel.TOWNSHIP, UnitLevel.VILLAGE)


class BoardHead(QWidget):
    """Says the board in numbers, what is damaged of it, and the last day."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self._work = work
        self.rates = parts.label("", "heading", name="board.rates")
        self.numbers = parts.label("", "muted", name="board.numbers")
        self.levels = parts.label("", "muted", name="board.levels")
        self.damaged = parts.label("", "bad", name="board.damaged")
        self.deadline = parts.label("", "", wrap=False, name="board.deadline")
        column = parts.column(self, spacing=4)
        for label in (self.rates, self.numbers, self.levels, self.damaged):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)

    def take(self, board: Board) -> None:
        """Say a board."""
        say = self._work.say
        rates, numbers = sums_words(board, say)
        self.rates.setText(rates)
        self.numbers.setText(numbers)
        spared = "\n".join(spared_words(board, say))
        self.levels.setText("\n".join(filter(None, (self._levels(board), spared))))
        said = "\n".join(map(say.message, board.facts.damaged))
        self.damaged.setText(said)
        self.damaged.setVisible(bool(said))
        deadline = board.facts.deadline
        if deadline is None:
            self.deadline.setText(say("No deadline is set."))
        else:
            day = deadline.isoformat()
            self.deadline.setText(say("The last day is {day}.", day=day))

    def _levels(self, board: Board) -> str:
        say = self._work.say
        return "　".join(
            say(
                "{level}: something is here of {present} of {units} ({rate}).",
                level=say(LEVELS[each.level]),
                present=each.present,
                units=each.units,
                rate=rate(each.present, each.units),
            )
            for each in board.levels
        )


class Nobody(QWidget):
    """Says what the tab is for, where nobody hands in."""

    def __init__(self, work: Workplace, expect: Callable[[], None]) -> None:
        """Take what lets a unit be expected."""
        super().__init__()
        self._work = work
        say = work.say
        column = parts.column(self, margin=24, spacing=10)
        column.addWidget(parts.label(say("Nobody hands in to this ledger"), "heading"))
        column.addWidget(parts.label(self._why(), name="board.nobody"))
        more = parts.button(say("Expect a unit…"), expect, name="board.nobody.more")
        more.setEnabled(work.writable)
        more.setVisible(len(work.session.units) > 1)
        column.addLayout(parts.row(more, None))
        column.addStretch(1)

    def _why(self) -> str:
        say, root = self._work.say, self._work.session.root
        if root.level in COUNTRY:
            return say(
                "Here a county sees which townships have handed in, and writes to "
                "those that have not. {unit} has no units below it that keep a ledger "
                "of their own. To hand in your own forms, open the tab 上报.",
                unit=root.name,
            )
        return say(
            "Here one sees which units below have handed in, and writes to those that "
            "have not. {unit} has none in this ledger yet: add them under 文件, "
            "统计单元, and they are expected by themselves.",
            unit=root.name,
        )
