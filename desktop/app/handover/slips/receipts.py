"""Receipts (回执): what arrived, what the audit says of it, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.audit.standing import Standing
from desktop.app.compiled import compiled_for
from desktop.app.handover.slips.returning import tracked
from desktop.app.handover.slips.slips import about_of
from desktop.app.handover.slips.slips import agreeing
from desktop.app.handover.slips.slips import sender_of
from desktop.app.reports.stamping import stamp_of
from desktop.core.changes import Action
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.exchange.content import NIL
from desktop.exchange.journal import Journal
from desktop.exchange.lineage import MARK
from desktop.exchange.lineage import carried
from desktop.exchange.slip import Agreed
from desktop.exchange.slip import FormLine
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import PackageState
from desktop.exchange.slip import Receipt
from desktop.exchange.slip_facts import acceptance
from desktop.exchange.slip_facts import accepted_in
from desktop.exchange.slip_files import RECEIPT_ENDING
from desktop.exchange.slip_files import data_of
from desktop.indicators.periods import period_parameters
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.progress import Steps
    from desktop.core.changes import Change
    from desktop.core.findings import Finding
    from desktop.core.manifest import Manifest
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.store.journal_rows import Event
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger

__all__ = ["PackageState", "state_of", "states_of"]


@frozen
class Noted:
    """A receipt as it goes out: its bytes, and its file's name."""

    receipt: Receipt
    data: bytes
    name: str


# --- State -------------------------------------------------------------------


def states_of(ledger: Ledger, period: str) -> dict[str, PackageState]:
    """Tell what became of every package of a period that counts, by its id.

    Raises:
        StoreError: The ledger cannot be read.
    """
    return states_with(ledger, period, tracked(ledger, period))


def states_with(
    ledger: Ledger, period: str, items: Sequence[Tracked]
) -> dict[str, PackageState]:
    """Tell the states where it is known how far what was sent back is."""
    fate: dict[str, Became] = {}
    for event in ledger.journal():
        fate[event.package] = event.became
    accepted = accepted_in(ledger.choices(period))
    back = {id_ for one in items if one.ours and one.open for id_ in _about(one)}
    states = {}
    for package in ledger.packages(period):
        if fate.get(package.id) is not Became.TAKEN:
            continue
        found = PackageState.RECEIVED
        if package.id in back:
            found = PackageState.RETURNED
        elif package.id in accepted:
            found = PackageState.ACCEPTED
        states[package.id] = found
    return states


def _about(one: Tracked) -> tuple[str, str]:
    return one.item.package, one.newest


def state_of(ledger: Ledger, package: str) -> PackageState | None:
    """Tell what became of one package; None where it does not count."""
    for each in ledger.packages():
        if each.id == package:
            return states_of(ledger, each.period).get(package)
    return None


# --- Accepting ---------------------------------------------------------------


def accept(ledger: Ledger, package: Package, day: str) -> Action | Message:
    """Accept a package on a day; what was corrected is agreed to by it.

    Where a unit handed in forms one by one, what others of its packages brought is
    asked about, too.

    Raises:
        StoreError: The ledger cannot be read.
    """
    items = tracked(ledger, package.period)
    states = states_with(ledger, package.period, items)
    if package.id not in states:
        return message("slips.not_counting", package=package.file)
    choices = ledger.choices(package.period)
    before = accepted_in(choices).get(package.id)
    if before is not None:
        return message("slips.already_accepted", day=before)
    mine = [one for one in items if one.ours and one.slip.about.unit == package.unit]
    still = [one for one in mine if one.state is ItemState.OPEN]
    unit = _named(ledger, package)
    if still:
        return message("slips.still_open", count=len(still), unit=unit)
    changed = [one for one in mine if one.state is ItemState.CHANGED]
    changes: list[Change] = [*agreeing(ledger, changed)]
    changes.append(acceptance(choices, (package.period, package.id), day))
    return Action(message("slips.action.accept", unit=unit), tuple(changes))


