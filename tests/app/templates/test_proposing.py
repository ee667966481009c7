from __future__ import annotations

from typing import Any

from desktop.app.templates.filling import Template
from desktop.app.templates.proposing import propose
from desktop.export.template.book import Book
from desktop.forms.layout import Layout
from desktop.forms.layout_text import layout_of
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.export.template_books import stress_parts
from tests.export.template_books import worksheet
from tests.small import AREA
from tests.small import ECI
from tests.small import pack_data
from tests.small import pack_of

AREA_FIELDS = [
    {"id": "level", "kind": "text", "title": "单元层级"},
    {"id": "old", "kind": "integer", "title": "60岁及以上人口", "measure": "人"},
    {"id": "older", "kind": "integer", "title": "80岁及以上", "aliases": ["高龄"]},
    {"id": "share", "kind": "decimal", "digits": 1, "title": "占比"},
    {"id": "gone", "kind": "integer", "title": "没有这一项"},
]
LEGAL = dict.fromkeys(
    [
        *("form_number", "authority", "approval_authority"),
        *("approval_number", "valid_until"),
    ],
    "x",
)


def cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, **cells: str) -> str:
    inside = "".join(cell(f"{column}{number}", text) for column, text in cells.items())
    return f'<row r="{number}">{inside}</row>'


def template(rows: str, after: str = "") -> Template:
    parts = stress_parts()
    parts["xl/worksheets/sheet1.xml"] = worksheet(rows, after=after)
    return Template(Book("表.xlsx", packed(parts)), "0" * 64)


def proposed(made: Template, form: dict[str, Any]) -> tuple[Layout, set[str]]:
    pack = pack_of({**pack_data(), "forms": [ECI, form], "rules": [], "indicators": []})
    found = propose(made, pack.form_by_id[form["id"]])
    layout = layout_of(found.text.encode(), "x.yaml", pack)
    assert isinstance(layout, Layout), layout
    return layout, {field.id for field in found.missing}


def unit_form(**more: object) -> dict[str, Any]:
    return {**AREA, **more, "groups": [{"title": "人口", "fields": AREA_FIELDS}]}


def test_propose__a_unit_form() -> None:
    rows = (
        row(1, A="统计单元与人口表", E="表 号：")
        + row(2, A="综合机关名称：", C="20  年", E="有效期至：2027年")
        + row(3, A="指标名称", B="计量单位", C="代码", D="数量")
        + row(4, A="一、60岁及以上人口", B="人", C="甲01")
        + row(5, A="其中：高龄", B="人", C="乙02")
        + row(6, A="占比", C="单元层级")
        + row(8, A="填表人：", C="统计负责人：", D="李")
    )
    layout, missing = proposed(template(rows), unit_form(legal=LEGAL))
    assert layout.fields == {"old": "D4", "older": "D5", "share": "B6", "level": "D6"}
    assert missing == {"gone"}
    assert layout.words == {"C2": "{period}", "E1": "表 号：{form_number}"}
    assert layout.header == {"unit_name": "B2"}
    assert layout.signers == {"填表人": "B8"}
    assert layout.anchors.keys() == {
        *("A1", "A2", "A4", "A5", "A6", "C6", "E1"),
    }


def test_propose__marks_that_the_pack_does_not_have_stay_the_templates() -> None:
    rows = row(1, A="统计单元与人口表", E="表 号：") + row(
        4, A="占比", B="单元层级", C="x"
    )
    layout, _ = proposed(template(rows), unit_form())
    assert layout.header == {}
    # Right of 占比 stands another label and below it nothing; x is no place.
    assert layout.fields == {"level": "D4"}
    assert layout.words == {}


def test_propose__a_roster_with_its_continued_sheet() -> None:
    made = Template(Book("册.xlsx", packed(roster_parts())), "0" * 64)
    layout, missing = proposed(made, ECI | {"id": "home"})
    assert layout.rows is not None
    assert (layout.rows.first, layout.rows.count, layout.rows.number) == (4, 3, "A")
    assert layout.rows.columns == {"name": "B", "beds_total": "C", "price": "D"}
    assert (layout.sums, layout.totals) == ({"beds_total": "C7"}, {"beds_total": "C8"})
    assert [page.sheet for page in layout.continued] == ["续表"]
    assert missing == {"code", "status", "beds_nursing"}


def test_propose__heads_over_two_rows_and_marked_columns() -> None:
    rows = (
        row(1, A="养老机构调查表")
        + row(2, A="机构名称", B="床位")
        + row(3, B="总床位数", C="护理型床位数")
        + row(4, A="甲", B="1", C="2")
    )
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/></mergeCells>'
    layout, _ = proposed(template(rows, merged), ECI | {"id": "home"})
    assert layout.rows is not None
    assert (layout.rows.first, layout.rows.count, layout.rows.number) == (5, 20, None)
    assert layout.rows.columns == {"name": "A", "beds_total": "B", "beds_nursing": "C"}
    assert layout.continued == ()


def test_propose__nothing_to_be_found() -> None:
    form = pack_of(pack_data()).form_by_id["eci"]
    found = propose(template(""), form)
    assert found.found == 0
    assert len(found.missing) == len(form.fields)
