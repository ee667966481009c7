from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import TypeVar

import pytest
from openpyxl import load_workbook

from desktop.app.progress import run_steps
from desktop.app.templates import filling as template_filling
from desktop.app.templates import many as template_batch
from desktop.app.templates.many import Filling
from desktop.app.templates.many import fill_units
from desktop.app.templates.matching import Matched
from desktop.app.templates.matching import match
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from tests.app.templates.test_matching import ROSTER
from tests.app.templates.test_matching import changed
from tests.cli.test_template_fill import ledger_of
from tests.small import YEAR
from tests.small import opened
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.batch.running import Result
    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.store.ledger import Ledger

T = TypeVar("T")
COUNTY_FILE = "310105-长宁区-2025年-养老机构调查表.xlsx"
STREET_FILE = "310105001-华阳路街道-2025年-养老机构调查表.xlsx"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(ledger_of(tmp_path)) as found:
        yield found


def filling(ledger: Ledger, folder: Path) -> Filling:
    found = match(ledger.pack(), ROSTER)
    assert isinstance(found, Matched)
    day = person().clock().date()
    return Filling(ROSTER, found, YEAR, ledger.units(), folder, {}, day)


def run(
    ledger: Ledger, wanted: Filling, watch: Callable[[Progress], bool] = lambda _: True
) -> Result:
    def reading(work: Callable[[Ledger], Steps[T]], watch: Watcher) -> T:
        return run_steps(work(ledger), watch)

    return fill_units(wanted, reading, watch)


def test_fill__a_file_for_each_unit(ledger: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return True

    result = run(ledger, filling(ledger, out), watch)
    assert [path.name for path in result.made] == [COUNTY_FILE, STREET_FILE]
    assert result.failed == ()
    sheets = [load_workbook(path).worksheets[0] for path in result.made]
    assert [sheet["B2"].value for sheet in sheets] == ["长宁区", "华阳路街道"]
    assert [sheet["B4"].value for sheet in sheets] == ["0院", "0院"]
    assert seen[-1].doing == message("batch.unit", unit="华阳路街道", place=2, count=2)


def test_fill__stopped_leaves_whole_files(ledger: Ledger, tmp_path: Path) -> None:
    wanted = filling(ledger, tmp_path / "out")
    result = run(ledger, wanted, lambda progress: progress.done == 0)
    assert result.stopped
    assert [unit.name for unit in result.left] == ["华阳路街道"]
    assert [path.name for path in wanted.folder.iterdir()] == [COUNTY_FILE]


def test_fill__a_changed_template_is_told_for_the_unit(
    ledger: Ledger, tmp_path: Path
) -> None:
    wanted = replace(filling(ledger, tmp_path / "out"), template=changed())
    result = run(ledger, wanted)
    assert {one.fault.code for one in result.failed if one.fault} == {
        "template.changed"
    }
    assert result.failed[0].remarks[0].code == "template.replaced"


def test_fill__one_that_fails_does_not_stop_the_others(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = message("export.in_use", name=COUNTY_FILE)
    fill = template_filling.fill_template

    def failing(*given: object) -> object:
        if given[-1] == COUNTY_FILE.removesuffix(".xlsx"):
            raise ExportError(fault)
        return fill(*given)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(template_batch, "fill_template", failing)
    result = run(ledger, filling(ledger, tmp_path / "out"))
    assert [one.fault for one in result.failed] == [fault]
    assert [path.name for path in result.made] == [STREET_FILE]


def test_fill__a_folder_that_cannot_be_made(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(ExportError):
        run(ledger, filling(ledger, tmp_path / "out"))
