"""What a window shows of files, and that nothing is written of an outdated look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import compiled_for
from desktop.app.handover.receiving import looking
from desktop.app.handover.receiving.deciding import Deciding
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.handover.receiving.rehearsing import Rehearsed
from desktop.app.progress import run_steps
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.lineage import Kind
from desktop.store.errors import StoppedError
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds_of
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import person

if TYPE_CHECKING:
    from desktop.app.handover.receiving.looking import Look
    from desktop.app.handover.receiving.reading import Read
    from desktop.app.progress import Progress
    from desktop.store.ledger import Ledger

SAY = Words(CATALOGUE)


@pytest.fixture
def handed(desks: Desks) -> Read:
    with opened(desks.new(street(EAST))) as ledger:
        for name in ("甲院", "乙院", "丙院"):
            add(ledger, name, EAST, beds_total=10, beds_nursing=11)
        return submit(ledger)


def looked(county: Ledger, *reads: Read, wish: Wish = Wish.MERGE) -> Look:
    deciding = Deciding()
    deciding.wishes.update((read.path, wish) for read in reads)
    return run_steps(looking.look(county, reads, deciding.decisions(), Around()))


def test_look__lines_size_and_effects(
    county: Ledger, handed: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = looked(county, handed)
    (item,) = seen.items

    lines = looking.lines_of(county, seen, item, SAY)
    assert [line.place.record for line in lines.changes] == ["丙院", "乙院", "甲院"]
    assert (lines.more, looking.size_of(item)) == (0, 3)
    monkeypatch.setattr(looking, "MOST", 2)
    assert looking.lines_of(county, seen, item, SAY).more == 1
    found = run_steps(looking.effects(county, seen, compiled_for))
    assert len(looking.effect_of(found, item).appear) == 3
    assert looking.effect_of(None, item) == Effect()
    assert looking.effect_around(None, item) == Effect()
    assert found is not None
    own = looking.effect_of(found, item)
    both = Rehearsed(found.by_package, own)
    assert looking.effect_around(both, item).appear == (*own.appear, *own.appear)
    waits = replace(item, wish=Wish.WAIT)
    assert looking.effect_around(both, waits) == own


def test_look__what_has_no_plan(county: Ledger, handed: Read) -> None:
    take(county, handed)
    seen = looked(county, handed)
    (item,) = seen.items

    assert item.verdict.kind is Kind.SAME
    assert looking.lines_of(county, seen, item, SAY) == looking.Lines()
    assert looking.size_of(item) == 0


def test_take__tells_how_far_it_is_and_stops(county: Ledger, handed: Read) -> None:
    seen = looked(county, handed)
    with pytest.raises(StoppedError):
        looking.take(county, seen, person(), lambda _: False)
    assert county.packages() == []

    told: list[Progress] = []

    def watch(at: Progress) -> bool:
        told.append(at)
        return True

    received = looking.take(county, seen, person(), watch)

    assert received is not None
    assert [(at.done, at.total) for at in told] == [(0, 1)]
    assert beds_of(county, "甲院") == 10


def test_an_outdated_look__is_not_carried_out(county: Ledger, handed: Read) -> None:
    seen = looked(county, handed)
    add(county, "丁院", EAST)

    assert looking.take(county, seen, person(), lambda _: True) is None
    assert run_steps(looking.effects(county, seen, compiled_for)) is None
    assert county.packages() == []


def test_deciding__in_bulk(county: Ledger, handed: Read) -> None:
    seen = looked(county, handed, wish=Wish.WAIT)
    deciding = Deciding()

    deciding.take_all(seen.items, Kind.UPDATE)
    assert deciding.wishes == {}
    deciding.take_all(seen.items, Kind.NEW)

    assert deciding.wishes == {handed.path: Wish.MERGE}
    decisions = deciding.decisions()
    deciding.wishes.clear()
    assert decisions.wish(handed, seen.items[0].verdict) is Wish.MERGE
