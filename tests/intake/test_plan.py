from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.core.cells import BLANK
from desktop.core.cells import Cell
from desktop.core.changes import FacilityId
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import class_of
from desktop.core.unit import level_of
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.intake.header import Matching
from desktop.intake.header import read_head
from desktop.intake.plan import plan_import
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import ImportContext
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import ImportPlan
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import SkipReason
from desktop.intake.plan_values import Total
from desktop.intake.plan_values import UnitFrom
from desktop.intake.source import read_source
from desktop.intake.table import Area
from desktop.intake.table import Source
from tests.intake.worlds import AREAS
from tests.intake.worlds import HOMES
from tests.intake.worlds import PACK
from tests.intake.worlds import ROOT
from tests.intake.worlds import UNITS
from tests.intake.worlds import planned
from tests.intake.worlds import table

RESOURCES = Path(__file__).parents[2] / "resources"
STREET = UnitCode("310105001")
HEAD = ("street", "机构名称", "总床位数", "type")


def existing(facility: str, unit: UnitCode = STREET, **cells: Cell) -> Existing:
    return Existing(FacilityId(facility), unit, cells)


def test_new__with_default_and_unit() -> None:
    plan = planned(table(HEAD, ("华阳路街道", "甲", "5", "公办")))

    (row,) = plan.rows
    assert row.kind is RowKind.NEW
    assert (row.row, row.name, row.unit) == (2, "甲", STREET)
    assert dict(row.cells) == {
        "name": "甲",
        "beds_total": 5,
        "ownership": "公办",
        "status": "运营",
    }
    assert row.defaults == ("status",)
    assert plan.totals == (Total("beds_total", Decimal(5), 1, 0),)


def test_default__not_where_the_table_has_the_column() -> None:
    plan = planned(table(("机构名称", "运营状态"), ("甲", None), ("乙", "暂停")))

    assert [dict(row.cells) for row in plan.rows] == [
        {"name": "甲"},
        {"name": "乙", "status": "暂停"},
    ]


def test_constants__fill_what_the_table_leaves_blank() -> None:
    options = ImportOptions(constants={"status": "暂停", "beds_total": "9"})

    plan = planned(
        table(("机构名称", "总床位数"), ("甲", None), ("乙", "7")), options=options
    )

    assert [dict(row.cells)["beds_total"] for row in plan.rows] == [9, 7]
    assert [dict(row.cells)["status"] for row in plan.rows] == ["暂停", "暂停"]
    assert plan.rows[0].defaults == ()


def test_unfit__stays_blank_and_is_kept_as_a_remark() -> None:
    plan = planned(table(HEAD, ("华阳路街道", "甲", "约五张", "民建民营")))

    (row,) = plan.rows
    assert row.kind is RowKind.NEW
    assert "ownership" not in dict(row.cells)
    assert [one.address for one in row.unfit] == ["C2", "D2"]
    assert [(one.field, one.words) for one in row.remarks] == [
        ("beds_total", message("intake.remark", text="约五张")),
        ("type", message("intake.remark", text="民建民营")),
    ]


def test_unit__like_one_of_ours_arrives_and_is_remarked() -> None:
    plan = planned(table(HEAD, ("新泾乡", "甲", "5", None)))

    (row,) = plan.rows
    assert (row.kind, row.unit, row.unit_from) == (RowKind.NEW, ROOT, UnitFrom.UNSURE)
    assert row.remarks[0].field == "name"
    assert row.remarks[0].words == message("intake.remark_unit", text="新泾乡")


def test_unit__of_another_ledger_waits_for_a_person() -> None:
    given = table(HEAD, ("堡镇", "甲", "5", None))

    waiting = planned(given)
    told = planned(given, options=ImportOptions(units={"堡镇": str(ROOT)}))

    assert waiting.rows[0].kind is RowKind.PROBLEM
    assert waiting.rows[0].problem == message("intake.row.unknown_unit", text="堡镇")
    assert dict(waiting.rows[0].cells)["beds_total"] == 5
    assert waiting.totals[0].sum == 0
    assert told.rows[0].kind is RowKind.NEW
    assert told.rows[0].unit_from is UnitFrom.PERSON


