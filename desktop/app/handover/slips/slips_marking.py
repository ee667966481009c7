"""Mark what is to be sent back: cells and findings go on the slip of their unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.audit.explained import record_name
from desktop.app.handover.slips.returning import Newest
from desktop.app.handover.slips.returning import occurring
from desktop.app.handover.slips.slips import about_of
from desktop.app.handover.slips.slips import is_day
from desktop.app.handover.slips.slips import running
from desktop.app.handover.slips.slips import sender_of
from desktop.core.changes import Action
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.content import UNIT
from desktop.exchange.content import cell_of
from desktop.exchange.slip import Item
from desktop.exchange.slip import Slip
from desktop.exchange.slip import again
from desktop.exchange.slip import number_for
from desktop.exchange.slip import seen
from desktop.exchange.slip_facts import acceptance
from desktop.exchange.slip_facts import accepted_in
from desktop.exchange.slip_facts import changes_to
from desktop.exchange.slip_facts import slips_in
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.exchange.content import Slots
    from desktop.forms.model import Form
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger


@frozen
class Wanted:
    """What is to be sent back: a cell, or a finding where a rule is named."""

    form: str
    record: str
    field: str = ""
    rule: str = ""
    reason: str = ""


def send_back(
    ledger: Ledger, package: Package, wanted: Sequence[Wanted], due: str | None = None
) -> Action | Message:
    """Put cells and findings on the slip of a package's unit, or say why not.

    They are sent back as they are in the unit's newest package; what stands on the slip
    already, anew. A package that was accepted is so no longer. `due` is a day; None
    leaves it as it is.

    Raises:
        StoreError: The ledger cannot be read.
    """
    if due and not is_day(due):
        return message("slips.bad_day", day=due)
    putting = _Putting(ledger, package)
    if putting.newest.journal.became(package.id) is not Became.TAKEN:
        return message("slips.not_counting", package=package.file)
    for each in wanted:
        refused = putting.put(each)
        if refused is not None:
            return refused
    return putting.action(due)


def _item(
    ledger: Ledger, key: RecordKey, wanted: Wanted, slots: Slots
) -> Item | Message:
    """Say what is sent back, without the number it gets on the slip."""
    form = ledger.pack(key.period).form_by_id[key.form]
    units = {str(unit.code): unit.name for unit in ledger.units()}
    cells = {field.id: cell_of(slots.get(field.id, "")) for field in form.stored}
    name = record_name(form, cells, units.get(slots[UNIT], slots[UNIT]))
    item = Item(
        number=0,
        form=form.id,
        record=wanted.record,
        field=wanted.field,
        rule=wanted.rule,
        fields=(wanted.field,),
        returned=(),
        reason="",
        package="",
        name=name,
        form_title=form.title,
    )
    if wanted.rule:
        return _about_finding(ledger, key, item)
    field = form.by_id.get(wanted.field)
    if field is None:
        return message("slips.unknown_field", field=wanted.field, form=form.title)
    if field not in form.stored:
        return message("slips.not_typed", field=field.title)
    return replace(item, field_title=field.title)


def _about_finding(ledger: Ledger, key: RecordKey, item: Item) -> Item | Message:
    form = ledger.pack(key.period).form_by_id[key.form]
    spot = item.form, item.record, item.rule
    finding = occurring(ledger, key.period, [spot]).get(spot)
    if finding is None:
        return message("slips.no_finding", rule=item.rule)
    titles = (form.by_id[field].title for field in finding.fields)
    return replace(
        item,
        fields=_typed(form, finding.fields),
        field_title="、".join(titles),
        level=finding.level.value,
        says=finding.text,
    )


def _typed(form: Form, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Name the cells a finding rests on: those it marks, or all if one is computed."""
    typed = tuple(field.id for field in form.stored)
    return fields if fields and set(fields) <= set(typed) else typed


class _Putting:
    """Puts items on the slip of a package's unit, one after the other."""

    def __init__(self, ledger: Ledger, package: Package) -> None:
        self.newest = Newest(ledger, package.period)
        self._ledger, self._package = ledger, package
        self._choices = ledger.choices(package.period)
        self._slip = self._begin()
        self._put: list[Item] = []

    def _begin(self) -> Slip:
        """Give the slip of the unit that is not done with, or a new one."""
        period, ledger = self._package.period, self._ledger
        there = running(ledger, self._package)
        if there is not None:
            return there
        sender = sender_of(ledger, period)
        about = about_of(self.newest.journal, self._package)
        number = number_for(sender.ledger, self._package.id, slips_in(self._choices))
        return Slip(number, 0, sender, about)

    def put(self, wanted: Wanted) -> Message | None:
        """Put one in, or say why not."""
        reason, period = wanted.reason.strip(), self._package.period
        if not reason:
            return message("slips.no_reason")
        form = self._ledger.pack(period).form_by_id.get(wanted.form)
        head = self.newest.of(self._package.unit, wanted.form)
        if form is None or not head:
            return message("slips.unknown_form", form=wanted.form)
        key = RecordKey(form.id, period, FacilityId(wanted.record))
        slots = self.newest.slots(head, key)
        if slots is None:
            return message("slips.unknown_record", record=wanted.record)
        made = _item(self._ledger, key, wanted, slots)
        if isinstance(made, Message):
            return made
        item = _on_slip(self._slip, replace(made, package=head, reason=reason), slots)
        self._slip = self._slip.with_item(item)
        self._put.append(item)
        return None

    def action(self, due: str | None) -> Action:
        """Give the action that keeps the slip."""
        slip = replace(self._slip, waiting=True)
        if due is not None:
            slip = replace(slip, due=due)
        period, id_ = self._package.period, self._package.id
        changes: list[Change] = [*changes_to(self._choices, period, slip)]
        if id_ in accepted_in(self._choices):
            changes.append(acceptance(self._choices, (period, id_), ""))
        one, count = self._put[0], len(self._put)
        title = message("slips.action.return", form=one.form_title, name=one.name)
        if count > 1:
            title = message("slips.action.return_all", count=count)
        return Action(title, tuple(changes))


def _on_slip(slip: Slip, made: Item, slots: Slots) -> Item:
    """Give an item its number; what is there and went out goes out anew."""
    known = next((item for item in slip.items if item.spot == made.spot), None)
    if known is not None and slip.issued(known):
        now = seen(slip.id, known, slots)
        return again(known, made.reason, slip.edition, now=now, package=made.package)
    number = max((item.number for item in slip.items), default=0) + 1
    round_ = 1
    if known is not None:
        number, round_ = known.number, known.round
    item = replace(made, number=number, round=round_, since=slip.edition + 1)
    return replace(item, returned=seen(slip.id, item, slots))
