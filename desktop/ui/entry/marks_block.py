"""Beside the cell: its comment and its flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.app.entry.cell_notes import NO_MARKS
from desktop.ui.entry.marks_words import back_words
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.entry.cell_notes import CellMarks
    from desktop.ui.workplace import Workplace


class MarksBlock(QWidget):
    """What was written about a cell, with buttons to write and to flag."""

    def __init__(self, work: Workplace) -> None:
        """Wait for a cell."""
        super().__init__()
        self._say = work.say
        ask = work.desk.asked.emit
        self._flag = parts.label(
            work.say("Flagged: to be looked at again"), "bad", name="side.flag"
        )
        self._back = parts.label("", "bad", name="side.back")
        self._comment = parts.label("", name="side.comment")
        self._write = parts.button(
            "", lambda: ask("record.comment"), name="side.write", link=True
        )
        self._turn = parts.button(
            "", lambda: ask("record.flag"), name="side.turn", link=True
        )
        self._buttons = QWidget()
        across = parts.row(self._write, self._turn, None)
        self._buttons.setLayout(across)
        column = parts.column(self, spacing=3)
        for part in (self._back, self._flag, self._comment, self._buttons):
            column.addWidget(part)
        # Shown before it has a parent, it would be a window for a moment.
        self._buttons.setVisible(work.writable)
        self.show_marks(NO_MARKS)

    def show_marks(self, marks: CellMarks) -> None:
        """Show the marks of a cell."""
        say = self._say
        back = marks.back
        self._back.setText("" if back is None else back_words(say, back))
        self._back.setVisible(back is not None)
        parts.set_role(self._back, "good" if back and back.corrected else "bad")
        self._flag.setVisible(marks.flagged)
        text = say("Comment: {text}", text=marks.comment)
        self._comment.setText(text if marks.comment else "")
        self._comment.setVisible(bool(marks.comment))
        self._write.setText(
            say("Change the comment…") if marks.comment else say("Comment…")
        )
        self._turn.setText(
            say("Take the flag off") if marks.flagged else say("Flag the cell")
        )
