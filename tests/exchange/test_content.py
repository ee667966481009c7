from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cell_text import canonical
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.exchange.content import UnfitTextError
from desktop.exchange.content import cell_of
from desktop.exchange.content import digest_of
from desktop.exchange.content import is_nil
from desktop.exchange.content import is_note
from desktop.exchange.content import nil_key
from desktop.exchange.content import nil_slots
from desktop.exchange.content import slots_of
from desktop.store.records import Record

if TYPE_CHECKING:
    from desktop.core.cells import Cell

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    st.text(min_size=1, alphabet=st.characters(codec="utf-8")),
    st.booleans(),
    st.dates(),
    st.lists(st.text(alphabet=st.characters(codec="utf-8"))).map(tuple),
    st.sampled_from(Absent),
)


@given(CELLS)
def test_cell_of__says_the_same(cell: Cell) -> None:
    text = canonical(cell) or ""

    found = cell_of(text)

    assert (canonical(found) or "") == text
    assert type(found) is bool or not isinstance(cell, bool)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", Absent.BLANK),
        ("n:-12", -12),
        ("n:1.5", Decimal("1.5")),
        ("t:n:1", "n:1"),
        ("b:1", True),
        ("d:2025-02-28", date(2025, 2, 28)),
        ('c:["餐","医"]', ("餐", "医")),
        ("a:unknown", Absent.UNKNOWN),
    ],
)
def test_cell_of__ok(text: str, cell: Cell) -> None:
    found = cell_of(text)

    assert (type(found), found) == (type(cell), cell)


@pytest.mark.parametrize(
    "text",
    [
        "n",
        "n:",
        "n:１",
        "n:NaN",
        "n:Infinity",
        "n:x",
        "t:",
        "b:2",
        "d:2025-02-30",
        "c:{}",
        "c:[1]",
        "c:[",
        "a:blank",
        "a:none",
        "x:1",
        "12",
    ],
)
def test_cell_of__error(text: str) -> None:
    with pytest.raises(UnfitTextError):
        cell_of(text)


def test_slots_of__cells_and_notes_that_travel() -> None:
    key = RecordKey("eci", "2025", FacilityId("a"))
    cells: dict[str, Cell] = {"beds": 3, "name": Absent.BLANK, "x": Absent.UNKNOWN}
    record = Record(RecordId(1), key, "310105", cells, 1, {"sum": 3})
    notes = {"rule:r": "因为", "flag:beds": "?", "second:beds": "3", "field:x": "注"}

    assert slots_of(record, notes) == {
        "_unit": "310105",
        "beds": "n:3",
        "x": "a:unknown",
        "rule:r": "因为",
        "field:x": "注",
    }


def test_nil__is_a_record_of_its_own() -> None:
    key = nil_key("eci", "2025", "310105")

    assert is_nil(key)
    assert not is_nil(RecordKey("eci", "2025", FacilityId("310105")))
    assert nil_slots("310105") == {"_unit": "310105", "_nil": "1"}


def test_is_note() -> None:
    assert is_note("rule:x")
    assert not is_note("beds")


def test_digest_of__does_not_depend_on_the_order() -> None:
    one = digest_of({"a": "n:1", "b": "t:\ud800"})

    assert one == digest_of({"b": "t:\ud800", "a": "n:1"})
    assert one != digest_of({"a": "n:2", "b": "t:\ud800"})
