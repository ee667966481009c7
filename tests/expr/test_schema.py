from __future__ import annotations

from tests.expr.sample import AREA
from tests.expr.sample import SCHEMA


def test_lookups__ok() -> None:
    assert SCHEMA.by_id["area"] is AREA
    assert AREA.by_id["level"].bound == "unit.class"
    assert SCHEMA.constant_by_id["ceiling"].title == "价格上限"
