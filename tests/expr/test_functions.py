from __future__ import annotations

import pytest

from desktop.expr.functions import known_functions
from desktop.expr.schema import ValueType
from tests.expr.sample import fault
from tests.expr.sample import read


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        ("ABS(price)", ValueType.NUMBER, 2),
        ("ROUND(price)", ValueType.NUMBER, 0),
        ("ROUND(price / beds, 3)", ValueType.NUMBER, 3),
        ("LENGTH(code)", ValueType.NUMBER, 0),
        ("YEAR(opened)", ValueType.NUMBER, 0),
        ("YEAR('2020-02-29')", ValueType.NUMBER, 0),
        ("DAYS_BETWEEN(opened, '2025-12-31')", ValueType.NUMBER, 0),
        ("COALESCE(beds, price, 0)", ValueType.NUMBER, 2),
        ("COALESCE(opened, '2020-01-01')", ValueType.DATE, 0),
        ("HAS(services, '餐饮')", ValueType.BOOLEAN, 0),
        ("ANSWERED(beds)", ValueType.BOOLEAN, 0),
        ("ANSWERED(prev.beds)", ValueType.BOOLEAN, 0),
        ("ANSWERED(unit.pop)", ValueType.BOOLEAN, 0),
        ("IS_NOT_APPLICABLE(beds)", ValueType.BOOLEAN, 0),
        ("IS_NOT_APPLICABLE(services)", ValueType.BOOLEAN, 0),
        ("IS_NOT_APPLICABLE(prev.beds)", ValueType.BOOLEAN, 0),
        ("IS_UNIQUE(code)", ValueType.BOOLEAN, 0),
        ("IS_UNIQUE(code, home)", ValueType.BOOLEAN, 0),
        ("IMPLIES(licensed, TRUE)", ValueType.BOOLEAN, 0),
        ("VALID_CREDIT_CODE(code)", ValueType.BOOLEAN, 0),
        ("VALID_TELEPHONE(tel)", ValueType.BOOLEAN, 0),
        ("abs(beds)", ValueType.NUMBER, 0),
    ],
)
def test_functions__ok(text: str, kind: ValueType, digits: int) -> None:
    found = read(text)
    assert (found.type, found.digits) == (kind, digits)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ABS(type)", "expr.wanted_number"),
        ("ABS()", "expr.arguments"),
        ("ABS(1, 2)", "expr.arguments"),
        ("IMPLIES(licensed)", "expr.arguments"),
        ("IMPLIES(beds, licensed)", "expr.wanted_boolean"),
        ("LENGTH(beds)", "expr.wanted_text"),
        ("YEAR(code)", "expr.wanted_date"),
        ("YEAR('2025-02-30')", "expr.bad_date"),
        ("YEAR('20250101')", "expr.bad_date"),
        ("COALESCE(beds)", "expr.arguments"),
        ("COALESCE(beds, type)", "expr.types_differ"),
        ("ROUND(price, beds)", "expr.number"),
        ("ROUND(price, 1.5)", "expr.number"),
        ("ROUND(price, 11)", "expr.number"),
        ("ROUND(price, 1, 1)", "expr.arguments"),
        ("HAS(services)", "expr.arguments"),
        ("HAS(type, 'x')", "expr.wanted_choices"),
        ("HAS(services, type)", "expr.choice_unknown"),
        ("HAS(services, 1)", "expr.wanted_text"),
        ("ANSWERED(1)", "expr.field_wanted"),
        ("ANSWERED(beds, beds)", "expr.arguments"),
        ("IS_NOT_APPLICABLE(1)", "expr.field_wanted"),
        ("IS_NOT_APPLICABLE()", "expr.arguments"),
        ("IS_NOT_APPLICABLE(home)", "expr.field_wanted"),
        ("IS_UNIQUE()", "expr.arguments"),
        ("IS_UNIQUE(home)", "expr.field_wanted"),
        ("IS_UNIQUE(home, code)", "expr.field_wanted"),
        ("IS_UNIQUE(code, 1)", "expr.field_wanted"),
        ("IS_UNIQUE(code, prev.type)", "expr.field_wanted"),
        ("IS_UNIQUE(code, unit.year)", "expr.field_wanted"),
        ("IS_UNIQUE(code, unit.pop)", "expr.field_wanted"),
        ("IS_UNIQUE(prev.code)", "expr.field_wanted"),
        ("IS_UNIQUE(unit.pop)", "expr.field_wanted"),
        ("ANSWERED(unit.level)", "expr.field_wanted"),
        ("COUNT(eci) FILTER (WHERE IS_UNIQUE(eci.code)) = 1", "expr.field_wanted"),
        ("SUMM(beds)", "expr.unknown_function_nearest"),
        ("load_extension('x')", "expr.unknown_function"),
        ("RANDOM()", "expr.unknown_function"),
        ("readfile('/etc/passwd')", "expr.unknown_function"),
        ("QUANTILE(beds)", "expr.unknown_function"),
    ],
)
def test_functions__error(text: str, code: str) -> None:
    assert fault(text).message.code == code


def test_known_functions__ok() -> None:
    assert {"SUM", "PREV", "HAS"} < known_functions()
