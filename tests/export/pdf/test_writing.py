from __future__ import annotations

import csv
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest

from desktop.core.messages import message
from desktop.export.building.forms import RecordLine
from desktop.export.building.whole import Contents
from desktop.export.building.whole import build_report
from desktop.export.layout import PAPER
from desktop.export.layout import Binding
from desktop.export.pdf.writing import write_pdf
from desktop.export.report import Chapter
from desktop.export.report import ChartGroup
from desktop.export.report import Rests
from desktop.export.safe_file import ExportError
from desktop.export.xlsx.writing import write_xlsx
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.model import Roster
from tests.export.pdf.test_parts_figures import TREND
from tests.export.printing import joined
from tests.export.printing import read
from tests.export.samples import FONTS
from tests.export.samples import HOME
from tests.export.samples import PERIOD
from tests.export.samples import RARE
from tests.export.samples import judged_report
from tests.export.samples import sample_report
from tests.export.stamped import DIGEST
from tests.export.stamped import stamped_report

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report

RESOURCES = FONTS.parent
PARTS = (
    "目录",
    "评价指标",
    "审核结果与情况说明",
    "指标定义与出处",
    "数据版本",
    "养老机构调查表",
    "行政区基本情况表",
    "简表",
)


def names() -> list[str]:
    with RARE.open(encoding="utf-8-sig", newline="") as file:
        return [row["township"] for row in csv.DictReader(file)]


def rare_report() -> Report:
    lines = [
        replace(HOME, unit=str(n), unit_name=name, cells={"name": f"{name}敬老院"})
        for n, name in enumerate(names())
    ]
    return sample_report(records={"eci": lines})


def described(path: Path) -> list[str]:
    """Give what is said for those who cannot see, in the order of the pages."""
    found: list[str] = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            content = page.Contents.read_bytes().decode("latin-1")
            codes = re.findall(r"/Alt <FEFF([0-9A-F]*)>", content)
            found += [bytes.fromhex(code).decode("utf-16-be") for code in codes]
    return found


def links(path: Path) -> list[tuple[int, int]]:
    """Give the links of a PDF as the places of two pages."""
    with pikepdf.open(path) as pdf:
        return [
            (place, pdf.pages.index(pikepdf.Page(link.Dest[0])))
            for place, page in enumerate(pdf.pages)
            for link in page.get("/Annots", ())
        ]


def heading(page: str) -> str:
    """Find which part a page begins."""
    return next(part for part in PARTS if part in page)


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "报告.pdf"
    assert write_pdf(rare_report(), path, FONTS) is not None
    return path


def test_pdf__is_clean(pdf: Path) -> None:
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", pdf)


def test_pdf__every_font_is_embedded_and_none_is_foreign(pdf: Path) -> None:
    lines = run("pdffonts", pdf).splitlines()[2:]

    assert lines
    for line in lines:
        *_, embedded, subset, unicode, _object, _generation = line.split()
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")
        assert "NotoS" in line or "BabelStone" in line


def test_pdf__every_rare_name_is_found(pdf: Path) -> None:
    text = run("pdftotext", pdf, "-")

    assert "干𬒗镇" in text
    assert [name for name in names() if f"{name}敬老院" not in text] == []


def test_pdf__a_name_over_several_lines_is_found_whole(tmp_path: Path) -> None:
    name = "浙江省舟山市定海区干𬒗镇社会福利中心综合养老服务与康复护理示范院"
    line = replace(HOME, cells={**HOME.cells, "name": name})

    write_pdf(sample_report(records={"eci": [line]}), tmp_path / "a.pdf", FONTS)

    assert name in run("pdftotext", tmp_path / "a.pdf", "-")


def test_pdf__says_what_the_report_says(pdf: Path) -> None:
    text = run("pdftotext", "-layout", pdf, "-")

    for words in (
        "示例台账报告",
        "工作用表（非法定统计调查表）",
        "示例01表",
        "报送说明",
        "零报告",
        "护理型床位数 ≤ 床位总数",
        "已核实，次月更正。",
        "还差 50 张",
        "≥55%",
        "护理型床位占比不低于55%",
        "单位负责人",
        "（续表）",
        "数据版本",
        "ab12",
    ):
        assert words in text


