from __future__ import annotations

from decimal import Decimal

from desktop.expr.nodes import Number
from desktop.expr.nodes import children
from desktop.expr.nodes import walk
from tests.expr.sample import read


def test_walk_sees_everything__ok() -> None:
    text = (
        "beds BETWEEN 1 AND -2 OR beds IN (3) OR licensed IS NULL OR NOT TRUE "
        "OR CASE WHEN licensed THEN 4 ELSE 5 END = 6 "
        "OR CASE WHEN licensed THEN 7 END = 8"
        " OR SUM(cef.beds) FILTER (WHERE cef.beds > 9) > 10 OR COUNT(cef) > 11"
        " OR EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id AND hos.doctors > 12)"
        " OR EXISTS (SELECT 1 FROM eci) OR ABS(13) > param.ceiling OR code = 'x'"
    )
    nodes = walk(read(text).node)
    seen = {int(node.value) for node in nodes if isinstance(node, Number)}
    assert seen == set(range(1, 14))
    assert children(Number(Decimal(1))) == ()
