from __future__ import annotations

from tests.expr.sample import Engines
from tests.expr.sample import Nil
from tests.expr.sample import Row
from tests.expr.sample import figures
from tests.expr.sample import one
from tests.expr.sample import records

HERE = Row("eci", "A1", {"status": "运营", "beds": 5, "code": "x"}, facility="f")


def test_previous_record_of_the_same_facility__ok() -> None:
    before = Row("eci", "A2", {"beds": 4}, "2024", "f")
    with Engines([HERE, before, Row("eci", "A1", {"beds": 9}, "2024", "g")]) as engines:
        assert one(engines, "prev.beds") == 4
        assert one(engines, "beds - PREV(beds)") == 1
    with Engines([HERE]) as engines:
        assert one(engines, "beds > prev.beds") is None


def test_own_record_of_the_unit__ok() -> None:
    rows = [HERE, Row("area", "A1", {"pop": 7}), Row("area", "A", {"pop": 70})]
    rows.append(Row("area", "A1", {"pop": 6}, "2024"))
    with Engines(rows) as engines:
        assert one(engines, "unit.pop") == 7
        assert one(engines, "unit.pop - PREV(unit.pop)") == 1
        assert one(engines, "unit.level") == "街道"
        assert one(engines, "unit.code") == "A1"
        assert one(engines, "unit.year") == 2025
        assert one(engines, "level = '街道' AND prev.pop = 6", "area", 2) == 1


def test_unique_within_the_period__ok() -> None:
    rows = [
        HERE,
        Row("eci", "A2", {"code": "x"}, "2024"),
        Row("eci", "A2", {"code": "y"}),
        Row("eci", "A1", {"code": "y"}),
        Row("eci", "A1"),
    ]
    with Engines(rows) as engines:
        text = "IS_UNIQUE(code)"
        found = {key: row[text] for key, row in records(engines, [text]).items()}
        assert found == {1: 1, 3: 0, 4: 0, 5: None}
        for record, unique in found.items():
            assert one(engines, text, record=record) == unique


def test_unique_among_records_alike_otherwise__ok() -> None:
    """The same name twice in a unit, and once more in another; a blank is no name."""
    rows = [
        Row("eci", "A1", {"code": "x", "type": "甲"}),
        Row("eci", "A1", {"code": "x", "type": "乙"}),
        Row("eci", "A2", {"code": "x", "type": "甲"}),
        Row("eci", "A1", {"type": "甲"}),
        Row("eci", "A1", {"code": "z"}),
        Row("eci", "A1", {"code": "x"}, "2024"),
    ]
    wanted = {
        "IS_UNIQUE(code, home)": {1: 0, 2: 0, 3: 1, 4: None, 5: 1},
        "IS_UNIQUE(code, type)": {1: 0, 2: 1, 3: 0, 4: None, 5: None},
        "IS_UNIQUE(code, type, home)": {1: 1, 2: 1, 3: 1, 4: None, 5: None},
    }
    with Engines(rows) as engines:
        for text, expected in wanted.items():
            found = {key: row[text] for key, row in records(engines, [text]).items()}
            assert found == expected
            for record, unique in found.items():
                assert one(engines, text, record=record) == unique


def test_exists_within_the_unit__ok() -> None:
    text = "EXISTS (SELECT 1 FROM cef WHERE cef.type = 'x')"
    areas = [Row("area", unit) for unit in ("A", "A1", "A2", "A11")]
    with Engines([*areas, Row("cef", "A11", {"type": "x"})]) as engines:
        found = records(engines, [text, f"NOT {text}"], "area")
        assert [row[text] for row in found.values()] == [1, 1, 0, 1]
        assert figures(engines, f"CASE WHEN {text} THEN 1 ELSE 0 END") == {
            "A": 1,
            "A1": 1,
            "A11": 1,
            "A12": 0,
            "A2": 0,
        }