def test_update__changes_only_what_the_row_says() -> None:
    record = existing("f1", name="甲", beds_total=4, money=Decimal(1))

    plan = planned(table(HEAD, ("长宁区华阳路街道", "甲", "5", None)), record)

    (row,) = plan.rows
    assert row.kind is RowKind.UPDATE
    assert row.facility == "f1"
    assert row.cells == (("beds_total", 5),)
    assert row.before == (("beds_total", 4),)
    assert row.moved_from is None
    assert [one.field for one in row.repairs] == ["beds_total", "_unit"]


def test_update__without_unit_keeps_the_records_unit() -> None:
    plan = planned(table(HEAD, (None, "甲", "5", None)), existing("f1", name="甲"))

    assert plan.rows[0].unit == STREET
    assert plan.rows[0].unit_from is UnitFrom.RECORD
    assert plan.rows[0].before == (("beds_total", BLANK),)


def test_update__moves_what_is_known_by_its_code() -> None:
    record = existing("f1", name="甲", credit="12310000425006790X")
    head = ("street", "机构名称", "统一社会信用代码")

    plan = planned(table(head, ("新泾镇", "甲", "12310000425006790X")), record)

    (row,) = plan.rows
    assert row.kind is RowKind.UPDATE
    assert (row.moved_from, row.unit) == (STREET, "310105102")
    assert row.cells == ()


def test_unchanged__the_same_file_twice() -> None:
    record = Existing(
        FacilityId("f1"),
        STREET,
        {"name": "甲", "beds_total": 5},
        {"field:type": "原表内容：民建民营"},
    )

    plan = planned(table(HEAD, ("华阳路街道", "甲", "5", "民建民营")), record)

    assert plan.rows[0].kind is RowKind.UNCHANGED
    assert plan.rows[0].remarks == ()


def test_problem__no_name_and_twice_and_ambiguous() -> None:
    plan = planned(
        table(
            HEAD,
            ("华阳路街道", None, "5", None),
            ("华阳路街道", "甲", "5", None),
            ("华阳路街道", "甲", "6", None),
            ("新泾镇", "乙", "7", None),
            (None, "丙", "7", None),
            ("华阳路街道", "丙", "7", None),
        ),
        existing("f1", name="乙"),
        existing("f2", name="丙"),
    )

    assert [row.kind for row in plan.rows] == [
        RowKind.PROBLEM,
        RowKind.NEW,
        RowKind.PROBLEM,
        RowKind.PROBLEM,
        RowKind.UPDATE,
        RowKind.PROBLEM,
    ]
    assert [row.problem for row in plan.rows if row.problem] == [
        message("intake.row.no_name"),
        message("intake.row.twice", row=3),
        message("intake.row.known_elsewhere", unit="华阳路街道"),
        message("intake.row.twice", row=6),
    ]


def test_rows__each_is_in_one_place() -> None:
    given = table(
        ("2025年",),
        HEAD,
        ("甲", "乙", "1", "2"),
        ("华阳路街道", "甲", "5", None),
        ("新泾镇", "乙", "7", None),
        ("合计", None, "13", None),
        ("注：年末数",),
    )

    plan = planned(given, options=ImportOptions(where={"street": "新泾镇"}))

    assert [row.name for row in plan.rows] == ["乙"]
    assert plan.filtered == 1
    assert [one.reason for one in plan.skipped] == [
        SkipReason.COLUMN_NUMBERS,
        SkipReason.TOTAL,
        SkipReason.FOOTNOTE,
    ]
    assert plan.totals == (Total("beds_total", Decimal(7), 1, 0, Decimal(13), "C6"),)