def test_pdf__pages_are_counted_and_titled(pdf: Path) -> None:
    info = run("pdfinfo", pdf)
    count = int(info.split("Pages:")[1].split()[0])

    assert "示例台账报告（定海区，2025年）" in info
    last = "".join(run("pdftotext", "-f", str(count), pdf, "-").split())
    assert f"—{count}—" in last
    assert f"页数：{count}" in last


def test_pdf__numbers_stand_at_the_outer_side(pdf: Path) -> None:
    """Odd ones right, even ones left; the cover has none."""
    pages = run("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]
    dashes = [re.findall(r'xMin="([\d.]+)"[^>]*>—<', page) for page in pages]

    assert dashes[0] == []
    for number, found in enumerate(dashes[1:], 2):
        right = max(map(float, found)) > PAPER[0] / 2
        assert right == bool(number % 2)


def test_pdf__each_number_has_the_total_beside_it(pdf: Path) -> None:
    pages = read(pdf).split("\f")[:-1]
    total = f"共{len(pages)}页"

    assert total not in joined(pages[0])
    assert [n for n, page in enumerate(pages[1:], 2) if total not in joined(page)] == []


def test_pdf__pages_that_lie_across_stand_upright_for_the_binding(pdf: Path) -> None:
    sizes = re.findall(r"size:\s+([\d.]+) x", run("pdfinfo", "-l", "99", pdf))

    assert {float(size) for size in sizes} == {595.276}


def test_pdf__for_the_screen_no_page_is_turned(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(stamped_report(), path, FONTS, binding=Binding.SCREEN)

    sizes = re.findall(r"size:\s+([\d.]+) x", run("pdfinfo", "-l", "99", path))
    assert {float(size) for size in sizes} == {595.276, 841.89}
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)


def test_pdf__every_table_carries_its_code_and_state(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    report = stamped_report()
    write_pdf(report, path, FONTS, binding=Binding.SCREEN)
    text = read(path)

    codes = described(path)
    assert [code for code in codes if DIGEST in code] == [
        f"{form}|330902|2025|128|{DIGEST}" for form in ("eci", "area", "plain", "")
    ]
    state = f"台账修订：128（2026-01-08 09:30）　数据摘要：{DIGEST}"
    assert joined(text).count(joined(state)) == len(report.forms)
    feet = joined(f"sample 1.2.0　台账修订 128　数据摘要 {DIGEST}")
    assert joined(text).count(feet) == text.count("\f") - 1


def test_pdf__a_long_name_never_reaches_the_page_number(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    name = "新疆维吾尔自治区巴音郭楞蒙古自治州" * 3
    write_pdf(stamped_report(unit_name=name), path, FONTS, binding=Binding.SCREEN)

    third = run("pdftotext", "-bbox", "-f", "3", "-l", "3", path, "-")
    (end,) = re.findall(rf'xMax="([\d.]+)"[^>]*>{DIGEST}<', third)
    (dash, _) = re.findall(r'xMin="([\d.]+)"[^>]*>—<', third)
    assert float(end) < float(dash)


def test_pdf__charts_say_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    report = replace(sample_report(), charts=(ChartGroup("share", (TREND,)),))
    write_pdf(report, path, FONTS)

    assert TREND.sentence in described(path)
    assert "指标图" in read(path, "-f", "3", "-l", "3")


def test_pdf__chapters_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    report = replace(stamped_report(), left_out=frozenset(Chapter))
    write_pdf(report, path, FONTS)

    text = joined(read(path))
    for title in ("报送说明", "评价指标", "审核结果与情况说明", "指标定义与出处"):
        assert title not in text
    assert "养老机构调查表" in text
    assert "数据版本" in text


def test_pdf__links_lead_somewhere(tmp_path: Path) -> None:
    """From the contents, and from each indicator to its note and on to a form."""
    path = tmp_path / "a.pdf"
    report = sample_report()
    first, *others = report.indicators
    resting = replace(first, rests=(Rests("分子", "eci", (1, 2)),))
    changed = replace(report, indicators=(resting, *others))
    write_pdf(changed, path, FONTS, binding=Binding.SCREEN)

    pages = [joined(page) for page in read(path).split("\f")]
    leads = {(heading(pages[start]), heading(pages[end])) for start, end in links(path)}
    assert ("评价指标", "指标定义与出处") in leads
    assert ("指标定义与出处", "养老机构调查表") in leads
    assert {end for start, end in leads if start == "目录"} == {
        "养老机构调查表",
        "行政区基本情况表",
        "简表",
        "评价指标",
        "审核结果与情况说明",
        "指标定义与出处",
        "数据版本",
    }


def test_pdf__the_contents_name_the_right_pages(pdf: Path) -> None:
    contents = run("pdftotext", "-f", "3", "-l", "3", "-layout", pdf, "-")
    (line,) = [line for line in contents.splitlines() if "数据版本" in line]
    page = line.split()[-1]

    assert "数据版本" in run("pdftotext", "-f", page, "-l", page, pdf, "-")


@pytest.mark.unmeasured
def test_pdf__two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    report = sample_report()

    write_pdf(report, tmp_path / "a.pdf", FONTS)
    write_pdf(report, tmp_path / "b.pdf", FONTS)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_pdf__a_character_without_glyph_is_reported(tmp_path: Path) -> None:
    line = replace(HOME, cells={"name": "笑😀敬老院"})

    done = write_pdf(sample_report(records={"eci": [line]}), tmp_path / "a.pdf", FONTS)

    assert done is not None
    assert done.remarks == (message("export.missing_glyphs", characters="U+1F600"),)
    assert "〔U+1F600〕" in run("pdftotext", tmp_path / "a.pdf", "-")


def test_pdf__progress_counts_pages(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    done = write_pdf(sample_report(), tmp_path / "a.pdf", FONTS, watch)

    assert done is not None
    assert done.remarks == ()
    assert seen == [(n, done.pages) for n in range(done.pages + 1)]


def test_pdf__stopped_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    assert write_pdf(sample_report(), path, FONTS, lambda done, _: done < 3) is None

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_pdf__without_forms_or_indicators(tmp_path: Path) -> None:
    report = replace(sample_report(), forms=(), indicators=(), explanations=())

    done = write_pdf(report, tmp_path / "a.pdf", FONTS)

    assert done is not None
    assert done.pages == 7


def test_pdf__without_fonts_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        write_pdf(sample_report(), tmp_path / "a.pdf", tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", ["changning", "liaoning"])
def test_report__a_real_pack_with_real_institutions(name: str, tmp_path: Path) -> None:
    pack = load_pack(RESOURCES / "packs", name)
    assert isinstance(pack, Pack)
    homes = institutions("长宁区")
    lines = [
        RecordLine("310105", "长宁区", {pack_name(pack): home, "beds_total": beds})
        for home, beds in homes.items()
    ]
    contents = Contents(PERIOD, "310105", "上海市长宁区", {"eci": lines})
    report = build_report(pack, "", contents)

    pdf = write_pdf(report, tmp_path / "a.pdf", FONTS)
    xlsx = write_xlsx(report, tmp_path / "a.xlsx")

    assert pdf is not None
    assert xlsx is not None
    assert (len(homes), sum(homes.values())) == (27, 5285)
    text = run("pdftotext", tmp_path / "a.pdf", "-")
    assert [home for home in homes if home not in text] == []
    assert "5285" in text
    assert run("qpdf", "--check", tmp_path / "a.pdf")


def pack_name(pack: Pack) -> str:
    form = pack.form_by_id["eci"]
    assert isinstance(form, Roster)
    return form.name


def institutions(district: str) -> dict[str, int]:
    path = RESOURCES / "samples" / "shanghai" / "elderly_institutions.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["name"]: int(row["beds"])
            for row in csv.DictReader(file)
            if row["district"] == district
        }


def test_pdf__judgement_line_and_departments(tmp_path: Path) -> None:
    path = tmp_path / "评定.pdf"
    assert write_pdf(judged_report(), path, FONTS) is not None
    text = "".join(run("pdftotext", path, "-").split())

    assert "进度：按直线进度，本年应达48%。目标年份之前的进度，" in text
    assert "评定：已实现3、未实现1" in text
    assert "起点：基期：30%（2020年）" in text
    assert "责任部门：民政局、卫生健康委" in text
    assert "口径：床位包括哪些：全部床位" in text
    assert "断开的竖线为按直线进度本年应达的数" in text
