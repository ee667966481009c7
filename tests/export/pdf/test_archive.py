from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest

from desktop.export.building.forms import RecordLine
from desktop.export.building.whole import Contents
from desktop.export.building.whole import build_report
from desktop.export.chart.drawing import chart_drawing
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Conformance
from desktop.export.pdf.archive import Kept
from desktop.export.pdf.archive import kept_of
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.writing import write_pdf
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.model import Roster
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND
from tests.export.samples import FONTS
from tests.export.samples import PERIOD
from tests.export.samples import RARE
from tests.export.samples import judged_report
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.export.chart.data import Chart
    from desktop.export.report import Report

DATA_FOLDER = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[3]
DATA = b'{"format":"taizhang-data"}'
DIGEST = sha256(DATA).hexdigest()
MADE = "2026-01-08T09:30:00+08:00"
CHARTS: tuple[Chart, ...] = (TARGET, TREND, RANK)
WRITE_ONE = """
import sys
from pathlib import Path
from desktop.export.pdf.writing import write_pdf
from tests.export.samples import FONTS, sample_report
write_pdf(sample_report(), Path(sys.argv[1]), FONTS)
assert "pikepdf" not in sys.modules  # a report is not written twice
"""


def draw_charts(path: Path, kept: Kept) -> None:
    """Draw each kind of chart on a page, with the words that describe it."""
    pen = Pen(path, Fonts(FONTS), kept)
    for chart in CHARTS:
        pen.text(50, 800, chart.title, Face.SONG, 12)
        pen.begin_described(chart.sentence)
        pen.drawing(chart_drawing(chart, 480), 50, 300)
        pen.end_described()
        pen.end_page()
    pen.save()
    pen.close()


def characters() -> list[str]:
    """Give the 8,105 of 通用规范汉字表 and those of rare place names, in lines."""
    told = (DATA_FOLDER / "standard_characters.txt").read_text("utf-8")
    lines = [line for line in told.splitlines() if not line.startswith("#")]
    with RARE.open(encoding="utf-8-sig", newline="") as file:
        return [*lines, "".join(row["char"] for row in csv.DictReader(file))]


def draw_characters(path: Path) -> None:
    """Draw them all on one page."""
    pen = Pen(path, Fonts(FONTS))
    for place, line in enumerate(characters()):
        pen.text(20, 820 - 9 * place, line, Face.SONG, 5.5)
    pen.end_page()
    pen.save()
    pen.close()


def draw_nothing(path: Path, kept: Kept | None = None) -> None:
    """Save a page with nothing on it, in a file that says nothing of itself."""
    pen = Pen(path, Fonts(FONTS), kept)
    pen.end_page()
    pen.save()


def save_foreign(path: Path) -> None:
    """Save a page in a file that is no archive."""
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(path)


