"""Fill down, fill right, empty, and the states of all chosen cells at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.app.entry.pasting import plan_down
from desktop.app.entry.pasting import plan_fill
from desktop.app.entry.pasting import to_the_right
from desktop.ui.entry.chosen import in_sight

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.store.records import Record
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.block_work import BlockWork
    from desktop.ui.entry.chosen import Chosen
    from desktop.ui.entry.clipboard import Clipboard
    from desktop.ui.entry.roster_model import RosterModel


class Filling(QObject):
    """Changes all chosen cells by one key."""

    def __init__(self, page: Bench, blocks: BlockWork) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._blocks = blocks

    def fill(self, chosen: Chosen, cell: Cell, title: str) -> None:
        """Set the chosen cells to one content, where their fields take it."""

        def plan(records: Sequence[Record], fields: Sequence[Field]) -> BlockPlan:
            return plan_fill(chosen.rows, records, fields, cell)

        self._carry_out(chosen, plan, title)

    def down(self, chosen: Chosen) -> None:
        """Repeat the uppermost chosen cells below; of one row alone, the row above."""
        if len(chosen.rows) == 1 and chosen.rows[0] > 0:
            [row] = chosen.rows
            above = [replace(a, top=row - 1) for a in chosen.areas]
            chosen = replace(chosen, rows=(row - 1, row), areas=tuple(above))

        def plan(records: Sequence[Record], fields: Sequence[Field]) -> BlockPlan:
            return plan_down(chosen.rows, records, fields)

        self._carry_out(chosen, plan, "app.fill-down")

    def right(self, chosen: Chosen, clipboard: Clipboard) -> None:
        """Repeat the leftmost chosen cells; of one column alone, the column before."""
        model = self._page.model
        if model is None or not chosen.count:
            return
        chosen = self._with_column_before(model, chosen)
        fields = [model.fields[column] for column in chosen.columns]
        units = model.work.unit_by_code

        def write(records: Sequence[Record]) -> Steps[list[list[str]]]:
            yield from ()
            return to_the_right(records, fields, units)

        def settle(block: list[list[str]]) -> None:
            clipboard.take(block, chosen, "app.fill-right")

        self._blocks.carry_out(chosen.rows, chosen.count, write, settle)

    def _with_column_before(self, model: RosterModel, chosen: Chosen) -> Chosen:
        grid = self._page.grid
        if grid is None or len(chosen.columns) > 1:
            return chosen
        shown = in_sight(grid, range(len(model.fields)))
        place = shown.index(chosen.columns[0])
        return replace(chosen, columns=shown[max(place - 1, 0) : place + 1])

    def _carry_out(
        self,
        chosen: Chosen,
        plan: Callable[[Sequence[Record], Sequence[Field]], BlockPlan],
        title: str,
    ) -> None:
        model = self._page.model
        if model is None or not chosen.count:
            return
        columns = {model.fields[column].id: column for column in chosen.columns}
        fields = [model.fields[column] for column in chosen.columns]
        whole = chosen.whole

        def steps(records: Sequence[Record]) -> Steps[BlockPlan]:
            yield from ()
            made = plan(records, fields)
            if whole:
                return made
            edits = made.edits
            has = (chosen.has(one.row, columns[one.field.id]) for one in edits)
            kept = (one for one, there in zip(edits, has, strict=True) if there)
            return replace(made, edits=tuple(kept))

        def settle(made: BlockPlan) -> None:
            self._blocks.apply(made, title)

        self._blocks.carry_out(chosen.rows, chosen.count, steps, settle)
