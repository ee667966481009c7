from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import parse_unit_code
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import format_cell
from desktop.forms.entry import meant_choice
from desktop.forms.entry import parse_entry
from desktop.forms.entry import state_of_key
from desktop.forms.fields import AnyField
from desktop.forms.fields import Field
from desktop.forms.strict import checked

CHOICES = ("全托", "日托", "上门", "内科、外科")


def field(kind: str, **more: object) -> Field:
    data = {"id": "x", "title": "项", "kind": kind, **more}
    made: Field = checked(AnyField, data)
    return made


INTEGER = field("integer")
DECIMAL = field("decimal", digits=2)
TEXT = field("text", max_length=20)
CHOICE = field("choice")
SEVERAL = field("choices")
OWNERS = ("公办", "民办")
OWNED = field(
    "choice",
    value_aliases={"公建公营": "公办", "1": ("民办",), "租": "租赁", "混合": OWNERS},
)
OWNED_BY = field("choices", value_aliases={"公、集体": "公办", "民非": "民办"})
DATE = field("date")
YES_NO = field("yes_no")
UNIT = field("unit")
CREDIT = field("credit_code")
TELEPHONE = field("telephone")
ALL = (INTEGER, DECIMAL, TEXT, CHOICE, SEVERAL, DATE, YES_NO, UNIT, CREDIT, TELEPHONE)


@pytest.mark.parametrize(
    ("asked", "text", "cell"),
    [
        (INTEGER, "120", 120),
        (INTEGER, " 1,234,567 ", 1234567),
        (INTEGER, "１，２３４", 1234),
        (INTEGER, "-5", -5),
        (INTEGER, "－5", -5),
        (INTEGER, "+5", 5),
        (INTEGER, "007", 7),
        (INTEGER, "0", 0),
        (INTEGER, "999999999999999", 999999999999999),
        (DECIMAL, "1200.5", Decimal("1200.50")),
        (DECIMAL, "１２．３４", Decimal("12.34")),
        (DECIMAL, "12。5", Decimal("12.5")),
        (DECIMAL, "1,200", Decimal(1200)),
        (DECIMAL, "1.500", Decimal("1.5")),
        (TEXT, "  干𬒗镇敬老院 ", "干𬒗镇敬老院"),
        (TEXT, "１号楼", "１号楼"),
        (TEXT, "/", "/"),
        (TEXT, "=1+1", "=1+1"),
        (CHOICE, "全托", "全托"),
        (CHOICE, "2", "日托"),
        (CHOICE, "３", "上门"),
        (SEVERAL, "日托、全托、日托", ("全托", "日托")),
        (SEVERAL, "1;3", ("全托", "上门")),
        (SEVERAL, "全托，日托；上门、", ("全托", "日托", "上门")),
        (SEVERAL, "内科、外科", ("内科、外科",)),
        (SEVERAL, "全托；内科、外科", ("全托", "内科、外科")),
        (DATE, "2025-09-01", date(2025, 9, 1)),
        (DATE, "2025/9/1", date(2025, 9, 1)),
        (DATE, "2025.9.1", date(2025, 9, 1)),
        (DATE, "20250901", date(2025, 9, 1)),
        (DATE, "2025年9月1日", date(2025, 9, 1)),
        (DATE, "２０２５-９-１", date(2025, 9, 1)),
        (YES_NO, "是", True),
        (YES_NO, "有", True),
        (YES_NO, "Y", True),
        (YES_NO, "1", True),
        (YES_NO, "否", False),
        (YES_NO, "无", False),
        (YES_NO, "n", False),
        (YES_NO, "０", False),
        (UNIT, "310105", "310105"),
        (UNIT, "310105 001 000", "310105001"),
        (CREDIT, "91310105ma1fw0008t", "91310105MA1FW0008T"),
        (CREDIT, "9131 0105 MA1F W000 8T", "91310105MA1FW0008T"),
        (TELEPHONE, "１３８００１３８０００", "13800138000"),
        (TELEPHONE, "（021）62345678", "(021)62345678"),
        (TELEPHONE, "021—62345678转12", "021-62345678转12"),
    ],
)
def test_parse_entry__ok(asked: Field, text: str, cell: Cell) -> None:
    parsed = parse_entry(asked, text, CHOICES)

    assert parsed == cell
    assert type(parsed) is type(cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("公办", "公办"),
        ("公建公营", "公办"),
        (" 公建公营 ", "公办"),
        ("1", "民办"),
        ("2", "民办"),
    ],
)
def test_parse_entry__a_word_of_other_sources(text: str, cell: str) -> None:
    assert parse_entry(OWNED, text, OWNERS) == cell


def test_parse_entry__several_words_of_other_sources() -> None:
    assert parse_entry(OWNED_BY, "民非、公办", OWNERS) == ("公办", "民办")
    assert parse_entry(OWNED_BY, "公、集体", OWNERS) == ("公办",)


