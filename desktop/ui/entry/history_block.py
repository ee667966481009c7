"""Beside the cell: the last of its history, and the way to all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.core.cells import BLANK
from desktop.forms.entry import format_cell
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.words import Words
    from desktop.forms.fields import Field
    from desktop.store.records import Entry
    from desktop.ui.workplace import Workplace

HISTORY_SHOWN: Final = 6


class HistoryBlock(QWidget):
    """The last changes of a cell: from, to, when, who."""

    def __init__(self, work: Workplace) -> None:
        """Wait for a cell."""
        super().__init__()
        self._say = work.say
        self._lines = [parts.label("", "faint") for _ in range(HISTORY_SHOWN)]
        ask = work.desk.asked.emit
        every = parts.button(
            work.say("All of the history…"),
            lambda: ask("record.history"),
            name="side.history",
            link=True,
        )
        column = parts.column(self, spacing=6)
        column.addWidget(parts.line())
        column.addWidget(parts.label(work.say("History of this cell"), "section"))
        for label in self._lines:
            column.addWidget(label)
        column.addLayout(parts.row(every, None))
        self.hide()

    def show_entries(self, field: Field | None, entries: tuple[Entry, ...]) -> None:
        """Show what happened to a cell, newest first."""
        shown = entries[:HISTORY_SHOWN] if field is not None else ()
        self.setVisible(bool(shown))
        for place, label in enumerate(self._lines):
            label.setVisible(place < len(shown))
            if field is not None and place < len(shown):
                label.setText(history_line(self._say, field, shown[place]))


def history_line(say: Words, field: Field, entry: Entry) -> str:
    """Say what a cell was, what it became, when and by whom."""
    empty = say("empty")
    before = format_cell(field, entry.before.get(field.id, BLANK)) or empty
    after = format_cell(field, entry.after.get(field.id, BLANK)) or empty
    return f"{before} → {after}\n{when(entry)}  {entry.who}"


def when(entry: Entry) -> str:
    """Write the time of an entry to the minute."""
    return entry.at[:16].replace("T", " ")
