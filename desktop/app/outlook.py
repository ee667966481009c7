"""What is looked at of an open ledger: one period, its pack, and what was found in it.

The ledger lives on its own thread (`desktop.app.store_thread`). Listeners are called
on that thread; a view re-reads what it shows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.app.audit.findings_board import FindingsBoard
from desktop.app.compiled import CompiledPack
from desktop.app.events import FindingsChanged
from desktop.indicators.periods import period_parameters
from desktop.store.choice_rows import of_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.events import Listener
    from desktop.app.person import Person
    from desktop.app.store_thread import StoreThread
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger


class Outlook:
    """The period looked at, what is in force and known there, and who hears of it."""

    def __init__(
        self, thread: StoreThread, path: Path, person: Person, period: Period | None
    ) -> None:
        """Look at a period, or at the latest where the ledger has no such period."""
        self.path = path
        self.thread = thread
        self.person = person
        facts = thread.call(
            lambda ledger: (ledger.pack(), ledger.units(), ledger.periods())
        )
        self.kept, self.units, self.periods = facts.result()
        known = period is not None and period in self.periods
        self.period: Period = period if period and known else self.periods[-1]
        self.choices: dict[str, str] = {}
        """What was chosen of the pack for the period."""
        self.pack = self.kept
        """The pack of the period as it is kept, with what was chosen in force."""
        self.compiled = CompiledPack(self.pack)
        thread.call(self._settle).result()
        self.board = FindingsBoard()
        """Findings as the ledger's thread knows them; views keep their own."""
        self._listeners: list[Listener] = []

    @property
    def root(self) -> Unit:
        """The unit the ledger was made for."""
        return self.units[0]

    @property
    def parameters(self) -> dict[str, str]:
        """What compiled statements take for the period looked at."""
        return period_parameters(self.pack, self.period)

    def forms(self) -> tuple[str, ...]:
        """Name the forms of the period, as its pack has them."""
        return tuple(form.id for form in self.pack.forms)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every change from now on; call the answer to stop.

        Stopping twice does no harm.
        """
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def tell(self, event: Event) -> None:
        """Tell every listener of a change; runs on the ledger's thread."""
        if isinstance(event, FindingsChanged):
            self.board.take(event)
        for listener in tuple(self._listeners):
            listener(event)

    def _settle(self, ledger: Ledger) -> None:
        """Put the period's pack in force, and what was chosen for the period."""
        kept = ledger.pack(self.period.code)
        choices = of_pack(ledger.choices(self.period.code))
        if kept is not self.kept or choices != self.choices:
            self.kept, self.choices = kept, choices
            self.pack = kept
            if choices:
                from desktop.forms.settle import settle  # noqa: PLC0415 - few ledgers choose, and it brings the parser

                self.pack = settle(kept, choices)
            self.compiled = CompiledPack(self.pack)
