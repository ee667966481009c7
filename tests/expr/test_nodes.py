from __future__ import annotations

import pytest

from desktop.expr.nodes import MAX_DIGITS
from desktop.expr.nodes import Number
from desktop.expr.nodes import children
from desktop.expr.nodes import walk
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


def test_walk_sees_everything__ok() -> None:
    text = (
        "beds BETWEEN 1 AND -2 OR beds IN (3) OR licensed IS NULL OR NOT TRUE "
        "OR CASE WHEN licensed THEN 4 ELSE 5 END = 6 OR CASE WHEN licensed THEN 7 END = 8"
        " OR SUM(cef.beds) FILTER (WHERE cef.beds > 9) > 10 OR COUNT(cef) > 11"
        " OR EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id AND hos.doctors > 12)"
        " OR EXISTS (SELECT 1 FROM eci) OR ABS(13) > param.ceiling OR code = 'x'"
    )
    seen = {
        int(node.value) for node in walk(read(text).node) if isinstance(node, Number)
    }
    assert seen == set(range(1, 14))
    assert children(Number(read("1").node.value)) == ()  # type: ignore[union-attr] # it is a number
