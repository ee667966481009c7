"""`taizhang preview`, `receive` and `undo`: what was handed in, and taking it back."""

from __future__ import annotations

import gc
from contextlib import closing
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.sealing import is_sealed
from desktop.app.handover.receiving.merge_words import MergeWords
from desktop.app.handover.receiving.reading import files_in
from desktop.app.handover.receiving.reading import read_files
from desktop.app.handover.receiving.reading import reads_of
from desktop.app.handover.receiving.receiving import TAKING
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.rehearsing import rehearse
from desktop.app.handover.receiving.straight import receive_straight
from desktop.app.handover.receiving.taking_back import carry_out
from desktop.app.handover.receiving.taking_back import find_package
from desktop.app.handover.receiving.taking_back import plan_redo
from desktop.app.handover.receiving.taking_back import plan_undo
from desktop.app.handover.receiving.taking_in import receive as receive_items
from desktop.app.handover.receiving.taking_in import wishes
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.passwords import given_password
from desktop.cli.passwords import password_of
from desktop.cli.received import Teller
from desktop.cli.received import chosen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import Kind
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.cli.desk import Desk
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer


def preview(desk: Desk, options: Namespace) -> int:
    """Say what each file is and what taking it would do; nothing is written."""
    reads = _read(desk, options)
    edits, units = _edits(options.accept, reads), _units(options.unit, reads)
    decided = Decisions(lambda *_: Wish.MERGE, edits=edits, units=units)
    with desk.open(Path(options.ledger)) as ledger:
        reception = Reception(ledger, _around(desk, options))
        items = run_steps(reception.items(reads, decided))
        rehearsed = run_steps(rehearse(ledger, items))
        words = MergeWords(ledger, reception, desk.say)
        teller = Teller(desk, words, edits, rehearsed)
        teller.items(items, as_json=options.json, applied=False)
    return DONE if all(map(_plain, items)) else FOUND


def _around(desk: Desk, options: Namespace) -> Around:
    return Around(desk.person.clock().date(), options.period or "", desk.say)


def _plain(item: Item) -> bool:
    """Tell whether a file needs nobody to look at it."""
    plain = item.verdict.kind in (Kind.NEW, Kind.UPDATE, Kind.SAME)
    return plain and not item.open


def receive(desk: Desk, options: Namespace) -> int:
    """Take what was decided, in one action; what nobody decided waits."""
    by_name = options.decide or options.choose or options.accept or options.unit
    if not by_name and (options.all_new or options.all_updates):
        return _receive_straight(desk, options)
    reads = _read(desk, options)
    with desk.open(Path(options.ledger), read_only=False) as ledger:
        return _receive(desk, options, ledger, reads)


def _receive_straight(desk: Desk, options: Namespace) -> int:
    """Take what was decided by kind, while the files are still being read."""
    paths, password = _files(desk, options)
    paths.sort(key=_name)
    wish = wishes({}, all_new=options.all_new, all_updates=options.all_updates)
    decided = Decisions(wish), _around(desk, options)
    with (
        _without_collecting(),
        desk.open(Path(options.ledger), read_only=False) as ledger,
        closing(reads_of(paths, desk.places.reader, password)) as coming,
    ):
        found = receive_straight(ledger, coming, decided, lambda: True, desk.person)
        if found.received is None or found.reception is None:
            return _receive(desk, options, ledger, found.reads)
        words = MergeWords(ledger, found.reception, desk.say)
        return _told(Teller(desk, words), options, found.items)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: among millions of cells there is next to none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _name(path: Path) -> str:
    return path.name


def _receive(
    desk: Desk, options: Namespace, ledger: Ledger, reads: Sequence[Read]
) -> int:
    """Look at all files first, then take what was decided."""
    decided = _decided(options.decide)
    _known_files(decided, reads)
    wish = wishes(decided, all_new=options.all_new, all_updates=options.all_updates)
    places = pairs_of(options.choose, "--choose")
    edits, units = _edits(options.accept, reads), _units(options.unit, reads)
    wanted = Decisions(wish, edits=edits, units=units)
    around = _around(desk, options)
    if places:
        wanted = _choices(desk, (ledger, around), reads, places, wanted)
    reception = Reception(ledger, around)
    items = run_steps(reception.items(reads, wanted))
    _check_decided(desk, items, decided)
    teller = Teller(desk, MergeWords(ledger, reception, desk.say), edits)
    received = receive_items(ledger, items, lambda: True, desk.person)
    if received.refused is not None:
        teller.conflicts(items)
        raise CannotRunError(received.refused)
    _check(received.answer)
    return _told(teller, options, items)


