"""What a preview of received files shows: changes and conflicts in a person's words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.core.frozen import frozen
from desktop.exchange.content import NOTHING
from desktop.exchange.content import UNIT
from desktop.exchange.content import is_nil
from desktop.exchange.content import is_note
from desktop.exchange.merge import OURS
from desktop.exchange.merge import WHOLE
from desktop.export.manifest.words import shown
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.handover.receiving.receiving import Reception
    from desktop.core.changes import RecordKey
    from desktop.core.words import Words
    from desktop.exchange.content import Slots
    from desktop.exchange.merge import Contention
    from desktop.exchange.merge import Difference
    from desktop.exchange.planning import Plan
    from desktop.forms.model import Form
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger

_ADDED: Final = "_added"
_REMOVED: Final = "_removed"
_DECLARED: Final = "_declared"
_WITHDRAWN: Final = "_withdrawn"
_SLOTS: Final[Mapping[str, str]] = {
    _ADDED: mark("record added"),
    _REMOVED: mark("record removed"),
    UNIT: mark("unit it belongs to"),
    _DECLARED: mark("nil return declared"),
    _WITHDRAWN: mark("nil return withdrawn"),
    WHOLE: mark("the whole record"),
}
_TOPICS: Final[Mapping[str, str]] = {
    "field": mark("remark on {about}"),
    "rule": mark("explanation of {about}"),
    "basis": mark("what the explanation of {about} speaks of"),
    "answer": mark("answer to what was sent back"),
}


@frozen
class Place:
    """Which cell is meant: by title and name, and as the command line writes it."""

    form: str
    record: str
    slot: str
    path: str


@frozen
class ChangeLine:
    """One thing that would change, in words; of a whole record without texts."""

    place: Place
    before: str
    after: str


@frozen
class SideLine:
    """Who says what: `text` is what a choice of this side is recorded as.

    `ours` tells what stands here already from what arrives.
    """

    who: str
    at: str
    value: str
    text: str
    ours: bool = True


@frozen
class ConflictLine:
    """One place somebody has to decide; `before` is empty where it is not known."""

    place: Place
    before: str
    sides: tuple[SideLine, ...]
    contention: Contention


class MergeWords:
    """Puts plans into words, for one ledger and one language."""

    def __init__(self, ledger: Ledger, reception: Reception, say: Words) -> None:
        """Take what the plans are about."""
        self._ledger = ledger
        self._journal = reception.journal
        self._say = say
        self._units = {str(unit.code): unit.name for unit in ledger.units()}

    def changes(self, plan: Plan) -> Iterator[ChangeLine]:
        """Say what would become of the ledger."""
        yield from self._lines(plan.taken, plan)

    def kept(self, plan: Plan) -> Iterator[ChangeLine]:
        """Say where the ledger keeps to what its own people changed."""
        yield from self._lines(plan.kept, plan)

    def _lines(self, found: Difference, plan: Plan) -> Iterator[ChangeLine]:
        for key in found.added:
            slot = _DECLARED if is_nil(key) else _ADDED
            yield ChangeLine(self._place(key, slot, plan), "", "")
        for key in found.removed:
            slot = _WITHDRAWN if is_nil(key) else _REMOVED
            yield ChangeLine(self._place(key, slot, plan), "", "")
        for one in found.changed:
            place = self._place(one.record, one.slot, plan)
            before = self._value(one.slot, one.before)
            yield ChangeLine(place, before, self._value(one.slot, one.after))

    def conflicts(self, plan: Plan, arriving: Package) -> Iterator[ConflictLine]:
        """Say what somebody has to decide; `arriving` is the package it is about."""
        known = {**self._journal.packages, arriving.id: arriving}
        for conflict in plan.open:
            about = conflict.contention
            names = [name for name, _ in conflict.sides]
            # What is merged with own changes has no name; the arriving file is part
            # of it, unless it stands for itself.
            theirs = arriving.id if arriving.id in names else ""
            sides = [
                replace(self._side(about, text, name, known), ours=name != theirs)
                for name, text in conflict.sides
            ]
            if theirs:
                here = self._say("what is held here")
                sides = [s if s.at else replace(s, who=here) for s in sides]
            base = conflict.base or ""
            yield ConflictLine(
                self._place(about.record, about.slot, plan),
                self._value(about.slot, base) if base else "",
                tuple(sides),
                about,
            )

    def _side(
        self,
        about: Contention,
        text: str,
        name: str,
        known: Mapping[str, Package],
    ) -> SideLine:
        value = self._value(about.slot, text)
        if about.slot == WHOLE:
            value = self._say("keep") if text else self._say("take away")
        who, at = self._say("the files received"), ""
        package = known.get(name)
        if package is not None:
            unit = self._units.get(package.unit, package.unit)
            who, at = f"{unit} · {package.file}", _moment(package.made)
        elif name == OURS:
            who, at = self._ours(about)
        return SideLine(who, at, value, text)

    def _ours(self, about: Contention) -> tuple[str, str]:
        own = self._say("this ledger")
        history = self._ledger.history(about.record)
        told = [one for one in history if about.slot in one.after] or history
        return (f"{own} · {told[-1].who}", _moment(told[-1].at)) if told else (own, "")

    def _value(self, slot: str, text: str) -> str:
        if slot == UNIT:
            return self._units.get(text, text)
        if is_note(slot) or slot == WHOLE:
            return text
        return shown(text) if text else self._say("blank")

    def _place(self, key: RecordKey, slot: str, plan: Plan) -> Place:
        form = self._ledger.pack(key.period).form_by_id[key.form]
        path = f"{key.form}/{key.facility}/{slot}"
        return Place(form.title, self._record(key, plan), self._slot(form, slot), path)

    def _slot(self, form: Form, slot: str) -> str:
        if slot in _SLOTS:
            return self._say(_SLOTS[slot])
        kind, colon, about = slot.partition(":")
        if colon:
            titled = form.by_id[about].title if about in form.by_id else about
            return self._say(_TOPICS[kind], about=titled)
        return form.by_id[slot].title

    def _record(self, key: RecordKey, plan: Plan) -> str:
        slots: Slots = plan.after.get(key) or plan.before.get(key, NOTHING)
        form = self._ledger.pack(key.period).form_by_id[key.form]
        unit = self._units.get(slots.get(UNIT, ""), "")
        if is_nil(key) or not isinstance(form, Roster):
            return unit
        name = shown(slots.get(form.name)) if form.name else ""
        return name or str(key.facility)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
