"""求和, 平均, 计数 of what is chosen, for the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer

from desktop.app.entry.selection_sums import Part
from desktop.app.entry.selection_sums import added_up
from desktop.app.entry.selection_sums import mean
from desktop.app.entry.selection_sums import measure_of
from desktop.ui.desk import Page
from desktop.ui.entry.block_work import records_of
from desktop.ui.entry.chosen import Chosen
from desktop.ui.entry.chosen import chosen_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.events import RecordsChanged
    from desktop.app.store_thread import Operation
    from desktop.store.search import Sums
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.roster_model import RosterModel

DELAY_MS: Final = 60
"""How long a selection stands still before it is added up."""


class SelectionSums(QObject):
    """Adds up what is chosen, on the ledger's thread, whenever that changes."""

    def __init__(self, page: Bench) -> None:
        """Follow the grid of a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._round = 0
        self._running: Operation[Sums] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DELAY_MS)
        self._later.timeout.connect(self._add_up)
        self._work.bridge.records_changed.connect(self._changed)
        self._work.desk.turned.connect(lambda _: self.follow())
        self._work.desk.moved.connect(lambda _: self.follow())

    def follow(self) -> None:
        """Add up anew soon: something else is chosen."""
        self._later.start()

    def _changed(self, event: RecordsChanged) -> None:
        if self._page.model is not None and event.form == self._page.model.form.id:
            self.follow()

    def _add_up(self) -> None:
        self._round += 1
        this, model, grid = self._round, self._page.model, self._page.grid
        if self._running is not None:
            self._running.cancel()
            self._running = None
        here = self._work.desk.page is Page.ENTRY and not self._page.on_card
        if model is None or grid is None or not here or self._work.bridge.closed:
            self._work.desk.summed.emit("")
            return
        chosen = chosen_in(grid)
        if chosen.count < 2:  # noqa: PLR2004 - one cell says itself what it holds
            self._work.desk.summed.emit("")
            return
        parts = parts_of(model, chosen)
        form, period = model.form.id, self._work.period

        def arrived(sums: Sums) -> None:
            if this == self._round:
                self._work.desk.summed.emit(self._words(sums, measure_of(parts)))

        self._running = self._work.session.thread.start(
            lambda ledger: added_up(ledger, form, period, parts)
        )
        self._work.bridge.when(self._running.result, self, arrived)

    def _words(self, sums: Sums, measure: str) -> str:
        say = self._work.say
        said = []
        if sums.numbers:
            said = [
                say("Sum {sum}", sum=f"{sums.total:,f}{measure}"),
                say("Mean {mean}", mean=f"{mean(sums) or 0:,f}"),
            ]
        said += [
            say("Filled {count}", count=f"{sums.filled:,}"),
            say("Blank {count}", count=f"{sums.blank:,}"),
        ]
        if sums.marked:
            text = say("Not applicable or unknown {count}", count=f"{sums.marked:,}")
            said.append(text)
        return "   ".join(said)


def parts_of(model: RosterModel, chosen: Chosen) -> Sequence[Part]:
    """Give the records and fields that are chosen, block by block."""
    shown = frozenset(chosen.columns)
    return [
        Part(
            records_of(model, range(area.top, area.bottom + 1)),
            [model.fields[n] for n in range(area.left, area.right + 1) if n in shown],
        )
        for area in chosen.areas
        if shown.intersection(range(area.left, area.right + 1))
    ]
