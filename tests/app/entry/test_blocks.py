from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry.blocks import copied
from desktop.app.entry.blocks import from_text
from desktop.app.entry.blocks import holds_text
from desktop.app.entry.blocks import shown
from desktop.app.entry.blocks import spread
from desktop.app.entry.blocks import titles
from desktop.app.entry.blocks import to_html
from desktop.app.entry.blocks import to_text
from desktop.app.entry.pasting import same_cell
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.core.messages import Message
from desktop.forms.entry import parse_entry
from desktop.store.records import Record
from tests import kinds
from tests import small

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.forms.model import Form

CELLS = st.text(st.characters(exclude_characters="\r", codec="utf-8"))
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def form() -> Form:
    return kinds.kinds_pack().form_by_id["kinds"]


def record(**cells: Cell) -> Record:
    filled = {field.id: Absent.BLANK for field in form().stored}
    key = RecordKey("kinds", "2025", FacilityId("a"))
    derived: dict[str, Cell] = {"area": small.STREET, "double": 6}
    return Record(RecordId(1), key, small.STREET, {**filled, **cells}, 1, derived)


# --- Text ----------------------------------------------------------------------


@given(BLOCKS)
def test_text__a_copied_block_comes_back(block: list[list[str]]) -> None:
    if block[-1] == [""] and len(block) > 1:
        block[-1] = ["x"]  # Excel ends a block with a line end: a last "" is none
    assert from_text(to_text(block)) == block


@given(st.text())
def test_from_text__reads_anything(text: str) -> None:
    rows = from_text(text)
    assert rows
    assert all(rows)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", [[""]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\r3\t4", [["1", "2"], ["3", "4"]]),
        ("1\t\n\t2", [["1", ""], ["", "2"]]),
        ('"两\n行"\t"说""是"""\n', [["两\n行", '说"是"']]),
        ('"两\r\n行"\t1\r\n"三\t列"\t2\r\n', [["两\n行", "1"], ["三\t列", "2"]]),
        ('高 1"\t"', [['高 1"', ""]]),
        ('""\t1', [["", "1"]]),
        ('"a"b\t1', [["ab", "1"]]),
        ('"never closed\t1\n2', [["never closed\t1\n2"]]),
        ("1\n\n2\n", [["1"], [""], ["2"]]),
    ],
)
def test_from_text__as_excel_and_wps_copy(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


def test_to_text__quotes_only_what_needs_it() -> None:
    assert to_text([["好院", "a\tb", 'c"d', "e\nf"]]) == (
        '好院\t"a\tb"\t"c""d"\t"e\nf"'
    )


def test_spread__a_block_fills_what_is_chosen_in_whole_numbers() -> None:
    assert spread([["是"]], 2, 3) == [["是"] * 3, ["是"] * 3]
    assert spread([["1", "2"]], 5, 5) == [["1", "2"]] * 5
    assert spread([["1"], ["2"]], 4, 2) == [["1", "1"], ["2", "2"]] * 2
    assert spread([["1"], ["2"]], 3, 1) == [["1"], ["2"]]
    assert spread([["1", "2"], ["3"]], 2, 4) == [
        ["1", "2", "1", "2"],
        ["3", "", "3", ""],
    ]


# --- HTML ----------------------------------------------------------------------


def test_html__codes_stay_texts_and_numbers_are_numbers() -> None:
    html = to_html([["310105001", "12", "<b>&"]], [True, False, True])
    assert '<td style="mso-number-format:&quot;\\@&quot;">310105001</td>' in html
    assert "<td>12</td>" in html
    assert "&lt;b&gt;&amp;" in html
    assert 'charset="utf-8"' in html


def test_html__a_break_stays_in_its_cell() -> None:
    assert '两<br style="mso-data-placement:same-cell">行' in to_html(
        [["两\n行"]], [True]
    )


def test_holds_text__whatever_is_no_number_and_no_date() -> None:
    found = {field.id for field in form().fields if holds_text(field)}
    assert found >= {"name", "kind", "several", "filed", "place", "credit", "phone"}
    assert not found & {"count", "share", "opened", "double"}


# --- Copying -------------------------------------------------------------------


def test_copied__with_headings_and_units_by_name() -> None:
    fields = [form().by_id[name] for name in ("name", "count", "area", "filed")]
    units = {str(unit.code): unit for unit in small.units()}
    one = record(name="甲院", count=3, filed=True)
    found = run_steps(copied([one], fields, units, headed=True))
    [above, below] = from_text(found.text)
    assert above == ["名称", "个数（个）", "地区", "已备案"] == titles(fields)
    assert below == ["甲院", "3", units[small.STREET].name, "是"]
    assert found.html.count("<tr>") == 2


def test_copied__what_was_not_chosen_stays_empty() -> None:
    fields = [form().by_id[name] for name in ("name", "count")]
    records = [record(name="甲院", count=3), record(name="乙院", count=4)]
    found = run_steps(copied(records, fields, {}, lambda row, field: row == field))
    assert found.text == "甲院\t\n\t4"


def test_shown__a_unit_that_is_not_there_by_its_code() -> None:
    assert shown(form().by_id["area"], "999999", {}) == "999999"


# --- There and back --------------------------------------------------------------

TYPED = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30
)
VALUES: dict[str, st.SearchStrategy[Cell]] = {
    "text": TYPED,
    "integer": st.integers(-(10**14), 10**14),
    "decimal": st.decimals(-(10**9), 10**9, places=2),
    "choice": st.sampled_from(["甲类", "乙类", "丙类"]),
    "choices": st.sampled_from(
        [("助餐",), ("助餐", "助医"), ("助餐", "助浴", "助医"), ("助浴",)]
    ),
    "date": st.dates(date(1800, 1, 1)),
    "yes_no": st.booleans(),
    "unit": st.sampled_from(["310105", "310105001"]),
    "credit_code": st.just("91310000MA1FL0001X"),
    "telephone": st.from_regex(r"0[0-9]{2}-[0-9]{8}", fullmatch=True),
}
STATES = st.sampled_from([Absent.BLANK, Absent.UNKNOWN, Absent.NOT_APPLICABLE])


def taken(field: Field, cell: Cell) -> Cell:
    """Give a cell as the field keeps it: of texts, what can be typed."""
    if field.kind != "text" or not isinstance(cell, str):
        return cell
    entry = parse_entry(field, cell)
    return Absent.BLANK if isinstance(entry, Message) else entry


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_copy_and_paste__give_the_same_cells(kind: str, data: st.DataObject) -> None:
    field = kinds.field_of_kind(kind)
    choices = kinds.kinds_pack().choices("kinds", field.id)
    drawn = st.one_of(VALUES[kind], STATES)
    cells = [taken(field, data.draw(drawn)) for _ in range(3)]
    records = [record(**{field.id: cell}) for cell in cells]
    block = from_text(run_steps(copied(records, [field], {})).text + "\n")
    assert len(block) == 3
    for [text], cell in zip(block, cells, strict=True):
        entry = parse_entry(field, text, choices)
        assert not isinstance(entry, Message)
        assert same_cell(entry, cell)


def test_decimals__keep_their_digits_on_the_way() -> None:
    field = kinds.field_of_kind("decimal")
    found = run_steps(copied([record(share=Decimal("1.50"))], [field], {}))
    assert found.text == "1.50"
