from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.exchange.lineage import Line
from desktop.exchange.lineage import marks_of
from desktop.exchange.merge import OURS
from desktop.exchange.merge import WHOLE
from desktop.exchange.settle import Arrival
from desktop.exchange.settle import Round
from desktop.exchange.settle import settle

if TYPE_CHECKING:
    from desktop.exchange.content import Slots
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Contention

HOMES = [RecordKey("eci", "2025", FacilityId(name)) for name in "ab"]
A, B = HOMES
UNIT = "310105001"


def record(**cells: str) -> Slots:
    return {"_unit": UNIT, **cells}


def arrival(
    line: str,
    content: dict[RecordKey, Slots],
    *,
    ledger: str = "l",
    at: int = 1,
    unit: str = UNIT,
    over: frozenset[str] | None = None,
) -> Arrival:
    marks = marks_of(letter.encode() * 3 for letter in line)
    return Arrival(
        f"{ledger}:{line}",
        at,
        "2025",
        frozenset(["eci"]),
        frozenset([unit]),
        Line(ledger, "e", marks),
        content,
        over,
    )


def goes_on_from(one: Arrival, other: Arrival) -> bool:
    """Tell whether one comes behind another."""
    return other.id in (one.over or ()) or one.later_than(other)


FIRST = arrival("a", {A: record(x="1"), B: record(x="1")})


def own(before: Slots, after: Slots, at: int = 2) -> Round:
    return Round(at, {A: (before, after)})


def test_settle__nothing_received() -> None:
    assert settle([], [], {}).content == {}
    assert settle([], [own({}, record(x="7"))], {}).content == {A: record(x="7")}


def test_settle__the_last_of_a_line_holds() -> None:
    later = arrival("ab", {A: record(x="2")})

    assert settle([FIRST, later], [], {}).content == {A: record(x="2")}
    assert settle([later], [], {}).content == {A: record(x="2")}


def test_settle__two_lines_are_merged_against_what_they_came_from() -> None:
    one = arrival("ab", {A: record(x="2"), B: record(x="1")})
    two = arrival("ac", {A: record(x="1"), B: record(x="1", y="5")})

    for order in permutations([FIRST, one, two]):
        found = settle(order, [], {})
        assert found.content == {A: record(x="2"), B: record(x="1", y="5")}
        assert found.open == ()


def test_settle__two_ledgers_have_nothing_in_common() -> None:
    other = arrival("x", {A: record(x="2")}, ledger="m")

    found = settle([FIRST, other], [], {})

    assert [each.contention.values for each in found.open] == [("1", "2")]
    assert found.content[B] == record(x="1")


def test_settle__who_does_not_answer_for_a_unit_has_no_say() -> None:
    elsewhere = arrival("x", {}, ledger="m", unit="310105002")

    assert settle([FIRST, elsewhere], [], {}).content == FIRST.content


def test_settle__own_changes_come_on_top() -> None:
    later = arrival("ab", {A: record(x="1", y="2"), B: record(x="1")})
    mine = own(record(x="1"), record(x="9"))

    assert settle([FIRST], [mine], {}).content[A] == record(x="9")
    found = settle([FIRST, later], [mine], {})
    assert found.content[A] == record(x="9", y="2")
    assert found.open == ()


def test_settle__own_and_theirs_contend() -> None:
    later = arrival("ab", {A: record(x="2"), B: record(x="1")})
    mine = own(record(x="1"), record(x="9"))

    found = settle([FIRST, later], [mine], {})

    (conflict,) = found.open
    assert conflict.sides == (("", "2"), (OURS, "9"))
    about = conflict.contention
    assert settle([FIRST, later], [mine], {about: "2"}).content[A] == record(x="2")
    assert settle([FIRST, later], [mine], {about: "9"}).content[A] == record(x="9")
    assert settle([FIRST], [mine], {about: "2"}).content[A] == record(x="9")


def test_settle__taken_away_by_them_and_changed_by_us() -> None:
    later = arrival("ab", {B: record(x="1")})
    mine = own(record(x="1"), record(x="9"))

    found = settle([FIRST, later], [mine], {})

    (conflict,) = found.open
    about = conflict.contention
    assert about.slot == WHOLE
    chosen = settle([FIRST, later], [mine], {about: about.values[1]})
    assert chosen.content[A] == record(x="9")


def test_settle__replacing_sets_others_and_own_changes_aside() -> None:
    mine = own(record(x="1"), record(x="9"))
    other = arrival(
        "x", {A: record(x="2")}, ledger="m", at=3, over=frozenset([FIRST.id])
    )

    assert settle([FIRST, other], [mine], {}).content == {A: record(x="2")}
    assert settle([FIRST], [mine], {}).content[A] == record(x="9")
    late = own(record(x="2"), record(x="8"), at=4)
    assert settle([FIRST, other], [mine, late], {}).content == {A: record(x="8")}


