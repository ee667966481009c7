from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import walk
from desktop.expr.schema import Column
from desktop.expr.schema import Definition
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.shown import Shown
from tests.expr.sample import BOOLEAN
from tests.expr.sample import NUMBER
from tests.expr.sample import SCHEMA
from tests.expr.sample import TEXT
from tests.expr.sample import Engines
from tests.expr.sample import Row
from tests.expr.sample import figures
from tests.expr.sample import one
from tests.expr.sample import read
from tests.expr.sample import units


def sch(stage: str | None, *, states: str | None = None, **values: object) -> Row:
    return Row("sch", "A1", {"stage": stage, **values}, states=states)


def asked(text: str, *rows: Row) -> tuple[object, int, int]:
    """Give the value of an expression, the records it rests on and the blanks."""
    with Engines(rows) as engines:
        found = units(engines, text)["A"]
    return found["x"], found["x_records"], found["x_blank"]


def count(where: str, *rows: Row) -> object:
    return asked(f"COUNT(sch) FILTER (WHERE {where})", *rows)[0]


# --- Sums ---------------------------------------------------------------------


def test_hidden_cell_is_no_blank__ok() -> None:
    text = "SUM(sch.masters)"
    assert asked(text, sch("高校", masters=3), sch("小学")) == (3, 1, 0)
    assert asked(text, sch("高校", masters=3), sch("高校")) == (3, 2, 1)
    assert asked(text, sch("小学"), sch("中职")) == (0, 0, 0)
    assert asked(text, sch("高校")) == (None, 1, 1)


def test_value_left_in_a_hidden_cell_adds_nothing__ok() -> None:
    rows = (sch("高校", masters=3), sch("小学", masters=50))
    assert asked("SUM(sch.masters)", *rows) == (3, 1, 0)
    assert asked("MAX(sch.masters)", *rows) == (3, 1, 0)
    assert asked("AVG(sch.masters)", *rows) == (3, 1, 0)
    assert asked("COUNT(sch)", *rows) == (2, 2, 0)


def test_deciding_field_is_blank__ok() -> None:
    """Nobody knows whether it is asked for: all stays as without `visible_when`."""
    text = "SUM(sch.masters) FILTER (WHERE sch.stage IS NULL)"
    assert asked(text, sch(None, masters=2)) == (2, 1, 0)
    assert asked(text, sch(None)) == (None, 1, 1)
    every = "COUNT(sch) FILTER (WHERE sch.stage IS NULL AND sch.honoured)"
    assert asked(every, sch(None)) == (None, 0, 1)
    assert asked(every, sch(None, honoured=True)) == (1, 1, 0)


def test_fields_that_are_hidden_together__ok() -> None:
    rows = (sch("高校", masters=5, doctoral=2), sch("高校", masters=4), sch("小学"))
    assert asked("SUM(sch.masters - sch.doctoral)", *rows) == (3, 2, 1)
    assert asked("SUM(sch.masters * 2)", *rows) == (18, 2, 0)


def test_hidden_part_of_a_sum_adds_nothing__ok() -> None:
    text = "SUM(sch.pupils + sch.masters)"
    assert asked(text, sch("小学", pupils=7), sch("高校", pupils=1, masters=2)) == (
        *(10, 2),
        0,
    )
    assert asked(text, sch("小学"), sch("高校", pupils=1)) == (None, 2, 2)
    either = "SUM(-sch.masters + sch.dual)"
    rows = (sch("中职", dual=2.5, masters=9), sch("高校", masters=1, dual=1.5))
    assert asked(either, *rows) == (3.0, 2, 0)
    assert asked(either, *rows, sch("小学", dual=9.5)) == (3.0, 2, 0)


def test_largest_of_a_sum_looks_at_whole_ones__ok() -> None:
    rows = (sch("中职", dual=9), sch("高校", dual=1, masters=2))
    assert asked("MAX(sch.dual + sch.masters)", *rows) == (3, 1, 0)


