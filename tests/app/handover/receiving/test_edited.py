"""Cells changed in a workbook after it was written: one by one, or none, and back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.app.handover.receiving.edited import Edited
from desktop.app.handover.receiving.edited import readable
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.core.manifest import NAME
from desktop.core.manifest import UNIT
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind as Differing
from desktop.exchange.lineage import Kind
from desktop.intake.table import RawCell
from desktop.store.records import Applied
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import all_edits
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import edit
from tests.exchange.townships import home
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import redo
from tests.exchange.townships import replaced
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import take_deciding
from tests.exchange.townships import undo
from tests.exchange.townships import with_edits
from tests.small import YEAR
from tests.small import small_pack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.exchange.merge import Contention
    from desktop.store.ledger import Ledger

READER = (sys.executable, "-m", "desktop", "--read-workbook")
COLUMNS = {"机构名称": 2, "总床位数": 5, "护理型床位数": 6}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a submission of two homes as it was written."""
    folder = tmp_path_factory.mktemp("edited")
    path = Desks(folder).new(street(EAST))
    with opened(path) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, beds_nursing=4)
        add(ledger, "乙院", EAST, beds_total=1200)
    return write_submission(path, folder, "east")


def typed_over(workbook: Path, name: str, cells: Mapping[tuple[str, str], Any]) -> Read:
    """Change cells by record and head, as somebody does in a spreadsheet."""
    book = load_workbook(workbook)
    sheet: Any = book["养老机构调查表"]
    rows = list(sheet.iter_rows())
    lines = {str(cell.value): row[0].row for row in rows for cell in row}
    for (record, field), value in cells.items():
        sheet.cell(lines[record], COLUMNS[field]).value = value
    target = workbook.with_name(name)
    book.save(target)
    return read_one(target, READER)


def planned(county: Ledger, read: Read, *chosen: str, wish: Wish = Wish.MERGE) -> Item:
    decided = Decisions(lambda *_: wish, edits={read.path: frozenset(chosen)})
    (item,) = run_steps(Reception(county).items([read], decided))
    return item


def accept(county: Ledger, read: Read, *chosen: str) -> None:
    item = planned(county, read, *chosen)
    assert isinstance(receive(county, [item], lambda: True).answer, Applied)


def test_a_real_workbook__each_cell_by_itself(county: Ledger, workbook: Path) -> None:
    over = {
        ("甲院", "总床位数"): "１,０５０ ",
        ("甲院", "护理型床位数"): None,
        ("乙院", "总床位数"): "很多",
    }
    read = typed_over(workbook, "over.xlsx", over)

    item = planned(county, read)

    assert item.verdict.kind is Kind.EDITED
    cells = {(c.difference.record, c.difference.field): c for c in item.edits}
    assert len(cells) == len(item.edits) == 3
    wide = cells["甲院", "总床位数"]
    assert (wide.text, wide.why) == ("n:1050", None)
    assert [one.after for one in wide.repairs][-1] == "1050"
    assert cells["甲院", "护理型床位数"].text == ""
    assert cells["甲院", "护理型床位数"].why is None
    much = cells["乙院", "总床位数"].why
    assert much is not None
    assert much.code.startswith("intake.cell.")

    accept(county, read, wide.id, cells["乙院", "总床位数"].id)
    assert beds_of(county, "甲院") == 1050
    assert beds_of(county, "乙院") == 1200
    record = county.record(home("甲院"))
    assert record is not None
    assert record.cell("beds_nursing") == 4
    assert county.doctor().problems == ()

    again = planned(county, read, cells["甲院", "护理型床位数"].id)
    assert again.verdict.said.code == "exchange.edited_same"
    assert again.plan is not None
    slots = {(one.slot, one.before, one.after) for one in again.plan.taken.changed}
    assert slots == {("beds_total", "n:1050", "n:10"), ("beds_nursing", "n:4", "")}
    undo(county, read)
    assert county.record(home("甲院")) is None
    redo(county, read)
    assert beds_of(county, "甲院") == 1050


