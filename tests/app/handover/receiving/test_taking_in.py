"""What the surroundings say of files: a lock, a signature; and what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import Standing
from desktop.app.handover.receiving.edited import Edited
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.progress import run_steps
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind as Differing
from desktop.store.records import Applied
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import everything
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import submit_signed
from tests.exchange.townships import take
from tests.small import person

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger

LAST = date(2026, 1, 1)


@pytest.fixture
def east(desks: Desks) -> Path:
    path = desks.new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    return path


def test_locked__may_be_looked_at_and_left_aside_but_not_taken(
    county: Ledger, east: Path
) -> None:
    last_day(county, LAST)
    record(county, lambda to: to.lock(TODAY, locked=True))
    with opened(east) as ledger:
        read = submit(ledger)

    around = Around(today=TODAY)
    for wish, kept in (
        (Wish.MERGE, Wish.WAIT),
        (Wish.REPLACE, Wish.WAIT),
        (Wish.SKIP, Wish.SKIP),
    ):
        decided = Decisions(lambda *_, wish=wish: wish)
        (item,) = run_steps(Reception(county, around).items([read], decided))
        assert item.locked is not None
        assert item.locked.code == "board.locked"
        assert item.wish is kept
        assert item.plan is not None
        assert not item.plan.taken.empty
    (item,) = run_steps(Reception(county).items([read], Decisions(everything)))
    assert item.locked is None
    assert item.counts


def test_signed__first_seen_is_noted_and_known_next_time(
    county: Ledger, east: Path
) -> None:
    with opened(east) as ledger:
        read = submit_signed(ledger)
        beds(ledger, "甲院", 11)
        unsigned = submit(ledger)

    (item,) = plan(county, read)
    assert item.signed is not None
    assert item.signed.standing is Standing.FIRST
    received = receive(county, [item], lambda: True, person())
    assert isinstance(received.answer, Applied)
    (later,) = plan(county, unsigned)
    assert later.signed is not None
    assert later.signed.standing is Standing.MISSING
    assert later.signed.loud


def test_what_counts_already__cannot_be_left_aside(county: Ledger, east: Path) -> None:
    with opened(east) as ledger:
        read = submit(ledger)
    take(county, read)
    difference = Difference(Differing.ALTERED, "f", where="s!A1")
    edited = replace(read, edited=(Edited(difference),))

    (item,) = plan(county, edited, wish=skipped)

    assert item.wish is Wish.WAIT
    assert item.verdict.said.code == "exchange.edited_same"
    assert beds_of(county, "甲院") == 10
