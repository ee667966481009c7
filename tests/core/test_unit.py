"""Codes say level, class and what is above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import class_of
from desktop.core.unit import is_abolished
from desktop.core.unit import is_virtual
from desktop.core.unit import level_of
from desktop.core.unit import parse_unit_code
from desktop.core.unit import plain_name

SEGMENTS = (
    st.integers(11, 89),
    st.integers(1, 99),
    st.integers(1, 99),
    st.integers(1, 999),
    st.integers(1, 999),
)
WIDTHS = (2, 2, 2, 3, 3)


@st.composite
def unit_codes(draw: st.DrawFn) -> UnitCode:
    """Draw a code of any level."""
    depth = draw(st.integers(1, len(SEGMENTS)))
    parts = [
        f"{draw(segment):0{width}d}"
        for segment, width in zip(SEGMENTS[:depth], WIDTHS[:depth], strict=True)
    ]
    return UnitCode("".join(parts))


@given(unit_codes())
def test_parse_unit_code__ok(code: UnitCode) -> None:
    """A code is itself, with or without zero segments up to twelve digits."""
    assert parse_unit_code(code) == code
    for digits in (4, 6, 9, 12):
        if digits > len(code):
            assert parse_unit_code(code.ljust(digits, "0")) == code


@given(unit_codes())
def test_ancestors_by_code__ok(code: UnitCode) -> None:
    """Above a code is one shorter code a level, nearest first, and each is a code."""
    above = ancestors_by_code(code)
    levels = list(UnitLevel)
    assert [level_of(other) for other in (code, *above)] == list(
        reversed(levels[: levels.index(level_of(code)) + 1])
    )
    assert all(code.startswith(other) for other in above)
    assert all(parse_unit_code(other) == other for other in above)


@given(st.text(max_size=13))
def test_parse_unit_code__any_text(text: str) -> None:
    """Whatever the text, the answer is a code made of its own digits, or none."""
    code = parse_unit_code(text)
    assert code is None or (
        text.startswith(code) and not text.removeprefix(code).strip("0")
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "310",
        "31010",
        "3101050",
        "３１０１０５",
        " 310105",
        "3101O5",
        "000000",
        "910105",
        "310005",
        "310000001",
        "310105000001",
        "٣١",
        "3101050010010",
    ],
)
def test_parse_unit_code__error(text: str) -> None:
    """Wrong lengths, other characters and gaps between segments are no code."""
    assert parse_unit_code(text) is None


def test_ancestors_by_code__zero_segment() -> None:
    """A city without counties has its townships directly below it."""
    code = parse_unit_code("441900003000")
    assert code == "441900003"
    assert level_of(code) is UnitLevel.TOWNSHIP
    assert ancestors_by_code(code) == ("4419", "44")


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("31", "上海市", "省级"),
        ("3301", "杭州市", "地级市"),
        ("5325", "红河哈尼族彝族自治州", "地级市"),
        ("310105", "长宁区", "县(市、区)"),
        ("310105001", "华阳路街道", "街道"),
        ("310105102", "新泾镇", "乡镇"),
        ("110105021", "南磨房乡", "乡镇"),
        ("110105400", "首都机场街道", "街道"),
        ("140213002", "北关街道（撤销）", "街道"),
        ("130731400", "赵家蓬区公所", "乡镇"),
        ("341602400", "亳州高新技术产业开发区", "乡镇"),
        ("310105099", "某地", "街道"),
        ("310105001001", "某地", "社区"),
        ("310105001201", "某地", "行政村"),
        ("310105001401", "某开发区", "社区"),
        ("310105001501", "某农场", "行政村"),
        ("310105001250", "西郊居委会", "社区"),
        ("310105001002", "新华村委会", "行政村"),
    ],
)
def test_class_of__ok(code: str, name: str, expected: str) -> None:
    """The name decides where it says what the unit is, else the range does."""
    assert class_of(UnitCode(code), name) is UnitClass(expected)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("341602400", "亳州高新技术产业开发区", True),
        ("341602599", "某农场", True),
        ("110105400", "首都机场街道", False),
        ("130731400", "赵家蓬区公所", False),
        ("310105102", "新泾镇", False),
        ("310105001401", "某开发区", False),
    ],
)
def test_is_virtual__ok(code: str, name: str, *, expected: bool) -> None:
    """Development zones and farms are virtual; divisions with such codes are not."""
    assert is_virtual(UnitCode(code), name) is expected


@pytest.mark.parametrize(
    "name", ["三合乡（撤销）", "岭上乡（2021年撤销）", "五里乡（2022年撤分）"]
)
def test_is_abolished__ok(name: str) -> None:
    """The mark in the name is seen, and can be taken off."""
    assert is_abolished(name)
    assert plain_name(name) == name[:3]
    assert not is_abolished(name[:3])
