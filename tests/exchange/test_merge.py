from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.exchange.content import digest_of
from desktop.exchange.merge import OURS
from desktop.exchange.merge import WHOLE
from desktop.exchange.merge import Ask
from desktop.exchange.merge import Contention
from desktop.exchange.merge import difference
from desktop.exchange.merge import merge_record

if TYPE_CHECKING:
    from desktop.exchange.content import Slots
    from desktop.exchange.merge import Choices

KEY = RecordKey("eci", "2025", FacilityId("a"))
OTHER = RecordKey("eci", "2025", FacilityId("b"))
GONE: Slots = {}
BASE: Slots = {"_unit": "u", "x": "1", "y": "1"}


def record(**cells: str) -> Slots:
    return {"_unit": "u", **cells}


SLOTS = st.one_of(
    st.just(GONE),
    st.dictionaries(st.sampled_from(["x", "y", "z"]), st.sampled_from("123")).map(
        lambda cells: {"_unit": "u", **cells}
    ),
)


def merged(
    base: Slots | None, *sides: Slots, choices: Choices | None = None
) -> tuple[Slots, Ask]:
    ask = Ask(choices or {})
    named = [(str(at), slots) for at, slots in enumerate(sides)]
    return merge_record(KEY, base, named, ask), ask


def test_merge__each_side_has_its_say() -> None:
    found, ask = merged(BASE, record(x="2", y="1"), record(x="1", y="1", z="3"))

    assert found == record(x="2", y="1", z="3")
    assert ask.open == []


def test_merge__a_blank_is_a_change_too() -> None:
    found, ask = merged(BASE, record(y="1"), record(x="1", y="2"))

    assert found == record(y="2")
    assert ask.open == []


def test_merge__two_different_changes_are_put_to_somebody() -> None:
    found, ask = merged(BASE, record(x="2", y="1"), record(x="3", y="1"))

    (conflict,) = ask.open
    assert conflict.contention == Contention(KEY, "x", ("2", "3"))
    assert conflict.base == "1"
    assert conflict.sides == (("0", "2"), ("1", "3"))
    chosen, ask = merged(
        BASE,
        record(x="3", y="1"),
        record(x="2", y="1"),
        choices={conflict.contention: "3"},
    )
    assert chosen == record(x="3", y="1")
    assert ask.open == []
    assert found == record(x="2", y="1")


def test_merge__a_third_side_that_changed_nothing_has_no_say() -> None:
    _, ask = merged(BASE, record(x="2", y="1"), BASE, record(x="3", y="1"))

    assert ask.open[0].sides == (("0", "2"), ("2", "3"))


def test_merge__without_a_base_every_difference_is_put() -> None:
    _, ask = merged(None, record(x="1"), record())

    assert ask.open[0].contention.values == ("", "1")
    assert ask.open[0].base is None


def test_merge__taken_away_by_one_and_left_alone_by_the_other() -> None:
    assert merged(BASE, GONE, BASE)[0] == GONE


def test_merge__taken_away_by_one_and_changed_by_the_other() -> None:
    changed = record(x="2", y="1")
    mark = digest_of(changed)

    found, ask = merged(BASE, GONE, changed)

    (conflict,) = ask.open
    assert conflict.contention == Contention(KEY, WHOLE, ("", mark))
    assert found == GONE
    choices = {conflict.contention: mark}
    assert merged(BASE, changed, GONE, choices=choices)[0] == changed


def test_merge__known_to_one_side_alone() -> None:
    assert merged(GONE, GONE, record(x="1"))[0] == record(x="1")
    assert merged(None, record(x="1"), GONE)[0] == record(x="1")


@given(st.none() | SLOTS, SLOTS, SLOTS)
def test_merge__any__the_order_of_the_sides_makes_no_difference(
    base: Slots | None, one: Slots, two: Slots
) -> None:
    first, ask = merged(base, one, two)
    second, other = merged(base, two, one)

    assert first == second
    assert {each.contention for each in ask.open} == {
        each.contention for each in other.open
    }


@given(SLOTS, SLOTS)
def test_merge__any__what_one_side_did_is_done(base: Slots, one: Slots) -> None:
    """Merging with the base brings the change; merging again changes nothing."""
    found, ask = merged(base, one, base)

    assert found == one
    assert ask.open == []
    assert merged(base, found, one)[0] == one


@given(st.none() | SLOTS, SLOTS, SLOTS)
def test_merge__any__nothing_is_lost_unseen(
    base: Slots | None, one: Slots, two: Slots
) -> None:
    """What a side says stands, or is as it was, or somebody is asked about it."""
    found, ask = merged(base, one, two)

    asked = {each.contention.slot for each in ask.open}
    for side in (one, two):
        for slot, text in side.items():
            as_it_was = base is not None and base.get(slot) == text
            assert found.get(slot) == text or as_it_was or {slot, WHOLE} & asked


def test_difference() -> None:
    before = {KEY: record(x="1", y="1"), OTHER: record(x="5")}
    third = RecordKey("area", "2025", FacilityId("310105"))
    after = {KEY: record(x="2", z="1"), third: record(x="1")}

    found = difference(before, after)

    assert (found.added, found.removed, found.same) == ((third,), (OTHER,), 0)
    assert [(one.slot, one.before, one.after) for one in found.changed] == [
        ("x", "1", "2"),
        ("y", "1", ""),
        ("z", "", "1"),
    ]
    assert not found.empty
    assert difference(before, before).empty
    assert difference(before, before).same == 2


def test_ours__is_no_digest_of_a_package() -> None:
    assert len(OURS) < 64
