from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.rounding import FACTORS
from desktop.core.rounding import Printed
from desktop.core.rounding import Scale
from desktop.core.rounding import Sum
from desktop.core.rounding import balanced
from desktop.core.rounding import printed
from desktop.core.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator


def summed(*parts: Sum) -> Sum:
    """Add parts up."""
    return Sum(sum((part.value for part in parts), Decimal(0)), parts)


def leaves(*values: int) -> Sum:
    """Add plain numbers up."""
    return summed(*(Sum(Decimal(value)) for value in values))


def shown(tree: Sum) -> list[str]:
    """Write the parts of a sum."""
    return [f"{part.value}" for part in tree.parts]


def pairs(true: Sum, tree: Sum) -> Iterator[tuple[Sum, Sum]]:
    """Yield every number beside the rounded one."""
    yield true, tree
    for left, right in zip(true.parts, tree.parts, strict=True):
        yield from pairs(left, right)


def test_largest_remainder__ok() -> None:
    thirds = balanced(leaves(13_333, 13_333, 13_334), 10_000, 0)
    assert thirds.value == 4
    assert shown(thirds) == ["1", "1", "2"]
    same = balanced(leaves(5_000, 5_000), 10_000, 0)
    assert [f"{same.value}", *shown(same)] == ["1", "1", "0"]
    two = balanced(leaves(14_999, 14_999, 14_999), 10_000, 2)
    assert (str(two.value), shown(two)) == ("4.50", ["1.50", "1.50", "1.50"])


def test_down_the_tree__ok() -> None:
    county = summed(leaves(4_000, 4_000), leaves(4_000, 4_000))
    tree = balanced(county, 10_000, 0)
    assert tree.value == 2
    assert [shown(part) for part in tree.parts] == [["1", "0"], ["1", "0"]]


def test_exact_parts_stay__ok() -> None:
    tree = balanced(leaves(20_000, 3_000, 3_000), 10_000, 0)
    assert shown(tree) == ["2", "1", "0"]
    assert shown(balanced(leaves(1, 2, 3), 1, 0)) == ["1", "2", "3"]
    less = balanced(leaves(-15_000, 5_000), 10_000, 0)
    assert [f"{less.value}", *shown(less)] == ["-1", "-1", "0"]


def test_parts_that_do_not_add_up__error() -> None:
    with pytest.raises(ValueError, match="7"):
        balanced(Sum(Decimal(7), (Sum(Decimal(3)),)), 1, 0)


def test_rounded__ok() -> None:
    assert rounded(Decimal(12345), 10_000, 1) == Decimal("1.2")
    assert rounded(Decimal(15000), 10_000, 0) == 2
    assert rounded(Decimal("-0.5"), 1, 0) == -1


@pytest.mark.parametrize(
    ("scale", "measure", "divisor", "words"),
    [
        (Scale.ONE, "张", 1, "张"),
        (Scale.ONE, None, 1, None),
        (Scale.TEN_THOUSAND, "张", 10_000, "万张"),
        (Scale.TEN_THOUSAND, None, 10_000, "万"),
        (Scale.TEN_THOUSAND, "万元", 1, "万元"),
        (Scale.HUNDRED_MILLION, "万元", 10_000, "亿元"),
        (Scale.THOUSAND, "万元", 1, "万元"),
        (Scale.MILLION, "百万元", 1, "百万元"),
        (Scale.TEN_THOUSAND, "万", 10_000, "万万"),
        (Scale.HUNDRED, "千米", 100, "百千米"),
    ],
)
def test_printed__ok(
    scale: Scale, measure: str | None, divisor: int, words: str | None
) -> None:
    assert printed(scale, measure) == Printed(divisor, words)


NUMBERS = st.decimals(-(10**9), 10**9, places=2)
TREES = st.recursive(
    NUMBERS.map(Sum),
    lambda below: st.lists(below, min_size=1, max_size=6).map(lambda p: summed(*p)),
    max_leaves=40,
)


@given(TREES, st.sampled_from(Scale), st.integers(0, 4))
def test_parts_add_up_and_stay_near__ok(true: Sum, scale: Scale, digits: int) -> None:
    divisor = FACTORS[scale]
    tree = balanced(true, divisor, digits)
    step = Decimal(1).scaleb(-digits)
    for exact, number in pairs(true, tree):
        assert abs(number.value - exact.value / divisor) < step
        assert number.value == number.value.quantize(step)
        if number.parts:
            assert sum(part.value for part in number.parts) == number.value
    assert tree == balanced(true, divisor, digits)
    assert abs(tree.value - true.value / divisor) <= step / 2


@given(TREES)
def test_what_needs_no_rounding_stays__ok(true: Sum) -> None:
    assert balanced(true, 1, 2) == true