# --- Conditions -------------------------------------------------------------


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "said",
    [
        "sch.honoured",
        "sch.honoured = TRUE",
        "sch.honoured <> TRUE",
        "NOT sch.honoured",
        "NOT (NOT sch.honoured)",
        "sch.rank = '甲'",
        "sch.rank <> '甲'",
        "sch.rank IN ('甲', '乙')",
        "sch.rank NOT IN ('甲', '乙')",
        "NOT (sch.rank = '甲' OR sch.honoured)",
        "sch.masters BETWEEN 1 AND 9",
        "sch.masters NOT BETWEEN 1 AND 9",
        "sch.masters + sch.pupils > 3",
        "NOT IMPLIES(sch.honoured, sch.pupils > 5)",
        "ANSWERED(sch.rank)",
        "IS_NOT_APPLICABLE(sch.rank)",
        "sch.honoured IS NOT NULL",
        "COALESCE(sch.masters, 0) = 1",
        "CASE WHEN sch.honoured THEN TRUE ELSE FALSE END",
        "CASE WHEN sch.stage = '小学' THEN sch.honoured END IS NOT NULL",
    ],
)
def test_nothing_holds_of_a_hidden_cell__ok(said: str) -> None:
    rows = (
        sch("小学", pupils=9),
        sch("小学", pupils=9, honoured=True, rank="甲", masters=1),
        sch("小学", pupils=9, honoured=False, rank="丙", masters=50),
        sch("小学", pupils=9, states='{"rank":"not_applicable"}'),
    )
    text = f"COUNT(sch) FILTER (WHERE {said})"
    assert asked(text, *rows) == (0, 0, 0)


@pytest.mark.parametrize(
    "said",
    [
        "IMPLIES(sch.honoured, sch.pupils > 100)",
        "sch.honoured IS NULL",
        "NOT ANSWERED(sch.rank)",
        "NOT IS_NOT_APPLICABLE(sch.rank)",
        "COALESCE(sch.masters, sch.pupils) = 9",
        "COALESCE(sch.masters + COALESCE(sch.dual, 1), sch.pupils) = 9",
        "COALESCE(sch.honoured, ANSWERED(sch.pupils))",
        "sch.honoured OR sch.pupils = 9",
        "CASE WHEN sch.rank = '甲' THEN 1 ELSE sch.pupils END = 9",
        "CASE WHEN sch.honoured THEN FALSE ELSE TRUE END",
    ],
)
def test_absence_of_a_hidden_cell_holds__ok(said: str) -> None:
    rows = (sch("小学", pupils=9), sch("小学", pupils=9, honoured=True, rank="甲"))
    assert count(said, *rows) == 2


def test_cell_that_is_asked_for_is_judged_as_ever__ok() -> None:
    yes, no = sch("中职", honoured=True, rank="甲"), sch("中职", honoured=False)
    assert count("sch.honoured", yes, no) == 1
    assert count("NOT sch.honoured", yes, no) == 1
    assert count("sch.honoured", sch("中职")) is None
    assert count("NOT sch.honoured", sch("中职")) is None
    assert count("IMPLIES(sch.honoured, sch.rank = '甲')", yes, no) == 2
    assert count("IMPLIES(sch.honoured, sch.rank = '甲')", sch("中职")) is None
    assert count("NOT IMPLIES(sch.honoured, sch.rank = '乙')", yes, no) == 1


def test_hidden_because_what_decides_is_hidden__ok() -> None:
    """The rank is asked of honoured schools, whether one is of vocational ones."""
    assert count("sch.rank = '甲'", sch("小学", honoured=True, rank="甲")) == 0
    assert count("sch.rank = '甲'", sch("中职", honoured=False)) == 0
    assert count("sch.rank = '甲'", sch("中职", honoured=True)) is None
    assert count("sch.rank = '甲'", sch("中职")) is None
    assert count("sch.rank = '甲'", sch("中职", honoured=True, rank="甲")) == 1


def test_not_applicable_is_no_blank_to_ask_for__ok() -> None:
    marked = sch("中职", states='{"honoured":"not_applicable"}')
    unknown = sch("中职", states='{"honoured":"unknown"}')
    said = "sch.honoured OR IS_NOT_APPLICABLE(sch.honoured)"
    assert count(said, marked, unknown, sch("小学")) == 1
    assert count(said, unknown) is None


