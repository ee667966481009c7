from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import manifest_match
from desktop.core.manifest import NAME
from desktop.core.manifest import NUMBER
from desktop.core.manifest import UNIT
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Place
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.manifest_match import located
from desktop.core.manifest_match import plain
from tests.core.test_manifest import STAMP

FIELDS = (("name", "名称"), ("beds", "床位"), ("day", "日期"), ("open", "营业"))
ROWS = tuple(
    Line(
        f"k{number}",
        "310105",
        f"院{number}",
        (f"t:院{number}", f"n:{100 + number}", "d:2025-01-02", "b:1"),
    )
    for number in range(1, 6)
)
TOTALS = Line("", "", "合计", ("t:合计", "n:515", None, None))
TABLE = Table("eci", "机构", TableKind.FORM, FIELDS, ROWS, TOTALS)
MANIFEST = Manifest(STAMP, (TABLE,), (("310105", "长宁区"),))
HEADS = ("甲", "乙", "丙", "1", "2", "3")
HOLDS = (NUMBER, "name", UNIT_NAME, "beds", "day", "open")
PLACE = Place("eci", "机构", 4, 1, HEADS, HOLDS, foot="注：空格")

Rows = list[list[str]]


def shown(text: str | None) -> str:
    return {None: "", "b:1": "是"}.get(text, (text or "")[2:])


def sheet() -> Rows:
    """Give the sheet as it was written."""
    title: Rows = [["机构"], [], list(HEADS)]
    lines = [
        [str(number), f"院{number}", "长宁区", str(100 + number), "2025-01-02", "是"]
        for number in range(1, 6)
    ]
    return [*title, *lines, ["", "合计", "", "515", "", ""], ["注：空格"], ["说明"]]


def found(
    rows: Rows, place: Place = PLACE, manifest: Manifest = MANIFEST
) -> list[Difference]:
    cells = {
        number: {column: text for column, text in enumerate(row, 1) if text}
        for number, row in enumerate(rows, 1)
    }
    return [one for one, _ in located(manifest, place, cells, shown)]


def test_plain__equal_contents_give_equal_text() -> None:
    assert plain(Decimal("12.50")) == plain(Decimal("12.5")) == "12.5"
    assert plain(True) == "TRUE"
    assert plain(False) == "FALSE"
    assert plain(date(2025, 1, 2)) == "2025-01-02"
    assert plain(" 甲_x005F_x0041_\r\n乙\r") == "甲_x0041_\n乙"


def test_located__as_written() -> None:
    assert found(sheet()) == []
    assert found(sheet(), replace(PLACE, table="other")) == []


def test_located__sorted_moved_and_widened_is_the_same() -> None:
    rows = sheet()
    rows[3:8] = reversed(rows[3:8])
    rows.insert(0, ["上级来文"])
    rows.insert(6, ["", "", "", "", "", "", "旁注"])
    assert found([["", *row] for row in rows]) == []
    assert found([[*row[:2], "批注", *row[2:]] for row in rows]) == []


def test_located__one_cell_is_named() -> None:
    rows = sheet()
    rows[4][3] = "201"
    [one] = found(rows)
    assert one == Difference(
        Kind.ALTERED, "机构", "院2", "床位", "102", "201", "机构!D5"
    )


def test_located__a_number_written_as_text_is_the_same() -> None:
    rows = sheet()
    rows[4][3] = "102.0"
    assert found(rows) == []
    rows[4][3] = "一百"
    assert [one.now for one in found(rows)] == ["一百"]


def test_located__rows_deleted_added_renamed() -> None:
    rows = sheet()
    del rows[5]
    rows.insert(4, ["9", "新院", "长宁区", "7", "", ""])
    rows[3][1] = "改名院"
    rows[3][2] = "别处"
    assert found(rows) == [
        Difference(Kind.ALTERED, "机构", "院1", "名称", "院1", "改名院", "机构!B4"),
        Difference(Kind.ALTERED, "机构", "院1", UNIT_NAME, "长宁区", "别处", "机构!C4"),
        Difference(Kind.ROW_GONE, "机构", "院3", where="机构"),
        Difference(Kind.ROW_ADDED, "机构", now="9 新院 长宁区 7", where="机构!5"),
    ]


def test_located__a_row_that_kept_only_its_name_is_still_it() -> None:
    rows = sheet()
    rows[3][2:] = ["别处", "1", "2020-01-01", "否"]
    assert [one.record for one in found(rows)] == ["院1"] * 4


def test_located__the_line_of_sums() -> None:
    rows = sheet()
    rows[8][3] = "516"
    [one] = found(rows)
    assert (one.record, one.field, one.was, one.now) == ("合计", "床位", "515", "516")
    assert one.where == "机构!D9"


def test_located__columns_and_heads_that_are_gone() -> None:
    rows = [row[:3] + row[4:] for row in sheet()]
    assert found(rows) == [Difference(Kind.COLUMN_GONE, "机构", field="床位")]
    rows = sheet()
    del rows[2]
    assert found(rows) == [Difference(Kind.HEAD_GONE, "机构", where="机构")]
    assert found([])[0].kind is Kind.HEAD_GONE


