from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.building.forms import UNITS_ACROSS
from desktop.export.building.forms import lapsed
from desktop.export.building.whole import build_report
from desktop.export.report import CellKind
from desktop.export.report import FormTable
from desktop.forms.model import Pack
from desktop.forms.strict import checked_json
from tests.export.samples import AREA_LINE
from tests.export.samples import CONTENTS
from tests.export.samples import HOME
from tests.export.samples import PACK_DATA
from tests.export.samples import sample_report


def form(name: str, **changes: Any) -> FormTable:  # noqa: ANN401 - contents
    return {form.id: form for form in sample_report(**changes).forms}[name]


def form_of(data: dict[str, Any]) -> FormTable:
    pack = checked_json(
        Pack, json.dumps({**PACK_DATA, "forms": [data], "rules": [], "indicators": []})
    )
    contents = replace(CONTENTS, findings=(), figures=())
    return build_report(pack, "", contents).forms[0]


def test_roster__names_stand_in_the_stub_and_text_has_letters() -> None:
    table = form("eci")

    assert [(c.title, c.number) for c in table.stub] == [
        ("序号", "甲"),
        ("机构名称", "乙"),
        ("统一社会信用代码", "丙"),
        ("填报单位", "丁"),
    ]
    assert [c.number for c in table.columns] == [
        "戊",
        "己",
        "庚",
        "1",
        "2",
        "3",
        "4",
        "辛",
        "壬",
    ]
    assert table.columns[4].group == "床位"
    assert table.rows[0].stub == ("1", "干𬒗镇敬老院", "52330902MJ8765432X", "干𬒗镇")
    assert table.wide_stub == 1


def test_roster__cells_keep_their_kind_and_their_absence() -> None:
    first, second = form("eci").rows

    assert first.cells == (
        "0580-1234567",
        "公建公营",
        date(2018, 10, 19),
        2025,
        208,
        120,
        Decimal("2300.5"),
        True,
        ("全托", "日托"),
    )
    assert second.cells[5:7] == (Absent.UNKNOWN, Absent.NOT_APPLICABLE)
    assert second.cells[0] is BLANK


def test_roster__one_unit_needs_no_column_of_units() -> None:
    assert len(form("eci", records={"eci": (HOME,)}).stub) == 3


def test_roster__a_form_without_code_has_no_column_for_it() -> None:
    data = {key: value for key, value in PACK_DATA["forms"][0].items() if key != "code"}

    found = [c.id for c in form_of(data).stub]
    assert found == ["_number", "name", "_unit_name"]


def test_totals__only_what_is_counted_is_added_up() -> None:
    table = form("eci")

    assert table.totals is not None
    assert table.totals.stub == ("", wording.TOTAL, "", "")
    assert table.totals.cells == (*(BLANK,) * 4, 308, 120, *(BLANK,) * 3)
    assert any("护理型床位数 1 处" in note for note in table.notes)


def test_totals__none_where_nothing_is_counted() -> None:
    data = {**PACK_DATA["forms"][0], "groups": PACK_DATA["forms"][0]["groups"][:1]}

    table = form_of(data)

    assert table.totals is None
    assert table.measure == "—"


def test_unit_form__fields_are_lines_and_units_columns() -> None:
    table = form("area")

    assert [c.title for c in table.stub] == ["指标名称", "计量单位", "代码"]
    assert [(c.title, c.number) for c in table.columns] == [("定海区", "1")]
    assert [row.stub for row in table.rows if row.heading] == [
        ("单位", "", ""),
        ("人口", "", ""),
    ]
    lines = {row.stub[0]: row for row in table.rows if not row.heading}
    assert lines["常住人口"].stub == ("常住人口", "人", "04")
    assert lines["单位代码"].cells == ("330902",)
    assert lines["单位名称"].cells == ("定海区",)
    assert lines["上级单位"].cells == (BLANK,)
    shape = lines["面积"].shape
    assert shape is not None
    assert (shape.kind, shape.digits) == (CellKind.DECIMAL, 2)
    assert table.wide_stub == 0
    assert table.totals is None


def test_unit_form__many_units_become_lines() -> None:
    lines = tuple(replace(AREA_LINE, unit=str(n)) for n in range(UNITS_ACROSS + 1))

    table = form("area", records={"area": lines})

    assert [c.title for c in table.stub] == ["序号", "单位名称"]
    assert [c.id for c in table.columns][:2] == ["unit_code", "unit_name"]
    assert len(table.rows) == UNITS_ACROSS + 1
    assert table.wide_stub == 1


def test_unit_form__one_group_needs_no_heading() -> None:
    line = replace(AREA_LINE, cells={"words": "无"})

    table = form("plain", records={"plain": (line,)})

    assert [(row.stub, row.cells) for row in table.rows] == [
        (("备注", "—", "01"), ("无",))
    ]
    assert table.empty is None


def test_empty__nil_return_and_not_started_are_told_apart() -> None:
    assert form("plain").empty == wording.NIL_RETURN
    assert form("plain", nil=frozenset()).empty == wording.NOT_STARTED
    assert form("plain").rows == ()


def test_marks__only_those_of_the_authority() -> None:
    assert form("eci").marks == ()
    assert dict(form("area").marks)["表　　号"] == "示例01表"
    assert form("eci").header[0] == "填报单位：定海区"
    assert form("area").header[0] == "综合机关名称：定海区"


@pytest.mark.parametrize(
    ("until", "made", "over"),
    [
        ("2027年12月", "2027-12-31 23:59", False),
        ("2027年12月", "2028-01-01 00:00", True),
        ("2027年6月30日", "2027-07-01 08:00", True),
        ("2027年", "2027-12-31 08:00", False),
        ("2027-06-30", "2027-06-30 08:00", False),
        ("长期", "2027-06-30 08:00", False),
        ("2027年", "", False),
    ],
)
def test_lapsed__by_the_time_of_the_last_change(
    until: str, made: str, over: bool
) -> None:
    assert lapsed(until, made) is over


def test_lapsed__only_forms_of_an_authority_can_be_void() -> None:
    late = sample_report(made_at="2028-01-01 00:00")

    assert [form.lapsed for form in late.forms] == [False, True, False]


def test_notes__scope_and_rules_in_words() -> None:
    notes = form("eci").notes

    assert notes[0] == "1．本表每条记录：一家养老机构在一个统计年度的情况。"
    assert notes[-1] == "（1）〔强制性〕护理型床位数 ≤ 床位总数"


def test_measure__many_are_named_in_the_columns() -> None:
    fields = [
        {"id": f"f{n}", "kind": "integer", "title": f"项{n}", "measure": measure}
        for n, measure in enumerate("张人个名家")
    ]
    data = {**PACK_DATA["forms"][2], "groups": [{"title": "全部", "fields": fields}]}

    assert form_of(data).measure == "见各栏"
    assert form("eci").measure == "张、元"
