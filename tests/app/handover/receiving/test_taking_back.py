from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.taking_back import find_package
from desktop.app.handover.receiving.taking_back import plan_redo
from desktop.app.handover.receiving.taking_back import plan_undo
from desktop.core.messages import Message
from desktop.exchange.journal import Journal
from desktop.exchange.merge import WHOLE
from desktop.store.journal_rows import Package
from tests.exchange.townships import Desks
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import content_of
from tests.exchange.townships import home
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import redo
from tests.exchange.townships import remove
from tests.exchange.townships import skipped
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.mark.parametrize("kind", ["undo", "redo", "conflict"])
def test_undo_and_redo__nothing_to_do__error(
    county: Ledger, desks: Desks, east: Path, kind: str
) -> None:
    with opened(east) as ledger:
        first = submit(ledger)
    other = desks.copy(east)
    with opened(other) as ledger:
        beds(ledger, "甲院", 13)
        second = submit(ledger)
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
        third = submit(ledger)
    take(county, first, second)
    take(county, third, wish=skipped)
    reception = Reception(county)
    package = find_package(reception.journal, "310105001")
    assert isinstance(package, Package)
    assert third.envelope is not None
    assert package.id == third.envelope.digest

    if kind == "undo":
        found: object = plan_undo(reception, package)
    elif kind == "redo":
        package = reception.journal.packages[first.envelope.digest]  # type: ignore[union-attr]  # it was read
        found = plan_redo(reception, package, {})
    else:
        found = plan_redo(reception, package, {})

    assert isinstance(found, Message)
    assert (
        found.code
        == {
            "undo": "exchange.not_taken",
            "redo": "exchange.already_taken",
            "conflict": "exchange.conflicts",
        }[kind]
    )


def test_find_package__error(county: Ledger) -> None:
    found = find_package(Journal(county), "none")

    assert isinstance(found, Message)
    assert found.code == "exchange.unknown_package"


def test_undo__where_something_is_left_to_choose_what_stands_stays(
    county: Ledger, desks: Desks, east: Path
) -> None:
    """Without the first package nobody knows what the two others came from."""
    with opened(east) as ledger:
        base = submit(ledger)
    other = desks.copy(east)
    with opened(east) as ledger:
        beds(ledger, "甲院", 12)
        one = submit(ledger)
    with opened(other) as ledger:
        remove(ledger, "乙院")
        two = submit(ledger)
    take(county, base, one, two)
    assert beds_of(county, "甲院") == 12
    before = content_of(county)

    undo(county, base)

    assert beds_of(county, "甲院") == 12
    changed = {*content_of(county)} ^ {*before}
    assert changed <= {home("乙院")}
    redo(county, base)
    assert content_of(county) == before


def test_undo__own_and_theirs_about_a_record_that_went(
    county: Ledger, east: Path
) -> None:
    with opened(east) as ledger:
        first = submit(ledger)
        remove(ledger, "乙院")
        second = submit(ledger)
    take(county, first)
    beds(county, "乙院", 21)
    (item,) = plan(county, second)
    assert item.open[0].contention.slot == WHOLE
    take(county, second, choices={item.open[0].contention: ""})
    assert county.record(home("乙院")) is None

    undo(county, second)

    assert beds_of(county, "乙院") == 21
    undo(county, first)
    assert county.count("eci", "2025") == 0
