"""Comments in a copy: all else is as it was, and what was said before stays."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl import load_workbook
from openpyxl.comments import Comment

from desktop.intake.annotate import Note
from desktop.intake.annotate import annotated
from desktop.intake.preflight import Preflight
from desktop.intake.preflight import preflight

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NOTES = (
    Note("表一", "B2", "【请改】一百"),
    Note("表二", "A1", "看这里"),
    Note("表一", "D9", "空着"),
)


def book(*, commented: bool = False) -> bytes:
    made = Workbook()
    first: Any = made.active
    first.title = "表一"
    first["B2"] = "=1+1"
    first.print_title_rows = "1:1"
    second: Any = made.create_sheet("表二")
    second["A1"] = "文"
    if commented:
        first["B2"].comment = Comment("原有的话", "李四")
        first["C3"].comment = Comment("别的话", "李四")
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    return saved.getvalue()


def said(data: bytes) -> dict[str, tuple[str, str]]:
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.comment.author, cell.comment.text)
        for sheet in load_workbook(BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def made_of(data: bytes, notes: tuple[Note, ...] = NOTES) -> bytes:
    found = annotated(data, notes, "民生台账")
    assert found is not None
    return found


def test_annotated__comments_on_the_cells() -> None:
    assert said(made_of(book())) == {
        "表一!B2": ("民生台账", "【请改】一百"),
        "表一!D9": ("民生台账", "空着"),
        "表二!A1": ("民生台账", "看这里"),
    }


def test_annotated__every_other_part_stays_byte_for_byte() -> None:
    data = book()
    before, after = parts(data), parts(made_of(data))
    changed = {name for name, each in before.items() if after[name] != each}
    assert changed == {
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    }
    sheet, was = (each["xl/worksheets/sheet1.xml"] for each in (after, before))
    at = sheet.index(b"<legacyDrawing")
    end = sheet.index(b"/>", at) + 2
    assert sheet[:at] + sheet[end:] == was


def test_annotated__the_same_bytes_again() -> None:
    data = book()
    assert made_of(data) == made_of(data)


def test_annotated__passes_the_preflight() -> None:
    assert isinstance(preflight(made_of(book()), "副本.xlsx"), Preflight)


def test_annotated__what_was_said_before_stays() -> None:
    once = made_of(book(commented=True))
    assert said(once) == {
        "表一!B2": ("李四", "原有的话\n\n【请改】一百"),
        "表一!C3": ("李四", "别的话"),
        "表一!D9": ("民生台账", "空着"),
        "表二!A1": ("民生台账", "看这里"),
    }
    twice = made_of(once, (Note("表二", "B5", "再看"),))
    assert said(twice)["表二!B5"] == ("民生台账", "再看")
    assert said(twice)["表二!A1"] == ("民生台账", "看这里")
    types = parts(twice)["[Content_Types].xml"]
    assert types.count(b'Extension="vml"') == 1
    assert sum(b"ObjectType" in each for each in parts(twice).values()) == 2


def test_annotated__parts_named_from_where_they_stand() -> None:
    content = parts(book())
    name = "xl/_rels/workbook.xml.rels"
    content[name] = content[name].replace(b'"/xl/', b'"')
    assert said(made_of(packed(content)))["表一!B2"] == ("民生台账", "【请改】一百")


def test_annotated__lines_behind_stay_behind() -> None:
    content = parts(book())
    name = "xl/worksheets/sheet1.xml"
    content[name] = content[name].replace(
        b"</worksheet>", b'<extLst><ext uri="{x}"/></extLst></worksheet>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rIdNote1" Type="x/hyperlink" Target=""/>'
        "</Relationships>"
    )
    content["xl/worksheets/_rels/sheet1.xml.rels"] = relations.encode()
    content["xl/taizhang_comments1.xml"] = b"<taken/>"
    after = parts(made_of(packed(content)))
    sheet = after[name]
    assert sheet.index(b"<legacyDrawing") < sheet.index(b"<extLst>")
    assert b'r:id="rIdNote3"' in sheet
    assert after["xl/taizhang_comments1.xml"] == b"<taken/>"


def test_annotated__shapes_without_comments_are_kept() -> None:
    content = parts(made_of(book(), (NOTES[0],)))
    del content["xl/taizhang_comments1.xml"]
    shapes = content["xl/drawings/taizhang_notes2.vml"]
    after = parts(made_of(packed(content), (NOTES[0],)))
    assert after["xl/drawings/taizhang_notes2.vml"].startswith(shapes[:-6])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/workbook.xml", b"<broken"),
        ("xl/_rels/workbook.xml.rels", b""),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
        ("[Content_Types].xml", b"<Types/>"),
    ],
)
def test_annotated__none_where_it_is_built_otherwise(name: str, content: bytes) -> None:
    found = parts(book())
    found[name] = content
    assert annotated(packed(found), NOTES, "甲") is None


def test_annotated__none_where_a_sheet_or_part_is_gone() -> None:
    assert annotated(book(), (Note("表三", "A1", "x"),), "甲") is None
    found = parts(book())
    del found["xl/workbook.xml"]
    assert annotated(packed(found), NOTES, "甲") is None


def test_annotated__none_where_shapes_have_no_end() -> None:
    content = parts(made_of(book()))
    content["xl/drawings/taizhang_notes2.vml"] = b"<xml/>"
    notes = (Note("表一", "H9", "x"),)
    assert annotated(packed(content), notes, "甲") is None
