"""The whole way: handed out, filled in, taken back, looked through, taken in."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.explained import explained
from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.collection.collected import collected_action
from desktop.app.collection.collected import look_through
from desktop.app.collection.collected import read_files
from desktop.app.collection.collecting import CollectWish
from desktop.app.collection.collecting import Split
from desktop.app.collection.notes import write_annotated
from desktop.app.collection.values import RefusedBook
from desktop.app.collection.values import ReturnedBook
from desktop.app.compiled import compiled_for
from desktop.app.entry.edits import remove_records
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.core.changes import Action
from desktop.core.changes import undo
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.indicators.periods import period_parameters
from desktop.store.records import Applied
from tests import small
from tests.collected import NEXT
from tests.collected import READER
from tests.collected import SAY
from tests.collected import fill
from tests.collected import held
from tests.collected import looked
from tests.collected import sent
from tests.collected import sent_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.collection.values import CellFault
    from desktop.app.progress import Progress
    from desktop.core.findings import Finding
    from desktop.store.ledger import Ledger

ROWS: dict[int, dict[str, Any]] = {
    11: {"beds_total": "约一百", "price": 1200.5},
    12: {"beds_nursing": 110, "beds_total": 100, "code": "007"},
    13: {"beds_nursing": 40, "price": "不适用"},
    14: {"name": "新院", "unit": "华阳路街道", "beds_total": 50, "beds_nursing": 5},
    15: {"name": "无主院", "beds_total": 7},
    16: {"unit": "华阳路街道", "beds_total": 7},
    17: {"name": "=2+3", "unit": "华阳路街道", "beds_total": 8},
    18: {"name": "合计", "beds_total": 999},
}


class Round(NamedTuple):
    """A ledger that goes into a new year, and what came back for it."""

    ledger: Path
    filled: Path
    through_libreoffice: Path
    annotated: Path
    annotated_through_libreoffice: Path


@pytest.fixture(scope="module")
def back(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str]
) -> Round:
    folder = tmp_path_factory.mktemp("round")
    path = small.make_filled(folder)
    with small.opened(path) as ledger:
        ledger.add_period(NEXT, small.YEAR)
        form = ledger.pack().form_by_id["eci"]
        ids = ledger.ids("eci", NEXT.code)
        # The last one is known from the year before only.
        ledger.apply(remove_records(form, ledger.rows("eci", ids[2:])))
        [made] = sent_by(ledger, CollectWish("eci"), NEXT)
        filled = fill(made, ROWS, "收回.xlsx")
        [book] = looked(ledger, [filled], NEXT)
    assert isinstance(book, ReturnedBook)
    original = filled.read_bytes()
    annotated = write_annotated(book, folder, SAY)
    assert filled.read_bytes() == original
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program("soffice"), profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", out, filled, annotated],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return Round(path, filled, out / filled.name, annotated, out / annotated.name)


def told(fault: CellFault) -> tuple[str, str, str, bool]:
    code = dict(fault.why.params).get("text") or fault.why.code
    return fault.cell, fault.field, str(code), fault.level is Level.ERROR


EXPECTED = [
    ("F11", "总床位数", "intake.cell.no_number", True),
    ("G12", "护理型床位数", "护理型床位数（110）不能大于总床位数（100）", True),
    ("B15", "所属单位", "collection.no_unit", True),
    ("C16", "机构名称", "intake.row.no_name", True),
    ("B18", "", "collection.no_record", False),
]


@pytest.mark.unmeasured
@pytest.mark.parametrize("which", ["filled", "through_libreoffice"])
def test_round__wrong_cells_are_named_and_good_rows_come_in(
    which: str, back: Round, tmp_path: Path
) -> None:
    ledger_file = tmp_path / "台账.taizhang"
    ledger_file.write_bytes(back.ledger.read_bytes())
    with small.opened(ledger_file) as ledger:
        head = ledger.head()
        [book] = looked(ledger, [getattr(back, which)], NEXT)
        assert ledger.head() == head
        assert isinstance(book, ReturnedBook)
        found = [told(fault) for fault in book.faults]
        if which == "through_libreoffice":
            # It works `=2+3` out, as Excel does; openpyxl wrote it as a formula.
            assert found == EXPECTED
            assert (sorted(book.good), sorted(book.bad)) == (
                *([13, 14, 17], [11, 12, 15, 16]),
            )
        else:
            assert ("C17", "机构名称", "intake.cell.no_result", True) in found
            assert [each for each in found if each[0] != "C17"] == EXPECTED

        before = held(ledger, "eci", NEXT)
        answer = ledger.apply(collected_action([book], SAY))
        assert isinstance(answer, Applied)
        cells = held(ledger, "eci", NEXT)

    assert cells["缺院"]["beds_nursing"] == 40
    assert cells["缺院"]["price"] is Absent.NOT_APPLICABLE
    assert cells["好院"] == before["好院"]
    assert cells["坏院"] == before["坏院"]
    names = {str(each["name"]): each for each in cells.values()}
    assert names["新院"]["beds_total"] == 50
    assert "无主院" not in names


@pytest.mark.unmeasured
def test_import__is_one_action_and_one_undo(back: Round, tmp_path: Path) -> None:
    ledger_file = tmp_path / "台账.taizhang"
    ledger_file.write_bytes(back.ledger.read_bytes())
    with small.opened(ledger_file) as ledger:
        before = held(ledger, "eci", NEXT)
        [book] = looked(ledger, [back.through_libreoffice], NEXT)
        action = collected_action([book], SAY)
        applied = ledger.apply(action)
        assert isinstance(applied, Applied)
        assert held(ledger, "eci", NEXT) != before
        ledger.apply(Action(action.title, undo(action)))
        assert held(ledger, "eci", NEXT) == before


def test_annotated__opens_in_libreoffice_with_its_comments(back: Round) -> None:
    for file in (back.annotated, back.annotated_through_libreoffice):
        sheet: Any = load_workbook(file).worksheets[0]
        said = {
            cell.coordinate: cell.comment.text
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        assert sorted(said) == ["B15", "B18", "C16", "C17", "F11", "G12"]
        assert said["F11"].startswith("【请改】")
        assert "填法：填整数" in said["F11"]
        assert said["B18"].startswith("【请核对】")
        assert sheet["F11"].value == "约一百"


@pytest.mark.unmeasured
def test_mended__comes_back_once_more(back: Round) -> None:
    with small.opened(back.ledger) as ledger:
        mended = fill(
            back.annotated_through_libreoffice,
            {
                11: {"beds_total": 100},
                12: {"beds_nursing": 90},
                15: {"unit": "长宁区"},
                16: {"name": "补名院"},
                17: {"name": "二加三院"},
                18: {"name": None, "beds_total": None},
            },
            "改好.xlsx",
        )
        [again] = looked(ledger, [mended], NEXT)
    assert isinstance(again, ReturnedBook)
    assert again.bad == frozenset()
    assert len(again.good) == 7


def test_files__one_facility_in_two_of_them(tmp_path: Path) -> None:
    path = small.make_filled(tmp_path)
    files = sent(path, CollectWish("eci", split=Split.FACILITY))
    first = fill(files[0], {11: {"price": 10}}, "甲.xlsx")
    second = fill(files[0], {11: {"price": 20}}, "乙.xlsx")
    third = fill(files[1], {11: {"beds_nursing": 20}}, "丙.xlsx")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with small.opened(path) as ledger:
        books = looked(ledger, [first, second, broken, third])
        one, two, bad, three = books
        assert isinstance(one, ReturnedBook)
        assert isinstance(two, ReturnedBook)
        assert isinstance(bad, RefusedBook)
        assert isinstance(three, ReturnedBook)
        assert one.good == three.good == {11}
        assert two.good == frozenset()
        [fault] = two.faults
        assert (fault.cell, dict(fault.why.params)) == ("C11", {"file": "甲.xlsx"})
        ledger.apply(collected_action(books, SAY))
        cells = held(ledger, "eci", small.YEAR)
    assert cells["好院"]["price"] == Decimal(10)
    assert cells["坏院"]["beds_nursing"] == 20


def test_files__none_of_ours(tmp_path: Path) -> None:
    path = small.make_filled(tmp_path)
    with small.opened(path) as ledger:
        [book] = looked(ledger, [tmp_path / "无.xlsx"])
        assert isinstance(book, RefusedBook)
        assert collected_action([book], SAY).changes == ()


def test_unit_form__comes_back_by_unit(tmp_path: Path) -> None:
    path = small.make_filled(tmp_path)
    [made] = sent(path, CollectWish("area"))
    fill(made, {11: {"pop_60plus": 5000}, 12: {"pop_60plus": 50}})
    with small.opened(path) as ledger:
        [book] = looked(ledger, [made])
        assert isinstance(book, ReturnedBook)
        [fault] = book.faults
        assert (fault.cell, fault.level) == ("C12", Level.WARNING)
        assert fault.mend.startswith("填整数")
        assert book.good == {11, 12}
        ledger.apply(collected_action([book], SAY))
        cells = held(ledger, "area", small.YEAR)
        assert cells[small.STREET]["pop_60plus"] == 50
        # What cannot be read leaves 50 where it was: nothing more is said of the cell.
        fill(made, {12: {"pop_60plus": "很多"}})
        [again] = looked(ledger, [made])
        assert isinstance(again, ReturnedBook)
        assert [told(each)[2] for each in again.faults] == ["intake.cell.no_number"]
        fill(made, {12: {"pop_60plus": 50}})
        [told_of] = explained(ledger, failing(ledger))
        assert told_of.record is not None
        said = Explaining(told_of.finding, told_of.record, {})
        ledger.apply(explain([said], "床位由市里统一建设，多于本街道老年人"))
        [known] = looked(ledger, [made])
        assert isinstance(known, ReturnedBook)
        assert known.faults == ()


def failing(ledger: Ledger) -> list[Finding]:
    compiled = compiled_for(ledger, small.YEAR)
    parameters = period_parameters(compiled.pack, small.YEAR)
    found = run_steps(audit_form(ledger, compiled.audit.of("area"), parameters))
    every = (each for some in found.findings.values() for each in some)
    return [each for each in every if each.outcome is Outcome.FAILED]


@pytest.mark.unmeasured
def test_progress__is_told_and_stops(tmp_path: Path) -> None:
    path = small.make_filled(tmp_path)
    [made] = sent(path)
    told_of: list[str] = []

    def watch(progress: Progress) -> bool:
        told_of.append(progress.doing.code)
        return True

    read = read_files([made], READER, watch)
    with small.opened(path) as ledger:
        steps = look_through(ledger, small.YEAR, read, small.person(), SAY)
        run_steps(steps, watch)
    assert told_of[:4] == [
        *("collection.reading", "collection.reading"),
        *("collection.planning", "collection.trying"),
    ]
