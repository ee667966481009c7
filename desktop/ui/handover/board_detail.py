"""Beside the grid: everything known of one unit, its score with the sum, its 催报."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QWidget

from desktop.app.handover.board.board_reminder import reminder
from desktop.app.handover.board.board_reminder import wants
from desktop.app.handover.board.board_words import facts_words
from desktop.app.handover.board.board_words import formula_words
from desktop.app.handover.board.board_words import score_words
from desktop.app.handover.board.board_words import state_words
from desktop.app.handover.board.board_words import timely_words
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.ui.workplace import Workplace

TEXT_HEIGHT = 150


class BoardDetail(QWidget):
    """Tells of the unit that is chosen in the grid."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Begin with nobody chosen."""
        super().__init__(parent)
        self._work = work
        say = work.say
        self.unit = _selectable("heading", "board.unit")
        self.state = _selectable("muted", "board.unit.state")
        self.facts = _selectable("", "board.unit.facts")
        self.score = _selectable("", "board.unit.score")
        self.formula = _selectable("faint", "board.formula")
        self.formula.setText("\n".join(formula_words(say)))
        self._text_title = parts.label(say("Reminder to be pasted"), "muted")
        self.text = QPlainTextEdit()
        self.text.setObjectName("board.reminder")
        self.text.setAccessibleName(say("Reminder to be pasted"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(work.look.px(TEXT_HEIGHT))
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = parts.column(inside, margin=12, spacing=8)
        for widget in (self.unit, self.state, self.facts):
            column.addWidget(widget)
        column.addWidget(self._text_title)
        column.addWidget(self.text)
        column.addWidget(self.score)
        column.addWidget(self.formula)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setAccessibleName(self._work.say("About the unit"))
        parts.column(self).addWidget(area)

    def take(self, told: ScoredBoard, line: Line | None) -> None:
        """Tell of a unit, or of none."""
        say = self._work.say
        if line is None:
            self.unit.setText(say("No unit is chosen."))
            for label in (self.state, self.facts, self.score):
                label.hide()
            self._remind("")
            return
        self.unit.setText(f"{line.name}（{line.unit.code}）")
        states = (state_words(line, say), timely_words(line, say))
        _show(self.state, " · ".join(filter(None, states)))
        _show(self.facts, "\n".join(facts_words(told.board, line, say)))
        _show(self.score, self._score(told, line))
        wanted = wants(told.board, line)
        title = told.period.title
        self._remind(reminder(told.board, line, title, say) if wanted else "")

    def _score(self, told: ScoredBoard, line: Line) -> str:
        say, score = self._work.say, told.scores.get(line.unit.code)
        if not told.audited:
            return say("The score comes when the audit is through.")
        return "" if score is None else "\n".join(score_words(score, say))

    def _remind(self, text: str) -> None:
        self.text.setPlainText(text)
        self.text.setVisible(bool(text))
        self._text_title.setVisible(bool(text))


def _selectable(role: str, name: str) -> QLabel:
    made = parts.label("", role, name=name)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
