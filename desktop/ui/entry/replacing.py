"""Puts a text in the place of another, in one cell or in all that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.app.entry.pasting import Target
from desktop.app.entry.replacing import Swap
from desktop.app.entry.replacing import plan_swap
from desktop.app.entry.replacing import swap_one
from desktop.ui.entry.seeking import Then

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.entry.finding import Scope
    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.entry.replacing import Swapped
    from desktop.app.progress import Steps
    from desktop.store.records import Record
    from desktop.store.search import Sought
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.block_work import BlockWork
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.entry.seeking import Seeker


class Replacing(QObject):
    """Replaces, and says what came of it."""

    said = Signal(str)

    def __init__(self, page: Bench, blocks: BlockWork, seeker: Seeker) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page, self._work = page, page.work
        self._blocks = blocks
        self._seeker = seeker

    def one(self, sought: Sought, by: str) -> None:
        """Replace in the current cell if it is a hit, and go on to the next."""
        model, (row, column) = self._page.model, self._seeker.place
        if model is None or not self._work.writable:
            return
        self.said.emit("")
        if row < 0 or column < 0:
            self._seeker.step(Then.ON)
        elif not self._page.editable(column):
            self._pass_over()
        else:
            self._replace_at(model, (row, column), Swap(sought, by))

    def _pass_over(self) -> None:
        """Go on from a cell that the program fills; if it is a hit, say so."""
        if self._seeker.number is not None:
            self.said.emit(self._locked(1))
        self._seeker.step(Then.ON)

    def _replace_at(
        self, model: RosterModel, place: tuple[int, int], swap: Swap
    ) -> None:
        row, column = place
        field, target = model.fields[column], self._target(model)

        def work(records: Sequence[Record]) -> Steps[BlockPlan]:
            yield from ()
            return swap_one((row, records[0], field), swap, target)

        def settle(plan: BlockPlan) -> None:
            if plan.refused:
                why = self._work.say.message(plan.refused[0].why)
                said = self._work.say("Not replaced: {why}", why=why)
                self.said.emit(said)
                return
            if plan.edits:
                self._apply(plan, 0)
            self._seeker.step(Then.ON)

        self._blocks.carry_out([row], 1, work, settle)

    def every(self, scope: Scope, sought: Sought, by: str) -> None:
        """Replace in all cells; what does not fit is shown before anything."""
        model = self._page.model
        if model is None or not self._work.writable:
            return
        self.said.emit("")
        swap, target = Swap(sought, by), self._target(model)

        def settle(swapped: Swapped) -> None:
            if swapped.plan.fits:
                self._apply(swapped.plan, swapped.locked)
            else:
                self._ask(swapped)

        self._blocks.run(lambda ledger: plan_swap(ledger, scope, swap, target), settle)

    def _target(self, model: RosterModel) -> Target:
        units = self._work.unit_by_code
        return Target(model.form, 0, (), model.fields, model.choices, units)

    def _ask(self, swapped: Swapped) -> None:
        from desktop.ui.entry.paste_preview import REPLACING  # noqa: PLC0415 - few need it
        from desktop.ui.entry.paste_preview import PastePreview  # noqa: PLC0415 - same

        plan, locked = swapped.plan, swapped.locked
        preview = PastePreview(self._work, plan, self._page, REPLACING)
        preview.fitting.connect(lambda: self._apply(plan, locked))
        preview.open()

    def _apply(self, plan: BlockPlan, locked: int) -> None:
        """Change what fits as one step to undo, and say what was done once it is."""
        say, count = self._work.say, f"{len(plan.edits):,}"
        more = self._locked(locked) if locked else ""

        def ended(kept: bool) -> None:
            done = say("{count} cells replaced; Ctrl+Z undoes it.", count=count)
            not_done = say("Nothing was replaced: the cells have just changed. Again?")
            self.said.emit(done + more if kept else not_done)

        if plan.edits:
            self.said.emit(say("Replacing {count} cells…", count=count))
            self._blocks.apply(plan, "app.replace", ended)
        else:
            self.said.emit(say("There is nothing to replace.") + more)

    def _locked(self, count: int) -> str:
        return self._work.say(
            "{count} cells are filled by the program itself and stayed as they are.",
            count=f"{count:,}",
        )
