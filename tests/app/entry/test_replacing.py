from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry import finding
from desktop.app.entry import replacing
from desktop.app.entry.edits import set_cells
from desktop.app.entry.finding import Scope
from desktop.app.entry.finding import Where
from desktop.app.entry.pasting import Target
from desktop.app.entry.pasting import action_of
from desktop.app.entry.replacing import Swap
from desktop.app.entry.replacing import Swapped
from desktop.app.entry.replacing import plan_swap
from desktop.app.entry.replacing import swap_one
from desktop.app.entry.selection_sums import Part
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.core.findings import RecordId
from desktop.store.records import Applied
from desktop.store.search import Sought
from tests import kinds
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = kinds.make_kinds(tmp_path_factory.mktemp("kinds"))
    with small.opened(path) as opened:
        yield opened


def field(ledger: Ledger, name: str) -> Field:
    return ledger.pack().form_by_id["kinds"].by_id[name]


def records(ledger: Ledger) -> list[Record]:
    return ledger.rows("kinds", ledger.ids("kinds", small.YEAR.code))


def put(ledger: Ledger, row: int, **cells: Cell) -> None:
    """Let a record hold these cells and no others."""
    record = records(ledger)[row]
    stored = ledger.pack().form_by_id["kinds"].stored
    wanted = [(record, one, cells.get(one.id, Absent.BLANK)) for one in stored]
    assert isinstance(ledger.apply(set_cells(wanted)), Applied)


def target(ledger: Ledger) -> Target:
    form, pack = ledger.pack().form_by_id["kinds"], ledger.pack()
    choices = {one.id: pack.choices("kinds", one.id) for one in form.fields}
    units = {str(unit.code): unit for unit in ledger.units()}
    return Target(form, 0, (), form.fields, choices, units)


def scope(ledger: Ledger, parts: Sequence[Part] | None = None) -> Scope:
    where = Where("kinds", small.YEAR.code, ledger.ids("kinds", small.YEAR.code))
    fields = ledger.pack().form_by_id["kinds"].fields
    return Scope(where, fields, parts or [Part(where.records, fields)])


def swapped(
    ledger: Ledger, text: str, by: str, parts: Sequence[Part] | None = None
) -> Swapped:
    swap = Swap(Sought(text), by)
    return run_steps(plan_swap(ledger, scope(ledger, parts), swap, target(ledger)))


# --- In one cell -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cell", "text", "by", "said"),
    [
        ("name", "江苏路敬老院", "敬老院", "养老院", "江苏路养老院"),
        ("name", "Home与home", "HOME", "家", "家与家"),
        ("name", "a.b", ".", r"\1", r"a\1b"),
        ("name", "好院", "坏", "好", None),
        ("kind", "甲类", "甲", "乙", "乙类"),
        ("several", ("助餐", "助医"), "助餐", "助浴", "助浴、助医"),
        ("count", 121, "12", "3", "31"),
        ("count", 1200, "1,200", "7", "7"),
        ("share", Decimal("1.50"), "1.5", "2", "20"),
        ("opened", date(2024, 5, 1), "2024-05", "2024-06", "2024-06-01"),
        ("count", Absent.UNKNOWN, "不详", "", ""),
        ("count", Absent.BLANK, "0", "1", None),
    ],
)
def test_in_cell__what_it_would_say(
    ledger: Ledger, name: str, cell: Cell, text: str, by: str, said: str | None
) -> None:
    assert Swap(Sought(text), by).in_cell(field(ledger, name), cell) == said


@pytest.mark.parametrize(
    ("name", "cell", "text", "said"),
    [
        ("name", "HOME", "home", "新"),
        ("name", "home院", "home", None),
        ("count", 12, "１２", "新"),
        ("count", 120, "12", None),
        ("share", Decimal("1.50"), "1.5", "新"),
    ],
)
def test_in_cell__all_of_it(
    ledger: Ledger, name: str, cell: Cell, text: str, said: str | None
) -> None:
    swap = Swap(Sought(text, whole=True), "新")
    assert swap.in_cell(field(ledger, name), cell) == said


# --- The same as the search ----------------------------------------------------------

