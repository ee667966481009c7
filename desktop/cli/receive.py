"""`taizhang preview`, `receive` and `undo`: what was handed in, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.merge_words import MergeWords
from desktop.app.handover.receiving import Reception
from desktop.app.handover.receiving import Wish
from desktop.app.handover.receiving import files_in
from desktop.app.handover.receiving import read_files
from desktop.app.handover.receiving import receive as receive_items
from desktop.app.handover.receiving import wishes
from desktop.app.handover.taking_back import carry_out
from desktop.app.handover.taking_back import find_package
from desktop.app.handover.taking_back import plan_redo
from desktop.app.handover.taking_back import plan_undo
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.received import Teller
from desktop.cli.received import chosen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import Kind
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving import Item
    from desktop.app.handover.receiving import Read
    from desktop.cli.desk import Desk
    from desktop.exchange.lineage import Verdict
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Contention
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer


def preview(desk: Desk, options: Namespace) -> int:
    """Say what each file is and what taking it would do; nothing is written."""
    reads = _read(desk, options.files)
    with desk.open(Path(options.ledger)) as ledger:
        reception = Reception(ledger)
        items = run_steps(reception.items(reads, lambda *_: Wish.MERGE, {}))
        teller = Teller(desk, MergeWords(ledger, reception, desk.say))
        teller.items(items, as_json=options.json, applied=False)
    return DONE if all(map(_plain, items)) else FOUND


def _plain(item: Item) -> bool:
    """Tell whether a file needs nobody to look at it."""
    plain = item.verdict.kind in (Kind.NEW, Kind.UPDATE, Kind.SAME)
    return plain and not item.open


def receive(desk: Desk, options: Namespace) -> int:
    """Take what was decided, in one action; what nobody decided waits."""
    decided = _decided(options.decide)
    reads = _read(desk, options.files)
    unknown = set(decided) - {read.file for read in reads}
    if unknown:
        raise CannotRunError(_no_decision(min(unknown)))
    wish = wishes(decided, all_new=options.all_new, all_updates=options.all_updates)
    places = pairs_of(options.choose, "--choose")
    with desk.open(Path(options.ledger), read_only=False) as ledger:
        choices = _choices(desk, ledger, reads, places, wish) if places else {}
        reception = Reception(ledger)
        items = run_steps(reception.items(reads, wish, choices))
        for item in items:
            if item.plan is None and item.read.file in decided:
                why = desk.say.message(item.verdict.said)
                said = message("exchange.not_acceptable", file=item.read.file, why=why)
                raise CannotRunError(said)
        teller = Teller(desk, MergeWords(ledger, reception, desk.say))
        received = receive_items(ledger, items, lambda: True)
        if received.refused is not None:
            teller.conflicts(items)
            raise CannotRunError(received.refused)
        _check(received.answer)
        teller.items(items, as_json=options.json, applied=True)
    waits = [item for item in items if item.wish is Wish.WAIT]
    waits = [item for item in waits if item.verdict.kind is not Kind.SAME]
    return FOUND if waits else DONE


def undo(desk: Desk, options: Namespace) -> int:
    """Let a package count no longer, or again; without one, list them."""
    writing = options.package is not None and not options.dry_run
    with desk.open(Path(options.ledger), read_only=not writing) as ledger:
        reception = Reception(ledger)
        teller = Teller(desk, MergeWords(ledger, reception, desk.say))
        if options.package is None:
            teller.packages(reception.journal, as_json=options.json)
            return DONE
        package = find_package(reception.journal, options.package)
        if isinstance(package, Message):
            raise CannotRunError(package)
        if options.redo:
            back = plan_redo(reception, package, {})
        else:
            back = plan_undo(reception, package)
        if isinstance(back, Message):
            raise CannotRunError(back)
        if writing:
            _check(carry_out(ledger, back))
        teller.taking_back(back, as_json=options.json, applied=writing)
    return DONE


def _read(desk: Desk, files: Sequence[str]) -> list[Read]:
    paths = files_in([Path(name) for name in files])
    for path in paths:
        if not path.is_file():
            detail = str(path)
            raise CannotRunError(message("exchange.unreadable", detail=detail))
    return run_steps(read_files(paths, desk.places.reader))


def _decided(given: Sequence[str]) -> dict[str, Wish]:
    known = {wish.value: wish for wish in Wish if wish is not Wish.WAIT}
    decided: dict[str, Wish] = {}
    for file, text in pairs_of(given, "--decide").items():
        if text not in known:
            raise CannotRunError(_no_decision(f"{file}={text}"))
        decided[file] = known[text]
    return decided


def _no_decision(text: str) -> Message:
    return message("exchange.unknown_decision", text=text)


def _choices(
    desk: Desk,
    ledger: Ledger,
    reads: Sequence[Read],
    places: Mapping[str, str],
    wish: Callable[[Read, Verdict], Wish],
) -> Choices:
    """Find out what the choices are about: planning without them shows the conflicts.

    A choice may bring up another one, so this is asked until none is left.
    """
    found: dict[Contention, str] = {}
    while True:
        reception = Reception(ledger)
        items = run_steps(reception.items(reads, wish, found))
        words = MergeWords(ledger, reception, desk.say)
        plans = [(i.plan, i.package) for i in items if i.plan and i.package]
        more = {
            line.contention: chosen(line, places[line.place.path])
            for plan, package in plans
            for line in words.conflicts(plan, package)
            if line.place.path in places
        }
        if not more:
            return found
        found |= more


def _check(answer: Answer | None) -> None:
    if isinstance(answer, Stale):
        raise CannotRunError(answer.conflicts[0].message)
