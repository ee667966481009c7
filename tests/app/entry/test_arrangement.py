from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry.arrangement import Arrangement
from desktop.app.entry.arrangement import read_arrangement
from desktop.store.records import Order
from tests import small

FORM = small.small_pack().form_by_id["eci"]
IDS = tuple(field.id for field in FORM.fields)
NAMES = st.lists(st.sampled_from([*IDS, "no_such"])).map(tuple)
ORDERS = st.none() | st.builds(Order, st.sampled_from(IDS), st.booleans())


def columns(arrangement: Arrangement) -> list[str]:
    return [field.id for field in arrangement.columns(FORM.fields)]


@given(NAMES, NAMES, NAMES, ORDERS, st.dictionaries(st.text(), st.integers(1, 900)))
def test_written__is_read_again(
    order: tuple[str, ...],
    hidden: tuple[str, ...],
    identity: tuple[str, ...],
    sort: Order | None,
    widths: dict[str, int],
) -> None:
    made = Arrangement(order, hidden, identity, widths, sort)
    assert read_arrangement(made.written()) == made


@given(NAMES, NAMES)
def test_columns__every_field_once_and_the_name_first(
    order: tuple[str, ...], identity: tuple[str, ...]
) -> None:
    made = Arrangement(order, identity=identity)
    found = columns(made)
    assert sorted(found) == sorted(IDS)
    assert found[0] == IDS[0]
    left = [one for one in dict.fromkeys(identity) if one in IDS[1:]]
    assert found[1 : 1 + len(left)] == left
    assert made.staying(FORM.fields) == 1 + len(left)


def test_columns__as_ever_and_in_the_persons_order() -> None:
    assert columns(Arrangement()) == list(IDS)
    moved = Arrangement(("price", "code", "status", "beds_total", "beds_nursing"))
    assert columns(moved) == [
        "name",
        "price",
        "code",
        "status",
        "beds_total",
        "beds_nursing",
    ]


def test_columns__a_new_field_stands_behind_the_one_before_it() -> None:
    older = Arrangement(("price", "status", "code"))
    assert columns(older) == [
        "name",
        "price",
        "status",
        "beds_total",
        "beds_nursing",
        "code",
    ]
    assert columns(Arrangement(("price",)))[:3] == ["name", "code", "status"]


def test_turned__stays_at_the_left_and_back_in_its_place() -> None:
    left = Arrangement(hidden=("price",)).turned("price").turned("beds_total")
    assert left.identity == ("price", "beds_total")
    assert left.hidden == ()
    assert columns(left)[:3] == ["name", "price", "beds_total"]
    assert left.staying(FORM.fields) == 3
    assert read_arrangement(left.written()) == left
    assert columns(left.turned("price").turned("beds_total")) == list(IDS)


def test_hiding__and_showing_again() -> None:
    made = Arrangement(identity=("price",)).hiding("price").hiding("price")
    assert (made.hidden, made.identity) == (("price",), ())
    assert made.showing("price").hidden == ()


def test_written__an_order_and_widths() -> None:
    made = Arrangement(widths={"price": 90}, sort=Order("price", descending=True))
    assert read_arrangement(made.written()) == made


@pytest.mark.parametrize("text", ["", "nonsense", "[1, 2]", "3"])
def test_read__what_is_none_is_as_ever(text: str) -> None:
    assert read_arrangement(text) == Arrangement()


def test_read__what_is_unsound_is_left_out() -> None:
    data = {
        "order": ["a", 3],
        "hidden": "b",
        "identity": [None, "c"],
        "widths": {"a": 20, "b": "wide", "c": -4},
        "sort": ["a", "down"],
    }
    found = read_arrangement(json.dumps(data))
    assert found == Arrangement(("a",), (), ("c",), {"a": 20})
    assert read_arrangement('{"widths": []}') == Arrangement()
