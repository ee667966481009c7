from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

from desktop.app.templates.pages import Contents
from desktop.app.templates.pages import pages_of
from desktop.app.templates.pages import value_of
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.book import Book
from desktop.forms.model import LegalMarks
from desktop.store.records import Record
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.forms.layouts import CONTINUED
from tests.forms.layouts import layout
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import small_pack

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.export.template.page import PageFill

BOOK = Book("花名册.xlsx", packed(roster_parts()))
PACK = small_pack()


def record(place: int, unit: str = STREET, **cells: Cell) -> Record:
    key = RecordKey("eci", YEAR.code, FacilityId(str(place)))
    return Record(RecordId(place), key, unit, {"name": f"{place}院", **cells}, 1, {})


def contents(*records: Record, form: str = "eci", **more: Any) -> Contents:  # noqa: ANN401 - fields
    return Contents(
        form=PACK.form_by_id[form],
        unit_code=COUNTY,
        unit_name="长宁区",
        period=YEAR,
        day=date(2026, 1, 2),
        signers=more.get("signers", {}),
        records=records,
    )


def laid_out(held: Contents, **changed: object) -> tuple[PageFill, ...]:
    pages = pages_of(layout(**changed), held, BOOK)
    assert not isinstance(pages, Message)
    return pages


def test_pages__records_sums_and_lines_left_over() -> None:
    held = contents(record(1, beds_total=10), record(2, beds_total=Absent.UNKNOWN))
    (page,) = laid_out(held)
    assert page.values == {
        "B2": "长宁区",
        "A4": 1,
        "B4": "1院",
        "C4": 10,
        "D4": None,
        "A5": 2,
        "B5": "2院",
        "C5": "…",
        "D5": None,
        "A6": None,
        "B6": None,
        "C6": None,
        "D6": None,
        "C7": 10,
        "C8": 10,
    }
    assert page.instead == frozenset()


def test_pages__overflow_fills_the_continued_sheets_then_copies_the_last() -> None:
    held = contents(*(record(place, beds_total=place) for place in range(1, 12)))
    pages = laid_out(held, continued=[{**CONTINUED, "words": {"D2": "{page}/{pages}"}}])
    assert [page.sheet for page in pages] == ["首页", "续表", "续表(2)", "续表(3)"]
    assert [page.copy for page in pages] == [None, None, "续表(2)", "续表(3)"]
    assert [page.values["A4"] for page in pages] == [1, 4, 7, 10]
    assert [page.values["C7"] for page in pages] == [6, 15, 24, 21]
    assert [page.values.get("D2") for page in pages] == [None, "2/4", "3/4", "4/4"]
    assert pages[0].values["C8"] == 66
    assert pages[0].instead == {"C8"}
    assert pages[3].values["B6"] is None


def test_pages__a_sheet_that_is_not_needed_is_left_empty() -> None:
    first, second = laid_out(contents(record(1)), continued=[CONTINUED])
    assert second.values["B4"] is None
    assert second.values["C7"] == 0
    assert first.values["B4"] == "1院"


def test_pages__lines_need_no_running_number() -> None:
    rows = {"first": 4, "count": 1, "columns": {"name": "B"}}
    (page,) = laid_out(contents(record(1)), rows=rows, sums={}, totals={})
    assert page.values == {"B2": "长宁区", "B4": "1院"}


def test_pages__error_no_room() -> None:
    held = contents(*map(record, range(1, 6)))
    found = pages_of(layout(), held, BOOK)
    assert found == message("template.no_room", count=5, room=3)
    gone = layout(continued=[{**CONTINUED, "sheet": "没有"}])
    held = contents(*map(record, range(1, 9)))
    found = pages_of(gone, held, BOOK)
    assert found == message("template.no_room", count=8, room=6)


def test_pages__what_stands_around_the_figures() -> None:
    header = {"year": "B9", "date": "C9", "form_number": "D9", "unit_code": "E9"}
    words = {"A2": "单位：{unit_name}{approval_number}，{date}，{year}"}
    signers = {"填表人": "B10", "单位负责人": "C10"}
    held = contents(signers={"填表人": "李四"})
    (page,) = laid_out(held, header=header, words=words, signers=signers)
    told = {cell: page.values.get(cell) for cell in ("A2", "B9", "C9", "D9", "E9")}
    assert told == {
        "A2": "单位：长宁区，2026年1月2日，2025",
        "B9": 2025,
        "C9": date(2026, 1, 2),
        "D9": None,
        "E9": COUNTY,
    }
    assert page.values["B10"] == "李四"
    assert "C10" not in page.values


def test_pages__legal_marks_come_from_the_pack() -> None:
    marks = LegalMarks(
        form_number="示例1表",
        authority="甲",
        approval_authority="乙",
        approval_number="丙",
        valid_until="2027年",
    )
    form = PACK.form_by_id["eci"].replaced(legal=marks)
    held = contents()
    held = Contents(
        form, *(getattr(held, name) for name in Contents.__match_args__[1:])
    )
    (page,) = laid_out(held, header={"form_number": "B9", "valid_until": "C9"})
    assert (page.values["B9"], page.values["C9"]) == ("示例1表", "2027年")


def test_pages__a_unit_form_shows_the_units_own_record() -> None:
    own = record(1, COUNTY, pop_60plus=7)
    below = record(2, pop_60plus=9)
    changes = {"rows": None, "fields": {"pop_60plus": "D7"}, "sums": {}, "totals": {}}
    for held, value in (((below, own), 7), ((below,), None)):
        (page,) = laid_out(contents(*held, form="area"), **changes)
        assert page.values == {"B2": "长宁区", "D7": value}


def test_value__of_every_kind_of_cell() -> None:
    field = PACK.form_by_id["eci"].by_id["name"]
    day = date(2026, 1, 2)
    cells: dict[Cell, object] = {
        Absent.BLANK: None,
        Absent.NOT_APPLICABLE: "—",
        True: "是",
        False: "否",
        7: 7,
        Decimal("1.50"): Decimal("1.50"),
        day: day,
        "甲": "甲",
        ("甲", "乙"): "甲、乙",
        (): None,
    }
    assert [value_of(field, cell) for cell in cells] == list(cells.values())
