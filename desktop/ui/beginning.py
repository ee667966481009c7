"""What begins before Qt is loaded: who works, and the opening of the ledger.

Loading Qt takes longer than opening a ledger; one goes on beside the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.background import Task
from desktop.app.opening import open_session
from desktop.app.packs.known import KnownPacks
from desktop.core.frozen import frozen
from desktop.ui.binding import load_binding

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.people.known import People
    from desktop.app.session import Session
    from desktop.core.period import Period
    from desktop.ui.workplace import UiStart


@frozen
class Begun:
    """What the window is started with, and the ledger that is being opened for it."""

    start: UiStart
    opening: Task[Session] | None = None
    asks: bool = False
    """Whether somebody is to say who they are before anything is shown."""


def begin(start: UiStart) -> Begun:
    """Begin with the ledger named, unless first somebody is to say who they are."""
    people = known_people(start)
    if people is not None:
        start = start.as_person(people.present(start.person.who))
        if people.asks:
            return Begun(start, asks=True)
    path = start.ledger
    begun = Begun(start, None if path is None else begin_opening(path, start))
    load_binding(start.places.compiled_binding)
    return begun


def known_people(start: UiStart) -> People | None:
    """Read who works at this computer; None where nobody ever said."""
    if not start.places.people.is_file():
        return None
    from desktop.app.people.known import load_people  # noqa: PLC0415 - few say

    return load_people(start.places.people)


def begin_opening(
    path: Path,
    start: UiStart,
    *,
    read_only: bool = False,
    period: Period | None = None,
) -> Task[Session]:
    """Open a ledger beside the main thread, by default at its latest period."""

    def work(_stage: object) -> Session:
        known = KnownPacks(start.places.known_packs)
        return open_session(
            path, start.person, read_only=read_only, known=known, period=period
        )

    return Task(work)
