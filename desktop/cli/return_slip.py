"""`taizhang return`: send back what is to be corrected, and answer what came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.receiving.taking_back import find_package
from desktop.app.handover.slips.returning import tracked
from desktop.app.handover.slips.slip_words import before_of
from desktop.app.handover.slips.slip_words import item_state
from desktop.app.handover.slips.slip_words import now_of
from desktop.app.handover.slips.slip_words import what_of
from desktop.app.handover.slips.slip_writing import write_back
from desktop.app.handover.slips.slips import agree_to
from desktop.app.handover.slips.slips import drop
from desktop.app.handover.slips.slips import find_item
from desktop.app.handover.slips.slips import find_record
from desktop.app.handover.slips.slips import find_slip
from desktop.app.handover.slips.slips import issue
from desktop.app.handover.slips.slips import send_again
from desktop.app.handover.slips.slips import set_due
from desktop.app.handover.slips.slips_marking import Wanted
from desktop.app.handover.slips.slips_marking import send_back
from desktop.app.handover.slips.slips_taken import answer
from desktop.app.handover.slips.slips_taken import find_taken
from desktop.app.handover.slips.slips_taken import judgement_of
from desktop.app.handover.slips.slips_taken import read_back
from desktop.app.handover.slips.slips_taken import take_in
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.cli.passwords import key_password_of
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.journal import Journal
from desktop.exchange.slip import ItemState
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from desktop.app.handover.slips.receipts import Noted
    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.handover.slips.slips import Issued
    from desktop.cli.desk import Desk
    from desktop.core.changes import Action
    from desktop.core.manifest import Signature
    from desktop.exchange.slip import Slip
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger

T = TypeVar("T")
CHANGING = ("cell", "finding", "again", "agree", "drop", "answer", "take")


def return_(desk: Desk, options: Namespace) -> int:
    """Do what is wanted, in this order, and tell how far everything is."""
    writing = any(getattr(options, name) is not None for name in ("due", "out"))
    writing = writing or any(getattr(options, name) for name in CHANGING)
    with desk.open(Path(options.ledger), read_only=not writing) as ledger:
        period = period_of(ledger, options.period).code
        told = take_all(desk, ledger, options.take)
        work = _Returning(desk, ledger, period, options)
        work.mark()
        work.go_on()
        written = work.go_out()
        items = tracked(ledger, period)
        if options.json:
            facts = [item_facts(desk, one) for one in items]
            desk.answer({"items": facts, "taken": told, "written": written})
        else:
            for said in told:
                desk.line(said)
            _tell(desk, items)
    waiting = any(one.state is not ItemState.CHECKED for one in items)
    return FOUND if waiting else DONE


class _Returning:
    """Carries out what was asked for on the command line, each as an action."""

    def __init__(
        self, desk: Desk, ledger: Ledger, period: str, options: Namespace
    ) -> None:
        self._desk, self._ledger = desk, ledger
        self._period, self._options = period, options

    def mark(self) -> None:
        """Put cells and findings on the slip of a package."""
        options = self._options
        if not (options.cell or options.finding):
            return
        package = self._package()
        cells = [self._wanted(package, "field", text) for text in options.cell]
        found = [self._wanted(package, "rule", text) for text in options.finding]
        do(self._ledger, send_back(self._ledger, package, [*cells, *found]))

    def _package(self) -> Package:
        wanted = self._options.package
        if wanted is None:
            raise CannotRunError(message("slips.no_package"))
        return package_of(self._ledger, wanted)

    def _wanted(self, package: Package, kind: str, text: str) -> Wanted:
        place, equals, reason = text.partition("=")
        form, _, rest = place.partition("/")
        record, _, what = rest.rpartition("/")
        if not (equals and form and record and what):
            raise CannotRunError(message("slips.bad_item", text=text))
        record = find_record(self._ledger, package, form, record)
        if kind == "rule":
            return Wanted(form, record, rule=what, reason=reason)
        return Wanted(form, record, field=what, reason=reason)

    def go_on(self) -> None:
        """Agree, send again, drop, answer, set the day."""
        ledger, options = self._ledger, self._options
        for name, reason in pairs_of(options.again, "--again").items():
            do(ledger, send_again(ledger, self._item(name), reason))
        if options.agree:
            found = [self._item(name) for name in options.agree]
            do(ledger, agree_to(ledger, found))
        for name in options.drop:
            do(ledger, drop(ledger, self._item(name)))
        for name, text in pairs_of(options.answer, "--answer").items():
            do(ledger, answer(ledger, self._taken(name), text))
        if options.due is not None:
            do(ledger, set_due(ledger, self._slip(), options.due))

    def _item(self, name: str) -> Tracked:
        return sure(find_item(self._ledger, self._period, name))

    def _taken(self, name: str) -> Tracked:
        return sure(find_taken(self._ledger, self._period, name))

    def _slip(self) -> Slip:
        ids = {one.slip.id for one in tracked(self._ledger, self._period) if one.ours}
        wanted = self._options.slip or (ids.pop() if len(ids) == 1 else "")
        if not wanted:
            raise CannotRunError(message("slips.which_slip"))
        return sure(find_slip(self._ledger, self._period, wanted))

    def go_out(self) -> list[str]:
        """Write the slip that is to be sent."""
        if self._options.out is None:
            return []
        out = sure(issue(self._ledger, self._slip(), self._desk.person.who))
        paths = send(self._desk, self._ledger, out, self._options)
        if out.action is not None:
            do(self._ledger, out.action)
        return paths


def package_of(ledger: Ledger, wanted: str) -> Package:
    """Find a package that was received.

    Raises:
        CannotRunError: There is none such.
    """
    return sure(find_package(Journal(ledger), wanted))


def send(
    desk: Desk, ledger: Ledger, out: Issued | Noted, options: Namespace
) -> list[str]:
    """Write what goes out, signed where the ledger has a key; gives the paths.

    Raises:
        CannotRunError: The key asks for a password, and it is not the right one.
        ExportError: The disk did not take it.
    """
    folder = Path(options.out)
    make_folder(folder)
    password = key_password_of(desk, options, ledger)
    signed = _signed(ledger, digest_of(out.data), password)
    paths = [str(p) for p in write_back(out, folder, desk.places.fonts, signed)]
    if not options.json:
        for path in paths:
            desk.tell("Written and read back: {path}", path=path)
    return paths


def _signed(ledger: Ledger, digest: str, password: str | None) -> Signature | None:
    found = sign(ledger, digest, password)
    if isinstance(found, Message):
        raise CannotRunError(found)
    return found


def take_all(desk: Desk, ledger: Ledger, files: Sequence[str]) -> list[str]:
    """Take in what came back, slips and receipts alike; gives what each was about.

    Raises:
        CannotRunError: One of them cannot be taken in.
    """
    told = []
    for file in files:
        came = sure(read_back(Path(file)))
        judgement = judgement_of(ledger, came)
        action = do(ledger, take_in(ledger, came, desk.person))
        said = [f"{Path(file).name}: {desk.say.message(action.title)}"]
        if judgement.scheme or judgement.loud:
            said.append(desk.say.message(judgement.said))
        told.append(" ".join(said))
    return told


def do(ledger: Ledger, action: Action | Message) -> Action:
    """Do something, or say why not.

    Raises:
        CannotRunError: It cannot be done.
    """
    if isinstance(action, Message):
        raise CannotRunError(action)
    answered = ledger.apply(action)
    # For the type checker: nobody else writes to the ledger meanwhile.
    assert not isinstance(answered, Stale)  # noqa: S101 - see above
    return action


def sure(found: T | Message) -> T:
    """Give what was found.

    Raises:
        CannotRunError: It was not.
    """
    if isinstance(found, Message):
        raise CannotRunError(found)
    return found


def _tell(desk: Desk, items: Sequence[Tracked]) -> None:
    if not items:
        desk.tell("Nothing has been sent back in this period.")
    for one in items:
        item, slip = one.item, one.slip
        desk.line(f"{one.name}  {item_state(one, desk.say)}")
        desk.line(f"    {item.form_title} {item.name} {what_of(item)}")
        due = slip.due or desk.say("soon")
        desk.tell("    {reason} (by {due})", reason=item.reason, due=due)
        before, now = before_of(item, desk.say), now_of(one, desk.say)
        desk.line(f"    {before} → {now}")


def item_facts(desk: Desk, one: Tracked) -> dict[str, object]:
    """Put an item as the command line's JSON has it."""
    item, slip = one.item, one.slip
    return {
        "item": one.name,
        "slip": slip.id,
        "sent_here": one.ours,
        "unit": slip.about.unit,
        "package": item.package,
        "form": item.form,
        "record": item.record,
        "name": item.name,
        "field": item.field or None,
        "rule": item.rule or None,
        "what": what_of(item),
        "reason": item.reason,
        "due": slip.due or None,
        "round": item.round,
        "issued": one.issued,
        "state": one.state.value,
        "before": before_of(item, desk.say),
        "now": now_of(one, desk.say),
    }