def test_settle__criss_cross_goes_by_the_later_of_two_bases() -> None:
    """Both heads replaced both first states: that of more revisions is the base."""
    one = arrival("a", {A: record(x="1")})
    two = arrival("bc", {A: record(x="2")}, ledger="m")
    both = frozenset([one.id, two.id])
    heads = [
        arrival("p", {A: record(x="2")}, ledger="n", over=both),
        arrival("q", {A: record(x="5")}, ledger="o", over=both),
    ]

    assert settle([one, two, *heads], [], {}).content[A] == record(x="5")


def test_settle__one_state_twice_stands_once() -> None:
    """Two versions of the program may write one state differently."""
    again = replace(FIRST, id="z", content={A: record(x="1")})

    for order in ([FIRST, again], [again, FIRST]):
        assert settle(order, [], {}).content == {A: record(x="1")}


# --- Any townships -------------------------------------------------------------

CELLS = st.dictionaries(st.sampled_from("xyz"), st.sampled_from("123"), max_size=2)
CONTENTS = st.dictionaries(
    st.sampled_from(HOMES), CELLS.map(lambda cells: {"_unit": UNIT, **cells})
)
LINES = st.sampled_from(["a", "ab", "abc", "abd", "ae", "aef", "x", "xy"])
PACKAGES = st.dictionaries(LINES, CONTENTS, min_size=1, max_size=5)
ROUNDS = st.lists(
    st.tuples(*[CELLS.map(lambda cells: {"_unit": UNIT, **cells})] * 2), max_size=2
)


def largest(about: Contention) -> str:
    return about.values[-1]


def decided(
    arrivals: list[Arrival], rounds: list[Round], known: Choices
) -> tuple[dict[RecordKey, Slots], dict[Contention, str]]:
    """Settle, choosing by what contends alone until nothing is open."""
    choices = dict(known)
    while (found := settle(arrivals, rounds, choices)).open:
        choices |= {each.contention: largest(each.contention) for each in found.open}
    return dict(found.content), choices


@given(PACKAGES, ROUNDS, st.randoms(use_true_random=False))
def test_settle__any__the_order_of_arrival_makes_no_difference(
    packages: dict[str, dict[RecordKey, Slots]],
    pairs: list[tuple[Slots, Slots]],
    random: object,
) -> None:
    """One after another, deciding on the way; in the end only what came counts."""
    arrivals = [arrival(line, content) for line, content in packages.items()]
    rounds = [own(*pair, at=at) for at, pair in enumerate(pairs)]
    shuffled = list(arrivals)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random of hypothesis

    results = []
    for order in (arrivals, shuffled, arrivals[::-1]):
        choices: dict[Contention, str] = {}
        for count in range(1, len(order) + 1):
            content, choices = decided(order[:count], rounds, choices)
        results.append(content)

    assert results[0] == results[1] == results[2]


@given(PACKAGES, ROUNDS)
def test_settle__any__taking_back_gives_what_would_have_been(
    packages: dict[str, dict[RecordKey, Slots]], pairs: list[tuple[Slots, Slots]]
) -> None:
    arrivals = [arrival(line, content) for line, content in packages.items()]
    rounds = [own(*pair, at=at) for at, pair in enumerate(pairs)]
    without = arrivals[:-1]
    before, choices = decided(without, rounds, {})
    content, choices = decided(arrivals, rounds, choices)

    assert decided(without, rounds, choices)[0] == before
    assert decided(arrivals, rounds, choices)[0] == content


@given(PACKAGES)
def test_settle__any__nothing_is_lost_unseen(
    packages: dict[str, dict[RecordKey, Slots]],
) -> None:
    """What the last of a line says stands, is older than it, or was contended."""
    arrivals = [arrival(line, content) for line, content in packages.items()]
    content, choices = decided(arrivals, [], {})

    contended = {(about.record, about.slot) for about in choices}
    for one in arrivals:
        if any(goes_on_from(each, one) for each in arrivals):
            continue
        before = [each for each in arrivals if goes_on_from(one, each)]
        for key, slots in one.content.items():
            for slot, text in slots.items():
                assert (
                    content.get(key, {}).get(slot) == text
                    or {(key, slot), (key, WHOLE)} & contended
                    or any(b.content.get(key, {}).get(slot) == text for b in before)
                )


