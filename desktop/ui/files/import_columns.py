"""Which item each column of a foreign table carries, for the person to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QWidget

from desktop.core.layout import UNIT
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from PySide6.QtGui import QWheelEvent

    from desktop.forms.model import Form
    from desktop.intake.header import Head
    from desktop.intake.header import Matching
    from desktop.intake.table import Table
    from desktop.ui.workplace import Workplace

ASIDE: Final = ""
"""Stands in a wish for a column that is left aside."""
UNIT_WORD: Final = "unit"
"""Stands in a wish for the unit a row belongs to."""
EXAMPLE_LENGTH: Final = 18
_HEAD, _EXAMPLE, _BOX, _NOTE = range(4)


class CarryBox(QComboBox):
    """Chooses the item of one column; the wheel scrolls the list of columns instead."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list: a choice changes by key or click only."""
        event.ignore()


class ImportColumns(QScrollArea):
    """A line for each column: its head, an example below it, and what it carries."""

    corrected = Signal()
    """The person says otherwise; `heads` has their word."""

    def __init__(self, work: Workplace, form: Form, parent: QWidget) -> None:
        """Wait for a table."""
        super().__init__(parent)
        self.setObjectName("import.columns")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._work, self._form = work, form
        self._word: dict[str, str] = {}
        """What the person said a column carries, by its head, the latest last."""
        self._boxes: dict[int, CarryBox] = {}
        self._notes: dict[int, QLabel] = {}
        self._texts: dict[int, str] = {}

    @property
    def count(self) -> int:
        """The columns of the table."""
        return len(self._boxes)

    @property
    def heads(self) -> dict[str, str]:
        """The person's word: what a column carries, by the text of its head.

        Of two columns said to carry one item the later has it; the earlier one gets
        it back when the later goes on to another, as with the arrow keys.
        """
        latest = {target: head for head, target in self._word.items()}
        return {
            head: target if latest[target] == head else ASIDE
            for head, target in self._word.items()
        }

    def forget(self) -> None:
        """Forget the table and the person's word on it."""
        self._word = {}
        self._boxes, self._notes, self._texts = {}, {}, {}

    def show_matching(self, matching: Matching, table: Table) -> None:
        """Show what a plan takes the columns for."""
        if not self._boxes:
            self._build(matching, table)
        carried = dict.fromkeys(self._boxes, ASIDE) | {
            column: UNIT_WORD if target == UNIT else target
            for column, target in matching.by_column.items()
        }
        notes = dict(self._remarks(matching))
        for column, box in self._boxes.items():
            place = max(box.findData(carried[column]), 0)
            box.setCurrentIndex(place)
            self._notes[column].setText(notes.get(column, ""))

    # --- Building ----------------------------------------------------------

    def _build(self, matching: Matching, table: Table) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        examples = _examples(matching, table)
        for line, head in enumerate(matching.header.heads):
            single = matching.head_named(head.text) is head
            self._line(grid, line, head, examples.get(head.column, ""))
            self._boxes[head.column].setEnabled(single)
        grid.setRowStretch(len(matching.header.heads), 1)
        grid.setColumnStretch(_NOTE, 1)
        self.setWidget(inside)

    def _line(self, grid: QGridLayout, line: int, head: Head, example: str) -> None:
        say = self._work.say
        shown = say("For example: {text}", text=example) if example else ""
        name = parts.label(head.text, wrap=False)
        box = self._box(head)
        name.setBuddy(box)
        note = parts.label("", "muted", wrap=False, name=f"import.note.{head.column}")
        grid.addWidget(name, line, _HEAD)
        grid.addWidget(parts.label(shown, "muted", wrap=False), line, _EXAMPLE)
        grid.addWidget(box, line, _BOX)
        grid.addWidget(note, line, _NOTE)
        self._boxes[head.column] = box
        self._notes[head.column] = note
        self._texts[head.column] = head.text

    def _box(self, head: Head) -> CarryBox:
        say = self._work.say
        box = CarryBox()
        box.setObjectName(f"import.carries.{head.column}")
        box.setAccessibleName(
            say("Which item the column {column} carries", column=head.text)
        )
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setMinimumWidth(250)
        box.addItem(say("Not imported"), ASIDE)
        box.addItem(say("Unit"), UNIT_WORD)
        for field in self._form.stored:
            box.addItem(field.title, field.id)
        box.activated.connect(lambda _: self._chosen(head.column))
        return box

    # --- The person's word -------------------------------------------------

    def _chosen(self, column: int) -> None:
        text = self._texts[column]
        self._word.pop(text, None)
        self._word[text] = str(self._boxes[column].currentData())
        self.corrected.emit()

    def _remarks(self, matching: Matching) -> Iterator[tuple[int, str]]:
        say = self._work.say
        for match in matching.locked:
            yield match.head.column, say("Filled by the program")
        for match in matching.duplicates:
            yield match.head.column, say("Another column carries it")
        for column, box in self._boxes.items():
            if not box.isEnabled():
                yield (
                    column,
                    say("Several columns have this head; rename them in the file"),
                )


def _examples(matching: Matching, table: Table) -> Mapping[int, str]:
    """Give the first text below each head, shortened."""
    found: dict[int, str] = {}
    for row in table.rows:
        for cell in row:
            text = " ".join(cell.text.split())
            if cell.row > matching.header.last_row and text:
                found.setdefault(cell.column, text)
    return {
        column: text if len(text) <= EXAMPLE_LENGTH else f"{text[:EXAMPLE_LENGTH]}…"
        for column, text in found.items()
    }
