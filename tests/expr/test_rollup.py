from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.expr.statement import Reach
from tests.expr.sample import TREE
from tests.expr.sample import Engines
from tests.expr.sample import Nil
from tests.expr.sample import Row
from tests.expr.sample import ancestors
from tests.expr.sample import figures
from tests.expr.sample import one

pytestmark = pytest.mark.unmeasured


def eci(
    unit: str, beds: int | None, status: str | None = "运营", **more: object
) -> Row:
    return Row("eci", unit, {"beds": beds, "status": status, **more})


def test_sum_up_the_tree__ok() -> None:
    rows = [eci("A1", 1), eci("A11", 2), eci("A2", 4), eci("A2", 8, "停业")]
    with Engines(rows) as engines:
        assert figures(engines, "SUM(eci.beds)") == {
            "A": 7,
            "A1": 3,
            "A11": 2,
            "A12": None,
            "A2": 4,
        }
        closed = "SUM(eci.beds) FILTER (WHERE eci.status <> '运营')"
        assert figures(engines, closed)["A"] == 8
        assert figures(engines, closed)["A1"] == 0
        assert figures(engines, closed)["A12"] is None


def test_nobody_has_begun__ok() -> None:
    for text in ("SUM(eci.beds)", "COUNT(eci)", "MAX(eci.beds)", "AVG(eci.beds)"):
        with Engines() as engines:
            assert set(figures(engines, text).values()) == {None}


def test_nil_return_is_zero__ok() -> None:
    with Engines([], [Nil("eci", "A1")]) as engines:
        for text in ("SUM(eci.beds)", "COUNT(eci)"):
            assert figures(engines, text) == {
                "A": 0,
                "A1": 0,
                "A11": 0,
                "A12": 0,
                "A2": None,
            }
        assert figures(engines, "MAX(eci.beds)")["A1"] is None
        assert figures(engines, "PREV(COUNT(eci))")["A1"] is None
    with Engines([], [Nil("eci", "A1", "2024")]) as engines:
        assert figures(engines, "COUNT(eci)")["A1"] is None
        assert figures(engines, "COUNT(eci)", cumulative=True)["A1"] == 0
        assert figures(engines, "PREV(COUNT(eci))")["A1"] == 0


def test_blank_is_not_zero__ok() -> None:
    with Engines([eci("A1", None)]) as engines:
        assert figures(engines, "SUM(eci.beds)")["A1"] is None
        assert figures(engines, "COUNT(eci)")["A1"] == 1
    with Engines([eci("A1", None), eci("A1", 3)]) as engines:
        assert figures(engines, "SUM(eci.beds)")["A1"] == 3
        assert figures(engines, "AVG(eci.beds)")["A1"] == 3


def test_undecided_and_none_matched__ok() -> None:
    text = "COUNT(eci) FILTER (WHERE eci.type = 'x')"
    total = "SUM(eci.beds) FILTER (WHERE eci.type = 'x')"
    with Engines([eci("A1", 1, type="y")]) as engines:
        assert figures(engines, text)["A1"] == 0
        assert figures(engines, total)["A1"] == 0
    with Engines([eci("A1", 1, type="y"), eci("A1", 1)]) as engines:
        assert figures(engines, text)["A1"] is None
        assert figures(engines, total)["A1"] is None
    with Engines([eci("A1", 1, type="x"), eci("A1", 1)]) as engines:
        assert figures(engines, text)["A1"] == 1
        assert figures(engines, total)["A1"] == 1


def test_folds__ok() -> None:
    rows = [eci("A11", 1, opened="2020-01-01", price=0.1), eci("A1", 2, price=0.2)]
    with Engines([*rows, eci("A1", 3, opened="2021-01-01")]) as engines:
        assert figures(engines, "MAX(eci.beds) - MIN(eci.beds)")["A"] == 2
        assert figures(engines, "AVG(eci.beds)")["A"] == 2
        assert figures(engines, "AVG(eci.beds)")["A1"] == 2
        assert figures(engines, "MAX(eci.opened)")["A"] == "2021-01-01"
        assert figures(engines, "SUM(eci.price)")["A"] == 0.3
        assert figures(engines, "SUM(eci.beds * 2 + 1)")["A"] == 15
        assert figures(engines, "SUM(eci.beds / 4)")["A"] == 1.5


def test_previous_and_cumulative__ok() -> None:
    rows = [
        Row("cef", "A1", {"beds": beds}, year)
        for year, beds in (("2022", 1), ("2023", 2), ("2024", 4), ("2025", 8))
    ]
    with Engines(rows) as engines:
        assert figures(engines, "SUM(cef.beds)")["A"] == 8
        assert figures(engines, "PREV(SUM(cef.beds))")["A"] == 4
        assert figures(engines, "SUM(cef.beds)", cumulative=True)["A"] == 14
        assert figures(engines, "PREV(SUM(cef.beds))", cumulative=True)["A"] == 6
        assert figures(engines, "SUM(cef.beds) / PREV(SUM(cef.beds))")["A"] == 2


