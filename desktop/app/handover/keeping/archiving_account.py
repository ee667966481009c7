"""The account of a ledger for whoever takes it over or keeps it: what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.audit.finding_lines import finding_lines
from desktop.app.audit.standing import Standing
from desktop.app.compiled import compiled_for
from desktop.app.entry.cell_notes import cell_notes
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import own_key
from desktop.app.handover.slips.returning import tracked
from desktop.app.ledgers.backing_up import backup_folder
from desktop.app.ledgers.backing_up import last_backup
from desktop.app.progress import Progress
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.manifest import PRINTED
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import Purpose
from desktop.exchange.journal import Journal
from desktop.exchange.keys_known import Trust
from desktop.exchange.slip import ItemState
from desktop.export import handing as words
from desktop.export.notice import Notice
from desktop.indicators.periods import period_parameters
from desktop.store.backup import line_of
from desktop.store.journal_rows import Became

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger

MOST: Final = 100
"""Lines of one kind; of more, their number is told."""
LATEST: Final = 20
"""Actions of the change log that are listed one by one."""
SLICE: Final = 2000
"""Entries of the log read between two looks at who wants to stop."""

Row = tuple[str, str, str, str]


@frozen
class Asked:
    """What an account is for: who gives, who takes, and a word for them.

    `ledger` is the file in use, beside which its backups lie; `at` is the time.
    """

    purpose: Purpose
    ledger: Path
    giver: str
    taker: str
    note: str
    at: str


@frozen
class Account:
    """The account, and how many faults the doctor found and things are open."""

    notice: Notice
    faults: int
    open: int


def account_of(ledger: Ledger, asked: Asked, say: Words) -> Steps[Account]:
    """Draw up the account of a ledger, examining all of it.

    Raises:
        StoreError: The ledger cannot be read.
    """
    faults: list[Message] = []
    for number, step in enumerate(ledger.doctor_steps()):
        yield Progress(number, number + 1, message("handing.examining"))
        faults += step.problems
    rows: list[Row] = [(words.FOUND, "", say.message(one), "") for one in faults]
    for period in ledger.periods():
        rows += yield from _of_period(ledger, period, say)
    rows += _of_ledger(ledger)
    open_ = len(rows)
    rows += yield from _trail(ledger, say)
    if not open_:
        rows.insert(0, ("", "", words.NO_ITEMS, ""))
    facts = tuple(_facts(ledger, asked, len(faults)))
    handover = asked.purpose is Purpose.HANDOVER
    title = words.HANDOVER if handover else words.ARCHIVE
    head, unit = ledger.head(), ledger.units()[0]
    notice = Notice(
        title,
        unit.name,
        ledger.periods()[-1].title,
        facts,
        words.COLUMNS,
        tuple(rows),
        words.SAID_HANDOVER if handover else words.SAID_ARCHIVE,
        words.SIDES_HANDOVER if handover else words.SIDES_ARCHIVE,
        foot=f"{title}　{head.hash.hex()[:PRINTED]}",
    )
    return Account(notice, len(faults), open_)


# --- What it is ----------------------------------------------------------------


def _facts(ledger: Ledger, asked: Asked, faults: int) -> Iterator[tuple[str, str]]:
    unit, pack, head = ledger.units()[0], ledger.pack(), ledger.head()
    yield words.UNIT, f"{unit.name}（{unit.code}）"
    yield words.LEDGER, f"{asked.ledger.name}（{ledger.identity().ledger[:8]}）"
    yield words.PERIODS, "、".join(period.title for period in ledger.periods())
    yield words.PACK, f"{pack.title} {pack.version}"
    end = head.hash.hex()[:PRINTED]
    state = {"revision": head.revision, "entries": head.seq, "head": end}
    yield words.STATE, words.REVISION.format(**state)
    yield words.RECORDS, _records(ledger)
    whole = words.IS_NOT_WHOLE.format(count=faults) if faults else words.IS_WHOLE
    yield words.WHOLE, whole
    yield words.BACKUP, _backup(ledger, asked.ledger)
    yield words.KEY, _key(ledger)
    handover = asked.purpose is Purpose.HANDOVER
    yield words.GIVER if handover else words.KEEPER, asked.giver
    if handover:
        yield words.TAKER, asked.taker
    yield words.MADE, asked.at[:16].replace("T", " ")
    if asked.note:
        yield words.NOTE, asked.note


def _records(ledger: Ledger) -> str:
    period = ledger.periods()[-1].code
    counts = (
        f"{form.title} {ledger.count(form.id, period)}"
        for form in ledger.pack(period).forms
    )
    return f"{ledger.periods()[-1].title}：{'、'.join(counts)}"


def _backup(ledger: Ledger, path: Path) -> str:
    line = line_of(ledger.identity())
    last = last_backup(path, line, (backup_folder(path),))
    if last is None:
        return words.NO_BACKUP
    return words.OF_BACKUP.format(
        at=f"{last.at:%Y-%m-%d %H:%M}", revision=last.revision
    )


def _key(ledger: Ledger) -> str:
    key = own_key(ledger)
    if key is None or isinstance(key, Message):
        return words.NO_KEY
    if key.locked:
        return words.LOCKED.format(fingerprint=key.fingerprint)
    return key.fingerprint


# --- What is open --------------------------------------------------------------


def _of_period(ledger: Ledger, period: Period, say: Words) -> Steps[list[Row]]:
    compiled = compiled_for(ledger, period)
    parameters = period_parameters(compiled.pack, period)
    audit = yield from audit_ledger(ledger, compiled.audit, parameters)
    told = explained(ledger, audit.findings)
    hard = [one for one in told if one.finding.level is Level.ERROR]
    soft = [one for one in told if _unexplained(one)]
    rows: list[Row] = []
    for kind, found, why in (
        (words.ERROR, hard, ""),
        (words.WARNING, soft, words.UNEXPLAINED),
    ):
        lines = finding_lines(say, compiled.pack, found)
        texts = (line.text.partition("] ")[2] or line.text for line in lines)
        rows += _few((kind, period.title, text, why) for text in texts)
    rows += _few(_flags(ledger, period))
    rows += _few(_returned(ledger, period))
    return rows


def _unexplained(told: ExplainedFinding) -> bool:
    soft = told.finding.level is Level.WARNING
    return soft and told.said.standing is not Standing.STANDS


def _few(rows: Iterable[Row]) -> list[Row]:
    """Keep a list readable: what is too many is counted."""
    listed = list(rows)
    if len(listed) <= MOST:
        return listed
    kind, period, _, _ = listed[0]
    more = words.MORE.format(count=len(listed) - MOST)
    return [*listed[:MOST], (kind, period, more, "")]


def _flags(ledger: Ledger, period: Period) -> Iterator[Row]:
    for note in cell_notes(ledger, period):
        if note.marks.flagged:
            about = f"{note.form_title} {note.name} {note.field_title}"
            yield words.FLAG, period.title, about, note.marks.comment


def _returned(ledger: Ledger, period: Period) -> Iterator[Row]:
    for one in tracked(ledger, period.code):
        if one.state is ItemState.OPEN:
            item = one.item
            about = f"{item.form_title} {item.name} {item.field_title}"
            yield words.RETURNED, period.title, about, item.reason


def _of_ledger(ledger: Ledger) -> list[Row]:
    journal, known = Journal(ledger), known_keys(ledger)
    aside = (
        (words.ASIDE, package.period, package.file, known.names.get(package.unit, ""))
        for package in journal.packages.values()
        if journal.became(package.id) is not Became.TAKEN
    )
    keys = (
        (words.KEY_OPEN, "", known.names.get(unit, unit), keys.now.print)
        for unit, keys in sorted(known.units.items())
        if keys.now is not None and keys.now.state is Trust.SEEN
    )
    return [*_few(aside), *_few(keys)]


# --- Who worked ----------------------------------------------------------------


def _trail(ledger: Ledger, say: Words) -> Steps[list[Row]]:
    """Tell who did how much and when, and what was done last."""
    actions: dict[int, tuple[str, str, Message]] = {}
    seq, end = 0, ledger.head().seq
    while entries := ledger.log(seq, SLICE):
        seq = entries[-1].seq
        for entry in entries:
            actions[entry.revision] = entry.at, entry.who, entry.title
        yield Progress(seq, end, message("handing.reading_log"))
    people: dict[str, list[str]] = {}
    for at, who, _ in actions.values():
        people.setdefault(who, []).append(at)
    return [*_workers(people), *_last(list(actions.values())[-LATEST:], say)]


def _workers(people: dict[str, list[str]]) -> Iterator[Row]:
    for who, times in sorted(people.items()):
        first, last = min(times)[:10], max(times)[:10]
        worked = words.WORKED.format(count=len(times), first=first, last=last)
        yield words.WORK, "", who, worked


def _last(actions: Sequence[tuple[str, str, Message]], say: Words) -> Iterator[Row]:
    for at, who, title in reversed(actions):
        moment = at[:16].replace("T", " ")
        yield words.LATEST, "", say.message(title), f"{moment} {who}"
