"""What a ledger knows of its own handing in: which revision, when, where to.

It is kept with the period as `period.submitted`, so the page can say what has been
handed in and how much was changed since. It is no part of what is handed in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import Progress
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.content import travels
from desktop.store.choice_rows import OF_PERIOD
from desktop.store.records import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.store.reader import Reader
    from desktop.store.records import Entry

SUBMITTED: Final = f"{OF_PERIOD}submitted"
"""Under this name it stands among the period's choices."""
SLICE: Final = 500
_TEXTS: Final = ("at", "who")
_NUMBERS: Final = ("revision", "seq")
_LISTS: Final = ("where", "packages")


@frozen
class Submitted:
    """The last handing in.

    `seq` is the last entry of the change log that was in it, `packages` the digests of
    its files' data, `where` the places it went to, and `at` and `who` belong to the
    last of those.
    """

    revision: int
    seq: int
    at: str
    who: str
    where: tuple[str, ...]
    packages: tuple[str, ...]


def read_submitted(choices: Mapping[str, str]) -> Submitted | Message | None:
    """Read it from a period's choices; None where nothing was handed in."""
    text = choices.get(SUBMITTED, "")
    if not text:
        return None
    try:
        found = json.loads(text)
        texts = {name: _text(found[name]) for name in _TEXTS}
        numbers = {name: _number(found[name]) for name in _NUMBERS}
        lists = {name: tuple(map(_text, found[name])) for name in _LISTS}
    except (ValueError, KeyError, TypeError):
        return message("carrying.damaged_fact")
    return Submitted(**numbers, **texts, **lists)  # type: ignore[arg-type]  # checked one by one above


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def submitted_revision(choices: Mapping[str, str]) -> int:
    """Tell which revision was handed in last; 0 where none is known."""
    found = read_submitted(choices)
    return found.revision if isinstance(found, Submitted) else 0


def noted(choices: Mapping[str, str], period: str, submitted: Submitted) -> Action:
    """Give the action that notes a handing in, with where the same went to before."""
    before = read_submitted(choices)
    where, packages = submitted.where, submitted.packages
    if isinstance(before, Submitted) and before.revision == submitted.revision:
        where = tuple(dict.fromkeys((*before.where, *where)))
        packages = tuple(dict.fromkeys((*before.packages, *packages)))
    content = {
        **{name: getattr(submitted, name) for name in (*_TEXTS, *_NUMBERS)},
        "where": where,
        "packages": packages,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    change = DefinitionChange(period, SUBMITTED, choices.get(SUBMITTED, ""), text)
    title = message("carrying.action", revision=submitted.revision)
    return Action(title, (change,))


# --- What was changed since -----------------------------------------------------


def changed_since(ledger: Reader, period: str, seq: int) -> Steps[int]:
    """Count the places that are another than at an entry of the change log.

    A record that came or went is one place; what was changed and changed back is none.

    Raises:
        StoreError: The ledger cannot be read.
    """
    tally = _Tally(period)
    last = ledger.head().seq
    after = seq
    while after < last:
        yield Progress(after - seq, last - seq, message("verify.log"))
        for entry in ledger.log(after=after, limit=SLICE):
            tally.take(entry)
            after = entry.seq
    return tally.count


class _Tally:
    """Keeps of every place what stood there first, and what stands there last."""

    def __init__(self, period: str) -> None:
        self._period = period
        self._there: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        self._cells: dict[tuple[str, str, str], tuple[Cell | None, Cell | None]] = {}

    def take(self, entry: Entry) -> None:
        """Take an entry into account."""
        if entry.record.period != self._period:
            return
        record = (entry.record.form, entry.record.facility)
        for slot in _slots(entry):
            place = (*record, slot)
            was, _ = self._cells.get(place, (entry.before.get(slot), None))
            self._cells[place] = (was, entry.after.get(slot))
        units = (entry.unit_before, entry.unit_after)
        if entry.kind is EntryKind.RECORD and any(units):
            was_unit, _ = self._there.get(record, units)
            self._there[record] = (was_unit, units[1])

    @property
    def count(self) -> int:
        """How many places differ."""
        units = sum(was != now for was, now in self._there.values())
        new = {key for key, pair in self._there.items() if None in pair}
        cells = sum(
            was != now
            for place, (was, now) in self._cells.items()
            if place[:2] not in new
        )
        return units + cells


def _slots(entry: Entry) -> Iterator[str]:
    match entry.kind:
        case EntryKind.RECORD | EntryKind.NIL:
            yield from {**entry.before, **entry.after}
        case EntryKind.NOTE:
            topics = {**entry.before, **entry.after}
            yield from (topic for topic in topics if travels(topic))
        case _:
            return
