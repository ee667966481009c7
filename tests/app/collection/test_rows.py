"""What one returned workbook is, row by row; the reading itself is tested elsewhere."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.collection.rows import book_of
from desktop.app.collection.rows import faults_of
from desktop.app.collection.values import RefusedBook
from desktop.app.collection.values import ReturnedBook
from desktop.app.entry.edits import remove_records
from desktop.core.messages import message
from desktop.intake.plan_values import RowKind
from desktop.intake.table import RawCell
from desktop.intake.table import Source
from desktop.intake.table import Table
from tests import small
from tests.collected import NEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.messages import Message
    from desktop.store.ledger import Ledger

FILE = Path("收回.xlsx")
SHEET = "养老机构调查表"
MEMO = {
    "kind": "taizhang-collection",
    "version": "1",
    "pack": "small",
    "form": "eci",
    "period": "2026",
    "unit": small.COUNTY,
    "sheet": SHEET,
}
HEADS = ("_facility", "unit", "name", "code", "beds_total")


def table(sheet: str, rows: Sequence[Sequence[str | int | None]]) -> Table:
    lines = []
    for row, values in enumerate(rows, 1):
        cells = [
            RawCell(row, at, Decimal(value) if isinstance(value, int) else value)
            for at, value in enumerate(values, 1)
            if value is not None
        ]
        if cells:
            lines.append(tuple(cells))
    return Table(sheet, tuple(lines))


def source(
    *rows: Sequence[str | int | None],
    heads: Sequence[str | int | None] = HEADS,
    memo: Mapping[str, str] | None = None,
) -> Source:
    known = MEMO if memo is None else memo
    tables = (
        table("_采集", [*known.items()]),
        table(SHEET, [("填写说明",), heads, *rows]),
    )
    return Source(FILE.name, "0", tables)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Give a ledger whose new year lacks one facility of the old."""
    path = small.make_filled(tmp_path_factory.mktemp("rows"))
    with small.opened(path) as opened:
        small.put(opened, "码院", code="A1")
        opened.add_period(NEXT, small.YEAR)
        form = opened.pack().form_by_id["eci"]
        ids = opened.ids("eci", NEXT.code)
        gone = [r for r in opened.rows("eci", ids) if r.key.facility == "缺院"]
        opened.apply(remove_records(form, gone))
        yield opened


def planned(ledger: Ledger, read: Source) -> ReturnedBook | RefusedBook:
    fresh = iter(f"新{number}" for number in range(9))
    return book_of(ledger, NEXT, (FILE, read), lambda: next(fresh))


def book(ledger: Ledger, read: Source) -> ReturnedBook:
    found = planned(ledger, read)
    assert isinstance(found, ReturnedBook), found
    return found


def why(ledger: Ledger, read: Source) -> Message:
    found = planned(ledger, read)
    assert isinstance(found, RefusedBook)
    assert found.path == FILE
    return found.why


def kinds(found: ReturnedBook) -> dict[int, RowKind]:
    return {row.row: row.kind for row in found.ready.plan.rows}


def faults(ledger: Ledger, found: ReturnedBook) -> list[tuple[str, str, str]]:
    each = faults_of(found, ledger.pack(NEXT.code))
    return [(fault.cell, fault.why.code, fault.text) for fault in each]


def test_book__rows_are_known_again_by_the_hidden_column(ledger: Ledger) -> None:
    found = book(
        ledger,
        source(
            ("好院", "华阳路街道", "好院", None, 90),
            ("缺院", "长宁区", "缺院", None, 80),
            (None, "华阳路街道", "新院", None, 70),
            ("从没有过", "华阳路街道", "怪院", None, 60),
        ),
    )
    assert kinds(found) == {
        3: RowKind.UPDATE,
        4: RowKind.NEW,
        5: RowKind.NEW,
        6: RowKind.NEW,
    }
    assert found.facilities == {3: "好院", 4: "缺院", 5: "新0", 6: "新1"}
    assert faults(ledger, found) == []
    assert found.good == {3, 4, 5, 6}
    assert (found.bad, found.same) == (frozenset(), 0)


