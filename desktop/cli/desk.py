"""What every command is given: where things are, who works, how to speak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import TextIO

from desktop.app.opening import open_ledger
from desktop.core.messages import message
from desktop.core.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.person import Person
    from desktop.app.places import Places
    from desktop.core.messages import Message
    from desktop.core.messages import Param
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger

DONE = 0
FOUND = 1
"""The command ran and something needs a person: open findings, faults, problems."""
FAILED = 2
"""The command could not run; nothing was changed."""


class CannotRunError(Exception):
    """A command cannot go on; the message says why and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.code)
        self.message = said


@dataclass(frozen=True, slots=True)
class Desk:
    """The surroundings of a command.

    `show` opens the window on a ledger; None where nobody could see one. `ask` asks
    for a password that is not to be seen; None where nobody could type one.
    """

    places: Places
    person: Person
    say: Words
    out: TextIO
    err: TextIO
    show: Callable[[Path], int] | None = None
    ask: Callable[[str], str] | None = None

    def tell(self, msgid: str, /, **params: Param) -> None:
        """Say a line to the person."""
        print(self.say(msgid, **params), file=self.out)

    def line(self, text: str = "") -> None:
        """Write a line that needs no translation."""
        print(text, file=self.out)

    def told(self, said: Message, indent: str = "") -> None:
        """Say a message on a line of its own."""
        print(indent + self.say.message(said), file=self.out)

    def complain(self, said: Message) -> None:
        """Say on the error stream what went wrong."""
        print(self.say.message(said), file=self.err)

    def answer(self, data: object) -> None:
        """Write the documented JSON of a command."""
        json.dump(data, self.out, ensure_ascii=False, indent=2)
        print(file=self.out)

    def open(self, path: Path, *, read_only: bool = True) -> Ledger:
        """Open a ledger for a command.

        Raises:
            StoreError: It cannot be opened.
        """
        return open_ledger(path, self.person, read_only=read_only)


def period_of(ledger: Ledger, wanted: str | None) -> Period:
    """Give the period a command works on: the one named, else the latest.

    Raises:
        CannotRunError: The ledger has no such period.
    """
    periods = ledger.periods()
    if wanted is None:
        return periods[-1]
    period = parse_period(wanted)
    if period is None or period not in periods:
        known = "、".join(each.code for each in periods)
        raise CannotRunError(
            message("cli.unknown-period", period=wanted, periods=known)
        )
    return period


def pairs_of(given: Sequence[str], option: str) -> dict[str, str]:
    """Read what was written as NAME=VALUE, once or several times.

    Raises:
        CannotRunError: Something has no equals sign.
    """
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise CannotRunError(message("cli.bad-pair", option=option, text=text))
        pairs[name] = value
    return pairs
