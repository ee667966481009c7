"""Copy, cut and paste as in Excel and WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.app.background import Task
from desktop.app.commands import Need
from desktop.app.entry.blocks import copied
from desktop.app.entry.blocks import from_text
from desktop.app.entry.blocks import spread
from desktop.app.entry.pasting import Target
from desktop.app.entry.pasting import plan_paste
from desktop.app.entry.pasting import with_new_records
from desktop.forms.model import Roster
from desktop.ui.entry.chosen import NOTHING
from desktop.ui.entry.chosen import Area
from desktop.ui.entry.chosen import Chosen
from desktop.ui.entry.chosen import choose_block
from desktop.ui.entry.chosen import columns_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.entry.blocks import Block
    from desktop.app.entry.blocks import Copied
    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.progress import Steps
    from desktop.store.records import Record
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.block_work import BlockWork
    from desktop.ui.entry.roster_model import RosterModel


LONG: Final = 40_000
"""Letters that are read without keeping the person waiting."""


class Clipboard(QObject):
    """Copies what is chosen and pastes what was copied, here or elsewhere."""

    def __init__(self, page: Bench, blocks: BlockWork) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._blocks = blocks

    def copy(
        self,
        chosen: Chosen,
        *,
        headed: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Copy the block around what is chosen; gaps in it stay empty."""
        model = self._page.model
        if model is None or not chosen.count:
            return
        fields = [model.fields[column] for column in chosen.columns]
        units, rows, columns = model.work.unit_by_code, chosen.rows, chosen.columns

        def has(record: int, field: int) -> bool:
            return chosen.has(rows[record], columns[field])

        only = None if chosen.whole else has

        def write(records: Sequence[Record]) -> Steps[Copied]:
            return copied(records, fields, units, only, headed=headed)

        def settle(block: Copied) -> None:
            _put(block)
            if then is not None:
                then()

        self._blocks.carry_out(rows, chosen.count, write, settle)

    def paste(self, chosen: Chosen) -> None:
        """Paste a block as one action; what does not fit is shown before anything."""
        text = QGuiApplication.clipboard().text()
        if not chosen.count:
            chosen = self._beginning()
        if not text or not chosen.count:
            return
        tall, wide = chosen.rows[-1] - chosen.rows[0] + 1, len(chosen.columns)

        def read() -> list[list[str]]:
            return spread(from_text(text), tall, wide)

        def take(block: list[list[str]]) -> None:
            self.take(block, chosen, "app.paste")

        if len(text) + tall * wide < LONG:
            take(read())
        else:
            self._work.bridge.when(Task(lambda _: read()).result, self, take)

    def _beginning(self) -> Chosen:
        """Give the place of the first record's first cell, where there is none yet."""
        grid, desk = self._page.grid, self._work.desk
        if grid is None or Need.ROSTER not in desk.holds or len(grid.roster.ids):
            return NOTHING
        first = grid.shown_columns()[0]
        return Chosen((0,), (first,), (Area(0, first, 0, first),))

    def take(self, block: Block, chosen: Chosen, title: str) -> None:
        """Put a block of texts where the chosen one begins."""
        model, grid = self._page.model, self._page.grid
        if model is None or grid is None:
            return
        first, columns = chosen.rows[0], columns_from(grid, chosen.columns[0])
        fields = [model.fields[column] for column in columns]
        rows = range(first, min(first + len(block), len(model.ids)))
        form, choices, units = model.form, model.choices, model.work.unit_by_code
        wide = max(map(len, block))

        def plan(records: Sequence[Record]) -> Steps[BlockPlan]:
            target = Target(form, first, records, fields, choices, units)
            return plan_paste(block, target)

        def settle(planned: BlockPlan) -> None:
            choose_block(grid, rows, columns[:wide])
            self.settle(planned, title)

        self._blocks.carry_out(rows, len(block) * wide, plan, settle)

    def settle(self, plan: BlockPlan, title: str) -> None:
        """Do at once what fits whole; otherwise show what would happen, and ask."""
        if plan.fits:
            self._blocks.apply(plan, title)
            return
        from desktop.ui.entry.paste_preview import PastePreview  # noqa: PLC0415 - few pastes need it

        preview = PastePreview(self._work, plan, self._page)
        preview.fitting.connect(lambda: self._blocks.apply(plan, title))
        preview.adding.connect(lambda: self._add(plan))
        preview.open()

    def _add(self, plan: BlockPlan) -> None:
        """Add records for the rows below the last; ask for their unit if needed."""
        model, units = self._page.model, self._work.session.units
        if model is None:
            return
        if len(units) == 1:
            self._add_to(model, plan, units[0].code)
            return
        from desktop.ui.entry.unit_dialog import UnitDialog  # noqa: PLC0415 - the first window need not wait for it

        dialog = UnitDialog(self._work, model.form, self._page)
        dialog.picked.connect(lambda code: self._add_to(model, plan, code))
        dialog.open()

    def _add_to(self, model: RosterModel, plan: BlockPlan, unit: str) -> None:
        if isinstance(model.form, Roster):
            place = (self._work.session.period, unit)
            new_id = self._work.start.person.new_id
            action = with_new_records(plan, model.form, place, new_id)
            self._page.seek_last = True
            self._blocks.send(action)


def _put(block: Copied) -> None:
    """Put a block on the clipboard, as text and as a table that keeps codes whole."""
    mime = QMimeData()
    mime.setText(block.text)
    mime.setHtml(block.html)
    QGuiApplication.clipboard().setMimeData(mime)