def test_record_above_speaks_for_those_below__ok() -> None:
    rows = [Row("vis", "A1", {"done": 5}), Row("vis", "A11", {"done": 3})]
    rows += [Row("vis", "A12", {"done": 1}), Row("vis", "A2", {"done": 2})]
    with Engines(rows) as engines:
        found = figures(engines, "SUM(vis.done)")
        assert found == {"A": 7, "A1": 5, "A11": 3, "A12": 1, "A2": 2}
        assert figures(engines, "COUNT(vis)")["A"] == 2
    with Engines([*rows, Row("vis", "A", {"done": 9})]) as engines:
        found = figures(engines, "SUM(vis.done)")
        assert found == {"A": 9, "A1": 5, "A11": 3, "A12": 1, "A2": 2}
        assert figures(engines, "SUM(child.done)")["A"] == 7
    before = [
        Row("vis", "A11", {"done": 4}, "2024"),
        Row("vis", "A11", {"done": 6}, "2023"),
    ]
    with Engines([*rows, *before]) as engines:
        assert figures(engines, "SUM(vis.done)", cumulative=True)["A"] == 17
        assert figures(engines, "SUM(vis.done)", cumulative=True)["A1"] == 15


def test_reach__ok() -> None:
    rows = [eci("A", 1), eci("A1", 2), eci("A11", 4), eci("A11", 8)]
    with Engines(rows) as engines:
        text = "SUM(eci.beds)"
        own = {"A": 1, "A1": 2, "A11": 12, "A12": None, "A2": None}
        assert figures(engines, text, reach=Reach.OWN) == own
        near = {**own, "A": 3, "A1": 14}
        assert figures(engines, text, reach=Reach.NEAR) == near
        assert figures(engines, text)["A"] == 15
        with_prev = figures(engines, f"PREV({text})", reach=Reach.NEAR)
        assert set(with_prev.values()) == {None}


def test_reach_of_nil_returns__ok() -> None:
    with Engines([], [Nil("eci", "A11")]) as engines:
        count = "COUNT(eci)"
        own = figures(engines, count, reach=Reach.OWN)
        assert own == {"A": None, "A1": None, "A11": 0, "A12": None, "A2": None}
        assert figures(engines, count, reach=Reach.NEAR) == {**own, "A1": 0}
        assert figures(engines, count) == {**own, "A1": 0, "A": 0}


def test_reach_of_records_above__ok() -> None:
    rows = [Row("vis", unit, {"done": n}) for n, unit in enumerate(TREE, 1)]
    with Engines(rows) as engines:
        own = {unit: n for n, unit in enumerate(TREE, 1)}
        for reach in Reach:
            assert figures(engines, "SUM(vis.done)", reach=reach) == own
    with Engines(rows[1:]) as engines:
        near = figures(engines, "SUM(vis.done)", reach=Reach.NEAR)
        assert near == {**own, "A": 5}
        assert figures(engines, "SUM(vis.done)", reach=Reach.OWN)["A"] is None


def test_units_directly_below__ok() -> None:
    rows = [Row("area", unit, {"pop": n}) for n, unit in enumerate(TREE, 1)]
    with Engines(rows) as engines:
        assert figures(engines, "SUM(child.pop)") == {
            "A": 5,
            "A1": 9,
            "A11": None,
            "A12": None,
            "A2": None,
        }
        villages = "COUNT(child) FILTER (WHERE child.level = '行政村')"
        assert one(engines, villages, "area", 2) == 2
        assert one(engines, villages, "area", 1) == 0


def test_aggregates_of_a_record__ok() -> None:
    rows = [Row("area", "A1", {"pop": 9}), eci("A11", 4), eci("A2", 100)]
    with Engines(rows) as engines:
        assert one(engines, "SUM(eci.beds) <= pop", "area") == 1
        assert one(engines, "SUM(eci.beds)", "area") == 4
        assert one(engines, "PREV(SUM(eci.beds))", "area") is None


UNITS = st.sampled_from(list(TREE))
ROWS = st.lists(
    st.builds(
        lambda unit, beds, kind, status, year: Row(
            "eci", unit, {"beds": beds, "type": kind, "status": status}, year
        ),
        UNITS,
        st.none() | st.integers(0, 50),
        st.sampled_from(["x", "y", None]),
        st.sampled_from(["运营", "停业", None]),
        st.sampled_from(["2024", "2025", "2025"]),
    ),
    max_size=8,
)


def matched(row: Row) -> bool | None:
    """Tell whether a row counts and is of type x, NULL logic and all."""
    parts = [
        None if row.values[name] is None else row.values[name] == wanted
        for name, wanted in (("status", "运营"), ("type", "x"))
    ]
    return False if False in parts else None if None in parts else True


@given(ROWS, st.lists(st.builds(Nil, st.just("eci"), UNITS), max_size=2))
def test_sums_and_counts_by_hand__ok(rows: list[Row], nils: list[Nil]) -> None:
    with Engines(rows, nils) as engines:
        sums = figures(engines, "SUM(eci.beds) FILTER (WHERE eci.type = 'x')")
        counts = figures(engines, "COUNT(eci) FILTER (WHERE eci.type = 'x')")
    for unit in TREE:
        mine = [
            row for row in rows if row.period == "2025" and unit in ancestors(row.unit)
        ]
        nil = any(
            unit in ancestors(nil.unit) or nil.unit in ancestors(unit) for nil in nils
        )
        fit = [row.values["beds"] for row in mine if matched(row)]
        filled = [beds for beds in fit if isinstance(beds, int)]
        unclear = any(matched(row) is None for row in mine)
        nothing = None if unclear or not (mine or nil) else 0
        assert counts[unit] == (len(fit) or nothing)
        assert sums[unit] == (sum(filled) if filled else None if fit else nothing)