def test_lines_and_what_is_computed__cannot_be_taken_over(
    county: Ledger, workbook: Path
) -> None:
    book = load_workbook(workbook)
    sheet: Any = book["养老机构调查表"]
    (row,) = [r[0].row for r in sheet.iter_rows() for c in r if c.value == "乙院"]
    sheet.delete_rows(row)
    target = workbook.with_name("gone.xlsx")
    book.save(target)

    item = planned(county, read_one(target, READER))

    assert item.edits
    assert all(cell.key is None for cell in item.edits)
    codes = {cell.why.code for cell in item.edits if cell.why is not None}
    assert "exchange.edit_line" in codes


@pytest.mark.parametrize(
    ("of", "text", "code"),
    [
        (None, "1", "exchange.edit_computed"),
        (("eci", "甲院", UNIT), "310105002", "exchange.edit_unit"),
        (("eci", "丙院", "beds_total"), "1", "exchange.edit_computed"),
        (("eci", "甲院", "_unit_name"), "别处", "exchange.edit_computed"),
        (("_figures", "x", "value"), "1", "exchange.edit_computed"),
        (("eci", "甲院", "name"), "\x00", "forms.entry.characters"),
    ],
)
def test_readable__what_cannot_be_taken_over_says_why(
    county: Ledger, of: tuple[str, str, str] | None, text: str, code: str
) -> None:
    difference = Difference(Differing.ALTERED, "f", where="s!A1")
    content = {home("甲院"): {"_unit": EAST, "name": "t:甲院"}}
    given_ = [Edited(difference, of, RawCell(1, 1, text))]

    (cell,) = readable(given_, content, small_pack(), YEAR.code)

    assert cell.why is not None
    assert cell.why.code == code
    assert cell.key is None


def test_readable__the_name_of_a_record() -> None:
    difference = Difference(Differing.ALTERED, "f", where="s!A1")
    content = {home("甲院"): {"_unit": EAST, "name": "t:甲院"}}
    given_ = [Edited(difference, ("eci", "甲院", NAME), RawCell(1, 1, "甲养老院"))]

    (cell,) = readable(given_, content, small_pack(), YEAR.code)

    assert (cell.key, cell.field, cell.text) == (home("甲院"), "name", "t:甲养老院")


def test_a_later_submission__keeps_what_was_accepted_or_asks(
    county: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    east = Desks(tmp_path_factory.mktemp("east")).new(street(EAST))
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, beds_nursing=1)
        first = submit(ledger)
        beds_nursing = edit("甲院", "beds_nursing", "3")
        edited = with_edits(first, edit("甲院", "beds_total", "99"), beds_nursing)
        accept(county, edited, *(each.difference.where for each in edited.edited))
        assert beds_of(county, "甲院") == 99
        beds(ledger, "甲院", 12)
        second = submit(ledger)

    (item,) = plan(county, second)
    assert item.verdict.kind is Kind.UPDATE
    assert [one.contention.values for one in item.open] == [("n:12", "n:99")]
    assert {name for name, _ in item.open[0].sides} == {"", edited_id(first)}

    def twelve(_: Contention) -> str:
        return "n:12"

    take_deciding(county, second, twelve)
    record = county.record(home("甲院"))
    assert record is not None
    assert (record.cell("beds_total"), record.cell("beds_nursing")) == (12, 3)
    undo(county, first)
    record = county.record(home("甲院"))
    assert record is not None
    assert (record.cell("beds_total"), record.cell("beds_nursing")) == (12, 1)


def edited_id(read: Read) -> str:
    assert read.envelope is not None
    return read.envelope.digest


def test_replacing__takes_the_place_of_what_was_accepted(
    county: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desks = Desks(tmp_path_factory.mktemp("east"))
    with opened(desks.new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        first = with_edits(submit(ledger), edit("甲院", "beds_total", "99"))
        # Its own edits come on top of a package that takes the place of all.
        item = planned(
            county, first, first.edited[0].difference.where, wish=Wish.REPLACE
        )
        receive(county, [item], lambda: True)
        assert beds_of(county, "甲院") == 99
        beds(ledger, "甲院", 11)
        take(county, submit(ledger), wish=replaced)

    assert beds_of(county, "甲院") == 11


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["甲院", "乙院"]), st.sampled_from(["beds_total", "price"])
    ),
    st.integers(0, 99).map(str) | st.just(""),
    min_size=1,
)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Read]:
    """Give a county with work of its own, and what its street hands in."""
    folder = tmp_path_factory.mktemp("property")
    desks = Desks(folder)
    county = desks.new(*county_units())
    with opened(county) as ledger:
        add(ledger, "丁院", EAST, beds_total=7)
    with opened(desks.new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, price=3)
        add(ledger, "乙院", EAST, beds_total=20)
        return county, submit(ledger)