def test_book__a_row_that_became_another_one_is_kept_back(ledger: Ledger) -> None:
    found = book(
        ledger,
        source(
            ("好院", "华阳路街道", "改名院", None, 90),
            ("坏院", "华阳路街道", "码院", "A1", 80),
            ("码院", "华阳路街道", None, None, 80),
        ),
    )
    assert set(kinds(found).values()) == {RowKind.PROBLEM}
    assert faults(ledger, found) == [
        ("C3", "collection.other_name", "改名院"),
        ("C4", "collection.other_name", "码院"),
        ("C5", "intake.row.no_name", ""),
    ]


def test_book__rows_nobody_filled_in_are_no_rows(ledger: Ledger) -> None:
    found = book(ledger, source((None, "华阳路街道"), ("码院",), (None, None, "新院")))
    assert kinds(found) == {5: RowKind.NEW}
    assert faults(ledger, found) == [("B5", "collection.no_unit", "")]


def test_book__the_only_unit_need_not_be_named(ledger: Ledger) -> None:
    memo = {**MEMO, "unit": small.STREET}
    found = book(ledger, source((None, None, "新院"), memo=memo))
    assert found.ready.plan.rows[0].unit == small.STREET
    assert faults(ledger, found) == []


def test_book__without_the_hidden_row_heads_are_read_as_ever(ledger: Ledger) -> None:
    heads = (None, "填报单位", "机构名称", None, "总床位数")
    found = book(ledger, source(("x", "华阳路街道", "好院", None, 9), heads=heads))
    assert kinds(found) == {3: RowKind.UPDATE}
    assert found.facilities == {3: "好院"}


def test_book__without_a_column_for_the_unit(ledger: Ledger) -> None:
    heads = ("_facility", "name", "beds_total")
    memo = {**MEMO, "unit": small.STREET}
    found = book(ledger, source((None, "新院", 9), heads=heads, memo=memo))
    assert faults(ledger, found) == [("A3", "collection.no_unit", "")]


def test_faults__unfit_cells_totals_and_unsure_units(ledger: Ledger) -> None:
    found = book(
        ledger,
        source(
            ("好院", "华阳路街道", "好院", None, "很多"),
            (None, "华阳街道", "新院", None, 5),
            (None, "外地", "远院", None, 5),
            (None, None, "合计", None, 10),
            (None, None, None, "  "),
        ),
    )
    assert faults(ledger, found) == [
        ("E3", "intake.cell.no_number", "很多"),
        ("B4", "intake.cell.unit_unsure", "华阳街道"),
        ("C5", "intake.row.unknown_unit", "远院"),
        ("B6", "collection.no_record", "合计 10"),
    ]
    told = list(faults_of(found, ledger.pack(NEXT.code)))
    assert told[1].field == "所属单位"
    assert told[1].mend.startswith("从下拉列表中选")


def test_unit_form__rows_are_units(ledger: Ledger) -> None:
    memo = {**MEMO, "form": "area"}
    heads = ("_facility", "unit", "pop_60plus")
    rows = (
        (small.STREET, "华阳路街道", 7),
        ("1", "别处", 9),
        (small.COUNTY, "华阳路街道", 8),
    )
    found = book(ledger, source(*rows, heads=heads, memo=memo))
    assert found.facilities[3] == small.STREET
    assert [each[0] for each in faults(ledger, found)] == ["B4", "B5"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "x"}, "not_ours"),
        ({"version": "2"}, "newer"),
        ({"pack": "x"}, "other_pack"),
        ({"form": "x"}, "other_pack"),
        ({"period": "2025"}, "other_period"),
        ({"sheet": "x"}, "no_sheet"),
    ],
)
def test_refused__what_is_not_for_this_ledger(
    change: dict[str, str], code: str, ledger: Ledger
) -> None:
    found = why(ledger, source(memo={**MEMO, **change}))
    assert found.code == f"collection.{code}"


def test_refused__other_files_and_ruined_heads(ledger: Ledger) -> None:
    alone = Source(FILE.name, "0", (table(SHEET, [("a",)]),))
    assert why(ledger, alone) == message("collection.not_ours", file=FILE.name)
    assert why(ledger, source(heads=("x", "y"))).code == "intake.no_header"
    heads = ("_facility", "beds_total")
    assert why(ledger, source(heads=heads)).code == "intake.no_name_column"
