from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import pytest

from desktop.app.entry.edits import remove_records
from desktop.app.files.importing import ImportWish
from desktop.app.files.importing import ReadyImport
from desktop.app.files.importing import header_named
from desktop.app.files.importing import import_action
from desktop.app.files.importing import import_context
from desktop.app.files.importing import plan_file
from desktop.app.files.importing import read_file
from desktop.core.catalogue import CATALOGUE
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.words import Words
from desktop.intake.table import Source
from desktop.store.records import Applied
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import person
from tests.small import put

READER = (sys.executable, "-m", "desktop", "--read-workbook")
TABLE = "街镇,机构名称,总床位数\n华阳路街道,甲院,100\n华阳路街道,乙院,60\n"


def source(folder: Path, text: str = TABLE) -> Source:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    read = read_file(path, READER)
    assert isinstance(read, Source), read
    return read


def workbook(folder: Path, **sheets: list[list[object]]) -> Source:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "名单.xlsx"
    book.save(path)
    read = read_file(path, READER)
    assert isinstance(read, Source), read
    return read


def wish(form: str = "eci", sheet: str | None = None, **heads: str) -> ImportWish:
    return ImportWish(Path("名单.csv"), form, sheet, heads)


def planned(folder: Path, read: Source, given: ImportWish) -> ReadyImport | Message:
    with opened(make_ledger(folder)) as ledger:
        return plan_file(ledger, YEAR, read, given)


def test_read_file__error_is_a_message(tmp_path: Path) -> None:
    refused = read_file(tmp_path / "none.csv", READER)
    assert refused == message("intake.unreadable", file="none.csv")


def test_plan_file__what_is_there_already_is_not_added_again(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=90)
        ready = plan_file(ledger, YEAR, source(tmp_path), wish())
        assert isinstance(ready, ReadyImport)
        assert [row.kind.value for row in ready.plan.rows] == ["update", "new"]
        form = ledger.pack().form_by_id["eci"]
        ids = (f"new{number}" for number in count())
        action = import_action(ready, form, Words(CATALOGUE), lambda: next(ids))
        assert isinstance(ledger.apply(action), Applied)
        added = [each for each in action.changes if isinstance(each, RecordAdded)]
        assert [each.record.facility for each in added] == ["new0"]
        found = ledger.rows("eci", ledger.ids("eci", "2025"))
    assert [record.cells["beds_total"] for record in found] == [100, 60]


def test_import_action__a_record_of_a_unit_form_is_named_like_the_unit(
    tmp_path: Path,
) -> None:
    read = source(tmp_path, "街镇,60岁及以上人口\n华阳路街道,1200\n")
    with opened(make_ledger(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["area"]
        [there] = [
            record
            for record in ledger.rows("area", ledger.ids("area", "2025"))
            if record.unit == STREET
        ]
        ledger.apply(remove_records(form, [there]))
        ready = plan_file(ledger, YEAR, read, wish("area"))
        assert isinstance(ready, ReadyImport), ready
        action = import_action(ready, form, Words(CATALOGUE), person().new_id)
        ledger.apply(action)
        again = ledger.record(there.key)
    assert again is not None
    assert again.cells["pop_60plus"] == 1200


def test_import_context__knows_units_records_and_remarks(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        key = put(ledger, "甲院", beds_total=90)
        note = NoteChange(key, "field:price", "", "面议")
        ledger.apply(Action(message("app.explain"), (note,)))
        context = import_context(ledger, ledger.pack().form_by_id["eci"], YEAR)
    assert (context.root, context.period, len(context.units)) == (COUNTY, "2025", 2)
    [record] = context.records
    assert (record.facility, record.unit) == ("甲院", STREET)
    assert record.notes == {"field:price": "面议"}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (wish("xyz"), message("app.unknown-form", form="xyz", known="eci、area")),
        (
            wish(床="beds_total"),
            message("app.no-such-head", head="床", heads="街镇、机构名称、总床位数"),
        ),
        (
            wish(总床位数="beds"),
            message("app.no-such-field", form="养老机构调查表", field="beds"),
        ),
        (
            wish(sheet="三"),
            message("app.no-such-sheet", sheet="三", sheets="名单.csv"),
        ),
        (
            wish(机构名称=""),
            message("intake.no_name_column", form="养老机构调查表"),
        ),
    ],
)
def test_plan_file__error_is_a_message(
    tmp_path: Path, given: ImportWish, refused: Message
) -> None:
    assert planned(tmp_path, source(tmp_path), given) == refused


def test_plan_file__a_person_may_name_the_columns(tmp_path: Path) -> None:
    read = source(tmp_path, "某区名单\n地方,单位,床\n华阳路街道,甲院,100\n")
    without = planned(tmp_path, read, wish())
    assert isinstance(without, Message)
    assert without.code == "intake.no_header"
    below = tmp_path / "b"
    below.mkdir()
    named = planned(below, read, wish(地方="unit", 单位="name", 床="beds_total"))
    assert isinstance(named, ReadyImport)
    [row] = named.plan.rows
    assert (row.row, row.unit, dict(row.cells)["beds_total"]) == (3, STREET, 100)
    below = tmp_path / "c"
    below.mkdir()
    wrong = planned(below, read, wish(地方="unit", 名="name"))
    assert isinstance(wrong, Message)
    assert wrong.code == "intake.no_header"


def test_header_named__needs_every_head(tmp_path: Path) -> None:
    [table] = source(tmp_path).tables
    found = header_named(table, ["机构名称", "街镇"])
    assert found is not None
    assert found.last_row == 1
    assert header_named(table, ["机构名称", "邮编"]) is None
    assert header_named(table, []) is None


@pytest.mark.unmeasured
def test_plan_file__one_filled_sheet_needs_no_name(tmp_path: Path) -> None:
    rows: list[list[object]] = [["街镇", "机构名称"], ["华阳路街道", "甲院"]]
    ready = planned(tmp_path, workbook(tmp_path, 空表=[], 名单=rows), wish())
    assert isinstance(ready, ReadyImport)
    assert ready.table.sheet == "名单"


def test_plan_file__of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    rows: list[list[object]] = [["街镇", "机构名称"], ["华阳路街道", "甲院"]]
    read = workbook(tmp_path, 一=rows, 二=[*rows, ["华阳路街道", "乙院"]])
    asked = planned(tmp_path, read, wish())
    assert asked == message("app.which-sheet", file="名单.xlsx", sheets="一、二")
    below = tmp_path / "b"
    below.mkdir()
    ready = planned(below, read, wish(sheet="二"))
    assert isinstance(ready, ReadyImport)
    assert len(ready.plan.rows) == 2