def test_notes__merged_and_hidden_among_the_records() -> None:
    plan = planned(
        table(
            HEAD,
            ("华阳路街道", "甲", "5", None),
            merges=(Area(1, 1, 1, 2), Area(2, 1, 3, 1)),
            hidden_rows=frozenset({1, 2}),
        )
    )

    assert plan.notes == (
        message("intake.merged", sheet="表", cells="A2:A3"),
        message("intake.hidden_among", sheet="表", count=1),
    )


def test_unit_form__one_record_a_unit() -> None:
    given = table(
        ("所在统计单元代码", "总床位数"),
        ("华阳路街道", "5"),
        ("310105102", "6"),
        ("新泾乡", "7"),
        ("新泾镇", "8"),
    )

    plan = planned(given, existing("310105001", beds_total=5), form=AREAS)

    assert [(row.kind, row.name) for row in plan.rows] == [
        (RowKind.UNCHANGED, "310105001"),
        (RowKind.NEW, "310105102"),
        (RowKind.PROBLEM, "310105"),
        (RowKind.PROBLEM, "310105102"),
    ]
    assert plan.rows[2].problem == message("intake.row.no_unit")
    assert plan.rows[2].remarks[0].field == "area_code"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ImportOptions(where={"无": "x"}), "intake.no_such_column"),
        (ImportOptions(constants={"无": "x"}), "intake.no_such_field"),
        (ImportOptions(constants={"share": "1"}), "intake.no_such_field"),
        (ImportOptions(constants={"beds_total": "x"}), "forms.entry.whole"),
        (ImportOptions(units={"甲": "999999"}), "intake.no_such_unit"),
    ],
)
def test_options__that_speak_of_nothing(options: ImportOptions, code: str) -> None:
    given = table(HEAD, ("华阳路街道", "甲", "5", None))
    matching = read_head(given, HOMES, PACK)
    assert isinstance(matching, Matching)
    context = ImportContext(UNITS, ROOT, "2025")

    found = plan_import(given, HOMES, PACK, matching, context, options=options)

    assert isinstance(found, Message)
    assert found.code == code


def test_no_name_column__no_plan() -> None:
    given = table(("总床位数",), ("5",))
    matching = read_head(given, HOMES, PACK)
    assert isinstance(matching, Matching)

    found = plan_import(
        given, HOMES, PACK, matching, ImportContext(UNITS, ROOT, "2025")
    )

    assert isinstance(found, Message)
    assert found.code == "intake.no_name_column"


TEXT = some.text(max_size=6)


@given(some.lists(some.tuples(TEXT, TEXT, TEXT, TEXT), max_size=8))
def test_any_table__no_row_is_lost(rows: list[tuple[str, str, str, str]]) -> None:
    given_table = table(HEAD, *rows, typed=False)
    matching = read_head(table(HEAD), HOMES, PACK)
    assert isinstance(matching, Matching)

    plan = plan_import(
        given_table, HOMES, PACK, matching, ImportContext(UNITS, ROOT, "2025")
    )

    assert isinstance(plan, ImportPlan)
    there = [row[0].row for row in given_table.rows[1:]]
    placed = [row.row for row in plan.rows] + [one.row for one in plan.skipped]
    assert sorted(placed) == there


