from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.statement import Dialect
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import computed_sql
from desktop.expr.statement import failing_statement
from desktop.expr.statement import record_statement
from desktop.expr.statement import unit_statement
from tests.expr.sample import PARAMETERS
from tests.expr.sample import SCHEMA
from tests.expr.sample import Engines
from tests.expr.sample import Nil
from tests.expr.sample import Row
from tests.expr.sample import failing
from tests.expr.sample import read
from tests.expr.sample import records
from tests.expr.sample import tally
from tests.expr.sample import units

pytestmark = pytest.mark.unmeasured

ROWS = [
    Row("eci", "A1", {"status": "运营", "beds": 5, "nursing": 6, "licensed": True}),
    Row("eci", "A1", {"status": "运营", "beds": 5, "nursing": 5, "licensed": False}),
    Row("eci", "A2", {"status": "运营", "beds": None, "nursing": 5}),
    Row("eci", "A2", {"beds": 1, "nursing": 6}, "2024"),
]


def test_record_statement__ok() -> None:
    with Engines(ROWS) as engines:
        found = records(engines, ["nursing <= beds", "beds"])
        assert found[1] == {
            "record": 1,
            "unit": "A1",
            "nursing <= beds": 0,
            "beds": 5,
        }
        assert list(found) == [1, 2, 3]
        assert list(records(engines, ["beds"], where="licensed")) == [1]
        assert list(records(engines, ["beds"], record=2)) == [2]
        assert records(engines, [])[3] == {"record": 3, "unit": "A2"}


def test_only_joins_that_are_used__ok() -> None:
    plain = [NamedExpression("x", read("beds > nursing"))]
    assert "JOIN" not in record_statement("eci", plain, SCHEMA)
    both = [NamedExpression("x", read("beds > prev.beds AND nursing > prev.nursing"))]
    assert record_statement("eci", both, SCHEMA).count("JOIN") == 1


def test_failing_statement__ok() -> None:
    rule = NamedExpression("x", read("nursing <= beds"))
    narrow = NamedExpression("y", read("nursing <> 5"), when=read("licensed"))
    with Engines(ROWS) as engines:
        assert failing(engines, [rule]) == [1]
        assert failing(engines, [rule, NamedExpression("z", read("nursing <> 5"))]) == [
            1,
            2,
            3,
        ]
        assert failing(engines, [narrow]) == []
        assert failing(engines, []) == []
        alone = failing_statement("eci", [rule], SCHEMA, one_record=True)
        assert engines.lite.execute(alone, {**PARAMETERS, "record": 2}).fetchall() == []


def test_tally_statement__ok() -> None:
    columns = [
        NamedExpression("a", read("nursing <= beds")),
        NamedExpression("b.c", read("nursing = 5"), when=read("NOT licensed")),
    ]
    with Engines(ROWS) as engines:
        assert tally(engines, columns) == {
            "records": 3,
            "a_true": 1,
            "a_false": 1,
            "a_null": 1,
            "b.c_true": 2,
            "b.c_false": 0,
            "b.c_null": 0,
        }
    with Engines() as engines:
        assert tally(engines, columns[:1]) == {
            "records": 0,
            "a_true": 0,
            "a_false": 0,
            "a_null": 0,
        }


TEXTS = [
    "nursing <= beds",
    "price <= param.ceiling * market",
    "IMPLIES(licensed, beds > 0)",
    "price + market = 0.30",
    "beds / nursing >= 0.5",
    "beds > prev.beds OR NOT licensed",
    "IS_UNIQUE(code)",
    "SUM(eci.beds) > 20",
    "COUNT(eci) FILTER (WHERE eci.licensed) > 1",
    "EXISTS (SELECT 1 FROM eci WHERE eci.code = hos_id)",
    "unit.level = '街道'",
    "type IN ('x', 'y') AND opened >= '2020-02-01'",
    "CASE WHEN licensed THEN beds ELSE nursing END BETWEEN 1 AND 9",
]
VALUES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["运营", "停业", None]),
        "type": st.sampled_from(["x", "y", "z", None]),
        "beds": st.none() | st.integers(0, 20),
        "nursing": st.none() | st.integers(0, 20),
        "price": st.none() | st.integers(0, 40).map(lambda n: n / 100),
        "market": st.none() | st.integers(0, 4).map(lambda n: n / 10),
        "opened": st.sampled_from(["2020-01-31", "2020-02-01", None]),
        "licensed": st.sampled_from([True, False, None]),
        "hos_id": st.sampled_from(["a", "b", None]),
        "code": st.sampled_from(["a", "b", "c", None]),
    }
)
LEDGERS = st.lists(
    st.builds(
        Row,
        st.just("eci"),
        st.sampled_from(["A1", "A11", "A2"]),
        VALUES,
        st.sampled_from(["2024", "2025", "2025"]),
        st.sampled_from(["f", "g", "h", "i", "j"]),
    ),
    max_size=10,
    unique_by=lambda row: (row.period, row.facility),
)


