"""Where one looks for a text: in all columns, in one, or in what was chosen."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from desktop.app.entry.finding import Scope
from desktop.app.entry.finding import Where
from desktop.app.entry.selection_sums import Part
from desktop.ui.entry.chosen import chosen_in
from desktop.ui.entry.selection_sums import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.entry.bench import Bench


class Reach(Enum):
    """How far a search reaches."""

    ALL = "all"
    COLUMN = "column"
    CHOSEN = "chosen"


class FindScope(QComboBox):
    """Offers where to look; column and chosen cells are those one began with.

    Going from hit to hit chooses other cells, so what was chosen is kept here.
    """

    def __init__(self, page: Bench) -> None:
        """Offer all columns."""
        super().__init__()
        self._page = page
        self._column: str | None = None
        self._chosen: Sequence[Part] = ()
        self.setObjectName("find.scope")
        self.setAccessibleName(page.work.say("Where to look"))
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.setMinimumContentsLength(8)
        self.take()

    def take(self) -> None:
        """Offer the column one is in and what is chosen now.

        Where several cells are chosen it looks in them, as Excel does.
        """
        say, model, grid = self._page.work.say, self._page.model, self._page.grid
        self.blockSignals(True)
        self.clear()
        self.addItem(say("In all columns"), Reach.ALL)
        self._column, self._chosen = None, ()
        column = self._page.work.desk.place.field
        if model is not None and column in model.form.by_id:
            self._column = column
            title = model.form.by_id[column].title
            self.addItem(say("Only in “{title}”", title=title), Reach.COLUMN)
        if model is not None and grid is not None and not self._page.on_card:
            chosen = chosen_in(grid)
            if chosen.count > 1:
                self._chosen = parts_of(model, chosen)
                count = sum(len(one.records) * len(one.fields) for one in self._chosen)
                text = say("Only in the {count} chosen cells", count=f"{count:,}")
                self.addItem(text, Reach.CHOSEN)
                self.setCurrentIndex(self.count() - 1)
        self.blockSignals(False)

    def scope(self) -> Scope | None:
        """Give the cells to look in; columns that are hidden are left alone."""
        model, grid = self._page.model, self._page.grid
        if model is None or grid is None:
            return None
        where = Where(model.form.id, self._page.work.period, model.ids)
        parts: Sequence[Part]
        match self.currentData():
            case Reach.COLUMN if self._column is not None:
                parts = [Part(model.ids, [model.form.by_id[self._column]])]
            case Reach.CHOSEN:
                parts = self._chosen
            case _:
                shown = [model.fields[column] for column in grid.shown_columns()]
                parts = [Part(model.ids, shown)]
        return Scope(where, model.fields, parts)