def _told(teller: Teller, options: Namespace, items: Sequence[Item]) -> int:
    teller.items(items, as_json=options.json, applied=True)
    waits = [item for item in items if item.wish is Wish.WAIT]
    waits = [item for item in waits if item.verdict.kind is not Kind.SAME]
    return FOUND if waits else DONE


def _check_decided(
    desk: Desk, items: Sequence[Item], decided: Mapping[str, Wish]
) -> None:
    """Refuse to go on where something cannot be done that was asked for by name."""
    for item in items:
        wanted = decided.get(item.read.file)
        locked = item.locked if wanted in TAKING else None
        if wanted is not None and (item.plan is None or locked is not None):
            why = desk.say.message(locked or item.verdict.said)
            file = item.read.file
            said = message("exchange.not_acceptable", file=file, why=why)
            raise CannotRunError(said)


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


def _read(desk: Desk, options: Namespace) -> list[Read]:
    paths, password = _files(desk, options)
    return run_steps(read_files(paths, desk.places.reader, password))


def _files(desk: Desk, options: Namespace) -> tuple[list[Path], str | None]:
    paths = files_in([Path(name) for name in options.files])
    for path in paths:
        if not path.is_file():
            detail = str(path)
            raise CannotRunError(message("exchange.unreadable", detail=detail))
    password = given_password(options)
    if password is None and any(map(is_sealed, paths)):
        password = password_of(desk, options)
    return paths, password


def _known_files(named: Mapping[str, object], reads: Sequence[Read]) -> None:
    unknown = set(named) - {read.file for read in reads}
    if unknown:
        raise CannotRunError(_no_decision(min(unknown)))


def _edits(given: Sequence[str], reads: Sequence[Read]) -> dict[Path, frozenset[str]]:
    """Read which edited cells are accepted: `FILE=Sheet!C5`, or `FILE=all`."""
    pairs = [pairs_of([text], "--accept") for text in given]
    found: dict[Path, frozenset[str]] = {}
    for pair in pairs:
        _known_files(pair, reads)
        for read in reads:
            there = frozenset(each.difference.where for each in read.edited)
            text = pair.get(read.file)
            if text is None:
                continue
            wanted = there if text == "all" else frozenset({text})
            if not wanted <= there:
                raise CannotRunError(_no_decision(f"{read.file}={text}"))
            found[read.path] = found.get(read.path, frozenset()) | wanted
    return found


def _units(given: Sequence[str], reads: Sequence[Read]) -> dict[Path, str]:
    """Read whose the files are that were typed by hand: `FILE=310105001`."""
    units = pairs_of(given, "--unit")
    _known_files(units, reads)
    return {read.path: units[read.file] for read in reads if read.file in units}


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
    where: tuple[Ledger, Around],
    reads: Sequence[Read],
    places: Mapping[str, str],
    wanted: Decisions,
) -> Decisions:
    """Find out what the choices are about: planning without them shows the conflicts.

    A choice may bring up another one, so this is asked until none is left.
    """
    while True:
        reception = Reception(*where)
        items = run_steps(reception.items(reads, wanted))
        words = MergeWords(where[0], reception, desk.say)
        plans = [(i.plan, i.package) for i in items if i.plan and i.package]
        more = {
            line.contention: chosen(line, places[line.place.path])
            for plan, package in plans
            for line in words.conflicts(plan, package)
            if line.place.path in places
        }
        if not more:
            return wanted
        wanted = replace(wanted, choices={**wanted.choices, **more})


def _check(answer: Answer | None) -> None:
    if isinstance(answer, Stale):
        raise CannotRunError(answer.conflicts[0].message)