@pytest.mark.parametrize("text", ["公建", "公建公营等", "民建民营", "租", "租赁"])
def test_parse_entry__error_word_without_a_meaning_here(text: str) -> None:
    assert isinstance(parse_entry(OWNED, text, OWNERS), Message)


def test_parse_entry__error_word_with_several_meanings() -> None:
    said = parse_entry(OWNED, "混合", OWNERS)

    assert said == message("forms.entry.choice_of", text="混合", choices="公办、民办")


def test_meant_choice__only_where_the_pack_says_so() -> None:
    assert meant_choice(OWNED, " 公建公营 ") == "公办"
    assert meant_choice(OWNED, "公办") is None
    assert meant_choice(OWNED, "混合") is None
    assert meant_choice(TEXT, "公建公营") is None


@pytest.mark.parametrize("asked", ALL)
def test_parse_entry__absence_of_every_kind(asked: Field) -> None:
    assert parse_entry(asked, "", CHOICES) is BLANK
    assert parse_entry(asked, " \u3000\t", CHOICES) is BLANK
    assert parse_entry(asked, "不适用", CHOICES) is Absent.NOT_APPLICABLE
    assert parse_entry(asked, "不详", CHOICES) is Absent.UNKNOWN
    if asked is not TEXT:
        assert parse_entry(asked, "／", CHOICES) is Absent.NOT_APPLICABLE
        assert parse_entry(asked, "？", CHOICES) is Absent.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "text", "code"),
    [
        (INTEGER, "12a", "whole"),
        (INTEGER, "1.5", "whole"),
        (INTEGER, "1.0", "whole"),
        (INTEGER, "NaN", "whole"),
        (INTEGER, "1e3", "whole"),
        (INTEGER, "12,34", "whole"),
        (INTEGER, "十二", "whole"),
        (INTEGER, "①", "whole"),
        (INTEGER, "²", "whole"),
        (INTEGER, "٣", "whole"),
        (INTEGER, "1" * 16, "precision"),
        (INTEGER, "9" * 9999, "precision"),
        (DECIMAL, "Infinity", "number"),
        (DECIMAL, "1.", "number"),
        (DECIMAL, "55%", "number"),
        (DECIMAL, "1.234", "decimals"),
        (DECIMAL, "12345678901234.56", "precision"),
        (TEXT, "长" * 21, "too_long"),
        (TEXT, "a\x00b", "characters"),
        (TEXT, "a\nb", "characters"),
        (TEXT, "a\ud800b", "characters"),
        (TEXT, "a\u202eb", "characters"),
        (INTEGER, "1\ufffe", "characters"),
        (CHOICE, "上门护", "choice_near"),
        (CHOICE, "xyz", "choice"),
        (CHOICE, "0", "choice"),
        (CHOICE, "5", "choice"),
        (SEVERAL, "全托、夜", "choice"),
        (SEVERAL, "、", "choice"),
        (DATE, "2025-02-30", "no_such_day"),
        (DATE, "0001-01-01", "no_such_day"),
        (DATE, "0000-01-01", "no_such_day"),
        (DATE, "2025-9", "date"),
        (DATE, "2025/9-1", "date"),
        (DATE, "昨天", "date"),
        (YES_NO, "也许", "yes_no"),
        (UNIT, "3101051", "unit"),
        (CREDIT, "91310105MA1FW0008TX", "credit"),
        (CREDIT, "无证", "credit"),
        (TELEPHONE, "张三", "telephone"),
        (TELEPHONE, "12", "telephone"),
    ],
)
def test_parse_entry__error(asked: Field, text: str, code: str) -> None:
    refused = parse_entry(asked, text, CHOICES)

    assert isinstance(refused, Message)
    assert refused.code == f"forms.entry.{code}"
    assert all(len(str(value)) <= 60 for _, value in refused.params)


def test_parse_entry__error_not_applicable_where_it_is_no_answer() -> None:
    asked = field("integer", not_applicable=False)
    refused = parse_entry(asked, "不适用")

    assert isinstance(refused, Message)
    assert refused.code == "forms.entry.no_not_applicable"
    assert parse_entry(asked, "不详") is Absent.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "cell", "text"),
    [
        (INTEGER, 1234567, "1,234,567"),
        (DECIMAL, Decimal("1234.5"), "1,234.50"),
        (DECIMAL, Decimal("0.125"), "0.125"),
        (DECIMAL, Decimal("1E+3"), "1,000.00"),
        (INTEGER, Decimal("2.5"), "2.5"),
        (YES_NO, True, "是"),
        (YES_NO, False, "否"),
        (DATE, date(2025, 9, 1), "2025-09-01"),
        (SEVERAL, ("全托", "日托"), "全托、日托"),
        (SEVERAL, ("全托", "内科、外科"), "全托；内科、外科"),
        (SEVERAL, ("".join(SEPARATORS), "日托"), "、；;，,|、日托"),
        (TEXT, "文", "文"),
        (TEXT, BLANK, ""),
        (INTEGER, Absent.NOT_APPLICABLE, "不适用"),
        (INTEGER, Absent.UNKNOWN, "不详"),
    ],
)
def test_format_cell__ok(asked: Field, cell: Cell, text: str) -> None:
    assert format_cell(asked, cell, thousands=True) == text