TEXTS = st.text(st.sampled_from("aAbé.院1２"), min_size=1, max_size=3)
CELLS = st.fixed_dictionaries(
    {
        "name": st.text(st.sampled_from("aAbBéÉ院."), min_size=1, max_size=5),
        "count": st.one_of(st.integers(-200, 1200), st.sampled_from(list(Absent))),
        "share": st.integers(-500, 500).map(lambda n: Decimal(n).scaleb(-2)),
        "kind": st.sampled_from(["甲类", "乙类"]),
        "filed": st.booleans(),
    }
)


@given(CELLS, st.one_of(TEXTS, st.integers(-20, 20).map(str)), st.booleans())
def test_swap__finds_in_a_cell_what_the_search_finds(
    ledger: Ledger, cells: dict[str, Cell], text: str, whole: bool
) -> None:
    put(ledger, 0, **cells)
    sought, [record, _] = Sought(text, whole), records(ledger)
    stored = ledger.pack().form_by_id["kinds"].stored
    search = ledger.search("kinds", small.YEAR.code)
    hits = search.hits([record.id], stored, sought)
    swap = Swap(sought, "新")
    assert [hit.field for hit in hits] == [
        one.id for one in stored if swap.in_cell(one, record.cells[one.id]) is not None
    ]


# --- In many ---------------------------------------------------------------------


@pytest.mark.parametrize("read", [1, 250])
def test_plan__every_cell_that_takes_an_entry(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, read: int
) -> None:
    monkeypatch.setattr(replacing, "READ", read)
    put(ledger, 0, name="甲院2", count=21, kind="甲类")
    put(ledger, 1, name="乙院", count=12, share=Decimal(2))
    made = swapped(ledger, "2", "3")
    assert [(one.row, one.field.id, one.after) for one in made.plan.edits] == [
        (0, "count", 31),
        (0, "name", "甲院3"),
        (1, "count", 13),
        (1, "share", Decimal("3.00")),
    ]
    # 两倍 of 21 and of 12 has a 2 as well; the program writes it.
    assert (made.locked, made.plan.fits) == (2, True)
    assert isinstance(ledger.apply(action_of(made.plan, "app.replace")), Applied)
    assert [one.cells["count"] for one in records(ledger)] == [31, 13]


def test_plan__what_does_not_fit_is_named_with_its_reason(ledger: Ledger) -> None:
    put(ledger, 0, name="甲院", kind="甲类")
    put(ledger, 1, name="乙院", kind="乙类")
    made = swapped(ledger, "甲", "丁")
    assert [one.after for one in made.plan.edits] == ["丁院"]
    [refused] = made.plan.refused
    assert refused.record is not None
    assert (refused.row, refused.text) == (0, "丁类")
    assert refused.why.code == "forms.entry.choice"


def test_plan__what_would_stay_the_same_is_no_change(ledger: Ledger) -> None:
    put(ledger, 0, name="Home")
    put(ledger, 1, name="家")
    made = swapped(ledger, "home", "Home")
    assert (made.plan.edits, made.plan.same, made.locked) == ((), 1, 0)


def test_plan__a_cell_chosen_twice_is_changed_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "CELLS", 1)
    put(ledger, 0, name="甲院", count=1)
    put(ledger, 1, name="乙院", count=1)
    one, other = ledger.ids("kinds", small.YEAR.code)
    count, double = field(ledger, "count"), field(ledger, "double")
    parts = [Part([one], [count]), Part([RecordId(999), other, one], [count, double])]
    made = swapped(ledger, "1", "2", parts)
    assert [edit.row for edit in made.plan.edits] == [0, 1]
    assert made.locked == 0


def test_swap_one__changes_it_or_says_why_not(ledger: Ledger) -> None:
    put(ledger, 0, name="甲院", count=12)
    [record, _] = records(ledger)
    at = (0, record, field(ledger, "count"))
    [edit] = swap_one(at, Swap(Sought("2"), "3"), target(ledger)).edits
    assert edit.after == 13
    [refused] = swap_one(at, Swap(Sought("2"), "二"), target(ledger)).refused
    assert refused.why.code == "forms.entry.whole"
    nothing = swap_one(at, Swap(Sought("9"), "3"), target(ledger))
    assert (nothing.edits, nothing.refused) == ((), ())
