from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.figures.figuring import figures_of_all
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.progress import run_steps
from desktop.expr.parse import Expression
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import Column
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.schema import ValueType
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.indicators.compute import compile_indicators
from desktop.indicators.statements import parts_of
from tests.small import COUNTY
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.unmeasured

MIANYANG = 334
"""Indicators of the longest plan; two terms each are more than SQLite can answer."""
FORMS = Schema(
    tuple(
        Source(
            f"f{number}",
            f"表{number}",
            roster=number < 40,
            columns=(Column("n", "数", ValueType.NUMBER),),
        )
        for number in range(80)
    )
)


def named(*texts: str) -> list[tuple[NamedExpression, ...]]:
    found: list[tuple[NamedExpression, ...]] = []
    for place, text in enumerate(texts):
        read = parse(text, FORMS, UnitContext(), expect=ValueType.NUMBER)
        assert isinstance(read, Expression), read
        found.append((NamedExpression(f"i{place}", read),))
    return found


def places(*texts: str) -> list[tuple[int, ...]]:
    return [part.places for part in parts_of(named(*texts), FORMS, Dialect.SQLITE)]


def test_parts__a_short_plan_is_one_statement() -> None:
    assert places("SUM(f0.n)", "SUM(f1.n)", "SUM(f0.n)") == [(0, 1, 2)]
    assert places() == [()]


def test_parts__a_long_plan_keeps_together_what_reads_the_same_form() -> None:
    """250 expressions are as much as one statement takes."""
    texts = [f"SUM(f{number % 2}.n) + {number}" for number in range(400)]
    first, second = places(*texts)
    assert first[:200] == tuple(range(0, 400, 2))
    assert sorted((*first, *second)) == list(range(400))


def test_parts__no_more_tables_than_a_join_takes() -> None:
    texts = [
        f"SUM(f{number}.n) + (CASE WHEN EXISTS (SELECT 1 FROM f{number + 1}) "
        f"THEN unit.n ELSE 0 END)"
        for number in range(39)
    ]
    schema = Schema((*FORMS.sources[:40], FORMS.sources[40]))
    found: list[tuple[NamedExpression, ...]] = []
    for place, text in enumerate(texts):
        read = parse(text, schema, UnitContext(), expect=ValueType.NUMBER)
        assert isinstance(read, Expression), read
        found.append((NamedExpression(f"i{place}", read),))
    parts = parts_of(found, schema, Dialect.SQLITE)
    assert len(parts) == 3
    assert all(part.one_unit.count("LEFT JOIN") < 64 for part in parts)


def test_figures__of_more_indicators_than_sqlite_has_columns(tmp_path: Path) -> None:
    shares: list[dict[str, Any]] = []
    for number in range(MIANYANG):
        form = "eci.beds_nursing" if number % 2 else "area.pop_60plus"
        shares.append(
            {
                **INDICATORS[0],
                "id": f"share{number}",
                "numerator": {"title": "分子", "value": f"SUM({form}) + {number}"},
            }
        )
    data = {**pack_data(), "indicators": shares}
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        put(ledger, "区属院", unit=COUNTY, beds_total=100, beds_nursing=10)
        put(ledger, "街道院", unit=STREET, beds_total=100, beds_nursing=20)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        county = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
        every = run_steps(figures_of_all(ledger, pack, plan, YEAR))
        nowhere = figures_of_unit(ledger, pack, plan, YEAR, "310106")
    assert len(plan.parts) == 3
    assert [each.indicator for each in county] == [each["id"] for each in shares]
    assert [each.value for each in county[:6]] == [
        None,
        Decimal("15.5"),
        None,
        Decimal("16.5"),
        None,
        Decimal("17.5"),
    ]
    assert {each.unit for each in every} == {COUNTY, STREET}
    assert len(every) == 2 * MIANYANG
    assert set(county) <= set(every)
    assert nowhere == ()