def test_settle__what_was_accepted_counts_with_its_package() -> None:
    pair = (record(x="1"), record(x="5"))
    first = replace(FIRST, accepted={A: pair})
    later = arrival("ab", {A: record(x="1", y="2"), B: record(x="1")}, at=3)
    other = arrival("ab", {A: record(x="3")}, at=3)

    assert settle([first], [], {}).content[A] == record(x="5")
    assert settle([FIRST], [], {}).content[A] == record(x="1")
    # A later state that says nothing of the cell leaves what was accepted.
    assert settle([first, later], [], {}).content[A] == record(x="5", y="2")
    [asked] = settle([first, other], [], {}).open
    assert {name for name, _ in asked.sides} == {first.id, ""}
    # What the package was to replace does not take its own cells with it.
    over = replace(first, over=frozenset({"nobody"}))
    assert settle([over], [], {}).content[A] == record(x="5")
    newer = replace(other, over=frozenset({first.id}))
    assert settle([first, newer], [], {}).content == {A: record(x="3")}


def test_settle__a_package_of_nothing_but_what_was_accepted() -> None:
    typed = replace(
        arrival("t", {}, ledger="typed"),
        forms=frozenset(),
        accepted={A: ({}, record(x="9"))},
    )

    assert settle([typed], [], {}).content == {A: record(x="9")}
    found = settle([typed], [own(record(x="9"), record(x="8"), at=3)], {})
    assert found.content == {A: record(x="8")}


PARTING = ("a", "ab", "ac", "abd", "x")
REPLACING = st.dictionaries(
    st.sampled_from(PARTING),
    st.tuples(
        st.none() | st.frozensets(st.sampled_from(PARTING)),
        st.none() | st.integers(1, 3).map(str),
    ),
    min_size=1,
)


@given(REPLACING, st.permutations(range(len(PARTING))))
def test_settle__any__whatever_replaces_whatever_one_of_them_counts(
    packages: dict[str, tuple[frozenset[str] | None, str | None]], at: list[int]
) -> None:
    """In turn, in a circle, or an older state its later ones: nothing vanishes."""
    arrivals = []
    for line, (over, accepted) in packages.items():
        one = arrival(line, {A: record(x=line)}, at=at[PARTING.index(line)])
        names = over and frozenset(f"l:{each}" for each in over)
        pair = (record(x=line), record(x=accepted or line))
        arrivals.append(replace(one, over=names, accepted={A: pair}, chosen_at=one.at))

    content, _ = decided(arrivals, [], {})

    said = {slots["x"] for one in arrivals for slots in one.accepted[A]}
    assert content[A]["x"] in said
    assert decided(arrivals[::-1], [], {})[0] == content
    (last, *_) = sorted(arrivals, key=lambda each: -each.at)
    if last.over is not None and all(
        one is last or (one.id in last.over and not one.later_than(last))
        for one in arrivals
    ):
        assert content[A] == last.accepted[A][1]


def test_settle__what_replaces_each_other__the_later_decision_holds() -> None:
    one = arrival("ab", {A: record(x="1")}, at=1)
    two = arrival("ac", {A: record(x="2")}, at=2, over=frozenset({one.id}))
    again = replace(one, at=3, over=frozenset({two.id}))

    assert settle([one, two], [], {}).content[A] == record(x="2")
    assert settle([again, two], [], {}).content[A] == record(x="1")
    # What it replaced goes on from it: the later state holds.
    later = arrival("abc", {A: record(x="3")}, at=4)
    assert settle([again, two, later], [], {}).content[A] == record(x="3")
    circle = replace(two, over=frozenset({later.id}))
    assert settle([again, circle, later], [], {}).content[A] == record(x="3")


def test_settle__replaced__is_what_was_accepted_by_then() -> None:
    pair = (record(x="1"), record(x="5"))
    one = replace(arrival("ab", {A: pair[0]}), accepted={A: pair}, chosen_at=1)
    two = arrival("ac", {A: record(x="2")}, at=2, over=frozenset({one.id}))
    other = replace(two, over=frozenset())

    assert settle([one, two], [], {}).content[A] == record(x="2")
    # Accepted later, or with a package that it did not replace: somebody is asked.
    later = replace(one, chosen_at=3)
    (asked,) = settle([later, two], [], {}).open
    assert asked.contention.values == ("2", "5")
    assert settle([one, other], [], {}).open[-1].contention.values == ("1", "2")
    assert decided([one, other], [], {})[0][A] == record(x="5")


def test_settle__one_state_of_two_epochs__counts_once() -> None:
    """A restored backup that is handed in before anybody typed."""
    restored = replace(FIRST, id="z", line=replace(FIRST.line, epoch="f"))

    assert settle([FIRST, restored], [], {}).content == FIRST.content
