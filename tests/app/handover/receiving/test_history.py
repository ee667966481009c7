"""The book of what was received: listed, taken back, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.receiving.history import do_turn
from desktop.app.handover.receiving.history import history
from desktop.app.handover.receiving.history import plan_turn
from desktop.core.catalogue import CATALOGUE
from desktop.core.messages import Message
from desktop.core.words import Words
from desktop.store.journal_rows import Became
from desktop.store.records import Applied
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import take_deciding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.store.ledger import Ledger

SAY = Words(CATALOGUE)


@pytest.fixture
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    desks = Desks(tmp_path_factory.mktemp("desks"))
    with opened(desks.new(*county_units())) as ledger:
        with opened(desks.new(street(EAST))) as east:
            add(east, "甲院", EAST, beds_total=10)
            take(ledger, submit(east, "a.xlsx"))
            beds(east, "甲院", 11)
            take(ledger, submit(east, "b.xlsx"))
            beds(east, "甲院", 12)
            take(ledger, submit(east, "c.xlsx"), wish=skipped)
        yield ledger


def test_history__the_latest_word_first(county: Ledger) -> None:
    found = history(county, "2025")

    assert [(each.package.file, each.became) for each in found] == [
        ("c.xlsx", Became.SKIPPED),
        ("b.xlsx", Became.TAKEN),
        ("a.xlsx", Became.TAKEN),
    ]
    assert found[0].unit == "华阳路街道"
    assert not found[0].typed
    assert history(county, "2024") == ()


def test_turn__back_and_again(county: Ledger) -> None:
    first = history(county, "2025")[-1].package.id

    turn = plan_turn(county, first, SAY)
    assert not isinstance(turn, Message)
    assert turn.undone
    assert [one.file for one in turn.back.after] == ["b.xlsx"]
    assert turn.changes == ()
    assert isinstance(do_turn(county, turn), Applied)
    assert beds_of(county, "甲院") == 11
    assert history(county, "2025")[0].became is Became.UNDONE

    again = plan_turn(county, first, SAY)
    assert not isinstance(again, Message)
    assert not again.undone
    beds(county, "甲院", 13)
    said = do_turn(county, again)
    assert isinstance(said, Message)
    assert said.code == "exchange.moved_on"


def test_turn__what_would_leave_something_to_choose(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desks = Desks(tmp_path_factory.mktemp("desks"))
    path = desks.new(street(EAST))
    with opened(path) as east:
        add(east, "甲院", EAST, beds_total=10)
    other = desks.copy(path)
    with opened(desks.new(*county_units())) as county:
        with opened(path) as east:
            beds(east, "甲院", 11)
            one = submit(east, "one.xlsx")
        with opened(other) as east:
            beds(east, "甲院", 12)
            two = submit(east, "two.xlsx")
        take(county, one)
        take(county, two, wish=skipped)
        said = plan_turn(county, history(county, "2025")[0].package.id, SAY)
        assert isinstance(said, Message)
        assert said.code == "exchange.conflicts"
        take_deciding(county, two)
        assert beds_of(county, "甲院") == 12
