from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cell_text import canonical
from desktop.core.cell_text import number_text
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell

WHOLE = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (BLANK, None),
        (Absent.NOT_APPLICABLE, "a:not_applicable"),
        (Absent.UNKNOWN, "a:unknown"),
        (True, "b:1"),
        (False, "b:0"),
        (1, "n:1"),
        (0, "n:0"),
        (Decimal("-0.00"), "n:0"),
        (Decimal("12.50"), "n:12.5"),
        (1200, "n:1200"),
        (date(2025, 9, 1), "d:2025-09-01"),
        ("1", "t:1"),
        (("全托", "日托"), 'c:["全托", "日托"]'),
    ],
)
def test_canonical__ok(cell: Cell, text: str | None) -> None:
    assert canonical(cell) == text


def test_canonical__composed_and_decomposed_text_are_one() -> None:
    assert canonical("cafe\u0301") == canonical("caf\u00e9")
    assert canonical(("e\u0301",)) == canonical(("\u00e9",))


def test_canonical__rare_characters_stay_themselves() -> None:
    assert canonical("干𬒗镇") == "t:干𬒗镇"


@given(WHOLE)
def test_canonical__whole_numbers_come_back(number: int) -> None:
    assert canonical(number) == canonical(Decimal(number)) == f"n:{number}"


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (-7, "-7"), (1200, "1200")])
def test_number_text__whole(number: int, text: str) -> None:
    assert number_text(number) == text


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_number_text__double_and_its_fifteen_digits_agree(number: float) -> None:
    fifteen = Decimal(f"{number:.15g}")

    assert number_text(fifteen) == number_text(Decimal(repr(float(fifteen))))


@pytest.mark.parametrize("huge", ["1e999999", "-1e999999", "1e-999999"])
def test_number_text__size_does_not_follow_the_exponent(huge: str) -> None:
    assert len(number_text(Decimal(huge))) < 20


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3))
def test_canonical__choices_are_json(chosen: list[str]) -> None:
    text = canonical(tuple(chosen))

    assert text is not None
    assert len(json.loads(text.removeprefix("c:"))) == len(chosen)