def unaccept(ledger: Ledger, package: Package) -> Action | Message:
    """Take back that a package was accepted."""
    choices = ledger.choices(package.period)
    if package.id not in accepted_in(choices):
        return message("slips.not_accepted")
    change = acceptance(choices, (package.period, package.id), "")
    title = message("slips.action.unaccept", unit=_named(ledger, package))
    return Action(title, (change,))


def _named(ledger: Ledger, package: Package) -> str:
    units = {str(unit.code): unit.name for unit in ledger.units()}
    return units.get(package.unit, package.unit)


# --- Making ------------------------------------------------------------------


def receipts_for(
    ledger: Ledger, packages: Sequence[Package], who: str
) -> Steps[list[Noted]]:
    """Make the receipts of packages of one period; the audit runs once for all.

    Packages that do not count are passed over.

    Raises:
        StoreError: The ledger cannot be read.
    """
    if not packages:
        return []
    period = next(p for p in ledger.periods() if p.code == packages[0].period)
    compiled = compiled_for(ledger, period)
    parameters = period_parameters(compiled.pack, period)
    result = yield from audit_ledger(ledger, compiled.audit, parameters)
    making = _Making(ledger, period, result.findings, who)
    return [making.noted(each) for each in packages if each.id in making.states]


class _Making:
    """Makes receipts of one period; what they share is read once."""

    def __init__(
        self, ledger: Ledger, period: Period, findings: Sequence[Finding], who: str
    ) -> None:
        self._ledger, self._period = ledger, period
        self._items = tracked(ledger, period.code)
        self.states = states_with(ledger, period.code, self._items)
        self._told = explained(ledger, [one for one in findings if one.record])
        self._journal = Journal(ledger)
        self._events: dict[str, Event] = {}
        for event in ledger.journal():
            self._events.setdefault(event.package, event)
        self._accepted = accepted_in(ledger.choices(period.code))
        self._sender = sender_of(ledger, period.code, who)
        self._made, self._revision = stamp_of(ledger, period).made, ledger.head()

    def noted(self, package: Package) -> Noted:
        manifest = self._journal.manifest(package.id)
        about = about_of(self._journal, package)
        marks = manifest.lineage.marks if manifest.lineage else ""
        receipt = Receipt(
            sender=self._sender,
            about=about,
            edition=self._revision.revision,
            mark=marks[-MARK:],
            state=self.states[package.id],
            handed=package.made,
            taken=self._events[package.id].at,
            made=self._made,
            accepted=self._accepted.get(package.id, ""),
            forms=tuple(self._forms(package, manifest)),
            agreed=tuple(self._agreed(package)),
        )
        name = (
            f"{about.unit}-{about.period}-receipt-{package.id[:8]}"
            f"-r{about.revision:04d}{RECEIPT_ENDING}"
        )
        return Noted(receipt, data_of(receipt), name)

    def _forms(self, package: Package, manifest: Manifest) -> Iterator[FormLine]:
        found: Counter[tuple[str, str]] = Counter()
        units = set(package.units)
        for one in self._told:
            if one.finding.unit in units:
                found[one.finding.form, _kind(one)] += 1
        counts = dict(manifest.lineage.counts) if manifest.lineage else {}
        nils = {note.form for note in manifest.notes if note.topic == NIL}
        spoken = carried(manifest)
        for form in self._ledger.pack(self._period.code).forms:
            if form.id in spoken:
                yield FormLine(
                    form.id,
                    form.title,
                    counts.get(form.id, 0),
                    form.id in nils,
                    found[form.id, "error"],
                    found[form.id, "warning"],
                    found[form.id, "explained"],
                )

    def _agreed(self, package: Package) -> Iterator[Agreed]:
        for one in self._items:
            mine = one.ours and one.slip.about.unit == package.unit
            if mine and one.issued and one.state is ItemState.CHECKED:
                yield Agreed(one.slip.id, one.item.number, one.item.round, one.now)


def _kind(one: ExplainedFinding) -> str:
    """Tell how a finding counts: by its level, and whether it is explained."""
    soft = one.finding.level is Level.WARNING
    if soft and one.said.standing is Standing.STANDS:
        return "explained"
    return one.finding.level.value
