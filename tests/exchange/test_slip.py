from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule

from desktop.exchange.slip import GONE
from desktop.exchange.slip import About
from desktop.exchange.slip import Item
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import Sender
from desktop.exchange.slip import Slip
from desktop.exchange.slip import again
from desktop.exchange.slip import agree
from desktop.exchange.slip import answer_topic
from desktop.exchange.slip import number_for
from desktop.exchange.slip import seen
from desktop.exchange.slip import state

CELL = Item(1, "eci", "甲院", "beds", "", ("beds",), ("n:1", "", ""), "请核对", "p")
FINDING = replace(CELL, number=2, field="", rule="eci.r", fields=("beds", "price"))
SLIP = Slip(
    "a-1", 1, Sender("l", "31", "县"), About("t", "3101", "镇", "2025", "", "p", "", 1)
)
TEXTS = st.sampled_from(["", "n:1", "n:2"])
SLOTS = st.none() | st.dictionaries(st.sampled_from(["beds", "price"]), TEXTS)


def test_seen__cells_explanation_and_answer() -> None:
    topic = answer_topic("a-1", FINDING)
    slots = {"beds": "n:1", "rule:eci.r": "涨价", topic: "属实", "other": "n:9"}

    assert seen("a-1", FINDING, slots) == ("n:1", "", "涨价", "属实")
    assert seen("a-1", CELL, slots) == ("n:1", "", "")
    assert seen("a-1", CELL, None) == GONE


def test_slip__its_items() -> None:
    slip = SLIP.with_item(FINDING).with_item(CELL)

    assert [item.number for item in slip.items] == [1, 2]
    assert slip.item(2) == FINDING
    assert slip.item(3) is None
    assert slip.without(1).items == (FINDING,)
    assert slip.issued(CELL)
    assert not slip.issued(replace(CELL, since=2))
    assert CELL.spot == ("eci", "甲院", "beds", "")


def test_number_for__never_twice_and_other_for_other_ledgers() -> None:
    first = number_for("l", "p", ())

    assert number_for("l", "p", (first,)) == first.replace("-1", "-2")
    assert number_for("other", "p", ()) != first
    assert "." not in first


@given(SLOTS, SLOTS)
def test_state__follows_from_what_stands_there_and_comes_back_with_it(
    was: dict[str, str] | None, now: dict[str, str] | None
) -> None:
    item = replace(FINDING, returned=seen("a-1", FINDING, was))
    there = seen("a-1", item, now)

    same = there == item.returned
    assert (state(item, there) is ItemState.OPEN) == same
    assert state(item, there, gone=True) is ItemState.CHANGED
    agreed = agree(item, there)
    assert state(agreed, there) is ItemState.CHECKED
    assert (state(agreed, item.returned) is ItemState.CHECKED) == same
    back = again(agreed, "还是不对", 1, now=there, package="q")
    assert state(back, seen("a-1", back, now)) is ItemState.OPEN
    assert (back.round, back.since, back.package) == (2, 2, "q")


class OneItem(RuleBasedStateMachine):
    """A township and a county with one item, in any order of what they may do.

    What is held against the module is told independently: by what was done last.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, str] | None = {"beds": "n:1"}
        self.item = replace(CELL, returned=self._now(CELL))
        self.agreed_to: list[dict[str, str] | None] = []

    def _now(self, item: Item) -> tuple[str, ...]:
        return seen("a-1", item, self.cells)

    @rule(beds=TEXTS)
    def types(self, beds: str) -> None:
        """Let the township type; a blank is no slot."""
        kept = {k: t for k, t in (self.cells or {}).items() if k != "beds"}
        self.cells = {**kept, "beds": beds} if beds else kept

    @rule()
    def takes_away(self) -> None:
        """Let the township remove the record."""
        self.cells = None

    @precondition(lambda self: self.cells is not None)
    @rule(words=st.sampled_from(["", "去年漏报"]))
    def answers(self, words: str) -> None:
        """Let the township say why it is right, or take that back."""
        assert self.cells is not None
        topic = answer_topic("a-1", self.item)
        kept = {key: text for key, text in self.cells.items() if key != topic}
        self.cells = {**kept, topic: words} if words else kept

    @rule()
    def agrees(self) -> None:
        """Let the county agree to what there is."""
        self.item = agree(self.item, self._now(self.item))
        self.agreed_to = [None if self.cells is None else dict(self.cells)]

    @rule()
    def sends_again(self) -> None:
        """Let the county send it back once more."""
        now = self._now(self.item)
        self.item = again(self.item, "再核", 1, now=now, package="q")
        self.agreed_to = []

    @invariant()
    def nobody_ticks_anything_off(self) -> None:
        now, how = self._now(self.item), state(self.item, self._now(self.item))
        same_as_agreed = self.cells in self.agreed_to
        if same_as_agreed:
            assert how is ItemState.CHECKED
        if not self.agreed_to:
            assert how is not ItemState.CHECKED
            assert (how is ItemState.OPEN) == (now == self.item.returned)
        topic = answer_topic("a-1", self.item)
        if self.cells and self.cells.get(topic):
            assert how is not ItemState.OPEN


TestOneItem = OneItem.TestCase
