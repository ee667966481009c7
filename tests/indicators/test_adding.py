from __future__ import annotations

import pytest

from desktop.expr.context import UnitContext
from desktop.expr.parse import Expression
from desktop.expr.parse import parse
from desktop.forms.schema import schema_of
from desktop.indicators.adding import adds_up
from tests.small import choosing_pack

SCHEMA = schema_of(choosing_pack())


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        ("SUM(eci.beds_total)", True),
        ("COUNT(eci)", True),
        ("SUM(eci.beds_total) FILTER (WHERE eci.status = '运营')", True),
        ("SUM(eci.beds_total) - SUM(eci.beds_nursing)", True),
        ("-SUM(eci.beds_total)", True),
        ("2 * SUM(eci.beds_total)", True),
        ("SUM(eci.beds_total) * param.jump", True),
        ("SUM(eci.beds_total) / 10", True),
        ("COALESCE(SUM(eci.beds_total), 0)", True),
        ("definition.beds", True),
        ("PREV(SUM(eci.beds_total))", True),
        ("COALESCE(SUM(eci.beds_total), 5)", False),
        ("SUM(eci.beds_total) + 1", False),
        ("SUM(eci.beds_total) / SUM(eci.beds_nursing)", False),
        ("SUM(eci.beds_total) * SUM(eci.beds_nursing)", False),
        ("MAX(eci.beds_total)", False),
        ("AVG(eci.beds_total)", False),
        ("unit.pop_60plus", False),
        ("SUM(child.pop_60plus)", False),
        ("COUNT(eci) FILTER (WHERE EXISTS (SELECT 1 FROM area))", False),
    ],
)
def test_adds_up(text: str, *, adds: bool) -> None:
    found = parse(text, SCHEMA, UnitContext())
    assert isinstance(found, Expression), found
    assert adds_up(found.node) is adds
