"""A county's program killed while it receives, two hundred times."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.taking_in import receive
from desktop.core.changes import RecordAdded
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from desktop.app.handover.receiving.reading import Read
    from desktop.exchange.content import Content

pytestmark = pytest.mark.unmeasured

KILLS = 100
"""Of each kind: at a step of the program, and at a moment of the clock."""
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the system cannot fork"
)


@dataclass(frozen=True, slots=True)
class County:
    """A ledger that is to receive, and what it is before and after."""

    before: Path
    work: Path
    reads: tuple[Read, ...]
    states: tuple[State, State]
    steps: int
    seconds: float

    def killed(self, child: Callable[[County], None], seconds: float | None) -> State:
        """Let a child receive in a copy, kill it, and tell what it left.

        Without `seconds` the child sees to that itself.
        """
        shutil.copyfile(self.before, self.work)
        reading, ready = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                os.close(reading)
                os.dup2(ready, 1)
                child(self)
            finally:
                os._exit(1)
        os.close(ready)
        if seconds is not None:
            os.read(reading, 1)
            select.select([], [], [], seconds)
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(reading)
        return state_of(self.work)


@dataclass(frozen=True, slots=True)
class State:
    """All that receiving writes: records, packages, events, log."""

    content: Content
    packages: int
    events: int
    revision: int


def state_of(path: Path) -> State:
    """Open a ledger as the next morning does, and have the doctor look at it."""
    with opened(path) as ledger:
        assert ledger.doctor().problems == ()
        packages, events = len(ledger.packages()), len(ledger.journal())
        return State(content_of(ledger), packages, events, ledger.head().revision)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("killed")
    desks = Desks(folder)
    path = desks.new(*county_units())
    reads = []
    for code in (EAST, WEST):
        with opened(desks.new(street(code))) as ledger:
            names = [f"{code}{number}" for number in range(25)]
            cells = [(("name", name), ("beds_total", 1)) for name in names]
            pairs = zip(names, cells, strict=True)
            do(ledger, *(RecordAdded(home(one), code, two) for one, two in pairs))
            reads.append(submit(ledger))
    whole = desks.copy(path)
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        del frame, event, argument
        steps += 1

    with opened(whole) as ledger:
        items = plan(ledger, *reads)
        sys.setprofile(count)
        try:
            receive(ledger, items, lambda: True)
        finally:
            sys.setprofile(None)
    other = desks.copy(path)
    with opened(other) as ledger:
        items = plan(ledger, *reads)
        start = time.perf_counter()
        receive(ledger, items, lambda: True)
        seconds = time.perf_counter() - start
    states = state_of(path), state_of(whole)
    assert states[0].events == 0
    assert states[1] == state_of(other)
    assert (states[1].packages, states[1].events) == (2, 2)
    work = folder / "work.taizhang"
    return County(path, work, tuple(reads), states, steps, seconds)


def test_killed__at_any_step__before_or_after(county: County) -> None:
    chance = random.Random(20251122)  # noqa: S311 - moments, no secret
    last = 0
    for _ in range(KILLS):
        at = chance.randrange(county.steps)

        def receiving(county: County, at: int = at) -> None:
            with opened(county.work) as ledger:
                items = plan(ledger, *county.reads)
                stop_after(at)
                receive(ledger, items, lambda: True)

        assert county.killed(receiving, None) in county.states
        last = max(last, at)
    assert last > county.steps * 0.9


def stop_after(steps: int) -> None:
    """Kill this process when it has taken so many steps of the interpreter."""
    left = steps

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal left
        del frame, event, argument
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def test_killed__at_any_moment__before_or_after(county: County) -> None:
    """Also in the middle of what the system does for the program."""
    chance = random.Random(20251123)  # noqa: S311 - moments, no secret
    for _ in range(KILLS):
        moment = chance.uniform(0, county.seconds)
        assert county.killed(receiving_at_once, moment) in county.states


def receiving_at_once(county: County) -> None:
    """Receive, and say when it begins."""
    with opened(county.work) as ledger:
        items = plan(ledger, *county.reads)
        os.write(1, b"x")
        receive(ledger, items, lambda: True)


def test_killed__receiving_goes_on_where_it_was(county: County) -> None:
    left = county.killed(receiving_at_once, 0)
    with opened(county.work) as ledger:
        items = plan(ledger, *county.reads)
        assert all(item.counts for item in items) == (left == county.states[0])
        take(ledger, *county.reads)
    assert state_of(county.work).content == county.states[1].content
