from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.store.columns import UnfitValueError
from desktop.store.columns import codec_of
from desktop.store.columns import from_json
from desktop.store.columns import storable
from desktop.store.columns import tidy
from desktop.store.columns import to_json
from desktop.store.columns import to_stored
from desktop.store.columns import to_text
from desktop.store.digest import compact
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.store.columns import Codec


def codec(field: str) -> Codec:
    return codec_of(pack().form_by_id["home"].by_id[field])


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("name", "TEXT"),
        ("beds", "INTEGER"),
        ("area", "REAL"),
        ("level", "TEXT"),
        ("services", "TEXT"),
        ("order", "TEXT"),
        ("public", "INTEGER"),
        ("town", "TEXT"),
        ("code", "TEXT"),
        ("phone", "TEXT"),
    ],
)
def test_codec_of__column(field: str, column: str) -> None:
    assert codec(field).column == column


@pytest.mark.parametrize(
    ("field", "cell", "kept"),
    [
        ("name", "", BLANK),
        ("services", (), BLANK),
        ("area", 3, Decimal("3.00")),
        ("area", Decimal("1.5"), Decimal("1.50")),
        ("area", Decimal("-0.0"), Decimal("0.00")),
        ("beds", Absent.UNKNOWN, Absent.UNKNOWN),
    ],
)
def test_tidy__gives_one_shape(field: str, cell: Cell, kept: Cell) -> None:
    found = tidy(codec(field), cell)

    assert (found, str(found)) == (kept, str(kept))


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("name", 1),
        ("name", "nul\0"),
        ("name", "half \ud800"),
        ("beds", "1"),
        ("beds", True),
        ("beds", 10**15),
        ("area", Decimal("0.001")),
        ("area", Decimal("NaN")),
        ("area", Decimal("Infinity")),
        ("area", Decimal(10**13)),
        ("area", "1.5"),
        ("area", True),
        ("services", "餐"),
        ("services", ("餐", "\0")),
        ("order", "2025-01-01"),
        ("order", datetime(2025, 1, 1, tzinfo=UTC)),
        ("public", 1),
    ],
)
def test_tidy__refuses_what_the_field_cannot_hold(field: str, cell: Cell) -> None:
    with pytest.raises(UnfitValueError):
        tidy(codec(field), cell)


@given(st.decimals(-(10**13) + 1, 10**13 - 1, places=2))
def test_decimals_survive_the_double_they_are_kept_as(number: Decimal) -> None:
    kept = codec("area")
    one = tidy(kept, number)

    assert kept.decode(to_stored(kept, one)) == number
    assert from_json(kept, to_json(kept, one)) == number


def test_decode__a_damaged_number__error() -> None:
    for value in ("1.5", float("inf")):
        with pytest.raises(UnfitValueError):
            codec("area").decode(value)


@pytest.mark.parametrize(
    ("field", "cell", "written"),
    [
        ("beds", 5, 5),
        ("area", Decimal("1.50"), 1.5),
        ("services", ("餐", "医"), '["餐","医"]'),
        ("order", date(2025, 3, 1), "2025-03-01"),
        ("public", True, True),
        ("beds", BLANK, None),
        ("beds", Absent.NOT_APPLICABLE, {"absent": "not_applicable"}),
    ],
)
def test_json__there_and_back(field: str, cell: Cell, written: object) -> None:
    assert to_json(codec(field), cell) == written
    assert from_json(codec(field), written) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [(1, 1), (True, True), ("x", "x"), (1.25, Decimal("1.25")), (None, BLANK)],
)
def test_from_json__a_field_no_longer_known_is_read_plainly(
    value: object, cell: Cell
) -> None:
    assert from_json(None, value) == cell


@pytest.mark.parametrize("value", [[1], {"absent": 3}, {}])
def test_from_json__damaged__error(value: object) -> None:
    with pytest.raises(UnfitValueError):
        from_json(codec("beds"), value)


def test_from_json__an_unknown_absence__error() -> None:
    with pytest.raises(UnfitValueError):
        from_json(codec("beds"), {"absent": "lost"})


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
WRITTEN = st.one_of(
    st.tuples(st.just("name"), TEXTS.filter(bool)),
    st.tuples(st.just("beds"), st.integers(-(10**15) + 1, 10**15 - 1)),
    st.tuples(st.just("area"), st.decimals(-(10**12), 10**12, places=2)),
    st.tuples(
        st.just("services"),
        st.lists(TEXTS, min_size=1).map(tuple),
    ),
    st.tuples(st.just("order"), st.dates()),
    st.tuples(st.just("public"), st.booleans()),
)


@given(WRITTEN)
def test_text__is_what_compact_makes_of_the_stored_value(
    written: tuple[str, Cell],
) -> None:
    field, cell = written
    known = codec(field)
    kept = known.tidy(cell)
    assert to_text(known, kept) == compact(to_json(known, kept))


def test_absent_text__is_what_compact_makes_of_it() -> None:
    for cell in Absent:
        assert to_text(codec("beds"), cell) == compact(to_json(codec("beds"), cell))


def test_storable() -> None:
    assert storable("干𬒗镇\n")
    assert not storable("\udfff")
