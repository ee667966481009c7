from __future__ import annotations

from decimal import Decimal

import pytest
import sqlglot
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.expr.dialect import ALPHABET
from desktop.expr.dialect import WEIGHTS
from desktop.expr.dialect import Dialect
from desktop.expr.dialect import json_text
from desktop.expr.dialect import name
from desktop.expr.dialect import number_literal
from desktop.expr.dialect import text_literal
from tests.expr.sample import Engines
from tests.expr.sample import Row
from tests.expr.sample import one
from tests.expr.sample import value


def test_names__ok() -> None:
    assert name('a"b', Dialect.SQLITE) == '"a""b"'
    assert name("a`b", Dialect.SPARK) == "`a``b`"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_texts_come_back_whole__ok(text: str) -> None:
    with Engines() as engines:
        sqlite = f"SELECT {text_literal(text, Dialect.SQLITE)} AS x"
        duck = f"SELECT {text_literal(text, Dialect.DUCKDB)} AS x"
        assert engines.ask(sqlite, duck, {}) == [{"x": text}]
    spark = sqlglot.parse_one(text_literal(text, Dialect.SPARK), read="spark")
    assert isinstance(spark, sqlglot.exp.Literal)
    assert spark.is_string


def test_text_of_a_key__ok() -> None:
    """Also where the text has spaces, or another key ends alike."""
    text = '{"beds_2": "a", "beds": "不适用"}'
    with Engines([Row("eci", "A1", states=text), Row("eci", "A2")]) as engines:
        sqlite, duck, spark = (
            f"SELECT _id AS id, {json_text('_states', 'beds', dialect)} AS x FROM eci"
            for dialect in Dialect
        )
        found = engines.ask(sqlite, duck, {})
        assert found == [{"id": 1, "x": "不适用"}, {"id": 2, "x": None}]
    assert sqlglot.parse_one(spark, read="spark").find(sqlglot.exp.JSONExtractScalar)


def test_numbers__ok() -> None:
    assert number_literal(Decimal("0.10"), Dialect.SQLITE) == "0.10"
    assert number_literal(Decimal("0.10"), Dialect.DUCKDB) == "0.10e0"
    assert number_literal(Decimal(5), Dialect.SPARK) == "CAST(5 AS BIGINT)"
    assert number_literal(Decimal("1E+2"), Dialect.SQLITE) == "100"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7 / 2", 3.5),
        ("1 / 0", None),
        ("1 / (0.1 + 0.2 - 0.3)", None),
        ("1 / (0 * 0.5)", None),
        ("4000000000 * 4000000000", 1.6e19),
        ("2000000000 + 2000000000", 4000000000),
        ("DAYS_BETWEEN('2024-02-28', '2024-03-01')", 2),
        ("DAYS_BETWEEN('2025-03-01', '2025-02-28')", -1),
        ("YEAR('1999-12-31')", 1999),
        ("ROUND(2.675, 2)", 2.68),
        ("ROUND(-2.675, 2)", -2.68),
        ("ROUND(1.005, 2)", 1.01),
        ("ROUND(0.5)", 1.0),
        ("ROUND(2.5)", 3.0),
        ("ROUND(7, 0)", 7.0),
        ("LENGTH('养老😀')", 3),
        ("ABS(-3)", 3),
    ],
)
def test_arithmetic_is_one_on_every_engine__ok(text: str, wanted: object) -> None:
    assert value(text) == wanted


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_halves_round_away_from_zero__ok(figures: int, places: int) -> None:
    half = Decimal(figures * 10 + 5).scaleb(-places - 1)
    text = f"{abs(half):f}"
    wanted = abs(half).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    assert value(f"ROUND({text}, {places})") == pytest.approx(float(wanted), rel=1e-15)


def credit_code(first: str) -> str:
    """Put the check character behind 17 others, by the standard's own words."""
    total = sum(
        ALPHABET.index(each) * weight
        for each, weight in zip(first, WEIGHTS, strict=True)
    )
    return first + ALPHABET[(31 - total % 31) % 31]


@settings(max_examples=15)
@given(st.text(st.sampled_from(ALPHABET), min_size=17, max_size=17), st.integers(0, 30))
def test_credit_codes__ok(first: str, last: int) -> None:
    right = credit_code(first)
    assert value(f"VALID_CREDIT_CODE('{right}')") == 1
    other = first + ALPHABET[last]
    assert value(f"VALID_CREDIT_CODE('{other}')") == (other == right)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "code",
    [
        "",
        "91350100M000100Y4",
        "91350100M000100Y434",
        "91350100M000100Y4I",
        "91350100m000100y43",
        "９1350100M000100Y43",
    ],
)
def test_credit_codes__error(code: str) -> None:
    assert value("VALID_CREDIT_CODE('91350100M000100Y43')") == 1
    assert value(f"VALID_CREDIT_CODE('{code}')") == 0


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("13812345678", True),
        ("021-12345678", True),
        ("02112345678", True),
        ("0412-1234567", True),
        ("04121234567", True),
        ("12812345678", False),
        ("1381234567", False),
        ("021-02345678", False),
        ("1234567", False),
        ("0021-1234567", False),
        ("021-12345678x", False),
        (" 13812345678", False),
        ("", False),
    ],
)
def test_telephones__ok(number: str, right: bool) -> None:
    assert value(f"VALID_TELEPHONE('{number}')") == right


def test_blank_stays_blank__ok() -> None:
    with Engines([Row("eci", "A1")]) as engines:
        for text in (
            "VALID_TELEPHONE(tel)",
            "VALID_CREDIT_CODE(code)",
            "YEAR(opened)",
            "DAYS_BETWEEN(opened, '2025-01-01')",
            "HAS(services, 'x')",
            "ROUND(price, 1)",
            "IS_UNIQUE(code)",
            "beds / nursing",
        ):
            assert one(engines, text) is None
