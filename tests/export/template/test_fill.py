from __future__ import annotations

import csv
import re
import subprocess
import warnings
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.template.book import Book
from desktop.export.template.check import write_filled
from desktop.export.template.fill import Filled
from desktop.export.template.fill import fill
from desktop.export.template.page import PageFill
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import parts_of
from tests.export.template_books import roster_parts
from tests.export.template_books import stress
from tests.export.template_books import stress_parts
from tests.export.template_books import worksheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl import Workbook

    from desktop.export.template.page import Value

ANCHORS = {"A1": "养老机构综合表", "A4": "床位总数", "A9": " 报出日期 "}
VALUES: Mapping[str, Value] = {
    "B4": 1200,
    "B5": 300,
    "B6": Decimal("0.25"),
    "B7": 1500,
    "B8": '=HYPERLINK("http://x")<&>',
    "B9": date(2026, 1, 2),
    "单位名称": "长宁区",
    "D12": "在没有的格",
    "F15": 3,
}
CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
NOT_THERE = ("B2", "B8", "D12", "F15")
"""Cells that the template does not have at all."""


def filled_of(data: bytes, *pages: PageFill) -> Filled:
    found = fill(Book("模板.xlsx", data), pages)
    assert isinstance(found, Filled), found
    return found


def made(folder: Path, data: bytes, *pages: PageFill) -> Path:
    path = folder / "成表.xlsx"
    write_filled(filled_of(data, *pages), path)
    return path


def opened(path: Path, *, values: bool = True) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path, data_only=values, rich_text=True)


def without_cells(sheet: bytes, names: tuple[str, ...]) -> bytes:
    """Take some cells out of a sheet, and what only says how far it reaches."""
    kept = CELL.sub(lambda m: b"" if m[1].decode() in names else m[0], sheet)
    return kept.replace(b'<dimension ref="A1:F15"/>', b'<dimension ref="A1:D9"/>')


def test_fill__every_part_but_the_patched_cells_stays_byte_for_byte(
    tmp_path: Path,
) -> None:
    page = PageFill("综合表", ANCHORS, VALUES)
    after = parts_of(made(tmp_path, stress(), page).read_bytes())
    before = stress_parts()

    assert [name for name in before if before[name] != after[name]] == [STRESS_SHEET]
    assert list(after) == list(before)
    touched = ("B4", "B5", "B6", "B7", "B9", *NOT_THERE)
    rows = [b'<row r="12"></row>', b'<row r="15"></row>']
    rest = without_cells(after[STRESS_SHEET], touched)
    rest = rest.replace(rows[1], b"").replace(rows[0], b'<row r="12"/>')
    assert rest == without_cells(before[STRESS_SHEET], touched)


def test_fill__styles_and_formulas_stay_and_text_is_never_a_formula() -> None:
    page = PageFill("综合表", ANCHORS, VALUES)
    sheet = filled_of(stress(), page).parts[STRESS_SHEET].decode()
    for cell in (
        '<c r="B4" s="2"><v>1200</v></c>',
        '<c r="B5" s="2"><v>300</v></c>',
        '<c r="B6" s="4"><f>IF(B4=0,0,B5/B4)</f><v>0.25</v></c>',
        '<c r="B7"><f>SUM(B4:B5)</f><v>1500</v></c>',
        '<c r="B8" s="5" t="inlineStr"><is><t xml:space="preserve">',
        '=HYPERLINK("http://x")&lt;&amp;&gt;</t></is></c>',
        '<c r="B9" s="3"><v>46024</v></c>',
        '<c r="D12" s="2" t="inlineStr">',
        '<row r="15"><c r="F15"><v>3</v></c></row></sheetData>',
        '<dimension ref="A1:F15"/>',
    ):
        assert cell in sheet


def test_fill__openpyxl_reads_the_values(tmp_path: Path) -> None:
    path = made(tmp_path, stress(), PageFill("综合表", ANCHORS, VALUES))
    sheet = opened(path)["综合表"]
    assert [sheet[name].value for name in ("B2", "D12")] == ["长宁区", "在没有的格"]
    assert [sheet[f"B{row}"].value for row in (4, 6, 7)] == [1200, 0.25, 1500]
    assert sheet["F15"].value == 3
    assert sheet["B9"].value == datetime(2026, 1, 2)  # noqa: DTZ001 - as it reads
    assert sheet["B8"].data_type == "s"


