"""The indicators a person wants to see: by standing and by text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import QSortFilterProxyModel

if TYPE_CHECKING:
    from desktop.indicators.figures import Status
    from desktop.ui.indicators.model import IndicatorsModel
    from desktop.ui.indicators.model import Shown


class ChosenModel(QSortFilterProxyModel):
    """Keeps the order of the model behind it."""

    def __init__(self, model: IndicatorsModel, parent: QObject) -> None:
        """Show all."""
        super().__init__(parent)
        self.statuses: frozenset[Status] = frozenset()
        """None chosen: all are shown."""
        self.text = ""
        self._model = model
        self.setSourceModel(model)

    def choose(self, statuses: frozenset[Status], text: str) -> None:
        """Show what stands in one of these ways and has the text in its words."""
        wanted = text.strip().casefold()
        if (statuses, wanted) != (self.statuses, self.text):
            self.statuses, self.text = statuses, wanted
            self.invalidateFilter()

    def filterAcceptsRow(
        self, row: int, _parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Tell whether a row is wanted."""
        shown = self._model.rows[row]
        if self.statuses and shown.status not in self.statuses:
            return False
        line = shown.line
        words = (line.title, line.numerator.title, line.source, line.departments)
        return not self.text or any(self.text in each.casefold() for each in words)

    def shown(self, row: int) -> Shown | None:
        """Give what stands in a row; None where there is no such row."""
        place = self.mapToSource(self.index(row, 0)).row()
        return self._model.rows[place] if 0 <= place < len(self._model.rows) else None

    def leads(self, row: int) -> bool:
        """Tell whether a row is the first of its field of work that is shown."""
        before, here = self.shown(row - 1), self.shown(row)
        return before is None or here is None or before.domain is not here.domain

    def row_of(self, indicator: str) -> int:
        """Find an indicator; -1 where it is not shown."""
        ids = [shown.line.id for shown in self._model.rows]
        if indicator not in ids:
            return -1
        source = self._model.index(ids.index(indicator), 0)
        return self.mapFromSource(source).row()
