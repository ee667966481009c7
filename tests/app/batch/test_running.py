from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import pikepdf
import pytest
from openpyxl import load_workbook

from desktop.app.batch import running as batch
from desktop.app.batch.names import Pattern
from desktop.app.batch.plan import Asked
from desktop.app.batch.plan import Plan
from desktop.app.batch.plan import plan_batch
from desktop.app.batch.record import NAME
from desktop.app.batch.running import FINE
from desktop.app.batch.running import Result
from desktop.app.batch.running import run_batch
from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import write
from desktop.app.reports.unit_report import Wish
from desktop.core.messages import message
from desktop.export.report import Chapter
from desktop.export.safe_file import ExportError
from tests.app.reports.test_exporting import FONTS
from tests.small import YEAR
from tests.small import make_filled
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.app.reports.exporting import Exported
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger

T = TypeVar("T")
TABLES = Wish(("eci",), frozenset(Chapter))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(make_filled(tmp_path)) as found:
        yield found


def plan_of(ledger: Ledger, folder: Path, **other: Any) -> Plan:  # noqa: ANN401 - any field
    look = Wanted(folder, "", FONTS, pdf=False)
    asked = Asked(ledger.units(), Pattern("{unit}"), look, TABLES)
    asked = replace(asked, **other)
    plan = plan_batch(asked, ledger.pack(), YEAR, ledger.units()[0])
    assert isinstance(plan, Plan), plan
    return plan


def go_on(_: Progress) -> bool:
    return True


def run(
    ledger: Ledger,
    plan: Plan,
    watch: Watcher = go_on,
    before: Callable[[], None] = lambda: None,
) -> Result:
    def reading(work: Callable[[Ledger], Steps[T]], watch: Watcher) -> T:
        before()
        return run_steps(work(ledger), watch)

    return run_batch(plan, CompiledPack(ledger.pack()), reading, watch)


def names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]


def there(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {NAME}


def cells(path: Path) -> list[str]:
    book = load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet for cell in row]


def test_batch__each_unit_has_its_own_records_only(
    ledger: Ledger, tmp_path: Path
) -> None:
    out = tmp_path / "a" / "b"
    result = run(ledger, plan_of(ledger, out))
    assert names(result.made) == ["长宁区.xlsx", "华阳路街道.xlsx"]
    county, street = map(cells, result.made)
    assert {"好院", "坏院", "缺院"} <= set(county)
    assert {"好院", "坏院"} <= set(street)
    assert "缺院" not in street
    assert there(out) == {"长宁区.xlsx", "华阳路街道.xlsx"}