@given(cells=CELLS, taken=st.sets(st.integers(0, 3)))
def test_any_edits__undo_restores__none_is_the_original(
    handed: tuple[Path, Read], cells: dict[tuple[str, str], str], taken: set[int]
) -> None:
    path, plain = handed
    edits = [edit(*place, text) for place, text in cells.items()]
    read = with_edits(plain, *edits)
    chosen = [e.difference.where for at, e in enumerate(edits) if at in taken]
    with opened(path) as county:
        before = content_of(county)
        take(county, plain)
        original = content_of(county)
        undo(county, plain)
        assert content_of(county) == before

        accept(county, read)
        assert content_of(county) == original
        undo(county, read)
        accept(county, read, *chosen)
        held = content_of(county)
        for (record, field), text in cells.items():
            at = f"养老机构调查表!{record}{field}"
            now = held[home(record)].get(field, "")
            was = original[home(record)].get(field, "")
            assert now == ((text and f"n:{text}") if at in chosen else was)
        undo(county, read)
        assert content_of(county) == before
        redo(county, read)
        assert content_of(county) == held
        undo(county, read)
        assert county.record(home("甲院")) is None
        assert beds_of(county, "甲院") is BLANK


@pytest.fixture
def two(tmp_path: Path) -> tuple[Read, Read]:
    """Give what two computers of one street hand in: they differ in the beds."""
    desks = Desks(tmp_path)
    one = desks.new(street(EAST))
    with opened(one) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    other = desks.copy(one)
    reads = []
    for path, count in ((one, 11), (other, 12)):
        with opened(path) as ledger:
            beds(ledger, "甲院", count)
            reads.append(submit(ledger))
    return reads[0], reads[1]


def test_replaced_in_turn__the_later_decision_holds(
    county: Ledger, two: tuple[Read, Read]
) -> None:
    one, other = two
    take(county, one)
    take(county, other, wish=replaced)
    undo(county, one)

    take(county, one, wish=replaced)

    assert beds_of(county, "甲院") == 11
    undo(county, one)
    assert beds_of(county, "甲院") == 12
    assert county.doctor().problems == ()


def test_accepted_of_a_file_that_was_replaced__somebody_is_asked(
    county: Ledger, two: tuple[Read, Read]
) -> None:
    one, other = two
    take(county, one)
    take(county, other, wish=replaced)
    assert beds_of(county, "甲院") == 12

    edited = with_edits(one, edit("甲院", "beds_total", "99"))
    item = take_deciding(county, edited, edits=all_edits(edited))

    assert item.counts
    assert beds_of(county, "甲院") == 99
    undo(county, one)
    assert beds_of(county, "甲院") == 12


def test_replacing_with_a_file_that_counts__replaces_own_work_since(
    county: Ledger, two: tuple[Read, Read]
) -> None:
    one, _ = two
    take(county, one)
    beds(county, "甲院", 50)
    edited = with_edits(one, edit("甲院", "beds_nursing", "3"))

    take(county, edited, wish=replaced, edits=all_edits(edited))

    assert beds_of(county, "甲院") == 11
    replaced_all = content_of(county)
    undo(county, one)
    redo(county, one)
    assert content_of(county) == replaced_all


def test_taken_back_and_left_aside__counts_again_where_it_did(
    county: Ledger, two: tuple[Read, Read]
) -> None:
    one, other = two
    take(county, one)
    take(county, other, wish=replaced)
    undo(county, other)
    take(county, other, wish=skipped)
    beds(county, "甲院", 70)

    redo(county, other, lambda about: about.values[-1])

    assert beds_of(county, "甲院") == 70
    before = content_of(county)
    undo(county, other)
    redo(county, other)
    assert content_of(county) == before