@settings(max_examples=25)
@given(LEDGERS)
def test_engines_agree_and_statements_too__ok(rows: list[Row]) -> None:
    columns = [NamedExpression(text, read(text)) for text in TEXTS]
    with Engines(rows) as engines:
        found = records(engines, TEXTS)
        assert len(found) == sum(row.period == "2025" for row in rows)
        wanted = [
            record
            for record, row in found.items()
            if any(row[text] == 0 for text in TEXTS)
        ]
        assert failing(engines, columns) == sorted(wanted)
        counts = tally(engines, columns)
        for record in list(found)[:2]:
            assert records(engines, TEXTS, record=record)[record] == found[record]
    for text in TEXTS:
        outcomes = [row[text] for row in found.values()]
        for name, value in (("true", 1), ("false", 0), ("null", None)):
            assert counts[f"{text}_{name}"] == outcomes.count(value)


def test_unit_statement__ok() -> None:
    rows = [*ROWS, Row("area", "A1", {"pop": 100}), Row("area", "A2")]
    text = "SUM(eci.beds) / unit.pop"
    with Engines(rows) as engines:
        found = units(engines, text)
        assert found["A1"] == {
            "unit": "A1",
            "x": 0.1,
            "x_records": 3,
            "x_blank": 0,
            "x_started": 1,
        }
        assert found["A2"]["x"] is None
        assert (found["A2"]["x_records"], found["A2"]["x_blank"]) == (2, 2)
        assert found["A"]["x_started"] == 0
        assert set(units(engines, text, children=False)) == {"A"}
        assert set(units(engines, text, root="A1")) == {"A1", "A11", "A12"}
        assert set(units(engines, text, root="A1", children=False)) == {"A1"}
        assert units(engines, text, root="A1")["A1"] == found["A1"]


def test_what_a_figure_rests_on__ok() -> None:
    rows = [*ROWS, Row("eci", "A2", {"beds": 3})]
    with Engines(rows, [Nil("cef", "A")]) as engines:
        found = units(engines, "SUM(eci.beds) + SUM(eci.nursing) + COUNT(cef)")["A"]
        assert (found["x"], found["x_records"]) == (26, 3)
        assert found["x_blank"] == 2
        assert found["x_started"] == 1
        found = units(engines, "1 + 1")["A"]
        assert found == {
            "unit": "A",
            "x": 2,
            "x_records": 0,
            "x_blank": 0,
            "x_started": 1,
        }


def test_aggregates_are_shared__ok() -> None:
    names = ["SUM(eci.beds)", "SUM(eci.beds) / COUNT(eci)", "PREV(SUM(eci.beds))"]
    columns = [NamedExpression(text, read(text, None)) for text in names]
    text = unit_statement(columns, SCHEMA)
    assert text.count('FROM "eci"') == 2


def test_computed_sql__ok() -> None:
    text = "ROUND(beds / nursing, 2) + COALESCE(DAYS_BETWEEN(opened, '2025-01-01'), 0)"
    found = parse(text, SCHEMA, RecordContext("eci"), own_only=True)
    assert isinstance(found, Expression)
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE TABLE t (beds INTEGER, nursing INTEGER, opened TEXT, "
        f"x REAL GENERATED ALWAYS AS ({computed_sql(found)}) VIRTUAL) STRICT"
    )
    base.execute("INSERT INTO t VALUES (2, 3, NULL), (1, 0, NULL)")
    assert base.execute("SELECT x FROM t").fetchall() == [(0.67,), (None,)]
    base.close()
    assert "DATE_DIFF" in computed_sql(found, dialect=Dialect.DUCKDB)


@pytest.mark.parametrize("dialect", Dialect)
def test_many_rules_in_one_statement__ok(dialect: Dialect) -> None:
    columns = [NamedExpression(f"r{n}", read(f"beds > {n}")) for n in range(700)]
    text = failing_statement("eci", columns, SCHEMA, dialect=dialect)
    if dialect is Dialect.SQLITE:
        with Engines(ROWS) as engines:
            assert len(engines.lite.execute(text, PARAMETERS).fetchall()) == 2