def test_located__without_a_foot_to_the_end() -> None:
    place = replace(PLACE, foot="")
    assert found(sheet()[:9], place) == []
    kinds = [one.kind for one in found([*sheet()[:9], ["", "又一行"]], place)]
    assert kinds == [Kind.ROW_ADDED]


def test_located__an_empty_table() -> None:
    bare = replace(TABLE, rows=(), totals=None)
    manifest = replace(MANIFEST, tables=(bare,))
    rows = [*sheet()[:3], ["零报告"], ["注：空格"]]
    place = replace(PLACE, foot="零报告")
    assert found(rows, place, manifest) == []
    rows[3:3] = [["1", "黑院"]]
    assert [one.kind for one in found(rows, place, manifest)] == [Kind.ROW_ADDED]


def test_located__names_and_codes_of_units() -> None:
    place = Place("eci", "机构", 4, 1, ("甲", "乙", ""), (NAME, UNIT, "beds"))
    rows = [
        [],
        [],
        ["甲", "乙"],
        *([f"院{n}", "310105", str(100 + n)] for n in range(1, 6)),
    ]
    manifest = replace(MANIFEST, tables=(replace(TABLE, totals=None),))
    assert found(rows, place, manifest) == []
    rows[3][1] = "310106"
    assert [(one.field, one.now) for one in found(rows, place, manifest)] == [
        (UNIT, "310106")
    ]


@pytest.mark.parametrize("compared", [400, 1])
def test_located__many_lines_altered(
    monkeypatch: pytest.MonkeyPatch, compared: int
) -> None:
    monkeypatch.setattr(manifest_match, "COMPARED", compared)
    rows = sheet()
    for row in rows[3:8]:
        row[3] = "1"
    differences = found(rows)
    assert [one.kind for one in differences] == [Kind.ALTERED] * 5
    assert [one.record for one in differences] == [f"院{n}" for n in range(1, 6)]


@given(
    st.permutations(range(5)),
    st.integers(0, 4),
    st.sampled_from((1, 2, 3, 4, 5)),
    st.text("甲乙0123.", min_size=1, max_size=4),
)
def test_located__whichever_cell_is_altered_it_and_no_other_is_named(
    order: list[int], line: int, column: int, text: str
) -> None:
    rows = sheet()
    rows[3:8] = [rows[3 + place] for place in order]
    assert found(rows) == []
    before = rows[3 + line][column]
    assume(text != before)
    rows[3 + line][column] = text
    changes = found(rows)
    if before.isdecimal() and re.fullmatch(rf"0*{before}(\.0*)?", text):
        assert changes == []
    else:
        [one] = changes
        assert one.kind is Kind.ALTERED
        assert (one.was, one.now) == (before, text)
        assert one.where == f"机构!{'ABCDEF'[column]}{4 + line}"


# --- Records side by side -------------------------------------------------------

AREA = Table(
    "area",
    "人口",
    TableKind.FORM,
    (("level", "层级"), ("pop", "人口数")),
    (
        Line("310105", "310105", "长宁区", ("t:县", "n:100")),
        Line("310105001", "310105001", "街道", ("t:街", None)),
    ),
)
BESIDE = Place(
    "area",
    "人口",
    3,
    1,
    ("甲", "乙", "1", "2", "3"),
    ("", "", "310105", "310105001", "gone"),
    (
        ("", "一、基本", ""),
        ("level", "层级", "01"),
        ("pop", "人口数", "02"),
        ("x", "旧", "03"),
    ),
)
POPULATION = replace(MANIFEST, tables=(AREA,))


def beside() -> Rows:
    return [
        ["人口"],
        ["甲", "乙", "1", "2", "3"],
        ["一、基本"],
        ["层级", "01", "县", "街"],
        ["人口数", "02", "100"],
        ["旧", "03"],
    ]


def test_across__as_written_and_one_cell() -> None:
    assert found(beside(), BESIDE, POPULATION) == []
    rows = beside()
    rows[4] += ["50"]
    rows[4][2] = "101"
    assert found(rows, BESIDE, POPULATION) == [
        Difference(Kind.ALTERED, "人口", "长宁区", "人口数", "100", "101", "人口!C5"),
        Difference(Kind.ALTERED, "人口", "街道", "人口数", "", "50", "人口!D5"),
    ]


def test_across__lines_and_columns_that_are_gone() -> None:
    rows = beside()
    del rows[3]
    assert found(rows, BESIDE, POPULATION) == [
        Difference(Kind.ROW_GONE, "人口", "层级", where="人口")
    ]
    rows = [row[:2] + row[3:] for row in beside()]
    assert found(rows, BESIDE, POPULATION) == [
        Difference(Kind.COLUMN_GONE, "人口", field="长宁区")
    ]
    rows = beside()
    rows[2] = []
    assert found(rows, BESIDE, POPULATION)[0].record == "一、基本"


def test_letters__beyond_z() -> None:
    wide = Place("eci", "机构", 2, 28, ("名称",), ("name",))
    rows: Rows = [[""] * 27 + ["名称"], *([""] * 27 + [f"院{n}"] for n in range(1, 6))]
    manifest = replace(MANIFEST, tables=(replace(TABLE, totals=None),))
    assert found(rows, wide, manifest) == []
    rows[1][27] = "改"
    assert {one.where for one in found(rows, wide, manifest)} == {"机构", "机构!2"}