@pytest.mark.unmeasured
def test_fill__libreoffice_reads_the_values(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    path = made(tmp_path, stress(), PageFill("综合表", ANCHORS, VALUES))
    # 76 is UTF-8; the profile keeps away from one that is open.
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    wanted = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = [program("soffice"), profile, "--headless", "--convert-to", wanted]
    subprocess.run(
        [*command, "--outdir", tmp_path, path], check=True, capture_output=True
    )
    text = path.with_suffix(".csv").read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[1][:2] == ["综合机关名称：", "长宁区"]
    assert [row[1] for row in rows[3:5]] == ["1200", "300"]
    assert rows[6][:2] == ["合计", "1500"]
    assert rows[7][1] == '=HYPERLINK("http://x")<&>'
    assert "2026" in rows[8][1]
    assert rows[11][3] == "在没有的格"


def test_fill__a_formula_nobody_speaks_of_loses_its_result_and_is_computed_anew() -> (
    None
):
    done = filled_of(stress(), PageFill("综合表", ANCHORS, {"B4": 1}))
    sheet = done.parts[STRESS_SHEET].decode()
    assert '<c r="B6" s="4"><f>IF(B4=0,0,B5/B4)</f></c>' in sheet
    assert '<c r="B7"><f>SUM(B4:B5)</f></c>' in sheet
    book = done.parts["xl/workbook.xml"].decode()
    assert '<calcPr calcId="191029" fullCalcOnLoad="1"/>' in book
    assert set(done.parts) == {STRESS_SHEET, "xl/workbook.xml"}


@pytest.mark.parametrize(
    ("formula", "stale"),
    [
        ("综合表!B4", True),
        ("'综合表'!B4*2", True),
        ("SUM(综合表:字典!B4)", True),
        ("INDIRECT(A2)", True),
        ("单位名称", True),
        ("LEN(A2)", False),
        ("字典!A1", False),
    ],
)
def test_fill__a_sheet_that_looks_at_a_filled_one_is_not_left_with_old_numbers(
    formula: str, *, stale: bool
) -> None:
    parts = stress_parts()
    rows = f'<row r="1"><c r="A1"><f>{formula}</f><v>4</v></c></row>'
    parts["xl/worksheets/sheet2.xml"] = worksheet(rows)
    page = PageFill("综合表", ANCHORS, {**VALUES, "B4": 7})
    done = filled_of(packed(parts), page)
    assert ("xl/worksheets/sheet2.xml" in done.parts) is stale
    assert ("xl/workbook.xml" in done.parts) is stale


def test_fill__what_is_blank_empties_the_cell_and_keeps_its_look() -> None:
    values = {"B4": None, "B5": None, "B6": None, "B7": None, "D12": None}
    done = filled_of(stress(), PageFill("综合表", ANCHORS, values))
    sheet = done.parts[STRESS_SHEET].decode()
    assert '<c r="B4" s="2"/><c r="D4">' in sheet
    assert '<c r="B5" s="2"/></row>' in sheet
    assert "<f>SUM(B4:B5)</f></c>" in sheet
    assert '<row r="12"/>' in sheet


def test_fill__error_everything_that_moved_is_said_at_once() -> None:
    anchors = {"A1": "养老机构综合表", "B1": "床位总数", "A5": "不在了", "B4": "空了"}
    values = {"C5": 1, "无名": 2, "两格": 3}
    found = fill(Book("x.xlsx", stress()), [PageFill("综合表", anchors, values)])
    place = {"sheet": "综合表"}
    assert found == (
        message("template.moved", **place, text="床位总数", cell="B1", found="A4"),
        message(
            "template.replaced", **place, text="不在了", cell="A5", found="护理型床位数"
        ),
        message("template.gone", **place, text="空了", cell="B4"),
        message("template.no_name", **place, name="无名"),
        message("template.no_name", **place, name="两格"),
        message("template.in_merge", **place, cell="C5", area="C4:C5", first="C4"),
    )


def test_fill__error_no_such_sheet() -> None:
    found = fill(Book("x.xlsx", stress()), [PageFill("表一", {"A1": "x"}, {})])
    said = {"file": "x.xlsx", "sheet": "表一", "sheets": "综合表、字典"}
    assert found == (message("template.no_sheet", **said),)


def test_fill__error_a_sheet_with_comments_among_its_cells() -> None:
    parts = stress_parts()
    parts[STRESS_SHEET] = worksheet("<!-- x -->")
    found = fill(Book("x.xlsx", packed(parts)), [PageFill("综合表", ANCHORS, {})])
    said = {"file": "x.xlsx", "part": STRESS_SHEET}
    assert found == (message("template.odd_part", **said),)


# --- Copies --------------------------------------------------------------------


def pages(copy: str | None = None) -> list[PageFill]:
    first = PageFill(
        "首页",
        {"A1": "养老机构调查表"},
        {"C4": 1, "C7": 1, "C8": 9},
        frozenset({"C8"}) if copy else frozenset(),
    )
    anchors = {"A1": "养老机构调查表（续表）"}
    more = [PageFill("续表", anchors, {"B4": "乙院", "C7": 3})]
    if copy:
        more.append(
            PageFill("续表", anchors, {"B4": "丙院", "C7": 5}, frozenset(), copy)
        )
    return [first, *more]


def test_fill__a_copied_sheet_has_its_own_parts_names_and_values(
    tmp_path: Path,
) -> None:
    path = made(tmp_path, packed(roster_parts()), *pages("续表(2)"))
    after = parts_of(path.read_bytes())
    book = opened(path)
    assert book.sheetnames == ["首页", "续表", "续表(2)"]
    assert [book[name]["B4"].value for name in book.sheetnames[1:]] == ["乙院", "丙院"]
    assert [book[name]["C7"].value for name in book.sheetnames] == [1, 3, 5]
    assert book["续表(2)"].print_area == "'续表(2)'!$A$1:$D$9"
    assert book["续表(2)"].print_title_rows == "$1:$3"
    assert book["续表(2)"]["C3"].comment is not None
    assert after["xl/drawings/drawing2.xml"] == after["xl/drawings/drawing1.xml"]
    assert b'tabSelected="1"' in after["xl/worksheets/sheet2.xml"]
    assert b'tabSelected="0"' in after["xl/worksheets/sheet3.xml"]


def test_fill__a_total_that_knows_nothing_of_copies_gives_way_to_the_number(
    tmp_path: Path,
) -> None:
    done = filled_of(packed(roster_parts()), *pages("续表(2)"))
    assert done.overwritten == (("首页", "C8"),)
    assert done.left_out == {"xl/calcChain.xml"}
    path = tmp_path / "成表.xlsx"
    write_filled(done, path)
    after = parts_of(path.read_bytes())
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"]
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"]
    assert b'<c r="C8"><v>9</v></c>' in after["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


@pytest.mark.unmeasured
def test_fill__libreoffice_opens_the_copies(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    path = made(tmp_path, packed(roster_parts()), *pages("续表(2)"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    out = tmp_path / "out"
    command = [program("soffice"), profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", out, path], check=True, capture_output=True)
    book = opened(out / path.name)
    assert book.sheetnames == ["首页", "续表", "续表(2)"]
    assert book["续表(2)"]["B4"].value == "丙院"
    assert book["首页"]["C8"].value == 9


def test_fill__error_a_total_that_is_part_of_a_block() -> None:
    parts = roster_parts()
    sheet = parts["xl/worksheets/sheet1.xml"]
    block = sheet.replace(b"<f>C7+", b'<f t="array" ref="C8:D8">C7+')
    parts["xl/worksheets/sheet1.xml"] = block
    found = fill(Book("x.xlsx", packed(parts)), pages("续表(2)"))
    said = message("template.formula_block", sheet="首页", cell="C8")
    assert found == (said,)


def test_fill__error_a_sheet_that_cannot_be_copied() -> None:
    parts = roster_parts()
    name = "xl/worksheets/_rels/sheet2.xml.rels"
    parts[name] = parts[name].replace(b'/comments"', b'/table"')
    found = fill(Book("x.xlsx", packed(parts)), pages("续表(2)"))
    said = message("template.cannot_copy", sheet="续表", part="xl/comments1.xml")
    assert found == (said,)


# --- Writing -------------------------------------------------------------------


def test_write_filled__an_old_file_stays_if_the_new_one_is_not_right(
    tmp_path: Path,
) -> None:
    path = tmp_path / "成表.xlsx"
    path.write_bytes(b"old")
    done = filled_of(stress(), PageFill("综合表", ANCHORS, VALUES))
    part = {STRESS_SHEET: done.parts[STRESS_SHEET].replace(b">1200<", b">1201<")}
    wrong = Filled(done.book, part, done.left_out, done.values, ())
    with pytest.raises(ExportError) as refused:
        write_filled(wrong, path)
    said = message("export.differs", name=path.name, place=f"{STRESS_SHEET} B4")
    assert refused.value.message == said
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_write_filled__twice_the_same_bytes(tmp_path: Path) -> None:
    page = PageFill("综合表", ANCHORS, VALUES)
    first = made(tmp_path, stress(), page).read_bytes()
    assert made(tmp_path, stress(), page).read_bytes() == first
