from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from desktop.core.messages import message
from desktop.export import reread
from desktop.export.pdf.writing import write_pdf
from desktop.export.reread import check_pdf
from desktop.export.reread import check_xlsx
from desktop.export.reread import differences
from desktop.export.xlsx.writing import write_xlsx
from tests.export.samples import FONTS
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report

ROSTER = "养老机构调查表"


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report()


@pytest.fixture
def xlsx(report: Report, tmp_path: Path) -> Path:
    write_xlsx(report, tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def changed(path: Path, sheet: str, cell: str, value: object) -> Path:
    workbook: Any = load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)
    return path


def test_xlsx__as_written(report: Report, xlsx: Path) -> None:
    assert list(differences(xlsx, report)) == []
    assert check_xlsx(xlsx, report) is None


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        (ROSTER, "I7", 209),
        (ROSTER, "I7", "208"),
        (ROSTER, "I7", None),
        (ROSTER, "K7", 2300.6),
        (ROSTER, "B7", "干镇敬老院"),
        (ROSTER, "B8", "=1+1"),
        (ROSTER, "G7", 5),
        (ROSTER, "J8", 0),
        (ROSTER, "E8", 0),
        (ROSTER, "I9", 309),
        ("指标", "E3", 38.97),
        ("指标", "E4", 0),
    ],
)
def test_xlsx__any_changed_cell_is_named(
    report: Report, xlsx: Path, sheet: str, cell: str, value: object
) -> None:
    found = list(differences(changed(xlsx, sheet, cell, value), report))

    assert found == [f"{sheet}!{cell}"]


def test_xlsx__a_lost_sheet_is_named(report: Report, xlsx: Path) -> None:
    workbook: Any = load_workbook(xlsx)
    del workbook["简表"]
    workbook.save(xlsx)

    assert list(differences(xlsx, report)) == ["简表"]


def test_xlsx__another_report_differs(report: Report, xlsx: Path) -> None:
    fewer = replace(report, forms=report.forms[1:])

    assert check_xlsx(xlsx, fewer) is None
    other = sample_report(records={})
    assert check_xlsx(xlsx, replace(other, indicators=report.indicators)) is None
    assert check_xlsx(xlsx, sample_report(figures=())) == message(
        "export.differs", name="a", place="指标!E3"
    )


def test_xlsx__what_is_no_workbook_is_named_as_a_whole(
    report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"nothing")

    found = check_xlsx(path, report)

    assert found is not None
    assert found.code == "export.differs"
    assert len(list(differences(path, report))) == 1


def test_xlsx__a_byte_that_is_another_is_noticed(report: Report, xlsx: Path) -> None:
    """Wherever in the archive a bit has fallen over, somebody notices."""
    whole = xlsx.read_bytes()
    with ZipFile(xlsx) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet2.xml")
    start = sheet.header_offset + 60
    noticed = 0
    for place in range(start, start + sheet.compress_size - 60, 97):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        xlsx.write_bytes(flipped)
        noticed += check_xlsx(xlsx, report) is not None
    assert noticed == len(range(start, start + sheet.compress_size - 60, 97))


def test_xlsx__a_part_that_belies_its_checksum_is_named(
    report: Report, xlsx: Path
) -> None:
    """The bytes still unpack; only the sum over them is another."""
    part = "xl/worksheets/sheet2.xml"
    with ZipFile(xlsx) as archive:
        crc = archive.getinfo(part).CRC.to_bytes(4, "little")
    xlsx.write_bytes(xlsx.read_bytes().replace(crc, bytes(4)))
    assert list(differences(xlsx, report)) == [part]


def test_xlsx__of_a_long_sheet_the_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, path = sample_report(), tmp_path / "a.xlsx"
    assert write_xlsx(report, path) is not None
    monkeypatch.setattr(reread, "READ_BACK", 1)
    assert list(differences(path, report)) == []
    assert list(differences(changed(path, ROSTER, "I8", 1), report)) == []
    assert list(differences(changed(path, ROSTER, "I7", 1), report)) == [f"{ROSTER}!I7"]


def test_xlsx__without_indicators(tmp_path: Path) -> None:
    report, path = sample_report(figures=()), tmp_path / "a.xlsx"
    assert write_xlsx(report, path) is not None
    assert list(differences(path, replace(report, indicators=()))) == []


def test_pdf__whole_cut_and_miscounted(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    done = write_pdf(report, path, FONTS)
    assert done is not None

    assert check_pdf(path, done.pages) is None
    assert check_pdf(path, done.pages + 1) == message(
        "export.differs", name="a", place=f"{done.pages} / {done.pages + 1}"
    )
    content = path.read_bytes()
    for broken in (content[:-100], b"x" + content, content[:-1000] + content[-64:]):
        path.write_bytes(broken)
        assert check_pdf(path, done.pages) == message("export.damaged", name="a")


def test_pdf__without_a_count_of_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    table = b"xref\n0 1\n0000000000 65535 f \n"
    path.write_bytes(b"%PDF-1.4\n" + table + b"startxref\n9\n%%EOF\n")

    assert check_pdf(path, 1) == message("export.differs", name="a", place="0 / 1")


def test_pdf__without_a_table_of_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nstartxref\n9\n%%EOF\n")

    assert check_pdf(path, 1) == message("export.damaged", name="a")