def comes_back(asked: Field, cell: Cell, choices: tuple[str, ...] = ()) -> None:
    for thousands in (True, False):
        shown = format_cell(asked, cell, thousands=thousands)
        assert parse_entry(asked, shown, choices) == cell


WHOLES = st.integers(-(10**15) + 1, 10**15 - 1)
LABEL = st.text(st.characters(categories=["Lo"]), min_size=1, max_size=4)


@given(WHOLES)
def test_integer__comes_back(number: int) -> None:
    comes_back(INTEGER, number)


@given(WHOLES, st.integers(1, 6))
def test_decimal__comes_back(number: int, digits: int) -> None:
    comes_back(field("decimal", digits=digits), Decimal(number).scaleb(-digits))


@given(st.text(max_size=20))
def test_text__comes_back_as_it_was_read(text: str) -> None:
    cell = parse_entry(TEXT, text)
    assume(not isinstance(cell, Message))
    assert not isinstance(cell, Message)

    comes_back(TEXT, cell)


@given(st.lists(LABEL, min_size=1, max_size=6, unique=True), st.data())
def test_choices__come_back(labels: list[str], draw: st.DataObject) -> None:
    choices = tuple(label for label in labels if label not in {"不适用", "不详"})
    assume(choices)
    picked = draw.draw(st.sets(st.sampled_from(choices), min_size=1))
    several = tuple(choice for choice in choices if choice in picked)

    comes_back(CHOICE, several[0], choices)
    comes_back(SEVERAL, several, choices)


@given(st.dates(min_value=date(1800, 1, 1)))
def test_date__comes_back(day: date) -> None:
    comes_back(DATE, day)


@given(st.sampled_from([*Absent, True, False]))
def test_yes_no_and_absence__come_back(cell: Cell) -> None:
    comes_back(YES_NO, cell)


@given(st.from_regex(r"\A[1-8][0-9]{5}([0-9]{3}){0,2}\Z"))
def test_unit__comes_back(text: str) -> None:
    code = parse_unit_code(text)
    assume(code is not None)
    assert code is not None

    comes_back(UNIT, code)


@given(st.from_regex(r"\A[0-9A-Z]{1,18}\Z"))
def test_credit_code__comes_back(code: str) -> None:
    comes_back(CREDIT, code)


@given(st.from_regex(r"\A[0-9][0-9()\-]{2,29}\Z"))
def test_telephone__comes_back(number: str) -> None:
    comes_back(TELEPHONE, number)


@given(st.sampled_from(ALL), st.text())
def test_parse_entry__never_raises(asked: Field, text: str) -> None:
    cell: Any = parse_entry(asked, text, CHOICES)

    if not isinstance(cell, Message):
        assert parse_entry(asked, format_cell(asked, cell), CHOICES) == cell


@pytest.mark.parametrize("asked", [one for one in ALL if one is not TEXT])
@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("/", Absent.NOT_APPLICABLE),
        ("／", Absent.NOT_APPLICABLE),
        ("、", Absent.NOT_APPLICABLE),
        ("?", Absent.UNKNOWN),
        ("？", Absent.UNKNOWN),
        ("*", Absent.UNKNOWN),
        ("1", None),
        ("", None),
        ("//", None),
    ],
)
def test_state_of_key__one_key_alone(
    asked: Field, typed: str, state: Absent | None
) -> None:
    assert state_of_key(asked, typed) is state


def test_state_of_key__not_in_texts_and_not_where_it_is_no_answer() -> None:
    assert state_of_key(TEXT, "/") is None
    everyone = field("integer", not_applicable=False)
    assert state_of_key(everyone, "/") is None
    assert state_of_key(everyone, "*") is Absent.UNKNOWN


def test_parse_entry__the_star_of_the_number_pad_is_unknown() -> None:
    assert parse_entry(INTEGER, "*") is Absent.UNKNOWN
    assert parse_entry(DATE, "＊") is Absent.UNKNOWN
    assert parse_entry(TEXT, "*") == "*"


@pytest.mark.parametrize("dash", ["-", "—", "——", "－", "−"])
def test_parse_entry__a_dash_may_mean_three_things(dash: str) -> None:
    for number in (INTEGER, DECIMAL):
        refused = parse_entry(number, dash)
        assert isinstance(refused, Message)
        assert refused.code == "forms.entry.dash"
    assert parse_entry(TEXT, dash) == dash
