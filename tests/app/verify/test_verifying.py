"""Real files of the program, altered in every way that must be found."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest
from openpyxl import Workbook
from openpyxl import load_workbook

from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.progress import run_steps
from desktop.app.verify.verifying import Examined
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.verifying import against_each_other
from desktop.app.verify.verifying import examine
from desktop.app.verify.verifying import examine_file
from desktop.app.verify.verifying import in_workbook
from desktop.app.verify.verifying import is_ledger
from desktop.core.cells import Absent
from desktop.core.manifest import Envelope
from desktop.core.manifest import Manifest
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message
from desktop.export.manifest.sheet import SHEET
from desktop.export.pdf import archive_reading as pdf_archive_reading
from desktop.export.pdf.archive_reading import Archive
from desktop.export.pdf.archive_reading import read_archive
from desktop.intake.children import READER_COMMAND
from desktop.intake.table import Source
from desktop.store.records import Applied
from tests.core.test_manifest import PLACE
from tests.core.test_manifest import STAMP
from tests.kinds import kinds_pack
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.verified import FORM
from tests.verified import Files
from tests.verified import altered
from tests.verified import find
from tests.verified import make_files
from tests.verified import write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.core.manifest import Stamp
    from desktop.core.manifest_diff import Difference


@dataclass(frozen=True)
class Case:
    """The files before an edit (修订 4) and after it, and where to put more."""

    files: Files
    newer: Files
    folder: Path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("verify")
    files = make_files(folder, "旧")
    with opened(files.ledger) as ledger:
        form = ledger.pack().form_by_id["eci"]
        [first, *_] = ledger.rows("eci", ledger.ids("eci", YEAR.code))
        ledger.apply(set_cell(first, form.by_id["beds_nursing"], 61))
        write_files(ledger, folder, "新")
    newer = Files(files.ledger, folder / "新.xlsx", folder / "新.pdf")
    return Case(files, newer, folder)


def look(path: Path) -> Examined:
    return examine_file(path, READER_COMMAND)


def codes(found: Examined) -> list[str]:
    return [said.code for said in found.check.says]


def changed(
    case: Case, name: str, change: Callable[[Workbook], object]
) -> tuple[Difference, ...]:
    """Alter the workbook and give what verifying finds."""
    path = altered(case.files.xlsx, case.folder / f"{name}.xlsx", change)
    found = look(path)
    assert found.check.verdict is Verdict.DIFFERS
    assert codes(found)[-1] == "verify.cells-differ"
    return found.check.differences


HARD: tuple[dict[str, Cell], ...] = (
    {"count": 10**14 + 1, "share": Decimal("0.10"), "opened": date(2025, 12, 31)},
    {"count": -1, "share": Decimal("1234567890123.45"), "opened": date(1899, 12, 31)},
    {"filed": True, "several": ("助餐", "助医"), "phone": "0580-1234567"},
    {"filed": False, "credit": "91310000MA1FL0001X", "place": STREET},
    {"count": Absent.NOT_APPLICABLE, "share": Absent.UNKNOWN},
    {"reason": "=1+1"},
    {"reason": "第一行\n第二行\r\n\t第三行  "},
    {"reason": '_x0041_ 干𬒗镇 é é &lt;<>"'},
    {"reason": "007"},
    {"reason": "1e5"},
    {"reason": "2025-01-02"},
    {"reason": "TRUE"},
    {"reason": "'+86\x07"},
    {"reason": "长" * 33_000},
)
"""What programs that save a workbook again like to take for something else."""


def hard_cells(path: Path) -> None:
    """Write a workbook of cells that are hard to keep."""
    folder = path.parent / "kinds"
    folder.mkdir()
    with opened(make_ledger(folder, kinds_pack())) as ledger:
        form = ledger.pack().form_by_id["kinds"]
        for number, cells in enumerate(HARD):
            filled = {"name": f"院{number}", "kind": "甲类", **cells}
            answer = ledger.apply(add_record(form, YEAR, STREET, f"k{number}", filled))
            assert isinstance(answer, Applied)
        write_files(ledger, folder, "难", pdf=False)
    (folder / "难.xlsx").rename(path)
    shutil.rmtree(folder)


# --- As written -------------------------------------------------------------------


def test_examine__files_as_they_were_written(case: Case) -> None:
    paths = [case.files.xlsx, case.files.pdf]
    steps = examine(paths, READER_COMMAND)
    said = [next(steps).doing.params[0][1]]
    book, pdf = run_steps(steps)
    assert said == ["旧.xlsx"]
    assert book.check.verdict is pdf.check.verdict is Verdict.AGREES
    assert codes(book) == ["verify.shows", "verify.cells-agree"]
    assert codes(pdf) == ["verify.shows", "verify.pdf-whole"]
    assert book.digest == pdf.digest
    assert book.manifest == pdf.manifest
    [check] = against_each_other([book, pdf])
    assert check.verdict is Verdict.AGREES
    assert check.says[0].code == "verify.same-data"


def test_workbook__saved_again_by_libreoffice_passes_and_an_edit_there_is_named(
    case: Case, program: Callable[[str], str], tmp_path: Path
) -> None:
    def edit(book: Workbook) -> None:
        cell: Any = book[FORM][find(book, FORM, 120)]
        cell.value = 121

    source = tmp_path / "in"
    source.mkdir()
    shutil.copy(case.files.xlsx, source / "同.xlsx")
    altered(case.files.xlsx, source / "改.xlsx", edit)
    hard_cells(source / "难.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program("soffice"), profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", tmp_path, *source.iterdir()],
        capture_output=True,
        check=True,
        timeout=300,
    )
    assert look(tmp_path / "难.xlsx").check.differences == ()
    same, other = look(tmp_path / "同.xlsx"), look(tmp_path / "改.xlsx")
    assert same.check.differences == ()
    assert same.check.verdict is Verdict.AGREES
    [one] = other.check.differences
    assert (one.record, one.field, one.was, one.now) == (
        "坏院",
        "护理型床位数",
        "120",
        "121",
    )


def test_workbook__saved_again_by_openpyxl_passes(case: Case) -> None:
    path = altered(case.files.xlsx, case.folder / "再存.xlsx", lambda _: None)
    assert look(path).check.verdict is Verdict.AGREES


# --- What must be found -------------------------------------------------------------


def test_workbook__one_digit(case: Case) -> None:
    def change(book: Workbook) -> None:
        cell: Any = book[FORM][find(book, FORM, 60)]
        cell.value = 61

    [one] = changed(case, "一位", change)
    assert (one.kind, one.form, one.record) == (Kind.ALTERED, FORM, "好院")
    assert (one.field, one.was, one.now) == ("护理型床位数", "60", "61")
    sheet, _, cell = one.where.partition("!")
    assert load_workbook(case.folder / "一位.xlsx")[sheet][cell].value == 61


@pytest.mark.unmeasured
def test_workbook__a_row_deleted_and_one_added(case: Case) -> None:
    def delete(book: Workbook) -> None:
        row = book[FORM][find(book, FORM, "坏院")].row
        book[FORM].delete_rows(row)

    [gone] = changed(case, "缺行", delete)
    assert (gone.kind, gone.record) == (Kind.ROW_GONE, "坏院")

    def add(book: Workbook) -> None:
        row = book[FORM][find(book, FORM, "坏院")].row
        book[FORM].insert_rows(row)
        book[FORM].cell(row, 2).value = "黑院"
        book[FORM].cell(row, 6).value = 7

    [added] = changed(case, "增行", add)
    assert (added.kind, added.now) == (Kind.ROW_ADDED, "黑院 7")


def test_workbook__a_figure_on_the_indicators_sheet(case: Case) -> None:
    def change(book: Workbook) -> None:
        cell: Any = book["指标"][find(book, "指标", 60)]
        cell.value = 80

    [one] = changed(case, "指标", change)
    assert (one.record, one.field, one.was, one.now) == (
        "护理型床位占比",
        "本期值",
        "60",
        "80",
    )


def test_workbook__a_unit_s_cell_a_sum_a_finding_and_a_table_by_unit(
    case: Case,
) -> None:
    def change(book: Workbook) -> None:
        area, finding = "统计单元与人口表", "护理型床位数（120）不能大于总床位数（100）"
        rolled = book.sheetnames[3]
        places = ((FORM, 300, 301), (area, "街道", "乡"), ("审核结果", finding, "无"))
        for sheet, value, other in (*places, (rolled, 180, 18)):
            cell: Any = book[sheet][find(book, sheet, value)]
            cell.value = other

    found = {(one.form, one.record, one.now) for one in changed(case, "多处", change)}
    assert (FORM, "合计", "301") in found
    assert ("统计单元与人口表", "华阳路街道", "乡") in found
    assert ("审核结果", "坏院", "无") in found
    assert ("养老机构调查表分地区汇总表", "华阳路街道", "18") in found


def test_workbook__a_sheet_deleted(case: Case) -> None:
    [one] = changed(case, "缺表", lambda book: book.remove(book["指标"]))
    assert (one.kind, one.form, one.where) == (Kind.TABLE_GONE, "指标", "指标")


def test_pdf__a_page_replaced(case: Case) -> None:
    path = case.folder / "换页.pdf"
    with pikepdf.open(case.files.pdf) as one, pikepdf.open(case.newer.pdf) as other:
        assert len(one.pages) == len(other.pages)
        for number in range(len(one.pages)):
            one.pages[number] = other.pages[number]
        one.save(path)
    found = look(path)
    assert found.check.verdict is Verdict.DIFFERS
    assert "archive.pages_altered" in codes(found)
    [check] = against_each_other([found, look(case.files.xlsx)])
    assert check.verdict is Verdict.DIFFERS
    assert check.says == (
        message("verify.same-origin"),
        message("verify.one-altered", altered="换页.pdf", whole="旧.xlsx"),
    )


def test_against_each_other__the_altered_one_is_named(case: Case) -> None:
    """Whichever it is, and whether or not the other shows the same data."""

    def change(book: Workbook) -> None:
        cell: Any = book["指标"][find(book, "指标", 60)]
        cell.value = 80

    changed(case, "改过", change)
    spoilt, pdf = look(case.folder / "改过.xlsx"), look(case.files.pdf)
    [check] = against_each_other([spoilt, pdf])
    assert check.verdict is Verdict.DIFFERS
    named = message("verify.one-altered", altered="改过.xlsx", whole="旧.pdf")
    assert check.says[1:] == (named,)
    [check] = against_each_other([spoilt, replace(spoilt, name="又改过.xlsx")])
    assert check.says[1:] == (message("verify.both-altered"),)
    [check] = against_each_other([spoilt, look(case.newer.pdf)])
    assert check.verdict is Verdict.OLDER
    assert check.says[1:] == (message("verify.was-altered", file="改过.xlsx"),)


# --- Two files ------------------------------------------------------------------------


def test_against_each_other__an_older_version_of_the_same_report(case: Case) -> None:
    files = [look(case.files.pdf), look(case.newer.xlsx), look(case.newer.pdf)]
    older, same = sorted(
        against_each_other(files), key=lambda each: each.verdict.value, reverse=True
    )
    assert same.about == ("新.xlsx", "新.pdf")
    assert older.verdict is Verdict.OLDER
    assert older.about == ("新.xlsx", "旧.pdf")
    params = dict(older.says[0].params)
    assert (params["older"], params["revision"], params["newest"]) == ("旧.pdf", 4, 5)
    assert ("好院", "护理型床位数", "61", "60") in [
        (one.record, one.field, one.was, one.now) for one in older.differences
    ]


def test_against_each_other__what_differs_in_words(case: Case) -> None:
    book, pdf = look(case.files.xlsx), look(case.files.pdf)
    manifest = book.manifest
    assert manifest is not None
    stamp = manifest.stamp

    def beside(other: Stamp) -> tuple[Verdict, list[str]]:
        moved = replace(book, manifest=replace(manifest, stamp=other), digest="x")
        checks = list(against_each_other([pdf, moved]))
        return checks[0].verdict, [said.code for each in checks for said in each.says]

    two_lines = replace(stamp, epoch="x")
    assert beside(two_lines) == (Verdict.DIFFERS, ["verify.two-lines"])
    assert beside(replace(stamp, made="x"))[1] == ["verify.other-stamp"]
    other_unit = replace(stamp, unit="x")
    assert beside(other_unit) == (Verdict.UNKNOWN, ["verify.other-report"])
    fewer = replace(book, manifest=replace(manifest, tables=()), digest="x")
    [check] = against_each_other([pdf, fewer])
    assert check.says[0].code == "verify.data-differ"
    assert {one.kind for one in check.differences} == {Kind.TABLE_GONE}


# --- What cannot be verified -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "verify.foreign"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "verify.foreign"),
        ("a.docx", b"<html>", "verify.foreign"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "verify.locked",
        ),
        ("a.csv", "甲,乙\n".encode(), "verify.no-manifest"),
        ("a.pdf", b"no PDF at all", "archive.unreadable"),
        ("a.bin", b"%PDF-1.4\n", "archive.unreadable"),
    ],
)
def test_examine_file__foreign_and_locked_files(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = look(path)
    assert found.check.verdict is Verdict.UNKNOWN
    assert codes(found) == [code]
    assert found.manifest is None
    assert list(against_each_other([found])) == []


def test_examine_file__gone_truncated_encrypted(case: Case, tmp_path: Path) -> None:
    assert codes(look(tmp_path / "fort.xlsx")) == ["verify.unreadable"]
    book, pdf = tmp_path / "断.xlsx", tmp_path / "断.pdf"
    book.write_bytes(case.files.xlsx.read_bytes()[:-200])
    pdf.write_bytes(case.files.pdf.read_bytes()[:5000])
    assert codes(look(book)) == ["intake.damaged", "verify.not-read"]
    assert look(pdf).check.verdict is Verdict.UNKNOWN
    locked = tmp_path / "锁.pdf"
    with pikepdf.open(case.files.pdf) as source:
        source.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert codes(look(locked)) == ["archive.locked"]


@pytest.mark.unmeasured
def test_workbook__whose_manifest_was_deleted_or_altered(case: Case) -> None:
    def spoil(book: Workbook) -> None:
        cell: Any = book[SHEET]["B3"]
        cell.value = "A" + cell.value[1:]

    bare = altered(
        case.files.xlsx, case.folder / "无.xlsx", lambda b: b.remove(b[SHEET])
    )
    assert codes(look(bare)) == ["verify.no-manifest"]
    spoilt = altered(case.files.xlsx, case.folder / "坏.xlsx", spoil)
    assert codes(look(spoilt)) == ["manifest.damaged"]


def test_pdf__whose_data_are_not_ours(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = read_archive(case.files.pdf)
    assert isinstance(archive, Archive)
    odd = replace(archive, data=b"{}")
    monkeypatch.setattr(pdf_archive_reading, "read_archive", lambda _: odd)
    assert codes(look(case.files.pdf)) == ["archive.data_changed", "manifest.damaged"]


def test_in_workbook__places_of_tables_nobody_knows(case: Case) -> None:
    envelope = Envelope(Manifest(STAMP, ()), "", (PLACE,))
    assert list(in_workbook(Source("a", "", ()), envelope)) == []


def test_is_ledger__by_name_or_content(case: Case, tmp_path: Path) -> None:
    assert is_ledger(tmp_path / "gone.taizhang")
    other = tmp_path / "copy.bin"
    shutil.copy(case.files.ledger, other)
    assert is_ledger(other)
    assert not is_ledger(case.files.xlsx)
    assert not is_ledger(tmp_path / "gone.xlsx")