def test_exists_in_the_whole_ledger_for_a_roster__ok() -> None:
    text = "EXISTS (SELECT 1 FROM cef WHERE cef.type = 'x')"
    with Engines([HERE, Row("cef", "A2", {"type": "x"})]) as engines:
        assert one(engines, text) == 1
    with Engines([HERE, Row("cef", "A2", {"type": "y"})]) as engines:
        assert one(engines, text) == 0


def test_exists_is_undecided__ok() -> None:
    text = "EXISTS (SELECT 1 FROM cef WHERE cef.type = 'x')"
    with Engines([HERE]) as engines:
        assert one(engines, text) is None
    with Engines([HERE, Row("cef", "A1")]) as engines:
        assert one(engines, text) is None
    with Engines([HERE, Row("cef", "A1"), Row("cef", "A1", {"type": "x"})]) as engines:
        assert one(engines, text) == 1
    with Engines([HERE], [Nil("cef", "A2")]) as engines:
        assert one(engines, text) == 0
    with Engines([HERE], [Nil("cef", "A2", "2024"), Nil("hos", "A")]) as engines:
        assert one(engines, text) is None
        assert one(engines, f"PREV({text})") == 0


def test_exists_without_condition__ok() -> None:
    with Engines([HERE, Row("cef", "A2")]) as engines:
        assert one(engines, "EXISTS (SELECT 1 FROM cef)") == 1
        assert one(engines, "EXISTS (SELECT 1 FROM hos)") is None


def test_linked_exists__ok() -> None:
    text = "EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id AND hos.doctors > 2)"
    rows = [
        Row("eci", "A1", {"hos_id": "h1"}),
        Row("eci", "A1", {"hos_id": "h2"}),
        Row("eci", "A1", {"hos_id": "h3"}),
        Row("eci", "A1"),
        Row("hos", "A2", {"id": "h1", "doctors": 3}),
        Row("hos", "A2", {"id": "h2", "doctors": 2}),
        Row("hos", "A2", {"id": "h3"}),
        Row("hos", "A2", {"doctors": 9}),
    ]
    with Engines(rows) as engines:
        found = records(engines, [text])
        assert [row[text] for row in found.values()] == [1, 0, None, None]


def test_exists_follows_the_row_of_an_aggregate__ok() -> None:
    coverage = (
        "COUNT(area) FILTER (WHERE area.level = '行政村' "
        "AND EXISTS (SELECT 1 FROM cef WHERE cef.type = 'x'))"
    )
    areas = [Row("area", unit) for unit in ("A", "A1", "A2", "A11", "A12")]
    with Engines([*areas, Row("cef", "A11", {"type": "x"})]) as engines:
        assert figures(engines, coverage) == {
            "A": 1,
            "A1": 1,
            "A11": 1,
            "A12": 0,
            "A2": 0,
        }
    with Engines(areas) as engines:
        assert figures(engines, coverage)["A"] is None
    with Engines([*areas, Row("cef", "A11")]) as engines:
        assert figures(engines, coverage)["A"] is None


def test_exists_follows_the_period_of_a_cumulative_aggregate__ok() -> None:
    text = "COUNT(area) FILTER (WHERE EXISTS (SELECT 1 FROM cef))"
    rows = [Row("area", "A11", {}, year) for year in ("2022", "2023", "2024", "2025")]
    rows += [Row("cef", "A11", {}, year) for year in ("2022", "2023")]
    with Engines(rows, [Nil("cef", "A", "2024")]) as engines:
        assert figures(engines, text, cumulative=True)["A"] == 1
        there = "EXISTS (SELECT 1 FROM eci WHERE eci.hos_id = hos.id)"
        linked = f"COUNT(hos) FILTER (WHERE {there})"
        assert figures(engines, linked, cumulative=True)["A"] is None


def test_exists_looks_at_what_counts__ok() -> None:
    text = "EXISTS (SELECT 1 FROM eci WHERE eci.beds = 5)"
    closed = Row("eci", "A1", {"status": "停业", "beds": 5})
    with Engines([Row("area", "A1"), closed]) as engines:
        assert one(engines, text, "area") == 0
        every = text.replace("WHERE", "WHERE eci.status <> '' AND")
        assert one(engines, every, "area") == 1
