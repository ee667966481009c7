"""The rules asked of a ledger as it would be; explanations travel with the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.standing import Standing
from desktop.app.entry.edits import rule_topic
from desktop.app.handover.receiving.receiving import Item
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.handover.receiving.rehearsing import Rehearsed
from desktop.app.handover.receiving.rehearsing import rehearse
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.progress import run_steps
from desktop.core.findings import Level
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import content_of
from tests.exchange.townships import home
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import put
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.store.ledger import Ledger

NURSING = "eci.nursing_within_total"
ELDERS = "area.beds_within_elders"


@pytest.fixture
def east(desks: Desks) -> Iterator[Ledger]:
    with opened(desks.new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, beds_nursing=4)
        yield ledger


def asked(county: Ledger, items: Sequence[Item]) -> Rehearsed:
    found = run_steps(rehearse(county, items))
    assert found is not None
    return found


def rules(effect: Effect) -> tuple[list[str], list[str]]:
    sides = effect.appear, effect.vanish
    one, two = ([told.finding.rule for told in side] for side in sides)
    return one, two


def test_rehearse__what_comes_up_and_what_goes_file_by_file(
    county: Ledger, east: Ledger, desks: Desks
) -> None:
    with opened(desks.new(street(WEST))) as west:
        add(west, "西院", WEST, beds_total=1, beds_nursing=2)
        first = submit(west)
        take(county, first)
        beds(west, "西院", 3)
        mended = submit(west)
    put(east, home("甲院"), "beds_nursing", 11)
    wrong = submit(east)
    before, head = content_of(county), county.head()

    items = plan(county, wrong, mended)
    found = asked(county, items)

    packages = {item.read.file: item.package for item in items if item.package}
    one = found.by_package[packages[wrong.file].id]
    two = found.by_package[packages[mended.file].id]
    assert rules(one) == ([NURSING], [])
    assert one.appear[0].name == "甲院"
    assert one.count(Level.ERROR) == (1, 0)
    assert rules(two) == ([], [NURSING])
    assert two.vanish[0].name == "西院"
    assert (content_of(county), county.head()) == (before, head)


def test_rehearse__sums_are_told_of_the_unit_or_elsewhere(
    county: Ledger, east: Ledger
) -> None:
    put(county, area("310105"), "pop_60plus", 5)
    put(east, area(EAST), "pop_60plus", 5)

    items = plan(county, submit(east))
    found = asked(county, items)

    (item,) = items
    assert item.package is not None
    assert ELDERS in rules(found.by_package[item.package.id])[0]
    assert [told.finding.unit for told in found.elsewhere.appear] == ["310105"]
    again = run_steps(rehearse(county, [replace(item, wish=Wish.WAIT)]))
    assert again == Rehearsed({})


def test_rehearse__an_explanation_travels(county: Ledger, east: Ledger) -> None:
    put(east, area(EAST), "pop_60plus", 5)
    key = area(EAST)
    from desktop.core.changes import NoteChange
    from tests.exchange.townships import do

    do(east, NoteChange(key, rule_topic(ELDERS), "", "新建楼尚未入住，2025年底启用"))

    (item,) = plan(county, submit(east))
    found = asked(county, [item])

    assert item.package is not None
    effect = found.by_package[item.package.id]
    told = next(each for each in effect.appear if each.finding.rule == ELDERS)
    assert told.said.standing is Standing.STANDS
    receive(county, [item], lambda: True)
    assert county.notes(key)[rule_topic(ELDERS)].startswith("新建楼")


def test_rehearse__only_those_with_nothing_left_to_choose(
    county: Ledger, east: Ledger, desks: Desks
) -> None:
    base = submit(east)
    take(county, base)
    other = desks.copy(east.path)
    beds(east, "甲院", 1)
    take(county, submit(east))
    with opened(other) as copy:
        beds(copy, "甲院", 2)
        (item,) = plan(county, submit(copy))
    assert item.open

    assert asked(county, [item]) == Rehearsed({})


def test_rehearse__another_state_than_it_was_planned_on(
    county: Ledger, east: Ledger
) -> None:
    take(county, submit(east))
    beds(east, "甲院", 11)
    items = plan(county, submit(east))
    beds(county, "甲院", 12)

    assert run_steps(rehearse(county, items)) is None


def test_rehearse__notes_that_are_all(county: Ledger, east: Ledger) -> None:
    take(county, submit(east))
    note(east, "甲院", "field:beds_total", "盘点过")

    assert asked(county, plan(county, submit(east))) == Rehearsed({})
