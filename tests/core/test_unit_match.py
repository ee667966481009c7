"""Names people write find the unit they mean, or go to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import class_of
from desktop.core.unit import level_of
from desktop.core.unit_match import Candidates
from desktop.core.unit_match import Matched
from desktop.core.unit_match import NoMatch
from desktop.core.unit_match import fold
from desktop.core.unit_match import match_unit

CHANGNING = """
310105 长宁区
310105001 华阳路街道
310105002 江苏路街道
310105008 仙霞新村街道
310105011 北新泾街道
310105102 新泾镇
"""
TWO_OF_A_NAME = """
110109 门头沟区
110109005 王平镇
110109006 王平地区
110109201 常营回族乡
110109102 大安镇
110109102001 大安居委会
110109102201 大安村委会
"""


def units(table: str) -> tuple[Unit, ...]:
    """Read units from lines of code and name."""
    pairs = [line.split() for line in table.split("\n") if line]
    return tuple(
        Unit(
            UnitCode(code),
            name,
            ancestors_by_code(UnitCode(code))[0],
            level_of(UnitCode(code)),
            class_of(UnitCode(code), name),
        )
        for code, name in pairs
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("华阳路街道", "310105001"),
        (" 华阳路 街道\u3000", "310105001"),
        ("華陽路街道", "310105001"),
        ("310105001", "310105001"),
        ("３１０１０５００１０００", "310105001"),
        ("长宁区", "310105"),
        ("新泾镇", "310105102"),
    ],
)
def test_match_unit__exact(name: str, code: str) -> None:
    """The name itself, its code, and other widths, blanks or traditional characters."""
    found = match_unit(name, units(CHANGNING))
    assert isinstance(found, Matched)
    assert (found.unit.code, found.exact) == (code, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("华阳路", "310105001"),
        ("华阳路街道办事处", "310105001"),
        ("新泾", "310105102"),
        ("新泾镇人民政府", "310105102"),
        ("长宁", "310105"),
        ("上海市长宁区", "310105"),
        ("上海市长宁区新泾镇", "310105102"),
        ("长宁华阳路街道", "310105001"),
        ("北新泾", "310105011"),
    ],
)
def test_match_unit__repaired(name: str, code: str) -> None:
    """Without the generic word, in its long form, or behind names of places above."""
    found = match_unit(name, units(CHANGNING))
    assert isinstance(found, Matched)
    assert (found.unit.code, found.exact) == (code, False)


@pytest.mark.parametrize(
    ("table", "name", "codes"),
    [
        (CHANGNING, "华阳街道", ["310105001"]),
        (CHANGNING, "新泾街道", ["310105102"]),
        (CHANGNING, "北新泾镇", ["310105011"]),
        (CHANGNING, "仙霞", ["310105008"]),
        (TWO_OF_A_NAME, "王平", ["110109005", "110109006"]),
        (TWO_OF_A_NAME, "常营乡", ["110109201"]),
        (TWO_OF_A_NAME, "大安", ["110109102", "110109102001", "110109102201"]),
    ],
)
def test_match_unit__candidates(table: str, name: str, codes: list[str]) -> None:
    """Where another kind of unit, or one of several, might be meant, nobody guesses."""
    found = match_unit(name, units(table))
    assert isinstance(found, Candidates)
    assert [unit.code for unit in found.units] == codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("大安村", "110109102201"),
        ("大安社区", "110109102001"),
        ("大安镇大安村委会", "110109102201"),
        ("门头沟区王平镇", "110109005"),
    ],
)
def test_match_unit__generic_word_decides(name: str, code: str) -> None:
    """A town, its community and its village of one name are told apart."""
    found = match_unit(name, units(TWO_OF_A_NAME))
    assert isinstance(found, Matched)
    assert found.unit.code == code


def test_match_unit__same_name_twice() -> None:
    """Two units of the very same name are candidates, not the first of them."""
    twice = units("110109005 王平镇\n110109006 王平镇")
    assert match_unit("王平镇", twice) == Candidates(twice)


@pytest.mark.parametrize("name", ["", "  ", "曹家渡街道", "街道", "310106", "华"])
def test_match_unit__none(name: str) -> None:
    """Nothing, another district's unit and a lone character are no match."""
    assert match_unit(name, units(CHANGNING)) == NoMatch()


def test_match_unit__no_parent() -> None:
    """A unit without parent is found behind any name of a place."""
    lone = Unit(
        UnitCode("31"),
        "上海市",
        None,
        level_of(UnitCode("31")),
        class_of(UnitCode("31"), "上海市"),
    )
    assert match_unit("华东地区上海市", [lone]) == Matched(lone, exact=False)


@given(st.text())
def test_match_unit__any_text(name: str) -> None:
    """Whatever is written, the answer only names units of the ledger."""
    within = units(CHANGNING)
    match match_unit(name, within):
        case Matched(unit):
            assert unit in within
        case Candidates(found):
            assert set(found) <= set(within)
        case other:
            assert other == NoMatch()


@given(st.text(alphabet="華华鎮镇１1Ａ \u3000（"))
def test_fold__twice_is_once(name: str) -> None:
    """Folding a folded name changes nothing."""
    assert fold(fold(name)) == fold(name)


def test_match_unit__by_the_code_of_statistics() -> None:
    """Twelve digits may be a unit's own code, or the one statistics give another."""
    _, first, second, *_ = units(CHANGNING)
    noted = (
        replace(first, statistics_code="310105002000"),
        replace(second, statistics_code="310105003000"),
    )

    assert match_unit("310105003000", noted) == Matched(noted[1])
    assert match_unit("310105001000", noted) == Matched(noted[0])
    assert match_unit("310105002000", noted) == Candidates((noted[1], noted[0]))
    assert match_unit("310105002", noted) == Matched(noted[1])
    assert match_unit("310105999999", noted) == NoMatch()
