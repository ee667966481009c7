from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.expr.nodes import Defined
from desktop.expr.nodes import Number
from desktop.expr.nodes import changed
from desktop.expr.nodes import children
from desktop.expr.nodes import walk
from desktop.expr.schema import Definition
from tests.expr.sample import SCHEMA
from tests.expr.sample import read

if TYPE_CHECKING:
    from desktop.expr.nodes import Node


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


def test_changed_builds_every_node_anew__ok() -> None:
    """Numbers grow by one everywhere but in aggregates and EXISTS."""
    text = (
        "beds BETWEEN {a} AND -({b}) OR beds IN ({a}) OR licensed IS NULL OR NOT TRUE "
        "OR CASE WHEN beds > {a} THEN {b} ELSE {a} END = {b} OR definition.half < {a} "
        "OR (CASE WHEN licensed THEN {a} END * {b} > {a} AND code = 'x') "
        "OR COUNT(cef) > {a} OR ABS({b}) > param.ceiling "
        "OR EXISTS (SELECT 1 FROM eci) OR SUM(cef.beds) > MIN(cef.beds + 9)"
    )
    half = Definition("half", "一半", "二分之一", "beds - 1")
    grown = Definition("half", "一半", "二分之一", "beds - 2")
    before = read(text.format(a=1, b=2), schema=replace(SCHEMA, definitions=(half,)))
    after = read(text.format(a=2, b=3), schema=replace(SCHEMA, definitions=(grown,)))

    def one_more(node: Node) -> Node:
        match node:
            case Number():
                return Number(node.value + 1)
            case Defined():
                return Defined(grown, one_more(node.node))
            case _:
                return changed(node, one_more)

    def same(node: Node) -> Node:
        return changed(node, same)

    assert one_more(before.node) == after.node
    assert same(before.node) == before.node
