"""What a county records about who is to hand in: excuses, exceptions, lock, 代报.

Each fact stands among the period's choices under a name of its own, so that it can be
undone, and the change log says who recorded it and when.
"""

from __future__ import annotations

import json
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.ledgers.home_board import deadline_of
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.store.choice_rows import OF_PERIOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from typing import TypeVar

    from desktop.store.reader import Reader

    T = TypeVar("T")

EXPECTED: Final = f"{OF_PERIOD}expected."
GRACE: Final = f"{OF_PERIOD}grace."
FORM: Final = f"{OF_PERIOD}form."
LOCK: Final = f"{OF_PERIOD}lock"
INSTEAD: Final = f"{OF_PERIOD}instead."


@frozen
class Asked:
    """Whether a unit is to hand in, or a form is asked for, unlike usual, and why."""

    asked: bool
    reason: str


@frozen
class Grace:
    """An exception for one unit: it may hand in late; `until` None sets no day."""

    until: date | None
    reason: str


@frozen
class Instead:
    """A package that somebody made for the unit (代报): who, and why."""

    who: str
    reason: str


@frozen
class BoardFacts:
    """Everything recorded about who hands in a period, read once.

    `damaged` says what stands there and cannot be read; it counts as not recorded,
    but for the lock: whatever stands there locks.
    """

    deadline: date | None = None
    locked: bool = False
    asked: Mapping[str, Asked] = field(default_factory=dict)
    forms: Mapping[str, Asked] = field(default_factory=dict)
    grace: Mapping[str, Grace] = field(default_factory=dict)
    instead: Mapping[str, Instead] = field(default_factory=dict)
    damaged: tuple[Message, ...] = ()


def facts_of(choices: Mapping[str, str]) -> BoardFacts:
    """Read what was recorded out of a period's choices."""
    damaged: list[Message] = []

    def read(prefix: str, of: Callable[[dict[str, object]], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for name, value in choices.items():
            if name.startswith(prefix):
                try:
                    found[name.removeprefix(prefix)] = of(json.loads(value))
                except (ValueError, TypeError, KeyError):
                    damaged.append(message("board.damaged_fact", name=name))
        return found

    return BoardFacts(
        deadline_of(choices),
        LOCK in choices,
        read(EXPECTED, _asked),
        read(FORM, _asked),
        read(GRACE, _grace),
        read(INSTEAD, lambda told: Instead(_text(told, "who"), _text(told, "reason"))),
        tuple(damaged),
    )


def _asked(told: dict[str, object]) -> Asked:
    asked = told["asked"]
    if not isinstance(asked, bool):
        raise TypeError(asked)
    return Asked(asked, _text(told, "reason"))


def _grace(told: dict[str, object]) -> Grace:
    until = _text(told, "until")
    return Grace(date.fromisoformat(until) if until else None, _text(told, "reason"))


def _text(told: dict[str, object], name: str) -> str:
    found = told[name]
    if not isinstance(found, str):
        raise TypeError(found)
    return found


# --- Recording ---------------------------------------------------------------


class Recording:
    """Makes the actions that record facts of one period, on what stands there now."""

    def __init__(self, period: str, choices: Mapping[str, str]) -> None:
        """Take what was chosen for the period."""
        self._period = period
        self._choices = choices

    def asked(self, unit: str, name: str, fact: Asked | None) -> Action | Message:
        """Excuse a unit, or expect one besides; None goes back to what is usual."""
        if fact is None:
            said = message("board.action.usual", unit=name)
        else:
            code = "board.action.ask" if fact.asked else "board.action.excuse"
            said = message(code, unit=name)
        told = None if fact is None else {"asked": fact.asked, "reason": fact.reason}
        return self._recorded(EXPECTED + unit, told, said)

    def form(self, form: str, title: str, fact: Asked | None) -> Action | Message:
        """Ask for a form no more; None asks for it again."""
        code = "board.action.form" if fact is None else "board.action.no_form"
        told = None if fact is None else {"asked": fact.asked, "reason": fact.reason}
        return self._recorded(FORM + form, told, message(code, form=title))

    def grace(self, unit: str, name: str, fact: Grace | None) -> Action | Message:
        """Let a unit hand in late, or no longer."""
        code = "board.action.grace" if fact else "board.action.no_grace"
        told = None
        if fact is not None:
            until = "" if fact.until is None else fact.until.isoformat()
            told = {"until": until, "reason": fact.reason}
        return self._recorded(GRACE + unit, told, message(code, unit=name))

    def instead(
        self, package: str, name: str, fact: Instead | None
    ) -> Action | Message:
        """Mark a package as made for the unit by somebody else (代报), or not."""
        code = "board.action.instead" if fact else "board.action.not_instead"
        told = None if fact is None else {"who": fact.who, "reason": fact.reason}
        return self._recorded(INSTEAD + package, told, message(code, unit=name))

    def lock(self, today: date, *, locked: bool) -> Action | Message:
        """Lock the period, once its deadline is over; or unlock it."""
        if not locked:
            return self._put(LOCK, "", message("board.action.unlock"))
        deadline = deadline_of(self._choices)
        if deadline is None:
            return message("board.no_deadline")
        if today <= deadline:
            return message("board.lock_early", day=deadline.isoformat())
        return self._put(LOCK, _text_of({}), message("board.action.lock"))

    def _recorded(
        self, name: str, told: Mapping[str, object] | None, title: Message
    ) -> Action | Message:
        if told is None:
            return self._put(name, "", title)
        if not str(told["reason"]).strip():
            return message("board.reason_wanted")
        return self._put(name, _text_of(told), title)

    def _put(self, name: str, value: str, title: Message) -> Action:
        was = self._choices.get(name, "")
        return Action(title, (DefinitionChange(self._period, name, was, value),))


def _text_of(told: Mapping[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@frozen
class Who:
    """Who recorded a fact, and when by this computer's clock."""

    who: str
    at: str


def recorded_by(ledger: Reader, period: str) -> dict[str, Who]:
    """Tell who recorded each fact of a period last, by its name.

    Raises:
        StoreError: The ledger cannot be read.
    """
    key = RecordKey("", period, FacilityId(""))
    return {
        name: Who(entry.who, entry.at)
        for entry in ledger.history(key)
        for name in entry.after
        if name.startswith(OF_PERIOD)
    }
