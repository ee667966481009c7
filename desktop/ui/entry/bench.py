"""What is before the person on 填报: the grid or the card, and what stands around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.nil_return import NilReturn
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.ui.entry.card_view import CardView
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace


class Bench(QWidget):
    """What the commands of 填报 work on; the page puts it together."""

    displaced = Signal()
    """Rows or columns have moved: the cell before the person is elsewhere."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Have no form yet."""
        super().__init__(parent)
        self.work = work
        self.grid: GridView | None = None
        self.model: RosterModel | None = None
        self.seek_last = False
        """Go to the last record when the list is there: one was added."""
        self.search = QLineEdit()
        self.nil = NilReturn(work, self)
        self.middle = QWidget()
        self._column: QVBoxLayout = parts.column(self.middle)
        self._hint = parts.label("", "muted", wrap=False, name="entry.hint")
        self._stack = QStackedWidget()
        self._card: CardView | None = None

    def put_above(self, bar: QWidget) -> None:
        """Put a bar between the tools and the grid or the card."""
        self._column.insertWidget(self._column.indexOf(self._stack), bar)

    def hint(self, text: str) -> None:
        """Say something beside the form's title, until there is something else."""
        self._hint.setText(text)

    def go_to(self, row: int | None, column: int | None) -> None:
        """Go to a row, to a column, or both; where None is given, one stays."""
        grid, model = self.grid, self.model
        if grid is None or model is None:
            return
        now = grid.currentIndex()
        grid.choose(
            max(now.row(), 0) if row is None else row,
            max(now.column(), 0) if column is None else column,
        )
        if self.on_card:
            self.card.show_place(self.work.desk.place)

    def editable(self, column: int) -> bool:
        """Tell whether a column takes entries."""
        return self.model is not None and not is_locked(self.model.fields[column])

    # --- Card and grid -----------------------------------------------------

    def toggle_card(self) -> None:
        """Show the record as a card, or the grid again, at the same field."""
        if not self.on_card:
            card = self.card
            self._stack.setCurrentWidget(card)
            card.show_place(self.work.desk.place)
        elif self.grid is not None and self.model is not None:
            self._stack.setCurrentIndex(0)
            self.displaced.emit()
            self.grid.setFocus()

    @property
    def card(self) -> CardView:
        """The card; it is made when somebody first wants to see it."""
        if self._card is None:
            from desktop.ui.entry.card_view import CardView  # noqa: PLC0415 - the first window need not wait for it

            self._card = CardView(self.work)
            self._stack.addWidget(self._card)
            if self.model is not None:
                self._card.open(self.model)
        return self._card

    @property
    def on_card(self) -> bool:
        """Whether the card is before the person."""
        return self._stack.currentIndex() == 1