@pytest.mark.unmeasured
def test_batch__what_is_there_is_not_made_again(ledger: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = plan_of(ledger, out)
    first = run(ledger, plan)
    again = run(ledger, plan)
    assert (again.made, again.kept) == ((), first.made)
    first.made[1].write_bytes(b"changed by hand")
    assert names(run(ledger, plan).made) == ["华阳路街道.xlsx"]
    put(ledger, "新院")
    assert len(run(ledger, plan).made) == 2
    other = replace(plan, asked=replace(plan.asked, wish=Wish(("area",))))
    assert len(run(ledger, other).made) == 2
    anew = replace(plan, asked=replace(plan.asked, anew=True))
    assert len(run(ledger, anew).made) == 2


def test_batch__a_stopped_one_goes_on_where_it_was(
    ledger: Ledger, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    plan = plan_of(ledger, out)
    seen: list[Progress] = []

    def at_the_second(progress: Progress) -> bool:
        seen.append(progress)
        return dict(progress.doing.params).get("place") != 2

    stopped = run(ledger, plan, at_the_second)
    assert stopped.stopped
    assert [unit.name for unit in stopped.left] == ["华阳路街道"]
    assert there(out) == {"长宁区.xlsx"}
    assert seen[-1].doing == message("batch.unit", unit="华阳路街道", place=2, count=2)
    assert all(each.done <= each.total == 2 * FINE for each in seen[1:])
    went_on = run(ledger, plan)
    assert (names(went_on.made), names(went_on.kept)) == (
        ["华阳路街道.xlsx"],
        ["长宁区.xlsx"],
    )


def test_batch__stopped_within_a_unit_keeps_what_is_whole(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    plan = plan_of(ledger, out, look=Wanted(out, "", FONTS))
    stop: list[bool] = []

    def written(report: Report, wanted: Wanted, watch: Watcher) -> Exported:
        answer = write(report, wanted, watch)
        stop.append(True)
        return answer

    monkeypatch.setattr(batch, "write", written)
    result = run(ledger, plan, lambda _: not stop)
    assert result.stopped
    assert names(result.made) == ["长宁区.xlsx"]
    assert [unit.name for unit in result.left] == ["长宁区", "华阳路街道"]
    assert there(out) == {"长宁区.xlsx"}


def test_batch__one_pdf_of_all(
    ledger: Ledger,
    tmp_path: Path,
    program: Callable[[str], str],
    preflight: Callable[[Sequence[Path]], list[list[str]]],
) -> None:
    out = tmp_path / "out"
    look = Wanted(out, "", FONTS, xlsx=False, pdf=False)
    plan = plan_of(ledger, out, look=look, merged=True)
    result = run(ledger, plan)
    assert result.merged == out / "长宁区-2025年-小制度-合订（2个单位）.pdf"
    assert result.made == (result.merged,)
    assert there(out) == {result.merged.name}
    with pikepdf.open(result.merged) as pdf, pdf.open_outline() as outline:
        tops = [mark.title for mark in outline.root]
    assert tops == ["长宁区（310105）", "华阳路街道（310105001）"]
    assert preflight([result.merged]) == [[]]
    again = run(ledger, plan)
    assert (again.made, again.kept) == ((), (result.merged,))


def test_batch__pdfs_of_units_are_joined_and_stay(
    ledger: Ledger, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    look = Wanted(out, "", FONTS)
    plan = plan_of(ledger, out, look=look, merged=True)
    result = run(ledger, plan)
    assert len(there(out)) == len(plan.files) == 5
    again = run(ledger, plan)
    assert again.merged_kept
    assert set(again.kept) == set(result.made)
    assert again.made == ()


def test_batch__joining_can_be_stopped_and_gone_on_with(
    ledger: Ledger, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    look = Wanted(out, "", FONTS, xlsx=False, pdf=False)
    plan = plan_of(ledger, out, look=look, merged=True)
    for late in (1, 2):
        looks: list[Progress] = []

        def joining(progress: Progress, looks: list[Progress] = looks) -> bool:
            looks.append(progress)
            return progress.doing.code != "batch.merging"

        def reading(progress: Progress, looks: list[Progress] = looks) -> bool:
            looks.append(progress)
            codes = {look.doing.code for look in looks[:-1]}
            return progress.doing.code == "batch.unit" or "batch.unit" not in codes

        stopped = run(ledger, plan, joining if late == 1 else reading)
        assert stopped.stopped
        assert stopped.merged is None
    assert there(out) == {plan.waiting.name}
    assert names(run(ledger, plan).made) == names(plan.files)


def test_batch__a_unit_that_fails_does_not_stop_the_rest(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    said = message("export.in_use", name="长宁区.pdf")
    look = Wanted(out, "", FONTS, xlsx=False, pdf=False)
    plan = plan_of(ledger, out, look=look, merged=True)
    faults: list[Exception] = [
        ExportError(said),
        PermissionError(13, "no"),
        ZeroDivisionError("odd"),
    ]
    for fault in faults:

        def failing(
            report: Report, wanted: Wanted, watch: Watcher, fault: Exception = fault
        ) -> Exported:
            if wanted.name == "长宁区":
                raise fault
            return write(report, wanted, watch)

        monkeypatch.setattr(batch, "write", failing)
        result = run(ledger, plan)
        [failed] = result.failed
        assert failed.unit.name == "长宁区"
        assert [one.unit.name for one in result.units] == ["长宁区", "华阳路街道"]
        assert [remark.code for remark in result.remarks] == ["batch.not-merged"]
        assert result.merged is None
    assert failed.fault == message("batch.unexpected", detail="ZeroDivisionError: odd")


def test_batch__a_full_disk_ends_it(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Exported:
        raise ExportError(message("export.disk_full", name="x"))

    monkeypatch.setattr(batch, "write", full)
    result = run(ledger, plan_of(ledger, tmp_path / "out"))
    assert [unit.name for unit in result.left] == ["华阳路街道"]
    assert not result.stopped


def test_batch__a_folder_that_cannot_be_made(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(ExportError):
        run(ledger, plan_of(ledger, tmp_path / "out"))


@pytest.mark.parametrize("fault", [ExportError(message("x")), OSError(28, "full")])
def test_batch__the_joined_file_cannot_be_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def failing(*_: object) -> int:
        raise fault

    monkeypatch.setattr(batch, "merge_pdfs", failing)
    out = tmp_path / "out"
    look = Wanted(out, "", FONTS, xlsx=False, pdf=False)
    units = ledger.units()[1:]
    result = run(ledger, plan_of(ledger, out, look=look, merged=True, units=units))
    assert result.merged is None
    assert len(result.remarks) == 1
    assert there(out) == {"长宁区-2025年-小制度-合订（1个单位）.parts"}


def test_batch__a_file_a_form(ledger: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pattern = Pattern("{unit}-{form}")
    units = ledger.units()[1:]
    wish = Wish(None, frozenset({Chapter.INDICATORS}))
    plan = plan_of(ledger, out, units=units, pattern=pattern, wish=wish)
    result = run(ledger, plan)
    assert names(result.made) == [
        "华阳路街道-养老机构调查表.xlsx",
        "华阳路街道-统计单元与人口表.xlsx",
    ]
    homes, area = map(cells, result.made)
    assert "坏院" in homes
    assert "坏院" not in area


def test_batch__a_change_meanwhile_is_told(ledger: Ledger, tmp_path: Path) -> None:
    plan = plan_of(ledger, tmp_path / "out")
    places: list[int] = []

    def change() -> None:
        places.append(1)
        if len(places) == 4:
            put(ledger, "新院")

    result = run(ledger, plan, before=change)
    assert [remark.code for remark in result.remarks] == ["batch.changed"]
    county, street = map(cells, result.made)
    assert "新院" not in county
    assert "新院" in street
    assert names(run(ledger, plan).made) == ["长宁区.xlsx"]


def test_batch__a_ledger_that_never_rests(ledger: Ledger, tmp_path: Path) -> None:
    plan = plan_of(ledger, tmp_path / "out")
    count = iter(range(1000))

    def typing(_: Progress) -> bool:
        put(ledger, f"院{next(count)}")
        return True

    result = run(ledger, plan, typing)
    assert {one.fault for one in result.units} == {message("batch.changing")}
