from __future__ import annotations

import pytest

from desktop.expr.kinds import MAX_DIGITS
from desktop.expr.schema import ValueType
from tests.expr.sample import read


@pytest.mark.parametrize(
    ("text", "form", "digits"),
    [
        ("beds + price", "eci", 2),
        ("beds - 0.125", "eci", 3),
        ("price * market", "eci", 3),
        ("price * price * price * price * price * price", "eci", MAX_DIGITS),
        ("beds / nursing", "eci", MAX_DIGITS),
        ("-price", "eci", 2),
        ("param.ceiling", "eci", 1),
        ("CASE WHEN licensed THEN price ELSE 0.125 END", "eci", 3),
        ("CASE WHEN licensed THEN price END", "eci", 2),
        ("SUM(eci.price)", None, 2),
        ("AVG(eci.beds)", None, MAX_DIGITS),
        ("COUNT(eci)", None, 0),
        ("type", "eci", 0),
        ("licensed", "eci", 0),
        ("10", "eci", 0),
    ],
)
def test_digits__ok(text: str, form: str | None, digits: int) -> None:
    assert read(text, form).digits == digits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MAX(eci.opened)", ValueType.DATE),
        ("MIN(eci.beds)", ValueType.NUMBER),
        ("COUNT(eci)", ValueType.NUMBER),
        ("MAX(CASE WHEN eci.licensed THEN eci.opened END)", ValueType.DATE),
    ],
)
def test_type_of_aggregates__ok(text: str, kind: ValueType) -> None:
    assert read(text, None).type is kind
