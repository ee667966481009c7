from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.compiled import compiled_for
from desktop.app.entry.edits import declare_nil
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import file_name
from desktop.app.reports.exporting import gather
from desktop.app.reports.exporting import write
from desktop.app.reports.unit_report import SLICE
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.export.pdf.archive_reading import Archive
from desktop.export.pdf.archive_reading import read_archive
from desktop.export.reread import check_xlsx
from tests.small import COUNTY
from tests.small import YEAR
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger

FONTS = Path(__file__).parents[3] / "resources" / "fonts"


def report_of(ledger: Ledger) -> Report:
    return run_steps(gather(ledger, CompiledPack(ledger.pack()), YEAR))


def small_report(folder: Path) -> Report:
    with opened(make_ledger(folder)) as ledger:
        put(ledger, "甲院", beds_total=40, beds_nursing=100)
        return report_of(ledger)


@pytest.mark.parametrize(
    ("unit", "pack", "name"),
    [
        ("长宁区", "小制度", "长宁区-2025年-小制度"),
        ("长/宁\n区", 'a<b>:"c"|d?*\\', "长宁区-2025年-abcd"),
        ("长宁区", "完. ", "长宁区-2025年-完"),
        ("县" * 100, "制度", "县" * 80),
    ],
)
def test_file_name__any_file_system_takes_it(unit: str, pack: str, name: str) -> None:
    assert file_name(unit, YEAR, pack) == name


def test_gather__holds_records_findings_and_figures(tmp_path: Path) -> None:
    report = small_report(tmp_path)
    assert (report.unit_name, report.period_title) == ("长宁区", "2025年")
    assert report.made_at == "2026-01-02 03:04"
    roster, area = report.forms
    assert (len(roster.rows), len(area.rows)) == (1, 2)
    [finding] = report.findings
    assert finding.record == "甲院"
    assert [line.status for line in report.indicators] == ["达标", "无量化目标"]


def test_gather__nil_returns_are_those_of_the_unit_itself(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["eci"]
        before = report_of(ledger)
        ledger.apply(declare_nil(form, YEAR, COUNTY, nil=True))
        after = report_of(ledger)
    assert before.forms[0] != after.forms[0]


def test_gather__goes_by_what_was_chosen_for_the_period(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path, choosing_pack())) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=60)
        put(ledger, "乙院", beds_total=100, beds_nursing=0, status="停业")
        before = run_steps(gather(ledger, compiled_for(ledger, YEAR), YEAR))
        change = DefinitionChange("2025", "definition.beds", "", "closed_too")
        ledger.apply(Action(message("x"), (change,)))
        after = run_steps(gather(ledger, compiled_for(ledger, YEAR), YEAR))
    assert [line.value for line in before.indicators] == [60, 100]
    assert [line.value for line in after.indicators] == [30, 100]
    assert "口径：连同停业的床位" in after.indicators[0].formula
    assert before.pack == after.pack


def test_gather__reads_in_slices_so_that_others_may_go_first(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        for number in range(SLICE + 1):
            put(ledger, f"院{number}")
        steps = gather(ledger, CompiledPack(ledger.pack()), YEAR)
        looks = sum(progress.total == SLICE + 1 for progress in steps)
    assert looks == 2


@pytest.mark.unmeasured
def test_write__both_files_say_what_the_report_says(tmp_path: Path) -> None:
    report = small_report(tmp_path)
    said: set[str] = set()

    def watch(progress: Progress) -> bool:
        said.add(progress.doing.code)
        return True

    exported = write(report, Wanted(tmp_path, "报告", FONTS), watch)
    xlsx, pdf = exported.paths
    assert (xlsx.name, pdf.name) == ("报告.xlsx", "报告.pdf")
    assert check_xlsx(xlsx, report) is None
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert said == {"app.writing-xlsx", "app.writing-pdf"}


@pytest.mark.unmeasured
@pytest.mark.parametrize(("xlsx", "pdf"), [(True, False), (False, True)])
def test_write__only_what_is_wanted(tmp_path: Path, xlsx: bool, pdf: bool) -> None:
    wanted = Wanted(tmp_path, "报告", FONTS, xlsx, pdf)
    exported = write(small_report(tmp_path), wanted, lambda _: True)
    assert [path.suffix for path in exported.paths] == [".xlsx" if xlsx else ".pdf"]


@pytest.mark.parametrize(("xlsx", "pdf"), [(True, False), (False, True)])
def test_write__stopped_leaves_nothing(tmp_path: Path, xlsx: bool, pdf: bool) -> None:
    report = small_report(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(CancelledError):
        write(report, Wanted(out, "报告", FONTS, xlsx, pdf), lambda _: False)
    assert list(out.iterdir()) == []


def test_write__a_void_form_is_told(tmp_path: Path) -> None:
    report = small_report(tmp_path)
    first, *others = report.forms
    late = replace(report, forms=(replace(first, lapsed=True), *others))
    exported = write(late, Wanted(tmp_path, "报告", FONTS, pdf=False), lambda _: True)
    assert exported.remarks == (message("app.form_lapsed", form=first.title),)


@pytest.mark.unmeasured
def test_write__the_pdf_names_the_workbook_of_the_same_report(tmp_path: Path) -> None:
    exported = write(
        small_report(tmp_path), Wanted(tmp_path, "报告", FONTS), lambda _: True
    )
    xlsx, pdf = exported.paths
    archive = read_archive(pdf)
    assert isinstance(archive, Archive)
    assert archive.workbook == sha256(xlsx.read_bytes()).hexdigest()
