from __future__ import annotations

import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from typing import IO
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.xlsx import rows as sheet_rows
from desktop.export.xlsx import writing as xlsx_module
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.writing import write_xlsx
from tests.export.samples import HOME
from tests.export.samples import judged_report
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report

HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report()


@pytest.fixture(scope="module")
def xlsx(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "报告.xlsx"
    done = write_xlsx(report, path)
    assert done is not None
    assert (done.sheets, done.remarks) == (7, ())
    return path


def test_xlsx__a_sheet_a_form_and_those_about_all(xlsx: Path) -> None:
    workbook = load_workbook(xlsx)

    assert workbook.sheetnames == [
        "目录",
        "养老机构调查表",
        "行政区基本情况表",
        "简表",
        "指标",
        "审核结果",
        "数据版本",
        "选项",
    ]
    assert workbook["选项"].sheet_state == "hidden"


def test_xlsx__contents_lead_to_the_sheets(xlsx: Path) -> None:
    sheet: Any = load_workbook(xlsx)["目录"]

    assert sheet["B6"].value == "养老机构调查表"
    assert sheet["B6"].hyperlink.location == "'养老机构调查表'!A1"
    assert sheet["B11"].hyperlink.location == "'数据版本'!A1"
    assert "一、本报告据实填报。" in {cell.value for cell in sheet["B"]}


def test_xlsx__indicators_with_target_and_gap(xlsx: Path) -> None:
    sheet: Any = load_workbook(xlsx)["指标"]

    line = [cell.value for cell in sheet[3]]
    assert line[1:7] == [
        "护理型床位占比",
        "%",
        "≥55%（2025年，约束性）",
        38.96,
        "未达标",
        "还差 50 张",
    ]
    assert line[7:15] == [
        "护理型床位数（张）", 120, 2, 1, "床位总数（张）", 308, 2, 0
    ]  # fmt: skip
    assert sheet["E3"].number_format == "0.00"
    assert sheet["E4"].value is None


def test_xlsx__what_nobody_is_asked_for_has_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "评定.xlsx"
    assert write_xlsx(judged_report(), path) is not None
    sheet: Any = load_workbook(path)["指标"]
    heads = [cell.value for cell in sheet[2]]
    line = dict(zip(heads, [cell.value for cell in sheet[3]], strict=True))

    assert line["分子"] == "护理型床位数（张）"
    assert line["分子数值"] is None
    assert line["状态"] == "已评定"
    assert line["差距"] == "已实现 3、未实现 1"
    assert line["按直线进度本年应达（本系统取法）"] == "按直线进度，本年应达 48%"
    assert line["基期或已有成绩"] == "基期：30%（2020年）"
    assert line["全部目标"] == "≥55%（2025年，约束性）"
    assert line["责任部门"] == "民政局、卫生健康委"
    assert line["口径"] == "床位包括哪些：全部床位"


def test_xlsx__findings_with_rule_and_explanation(xlsx: Path) -> None:
    sheet: Any = load_workbook(xlsx)["审核结果"]

    assert [cell.value for cell in sheet[3]][:3] == [1, "强制性", "未通过"]
    assert sheet["I3"].value == "护理型床位数 ≤ 床位总数"
    assert sheet["J3"].value == "已核实，次月更正。"


def test_xlsx__hostile_text_stays_text_in_every_reader(xlsx: Path) -> None:
    cell: Any = load_workbook(xlsx)["养老机构调查表"]["B8"]
    rows = CalamineWorkbook.from_path(str(xlsx)).get_sheet_by_name("养老机构调查表")

    assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE, "s", True)
    assert rows.to_python()[7][1] == HOSTILE


def test_xlsx__no_formula_macro_link_or_connection_anywhere(xlsx: Path) -> None:
    with zipfile.ZipFile(xlsx) as archive:
        names = archive.namelist()
        sheets = [archive.read(name) for name in names if "worksheets/sheet" in name]

    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not any(b"x14" in sheet or b"extLst" in sheet for sheet in sheets)
    for word in ("vba", "external", "connections", "embeddings", "activeX"):
        assert not any(word in name for name in names)


