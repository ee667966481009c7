from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry.edits import set_cells
from desktop.core.cells import Absent
from desktop.store.records import Applied
from desktop.store.search import Hit
from desktop.store.search import Search
from desktop.store.search import Sought
from desktop.store.search import Sums
from tests import kinds
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = kinds.make_kinds(tmp_path_factory.mktemp("kinds"))
    with small.opened(path) as opened:
        yield opened


def form(ledger: Ledger) -> Form:
    return ledger.pack().form_by_id["kinds"]


def ids(ledger: Ledger) -> list[RecordId]:
    return ledger.ids("kinds", small.YEAR.code)


def search(ledger: Ledger) -> Search:
    return ledger.search("kinds", small.YEAR.code)


def put(ledger: Ledger, row: int, **cells: Cell) -> None:
    """Let a record hold these cells and no others."""
    [record] = ledger.rows("kinds", [ids(ledger)[row]])
    wanted = [
        (record, field, cells.get(field.id, Absent.BLANK))
        for field in form(ledger).stored
    ]
    assert isinstance(ledger.apply(set_cells(wanted)), Applied)


# --- Sums ------------------------------------------------------------------------

NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(list(Absent))
)
SHARES = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(lambda n: Decimal(n).scaleb(-2)),
    st.sampled_from(list(Absent)),
)


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(SHARES, SHARES))
def test_sums__are_exact(
    ledger: Ledger, counts: tuple[Cell, Cell], shares: tuple[Cell, Cell]
) -> None:
    for row in (0, 1):
        put(ledger, row, count=counts[row], share=shares[row])
    fields = [form(ledger).by_id[name] for name in ("count", "share")]
    found = search(ledger).sums(ids(ledger), fields)
    cells = (*counts, *shares)
    numbers = [one for one in cells if isinstance(one, int | Decimal)]
    assert found.numbers == found.filled == len(numbers)
    assert found.total == sum((Decimal(one) for one in numbers), Decimal(0))
    assert found.blank == cells.count(Absent.BLANK)
    assert found.marked == 4 - len(numbers) - found.blank


def test_sums__every_kind_is_counted_and_numbers_only_are_added(
    ledger: Ledger,
) -> None:
    put(ledger, 0, name="甲院", count=3, filed=True, kind=Absent.UNKNOWN)
    put(ledger, 1, name="乙院")
    names = ("name", "area", "count", "filed", "kind", "double")
    fields = [form(ledger).by_id[name] for name in names]
    found = search(ledger).sums(ids(ledger), fields)
    assert found == Sums(numbers=2, total=Decimal(9), filled=7, blank=4, marked=1)
    assert found + Sums(1, Decimal(1), 1, 1, 1) == Sums(3, Decimal(10), 8, 5, 2)


def test_sums__of_a_field_with_decimals(ledger: Ledger) -> None:
    put(ledger, 0, share=Decimal("0.25"))
    put(ledger, 1, share=Decimal("1.50"))
    found = search(ledger).sums(ids(ledger), [form(ledger).by_id["share"]])
    assert found == Sums(numbers=2, total=Decimal("1.75"), filled=2)


def test_sums__of_nothing(ledger: Ledger) -> None:
    assert search(ledger).sums([], [form(ledger).by_id["count"]]) == Sums()


# --- Hits ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "cell", "text"),
    [
        ("name", "好Home院", "hOME"),
        ("count", -1205, "120"),
        ("share", Decimal("1.50"), "1.50"),
        ("kind", "乙类", "乙"),
        ("several", ("助餐", "助医"), "助餐、助医"),
        ("filed", False, "否"),
        ("credit", "91310000MA1FL0001X", "ma1fl"),
        ("phone", Absent.UNKNOWN, "不详"),
        ("count", Absent.NOT_APPLICABLE, "不适用"),
    ],
)
def test_hits__what_a_person_sees(
    ledger: Ledger, field: str, cell: Cell, text: str
) -> None:
    put(ledger, 0, **{field: cell})
    put(ledger, 1)
    found = search(ledger).hits(ids(ledger), form(ledger).stored, Sought(text))
    assert found == [Hit(ids(ledger)[0], field)]


def test_hits__bound_and_computed_fields_in_the_order_asked_for(
    ledger: Ledger,
) -> None:
    put(ledger, 0, name="甲院", count=21)
    put(ledger, 1, name="乙院", count=42)
    unit = next(one.name for one in ledger.units() if one.code == small.STREET)
    one, other = ids(ledger)
    fields = form(ledger).fields
    assert search(ledger).hits([other, one], fields, Sought(unit)) == [
        Hit(other, "area"),
        Hit(one, "area"),
    ]
    assert search(ledger).hits([other, one], fields, Sought("42")) == [
        Hit(other, "count"),
        Hit(one, "double"),
    ]
    assert search(ledger).hits([one], fields, Sought("没有这样的")) == []


@pytest.mark.parametrize(
    ("field", "cell", "text"),
    [
        ("count", 1205, "1,205"),
        ("count", 1205, "１２０５"),
        ("share", Decimal("1.50"), "1.5"),
        ("opened", date(2024, 5, 1), "2024年5月1日"),
    ],
)
@pytest.mark.parametrize("whole", [False, True])
def test_hits__a_number_or_day_by_its_value(
    ledger: Ledger, field: str, cell: Cell, text: str, *, whole: bool
) -> None:
    put(ledger, 0, **{field: cell})
    put(ledger, 1, count=5, share=Decimal(5), opened=date(2024, 5, 2))
    by_value = search(ledger).hits(
        ids(ledger), [form(ledger).by_id[field]], Sought(text, whole=whole)
    )
    assert by_value == [Hit(ids(ledger)[0], field)]


def test_hits__whole_cells_only(ledger: Ledger) -> None:
    put(ledger, 0, name="Home", count=1, share=Decimal("1.50"), kind="甲类")
    put(ledger, 1, name="Home院", count=12, share=Absent.UNKNOWN, kind="乙类")
    one, other = ids(ledger)
    stored = form(ledger).stored

    def hits(text: str) -> list[Hit]:
        return search(ledger).hits([one, other], stored, Sought(text, whole=True))

    assert hits("home") == [Hit(one, "name")]
    assert hits("1") == [Hit(one, "count")]
    assert hits("不详") == [Hit(other, "share")]
    assert hits("乙类") == [Hit(other, "kind")]
    assert hits("类") == []


# --- Edges and names ---------------------------------------------------------------


def test_filled__a_mark_is_something_too(ledger: Ledger) -> None:
    put(ledger, 0, count=0)
    put(ledger, 1, share=Absent.UNKNOWN)
    one, other = ids(ledger)
    by_id = form(ledger).by_id
    assert search(ledger).filled([one, other], by_id["count"]) == {one}
    assert search(ledger).filled([one, other], by_id["share"]) == {other}
    assert search(ledger).filled([one, other], by_id["area"]) == {one, other}


def test_texts__as_a_person_sees_them(ledger: Ledger) -> None:
    put(ledger, 0, name="甲院", filed=True)
    put(ledger, 1, name="乙院", filed=Absent.UNKNOWN)
    one, other = ids(ledger)
    by_id = form(ledger).by_id
    assert search(ledger).texts([other, one], by_id["name"]) == [
        (other, "乙院"),
        (one, "甲院"),
    ]
    assert dict(search(ledger).texts([one, other], by_id["filed"])) == {
        one: "是",
        other: "不详",
    }