def test_definition_is_looked_into__ok() -> None:
    meant = Definition("good", "好学校", "双优", "NOT sch.honoured")
    schema = Schema(SCHEMA.sources, (), (meant,))
    node = read("COUNT(sch) FILTER (WHERE NOT definition.good)", None, schema).node
    plain = read("COUNT(sch) FILTER (WHERE sch.honoured)", None).node
    assert isinstance(node, Aggregate)
    assert isinstance(plain, Aggregate)
    assert Shown(schema).aggregate(node) == Shown(SCHEMA).aggregate(plain)


# --- EXISTS ----------------------------------------------------------------


def test_exists_is_decided__ok() -> None:
    text = "EXISTS (SELECT 1 FROM sch WHERE sch.honoured)"
    here = Row("area", "A")
    for stage, wanted in (("小学", 0), ("中职", None)):
        with Engines([here, sch(stage)]) as engines:
            assert one(engines, text, "area") == wanted
    with Engines([here, sch("小学"), sch("中职", honoured=True)]) as engines:
        assert one(engines, text, "area") == 1


def test_exists_does_not_find_a_hidden_link__ok() -> None:
    text = "EXISTS (SELECT 1 FROM sch WHERE sch.clinic = hos.id)"
    total = f"COUNT(hos) FILTER (WHERE {text})"
    hospital = Row("hos", "A1", {"id": "h"})
    assert asked(total, hospital, sch("高校", clinic="h"))[0] == 1
    assert asked(total, hospital, sch("小学", clinic="h"))[0] == 0
    assert asked(total, hospital, sch(None, clinic="h"))[0] is None


def test_hidden_link_finds_nothing__ok() -> None:
    text = "EXISTS (SELECT 1 FROM hos WHERE hos.id = sch.clinic)"
    total = f"COUNT(sch) FILTER (WHERE {text})"
    hospital = Row("hos", "A1", {"id": "h"})
    assert asked(total, hospital, sch("高校", clinic="h"))[0] == 1
    assert asked(total, hospital, sch("高校"))[0] is None
    assert asked(total, hospital, sch("小学"))[0] == 0
    assert asked(total, hospital, sch("小学", clinic="h"))[0] == 0
    without = f"COUNT(sch) FILTER (WHERE NOT {text})"
    assert asked(without, hospital, sch("小学"))[0] == 0


# --- Records and units --------------------------------------------------------


def test_rules_of_a_record_see_what_stands_there__ok() -> None:
    with Engines([sch("小学", honoured=True)]) as engines:
        assert one(engines, "honoured", "sch") == 1
        assert one(engines, "NOT honoured", "sch") == 0
        assert one(engines, "rank = '甲'", "sch") is None


def test_own_record_of_a_unit__ok() -> None:
    rows = [Row("area", "A"), Row("area", "A11")]
    with Engines(rows) as engines:
        found = units(engines, "unit.walk")
        blanks = {unit: found[unit]["x_blank"] for unit in ("A", "A1", "A11")}
        assert blanks == {"A": 0, "A1": 0, "A11": 1}
        assert {row["x"] for row in found.values()} == {None}
        assert units(engines, "PREV(unit.walk)")["A11"]["x_blank"] == 0
        assert figures(engines, "SUM(area.walk)")["A"] is None
    with Engines([rows[0]]) as engines:
        assert figures(engines, "SUM(area.walk)")["A"] == 0


# --- What it is made of ---------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "COUNT(sch) FILTER (WHERE NOT (sch.pupils > 3 AND NOT sch.stage = '小学'))",
        "SUM(sch.pupils - 1)",
        "COUNT(area) FILTER (WHERE EXISTS (SELECT 1 FROM cef WHERE NOT cef.beds = 1))",
    ],
)
def test_what_names_no_such_field_stays__ok(text: str) -> None:
    shown = Shown(SCHEMA)
    for node in walk(read(text, None).node):
        if isinstance(node, Aggregate):
            assert shown.aggregate(node) is node
        if isinstance(node, Exists):
            assert shown.exists(node) is node