@pytest.mark.unmeasured
def test_xlsx__libreoffice_reads_the_same(xlsx: Path, tmp_path: Path) -> None:
    profile = (tmp_path / "profile").as_uri()
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            tmp_path,
            xlsx,
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    assert b"Error" not in done.stdout + done.stderr

    workbook = CalamineWorkbook.from_path(str(tmp_path / "报告.ods"))
    rows = workbook.get_sheet_by_name("养老机构调查表").to_python()
    assert rows[6][:5] == [
        "1",
        "干𬒗镇敬老院",
        "52330902MJ8765432X",
        "干𬒗镇",
        "0580-1234567",
    ]
    assert rows[6][6:11] == [date(2018, 10, 19), 2025, 208, 120, 2300.5]
    assert rows[7][1] == HOSTILE
    assert rows[7][9:11] == ["…", "—"]
    assert rows[8][8] == 308
    shares = workbook.get_sheet_by_name("指标").to_python()
    assert shares[2][4] == 38.96
    ours = CalamineWorkbook.from_path(str(xlsx))
    assert workbook.sheet_names == ours.sheet_names
    for name in ours.sheet_names:
        there, here = (
            {
                (row, column): cell
                for row, line in enumerate(book.get_sheet_by_name(name).to_python())
                for column, cell in enumerate(line)
                if cell != ""
            }
            for book in (workbook, ours)
        )
        assert there == here, name


def test_xlsx__two_runs_hold_the_same_cells(report: Report, tmp_path: Path) -> None:
    def sheets(name: str) -> dict[str, bytes]:
        write_xlsx(report, tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            return {
                part: archive.read(part)
                for part in archive.namelist()
                if part.startswith("xl/")
            }

    assert sheets("a.xlsx") == sheets("b.xlsx")


def test_xlsx__what_it_cannot_hold_is_reported(tmp_path: Path) -> None:
    cells = {"name": "长" * (TEXT_LENGTH + 1), "phone": "1\x0b2"}
    report = sample_report(records={"eci": [replace(HOME, cells=cells)]})

    done = write_xlsx(report, tmp_path / "a.xlsx")

    assert done is not None
    assert done.remarks == (
        message("export.cut_text", place="养老机构调查表!B7"),
        message("export.escaped_text", place="养老机构调查表!D7"),
    )


def test_xlsx__progress_counts_forms(report: Report, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    assert write_xlsx(report, tmp_path / "a.xlsx", watch) is not None
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_xlsx__stopped_leaves_nothing(report: Report, tmp_path: Path) -> None:
    assert write_xlsx(report, tmp_path / "a.xlsx", lambda done, _: done < 1) is None
    assert list(tmp_path.iterdir()) == []


def test_xlsx__of_a_quiet_report(report: Report, tmp_path: Path) -> None:
    quiet = replace(report, findings=(), preface=(), forms=report.forms[1:2])

    assert write_xlsx(quiet, tmp_path / "a.xlsx") is not None

    workbook: Any = load_workbook(tmp_path / "a.xlsx")
    assert workbook["审核结果"]["A3"].value == "本期没有未通过的审核关系。"
    assert workbook["目录"]["A4"].value is None


def test_xlsx__a_damaged_write_is_not_kept(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = sheet_rows.put_lines

    def cut(saved: Any, target: IO[bytes], lines: Any) -> None:  # noqa: ANN401 - passed on
        put(saved, target, lines)
        target.truncate(2000)

    monkeypatch.setattr(xlsx_module, "put_lines", cut)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    with pytest.raises(ExportError) as caught:
        write_xlsx(report, path)

    assert caught.value.message.code == "export.differs"
    assert path.read_bytes() == b"old"
