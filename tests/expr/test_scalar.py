from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.expr.dialect import Dialect
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.scalar import Bare
from desktop.expr.scalar import joined
from desktop.expr.scalar import write
from desktop.store.tables import states_text
from tests.expr.sample import SCHEMA
from tests.expr.sample import Engines
from tests.expr.sample import Row
from tests.expr.sample import figures
from tests.expr.sample import one
from tests.expr.sample import read
from tests.expr.sample import records
from tests.expr.sample import value

TRUTHS = {"TRUE": True, "FALSE": False, "licensed": None}
"""Three conditions by what they yield over an empty record."""


@pytest.mark.unmeasured
@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_three_valued_logic__ok(a: str, b: str) -> None:
    left, right = TRUTHS[a], TRUTHS[b]
    failed = left is True and right is False
    passed = left is False or right is True
    wanted = False if failed else True if passed else None
    assert value(f"IMPLIES({a}, {b})") == wanted
    both = False if False in {left, right} else None if None in {left, right} else True
    assert value(f"{a} AND {b}") == both
    either = True if True in {left, right} else None if None in {left, right} else False
    assert value(f"{a} OR {b}") == either
    assert value(f"NOT {a}") == (None if left is None else not left)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("0.1 + 0.2 <> 0.3", False),
        ("0.1 + 0.2 > 0.3", False),
        ("0.1 * 3 <= 0.3", True),
        ("0.1 + 0.2 BETWEEN 0.3 AND 0.3", True),
        ("0.1 + 0.2 IN (0.2, 0.3)", True),
        ("0.1 + 0.2 IN (0.2, 0.4, 0.5)", False),
        ("0.30 = 0.300000", True),
        ("0.3 = 0.300001", False),
        ("1 / 3 * 3 = 1", True),
        ("55 / 100 >= 0.55", True),
        ("7 / 2 = 3.5", True),
        ("2 BETWEEN 1 AND 3", True),
        ("2 IN (1, 3)", False),
        ("-2 < -1", True),
        ("'a' IN ('a', 'b')", True),
        ("'A' = 'a'", False),
        ("CASE WHEN FALSE THEN 1 WHEN TRUE THEN 2 ELSE 3 END = 2", True),
        ("CASE WHEN licensed THEN 1 ELSE 3 END = 3", True),
        ("CASE WHEN licensed THEN 1 END IS NULL", True),
        ("COALESCE(beds, nursing, 4) = 4", True),
        ("2 < param.ceiling", False),
        ("'2025-02-01' = '2025-01-31'", False),
        ("TRUE = FALSE", False),
    ],
)
def test_conditions__ok(text: str, wanted: bool) -> None:
    assert value(text) == wanted


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2))
def test_decimals_compare_as_written__ok(a: int, b: int, digits: int) -> None:
    left, right = (Decimal(figure).scaleb(-digits) for figure in (a, b))
    total = left + right
    with Engines([Row("eci", "A1", {"price": float(left)})]) as engines:
        found = records(
            engines,
            [
                f"price + {right:f} = {total:f}",
                f"price <= {right:f}",
                f"price - {left:f} = 0.00",
                f"price > {right:f}",
            ],
        )[1]
    assert list(found.values())[2:] == [1, left <= right, 1, left > right]


def test_cells__ok() -> None:
    row = Row(
        "eci",
        "A1",
        {"services": '["餐饮","助\\"浴"]', "beds": 3, "opened": "2020-05-01"},
        states='{"nursing":"unknown"}',
    )
    with Engines([row]) as engines:
        assert one(engines, "HAS(services, '餐饮')") == 1
        assert one(engines, "HAS(services, '餐')") == 0
        assert one(engines, "HAS(services, '助\"浴')") == 1
        assert one(engines, "ANSWERED(beds)") == 1
        assert one(engines, "ANSWERED(nursing)") == 1
        assert one(engines, "ANSWERED(price)") == 0
        assert one(engines, "ANSWERED(prev.beds)") == 0
        assert one(engines, "opened < '2020-05-02'") == 1
        assert one(engines, "nursing IS NULL") == 1


STATES = st.dictionaries(
    st.sampled_from(["beds", "nursing", "beds_2"]),
    st.sampled_from([Absent.NOT_APPLICABLE, Absent.UNKNOWN]),
)


@given(STATES, st.booleans())
def test_marked_not_applicable__ok(states: dict[str, Absent], filled: bool) -> None:
    """Only that mark counts: neither a blank nor 不详 is 不适用."""
    text = states_text(states)
    values: dict[str, object] = {"status": "运营", "price": 1.5 if filled else None}
    rows = [Row("eci", "A1", values, states=text), Row("eci", "A2", {"status": "运营"})]
    with Engines(rows) as engines:
        for name in ("beds", "nursing", "price"):
            marked = states.get(name) is Absent.NOT_APPLICABLE
            test = f"IS_NOT_APPLICABLE({name})"
            assert one(engines, test) == marked
            assert one(engines, f"NOT {test}") == (not marked)
            assert one(engines, test, record=2) == 0
            inside = f"IS_NOT_APPLICABLE(eci.{name})"
            total = f"COUNT(eci) FILTER (WHERE {inside})"
            assert figures(engines, total)["A"] == marked


def test_marked_not_applicable_elsewhere__ok() -> None:
    marked = '{"beds":"not_applicable","pop":"not_applicable"}'
    rows = [
        Row("eci", "A1", facility="f"),
        Row("eci", "A1", period="2024", facility="f", states=marked),
        Row("area", "A1", states=marked),
    ]
    with Engines(rows) as engines:
        assert one(engines, "IS_NOT_APPLICABLE(prev.beds)") == 1
        assert one(engines, "IS_NOT_APPLICABLE(unit.pop)") == 1
        assert one(engines, "IS_NOT_APPLICABLE(unit.villages)") == 0
        there = "EXISTS (SELECT 1 FROM eci WHERE IS_NOT_APPLICABLE(eci.beds))"
        every = there.replace("WHERE", "WHERE eci.status IS NULL AND")
        assert one(engines, every, "area", 3) == 0
        assert one(engines, f"PREV({every})", "area", 3) == 1


def test_bare_columns__ok() -> None:
    bare = Bare(Dialect.SQLITE)
    found = parse(
        "CASE WHEN ANSWERED(nursing) AND NOT IS_NOT_APPLICABLE(nursing) THEN beds END",
        SCHEMA,
        RecordContext("eci"),
        own_only=True,
    )
    assert isinstance(found, Expression)
    row = Row("eci", "A1", {"beds": 3}, states='{"nursing":"unknown"}')
    with Engines([row]) as engines:
        sql = write(found.node, bare)
        assert engines.lite.execute(f"SELECT {sql} FROM eci").fetchone() == (3,)


@pytest.mark.parametrize(
    "text", ["SUM(cef.beds)", "EXISTS (SELECT 1 FROM cef)", "IS_UNIQUE(code)"]
)
def test_bare_columns__error(text: str) -> None:
    with pytest.raises(ValueError, match=r"beds|cef|code"):
        write(read(text).node, Bare(Dialect.SQLITE))


def test_long_chains_stay_shallow__ok() -> None:
    text = joined(" AND ", [f"a{n}" for n in range(1000)])
    depth = deepest = 0
    for each in text:
        depth += {"(": 1, ")": -1}.get(each, 0)
        deepest = max(deepest, depth)
    assert deepest <= 11
    assert text.count("AND") == 999
    assert joined(" OR ", ["a"]) == "(a)"
