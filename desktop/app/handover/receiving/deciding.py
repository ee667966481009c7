"""What a person has decided so far about the files before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.exchange.lineage import Kind
    from desktop.exchange.lineage import Verdict
    from desktop.exchange.merge import Contention


class Deciding:
    """Gathers decisions; a plan is made from a copy that no longer changes."""

    def __init__(self) -> None:
        """Begin with nothing decided."""
        self.wishes: dict[Path, Wish] = {}
        self.choices: dict[Contention, str] = {}
        self.edits: dict[Path, frozenset[str]] = {}
        self.units: dict[Path, str] = {}

    def decisions(self) -> Decisions:
        """Give what is decided by now."""
        wishes = dict(self.wishes)

        def wish(read: Read, _: Verdict) -> Wish:
            return wishes.get(read.path, Wish.WAIT)

        return Decisions(wish, dict(self.choices), dict(self.edits), dict(self.units))

    def take_all(self, items: Iterable[Item], kind: Kind) -> None:
        """Want every file of a kind merged that can be."""
        for item in items:
            if item.verdict.kind is kind and item.plan and item.locked is None:
                self.wishes[item.read.path] = Wish.MERGE

    def choose(self, chosen: Mapping[Contention, str]) -> None:
        """Say what is to hold where sides differ."""
        self.choices.update(chosen)