def own(*columns: Column) -> Schema:
    return Schema((Source("own", "表", roster=True, columns=columns),))


def guarded(schema: Schema, name: str) -> bool:
    node = read(f"SUM(own.{name})", None, schema).node
    assert isinstance(node, Aggregate)
    found = Shown(schema).aggregate(node)
    return found.filter is not None


def test_condition_that_cannot_be_read_hides_nothing__ok() -> None:
    schema = own(
        Column("a", "甲", NUMBER, visible_when="nothing > 1"),
        Column("b", "乙", NUMBER, visible_when="EXISTS (SELECT 1 FROM own)"),
        Column("c", "丙", NUMBER, visible_when="a > 1"),
    )
    assert [guarded(schema, name) for name in "abc"] == [False, False, True]


def test_fields_that_wait_for_each_other_are_asked_for__ok() -> None:
    schema = own(
        Column("a", "甲", NUMBER, visible_when="b"),
        Column("b", "乙", BOOLEAN, visible_when="t = 'x' AND b"),
        Column("t", "丁", TEXT),
    )
    assert guarded(schema, "a")
    node = read("SUM(own.a)", None, schema).node
    assert isinstance(node, Aggregate)
    names = {
        part.column.id
        for part in walk(Shown(schema).aggregate(node))
        if isinstance(part, FieldRef)
    }
    assert names == {"a", "b", "t"}


# --- By hand ------------------------------------------------------------------

STAGES = st.sampled_from(["高校", "中职", "小学", "撤并", None])
NUMBERS = st.none() | st.integers(0, 20)
ROWS = st.lists(
    st.builds(
        lambda stage, pupils, masters, dual, honoured: sch(
            stage, pupils=pupils, masters=masters, dual=dual, honoured=honoured
        ),
        STAGES,
        NUMBERS,
        NUMBERS,
        st.none() | st.sampled_from([0.5, 1.0, 2.5]),
        st.sampled_from([True, False, None]),
    ),
    min_size=1,
    max_size=6,
)
ASKED = {"masters": {"高校"}, "dual": {"高校", "中职"}, "honoured": {"中职"}}


def cell(row: Row, name: str) -> tuple[bool, object]:
    """Tell whether a cell is asked for, as far as anybody knows, and what it holds."""
    stage = row.values["stage"]
    shown = stage is None or stage in ASKED.get(name, {stage})
    return shown, row.values[name] if shown else None


def counts(row: Row) -> bool | None:
    stage = row.values["stage"]
    return None if stage is None else stage != "撤并"


@given(ROWS)
def test_sums_by_hand__ok(rows: list[Row]) -> None:
    """Each record adds what is asked for there; where a part is blank it is a blank."""
    every = "FILTER (WHERE sch.stage IS NULL OR sch.stage <> '')"
    total, records, blanks = asked(f"SUM(sch.pupils + sch.dual) {every}", *rows)
    kept = [
        [held for shown, held in (cell(row, "pupils"), cell(row, "dual")) if shown]
        for row in rows
    ]
    whole = [parts for parts in kept if None not in parts]
    added = sum(Decimal(str(part)) for parts in whole for part in parts)
    assert (records, blanks) == (len(kept), len(kept) - len(whole))
    assert total == (float(added) if whole else None)


@given(ROWS, st.booleans())
def test_counts_by_hand__ok(rows: list[Row], wanted: bool) -> None:
    said = "sch.honoured" if wanted else "NOT sch.honoured"
    verdicts = []
    for row in rows:
        shown, held = cell(row, "honoured")
        held = (None if held is None else held is wanted) if shown else False
        pair = {counts(row), held}
        verdicts.append(False if False in pair else None if None in pair else True)
    number, records, unclear = asked(f"COUNT(sch) FILTER (WHERE {said})", *rows)
    assert (records, unclear) == (verdicts.count(True), verdicts.count(None))
    assert number == (None if unclear and not records else records)
