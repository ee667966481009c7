from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.app.compiled import CompiledPack
from desktop.app.figures.rolling import rolled
from desktop.app.figures.rolling import rollup_report
from desktop.app.figures.rolling import tables_by_unit
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import gather
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.verifying import examine_file
from desktop.core.changes import Action
from desktop.core.changes import UnitChange
from desktop.core.messages import message
from desktop.core.rounding import Scale
from desktop.core.unit import Former
from desktop.export.building.rollup import Printing
from desktop.export.pdf.writing import write_pdf
from desktop.export.xlsx.writing import write_tables
from desktop.export.xlsx.writing import write_xlsx
from desktop.indicators.rolled import Extent
from desktop.intake.children import READER_COMMAND
from tests.export.samples import FONTS
from tests.levels import fill
from tests.levels import make_levels
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

PRINTING = Printing(Scale.TEN_THOUSAND)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with make_levels(tmp_path) as made:
        rows = [("210102", 14_000), ("210103", 26_000), ("2102", 5)]
        fill(made, [("home", unit, {"beds": beds}) for unit, beds in rows])
        yield made


def test_rolled__can_be_stopped(ledger: Ledger) -> None:
    compiled, extent = CompiledPack(ledger.pack()), Extent(ledger.units()[0])
    steps = rolled(ledger, compiled, "home", YEAR, extent)
    with pytest.raises(CancelledError):
        run_steps(steps, lambda progress: progress.done > 0)
    told = [
        progress.doing.code
        for progress in rolled(ledger, compiled, "home", YEAR, extent)
    ]
    assert set(told) == {"app.rolling"}


def test_rolled__units_as_they_were_in_the_period(ledger: Ledger) -> None:
    """One that is gone is left out, unless it has records; each bears its old name."""
    gone = {"2101": "2024", "2102": "2024", "210103": "2026"}
    changes = [
        UnitChange(unit.code, unit, replace(unit, until=gone[unit.code]))
        for unit in ledger.units()
        if unit.code in gone
    ]
    root = ledger.units()[0]
    former = replace(root, former=(Former("辽东省", None, "2025"),))
    changes.append(UnitChange(root.code, root, former))
    ledger.apply(Action(message("app.edit-block", count=1), tuple(changes)))
    compiled = CompiledPack(ledger.pack())
    extent = Extent(ledger.units()[0])
    home = run_steps(rolled(ledger, compiled, "home", YEAR, extent))
    assert home.top.unit.name == "辽东省"
    assert [row.unit.code for row in home.top.below] == ["2101", "2102"]
    people = run_steps(rolled(ledger, compiled, "people", YEAR, extent))
    assert people.top.below == ()
    *_, table = run_steps(tables_by_unit(ledger, compiled, YEAR, PRINTING))
    assert table.rows == ()
    assert table.header[0] == "综合机关名称：辽东省"


def test_rolled__no_such_form(ledger: Ledger) -> None:
    compiled, extent = CompiledPack(ledger.pack()), Extent(ledger.units()[0])
    with pytest.raises(KeyError):
        run_steps(rolled(ledger, compiled, "nothing", YEAR, extent))


def test_tables_by_unit__of_forms_that_were_begun(ledger: Ledger) -> None:
    compiled = CompiledPack(ledger.pack())
    tables = run_steps(tables_by_unit(ledger, compiled, YEAR, PRINTING))
    assert [table.id for table in tables] == ["rollup-home", "indicators-by-unit"]
    bare = CompiledPack(ledger.pack().replaced(indicators=()))
    tables = run_steps(tables_by_unit(ledger, bare, YEAR, PRINTING))
    assert [table.id for table in tables] == ["rollup-home"]


@pytest.mark.unmeasured
def test_gather__with_tables_by_unit(ledger: Ledger, tmp_path: Path) -> None:
    compiled = CompiledPack(ledger.pack())
    report = run_steps(gather(ledger, compiled, YEAR, PRINTING))
    assert [table.title for table in report.rollups] == [
        "养老机构表分地区汇总表",
        "分地区指标表",
    ]
    path = tmp_path / "all.xlsx"
    assert write_xlsx(report, path) is not None
    names = load_workbook(path).sheetnames
    assert names[1:6] == [
        "养老机构表",
        "探访表",
        "人口表",
        "养老机构表分地区汇总表",
        "分地区指标表",
    ]
    written = write_pdf(report, tmp_path / "all.pdf", FONTS)
    assert written is not None
    assert written.missing == ()
    assert run_steps(gather(ledger, compiled, YEAR)).rollups == ()


@pytest.mark.unmeasured
def test_rollup_report__by_itself(ledger: Ledger, tmp_path: Path) -> None:
    compiled, root = CompiledPack(ledger.pack()), ledger.units()[0]
    (table, _) = run_steps(tables_by_unit(ledger, compiled, YEAR, PRINTING))
    report = rollup_report(ledger, YEAR, root, table)
    assert report.made_at == "2026-01-02 03:04"
    assert report.code(table.id).startswith(f"{table.id}|21|2025|")
    path = tmp_path / "one.xlsx"
    assert write_tables(report, path).sheets == 2
    book = load_workbook(path)
    names = ["养老机构表分地区汇总表", "数据版本", "选项", "核验"]
    assert book.sheetnames == names
    found = examine_file(path, READER_COMMAND)
    assert found.check.verdict is Verdict.AGREES
    assert found.manifest is not None
    assert [each.title for each in found.manifest.tables] == names[:1]
    values = {cell.value for row in book.worksheets[0].rows for cell in row}
    assert {"沈阳市", 4.0, "合计"} <= values
