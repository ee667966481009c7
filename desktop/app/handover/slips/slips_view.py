"""Slips and receipts of a period in one look: what came, and what went out."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.slips.receipts import states_with
from desktop.app.handover.slips.returning import tracked
from desktop.app.handover.slips.slips_taken import judgement
from desktop.core.frozen import frozen
from desktop.exchange.slip import ItemState
from desktop.exchange.slip_facts import accepted_in
from desktop.exchange.slip_facts import came_in
from desktop.exchange.slip_facts import receipts_in
from desktop.exchange.slip_facts import slips_in
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.handover.keeping.signing import Judgement
    from desktop.app.handover.slips.returning import Tracked
    from desktop.exchange.slip import PackageState
    from desktop.exchange.slip import Receipt
    from desktop.exchange.slip import Sender
    from desktop.exchange.slip import Slip
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger


@frozen
class UnitBack:
    """A unit that handed in: its last package that counts, and what was sent back.

    `taken` is when that package came. `slips` are those of the period, with what has
    not gone out yet; `day` is when the package was accepted.
    """

    name: str
    package: Package
    state: PackageState
    taken: str
    items: tuple[Tracked, ...] = ()
    slips: tuple[Slip, ...] = ()
    day: str = ""

    @property
    def waiting(self) -> tuple[Slip, ...]:
        """The slips that are to go out."""
        return tuple(slip for slip in self.slips if slip.waiting)

    @property
    def changed(self) -> tuple[Tracked, ...]:
        """What was corrected and nobody has agreed to."""
        return tuple(one for one in self.items if one.state is ItemState.CHANGED)


@frozen
class Overview:
    """What came to a ledger in a period, and what was handed in to it.

    `signed` is whose signature what came has, by slip or by a receipt's package.
    """

    came: tuple[Tracked, ...]
    receipts: tuple[Receipt, ...]
    units: tuple[UnitBack, ...]
    signed: Mapping[str, Judgement] = field(default_factory=dict)


def overview(ledger: Ledger, period: str) -> Overview:
    """Read what there is.

    Raises:
        StoreError: The ledger cannot be read.
    """
    items, choices = tracked(ledger, period), ledger.choices(period)
    receipts = sorted(
        receipts_in(choices).values(), key=lambda one: -one.about.revision
    )
    came = tuple(one for one in items if not one.ours)
    ours = tuple(one for one in items if one.ours)
    senders = {one.about.package: one.sender for one in receipts}
    senders |= {one.slip.id: one.slip.sender for one in came}
    signed = _signed(ledger, choices, senders)
    return Overview(came, tuple(receipts), _units(ledger, period, ours), signed)


def _signed(
    ledger: Ledger, choices: Mapping[str, str], senders: Mapping[str, Sender]
) -> dict[str, Judgement]:
    """Judge the signatures of what came by what is known of keys now."""
    if not senders:
        return {}
    known = known_keys(ledger)
    return {
        id_: judgement(known, senders[id_], *signed)
        for id_, signed in came_in(choices).items()
        if id_ in senders
    }


def _units(
    ledger: Ledger, period: str, items: tuple[Tracked, ...]
) -> tuple[UnitBack, ...]:
    states = states_with(ledger, period, items)
    packages = {package.id: package for package in ledger.packages(period)}
    last: dict[str, tuple[Package, str]] = {}
    for event in ledger.journal():
        if event.became is Became.TAKEN and event.package in states:
            package = packages[event.package]
            last[package.unit] = package, event.at
    choices = ledger.choices(period)
    slips, accepted = slips_in(choices).values(), accepted_in(choices)
    own = ledger.identity().ledger
    found = []
    for unit in ledger.units():
        if unit.code not in last:
            continue
        package, at = last[unit.code]
        line = UnitBack(
            unit.name_in(period),
            package,
            states[package.id],
            at,
            tuple(one for one in items if one.slip.about.unit == unit.code),
            tuple(
                slip
                for slip in slips
                if (slip.sender.ledger, slip.about.unit) == (own, unit.code)
            ),
            accepted.get(package.id, ""),
        )
        found.append(line)
    return tuple(found)