def test_workbook__as_a_clerk_makes_it(tmp_path: Path) -> None:
    import openpyxl

    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (
        ["2025年养老机构情况表"],
        ["序号", "机构名称", "床位数", None, "投入运营日期", "街道"],
        [None, None, "总床位数（张）", "护理型床位数", None, None],
        [1, "甲养老院", "１２０张", 30, date(2018, 10, 19), "华阳路街道"],
        [2, "乙养老院", 1200, "三成", "2018.10.9", "长宁区新泾镇"],
        [3, "丙养老院", "0.5万", "=1+1", 43392, None],
        ["合计", None, 6320, "=SUM(D4:D6)"],
        ["填表人：", None, "联系电话："],
    ):
        sheet.append(row)
    for area in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(area)
    path = tmp_path / "养老机构.xlsx"
    made.save(path)
    source = read_source(path)
    assert isinstance(source, Source)

    plan = planned(source.tables[0])

    assert [head.text for head in plan.matching.unmatched] == ["序号"]
    assert [(row.name, row.unit) for row in plan.rows] == [
        ("甲养老院", "310105001"),
        ("乙养老院", "310105102"),
        ("丙养老院", "310105"),
    ]
    assert [
        (one.address, one.before, one.after) for row in plan.rows for one in row.repairs
    ] == [
        ("C4", "１２０张", "120张"),
        ("C4", "120张", "120"),
        ("E5", "2018.10.9", "2018-10-09"),
        ("F5", "长宁区新泾镇", "新泾镇"),
        ("C6", "0.5万", "5000"),
        ("E6", "43392", "2018-10-19"),
    ]
    assert [
        (one.address, one.text, one.why.code) for row in plan.rows for one in row.unfit
    ] == [
        ("D5", "三成", "intake.cell.no_number"),
        ("D6", "=…", "intake.cell.no_result"),
    ]
    assert plan.totals == (
        Total("beds_total", Decimal(6320), 3, 0, Decimal(6320), "C7"),
        Total("beds_nursing", Decimal(30), 1, 2),
    )
    assert [one.reason for one in plan.skipped] == [
        SkipReason.TOTAL,
        SkipReason.FOOTNOTE,
    ]


def real_units(root: str) -> tuple[Unit, ...]:
    text = (RESOURCES / "regions" / "regions.tsv").read_text(encoding="utf-8")
    known = [line.split("\t")[:2] for line in text.splitlines()[1:]]
    return tuple(
        Unit(
            UnitCode(code),
            name,
            UnitCode(root if code != root else root[:2]),
            level_of(UnitCode(code)),
            class_of(UnitCode(code), name),
        )
        for code, name in known
        if code.startswith(root) and len(code) <= 9
    )


@pytest.fixture(scope="module")
def changning() -> Pack:
    pack = load_pack(RESOURCES / "packs", "changning")
    assert isinstance(pack, Pack)
    return pack


@pytest.fixture(scope="module")
def shanghai() -> Source:
    path = RESOURCES / "samples" / "shanghai" / "elderly_institutions.csv"
    source = read_source(path)
    assert isinstance(source, Source)
    return source


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("district", "sums"),
    [
        ("长宁区", ("310105", 27, 5285, 1)),
        ("崇明区", ("310151", 39, 7895, 2)),
        ("静安区", ("310106", 23, 4656, 0)),
        ("青浦区", ("310118", 23, 8268, 0)),
    ],
)
def test_shanghai__every_institution_and_every_bed_arrives(
    changning: Pack,
    shanghai: Source,
    district: str,
    sums: tuple[str, int, int, int],
) -> None:
    code, count, beds, unplaced = sums
    form = changning.form_by_id["eci"]
    (given_table,) = shanghai.tables
    matching = read_head(given_table, form, changning)
    assert isinstance(matching, Matching)
    context = ImportContext(real_units(code), UnitCode(code), "2025")

    plan = plan_import(
        given_table,
        form,
        changning,
        matching,
        context,
        options=ImportOptions(where={"district": district}),
    )

    assert isinstance(plan, ImportPlan)
    assert [head.text for head in matching.unmatched] == ["district"]
    assert {row.kind for row in plan.rows} == {RowKind.NEW}
    assert len(plan.rows) == count
    assert plan.filtered == 112 - count
    assert plan.totals == (Total("beds_total", Decimal(beds), count, 0),)
    at_root = [row for row in plan.rows if row.unit == code]
    assert len(at_root) == unplaced
    owners = [dict(row.cells).get("ownership") for row in plan.rows]
    assert set(owners) <= {None, *changning.choices("eci", "ownership")}
    assert "公建民营" in owners
    unfit = [one.text for row in plan.rows for one in row.unfit]
    assert set(unfit) <= {"民建民营", "公建公营", "长兴乡"}
    assert sum(len(row.remarks) for row in plan.rows) == len(unfit)
    days = [dict(row.cells).get("open_date") for row in plan.rows]
    assert all(day is None or isinstance(day, date) for day in days)