def large_report() -> Report:
    """Make a report of the largest pack there is, with some records in each roster."""
    pack = load_pack(FONTS.parent / "packs", "mianyang")
    assert isinstance(pack, Pack)
    records = {
        form.id: [
            RecordLine(f"5107031{n:02}", "干𬒗镇", {form.name: f"干𬒗镇第{n}所"})
            for n in range(1, 4)
        ]
        for form in pack.forms
        if isinstance(form, Roster)
    }
    return build_report(pack, "", Contents(PERIOD, "510703", "涪城区", records))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one of each kind of PDF there is."""
    folder = tmp_path_factory.mktemp("archive")
    write_pdf(sample_report(), folder / "报告.pdf", FONTS)
    write_pdf(judged_report(), folder / "评定.pdf", FONTS)
    write_pdf(large_report(), folder / "绵阳.pdf", FONTS)
    draw_charts(folder / "charts.pdf", Kept(DATA, MADE))
    archiving = Archiving(Conformance.A3B, "ab" * 32)
    draw_charts(folder / "attached.pdf", Kept(DATA, MADE, archiving))
    draw_nothing(folder / "empty.pdf")
    draw_characters(folder / "characters.pdf")
    return folder


@pytest.fixture(scope="module")
def faults(
    folder: Path, preflight: Callable[[Sequence[Path]], list[list[str]]]
) -> dict[str, list[str]]:
    """Have all of them judged in one go, and one that is no archive."""
    save_foreign(folder / "foreign.pdf")
    files = sorted(folder.glob("*.pdf"))
    names = [file.name for file in files]
    return dict(zip(names, preflight(files), strict=True))


@pytest.mark.parametrize(
    "name",
    ["报告.pdf", "评定.pdf", "绵阳.pdf", "charts.pdf", "empty.pdf", "characters.pdf"],
)
def test_archive__every_kind_of_pdf_is_pdf_a_1b(
    faults: dict[str, list[str]], name: str
) -> None:
    assert faults[name] == []


def test_archive__preflight_finds_what_is_wrong(faults: dict[str, list[str]]) -> None:
    assert any("Metadata" in fault for fault in faults["foreign.pdf"])
    assert any("EmbeddedFile" in fault for fault in faults["attached.pdf"])


def test_archive__every_standard_character_is_found_as_itself(
    folder: Path, program: Callable[[str], str]
) -> None:
    done = subprocess.run(
        [program("pdftotext"), "-raw", folder / "characters.pdf", "-"],
        check=True,
        capture_output=True,
    )
    *standard, rare = characters()

    assert len(set("".join(standard))) == 8105
    assert len(set(rare)) == 31
    assert done.stdout.decode().split() == [*standard, rare]


@pytest.mark.parametrize("name", ["报告.pdf", "绵阳.pdf", "charts.pdf", "attached.pdf"])
def test_archive__is_clean(
    folder: Path, name: str, program: Callable[[str], str]
) -> None:
    done = subprocess.run(
        [program("qpdf"), "--check", folder / name], check=True, capture_output=True
    )

    assert b"No syntax or stream encoding errors" in done.stdout


def test_archive__every_font_of_a_large_report_is_embedded(
    folder: Path, program: Callable[[str], str]
) -> None:
    done = subprocess.run(
        [program("pdffonts"), folder / "绵阳.pdf"],
        check=True,
        capture_output=True,
        text=True,
    )
    fonts = done.stdout.splitlines()[2:]

    assert fonts
    assert all(" yes yes yes " in font for font in fonts)


def test_archive__says_of_itself_what_it_is(folder: Path) -> None:
    with pikepdf.open(folder / "报告.pdf") as pdf:
        assert pdf.pdf_version == "1.4"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert str(pdf.trailer.Info.Title) == "示例台账报告（定海区，2025年）"
        assert not pdf.is_linearized
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == str(pdf.trailer.Info.Title)
            assert xmp["dc:creator"] == [str(pdf.trailer.Info.Author)]
            assert xmp["pdfaid:part"] == "1"
            assert xmp.pdfa_status == "1B"
            assert xmp["xmp:CreateDate"] == "2026-01-08T09:30:00"
    assert "审核结果与情况说明" in titles


@pytest.mark.unmeasured
def test_archive__two_processes_give_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-c", WRITE_ONE, tmp_path / "a.pdf"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4242"},
    )

    assert (tmp_path / "a.pdf").read_bytes() == (folder / "报告.pdf").read_bytes()


def test_archive__carries_the_data_without_attaching_them(folder: Path) -> None:
    with pikepdf.open(folder / "charts.pdf") as pdf:
        private = pdf.Root.PieceInfo.Taizhang.Private
        state = json.loads(private.State.read_bytes())

        assert private.Data.read_bytes() == DATA
        assert state["data"] == DIGEST
        assert len(state["pages"]) == len(CHARTS)
        assert not pdf.attachments
        assert "/AF" not in pdf.Root


def test_archive__level_3b_attaches_them(
    folder: Path, program: Callable[[str], str]
) -> None:
    path = folder / "attached.pdf"
    with pikepdf.open(path) as pdf:
        (file,) = as_list(pdf.Root.AF)
        with pdf.open_metadata() as xmp:
            status = xmp.pdfa_status

        assert pdf.pdf_version == "1.7"
        assert status == "3B"
        assert str(file.AFRelationship) == "/Data"
        assert str(file.EF.F.Subtype) == "/application/json"
        assert pdf.attachments["taizhang-data.json"].get_file().read_bytes() == DATA
        assert DIGEST in str(file.Desc)
        assert "ab" * 32 in str(file.Desc)
    listed = subprocess.run(
        [program("pdfdetach"), "-list", path],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "taizhang-data.json" in listed.stdout


def as_list(array: Any) -> list[Any]:  # noqa: ANN401 - a PDF's array
    return list(array)


def test_archive__level_3b_without_a_workbook_names_none(tmp_path: Path) -> None:
    kept = Kept(DATA, "", Archiving(Conformance.A3B))
    draw_nothing(tmp_path / "a.pdf", kept)

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (file,) = as_list(pdf.Root.AF)

        assert "工作簿" not in str(file.Desc)
        assert "/CreationDate" not in pdf.trailer.Info


def test_archive__charts_are_described_for_those_who_cannot_see_them(
    folder: Path, program: Callable[[str], str]
) -> None:
    with pikepdf.open(folder / "charts.pdf") as pdf:
        for page, chart in zip(pdf.pages, CHARTS, strict=True):
            marks = [
                each.operands[1].get("/Alt")
                for each in pikepdf.parse_content_stream(page)
                if str(each.operator) == "BDC"
            ]

            assert [str(mark) for mark in marks] == [chart.sentence]
    text = subprocess.run(
        [program("pdftotext"), folder / "charts.pdf", "-"],
        check=True,
        capture_output=True,
    ).stdout.decode()
    # What stands in the chart is still found as it is written there.
    assert "街道0" in text
    assert "52.30%" in text


def test_archive__nothing_in_the_program_writes_pdfs_around_it() -> None:
    made = re.compile(r"\bPdfFile\(|\bCanvas\(|\bPdf\.new\(|pikepdf\.new\(|QPdfWriter")
    makers = {
        path.name: path.read_text("utf-8")
        for path in (ROOT / "desktop").rglob("*.py")
        if made.search(path.read_text("utf-8"))
    }

    assert set(makers) == {"pen.py", "merge.py"}
    assert "archived(" in makers["pen.py"]
    assert "archive_pdf(" in makers["merge.py"]


def test_kept_of__the_time_is_that_of_the_data() -> None:
    report = sample_report()

    assert kept_of(report, Archiving()).made == report.made_at
