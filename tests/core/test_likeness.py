from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.likeness import LONG_ENOUGH
from desktop.core.likeness import Worded
from desktop.core.likeness import made_of
from desktop.core.likeness import parts_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1)
SIGNS = st.text(" ，。；、,.!0123456789０１２", max_size=3)


@st.composite
def noisy(draw: DrawFn, text: str) -> str:
    """Give a text with signs, spaces and digits strewn in."""
    return "".join(letter + draw(SIGNS) for letter in text)


def alike(one: str, other: str) -> bool:
    return Worded(one).is_like(Worded(other))


def test_parts__cut_at_signs_and_spaces() -> None:
    assert parts_of("经核实，情况 属实。ＯＫ！ 60张") == [
        *("经核实", "情况", "属实", "ok", "60张"),
    ]
    assert parts_of("，。") == []


@pytest.mark.parametrize(
    ("part", "is_stock"),
    [("核实无误", True), ("核实核实无误", True), ("核实了无误", False), ("", True)],
)
def test_made_of__nothing_but_phrases(part: str, is_stock: bool) -> None:
    assert made_of(part, ("核实", "核实无误", "无误")) is is_stock


@given(st.data(), HAN)
def test_like__whatever_signs_and_digits(data: st.DataObject, text: str) -> None:
    assert alike(text, data.draw(noisy(text)))


@given(HAN, HAN)
def test_like__both_ways(one: str, other: str) -> None:
    assert alike(one, other) is alike(other, one)


@given(st.data(), st.lists(HAN, min_size=30, max_size=60, unique=True))
def test_like__one_letter_changed_in_a_long_text(
    data: st.DataObject, letters: list[str]
) -> None:
    text = "".join(letter[0] for letter in letters)
    place = data.draw(st.integers(0, len(text) - 1))
    assert alike(text, f"{text[:place]}一{text[place + 1 :]}")


@given(HAN, st.integers(1, 5))
def test_like__a_text_is_not_like_one_much_longer(text: str, times: int) -> None:
    longer = text + "甲乙丙丁戊己庚辛壬癸" * (times + len(text))
    assert not alike(text, longer)


def test_like__short_texts_are_the_same_or_not() -> None:
    assert len("新楼五月投用") < LONG_ENOUGH
    assert alike("新楼 5 月投用", "新楼 6 月投用")
    assert not alike("新楼五月投用", "新楼六月投用")


def test_like__digits_alone_are_like_nothing() -> None:
    assert not alike("60", "70")


def test_like__another_reason() -> None:
    one = "二期新楼 5 月投用，新增护理型床位 60 张"
    assert alike(one, "二期新楼6月投用，新增护理型床位80张。")
    assert not alike(one, "因消防改造关停东侧一层，核减床位 40 张")
