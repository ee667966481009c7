from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry import finding
from desktop.app.entry.finding import Found
from desktop.app.entry.finding import Named
from desktop.app.entry.finding import Scope
from desktop.app.entry.finding import Where
from desktop.app.entry.finding import edge
from desktop.app.entry.finding import edge_in
from desktop.app.entry.finding import fields_named
from desktop.app.entry.finding import find
from desktop.app.entry.finding import names_in
from desktop.app.entry.finding import rows_named
from desktop.app.entry.selection_sums import Part
from desktop.app.progress import run_steps
from desktop.core.findings import RecordId
from desktop.store.search import Sought
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def where(ledger: Ledger) -> Where:
    ids = ledger.ids("eci", small.YEAR.code)
    return Where("eci", small.YEAR.code, ids)


# --- Finding -----------------------------------------------------------------------


def fields(ledger: Ledger) -> list[Field]:
    form = ledger.pack().form_by_id["eci"]
    return [form.by_id[n] for n in ("name", "beds_total", "beds_nursing")]


def found(ledger: Ledger, text: str, parts: list[Part] | None = None) -> Found:
    here, columns = where(ledger), fields(ledger)
    scope = Scope(here, columns, parts or [Part(here.records, columns)])
    return run_steps(find(ledger, scope, Sought(text)))


@pytest.mark.parametrize("cells", [1, 12_000])
def test_find__in_the_order_one_reads(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    monkeypatch.setattr(finding, "CELLS", cells)
    places = [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1)]
    assert found(ledger, "0") == Found.at(places)
    assert found(ledger, "院") == Found.at([(0, 0), (1, 0), (2, 0)])


def test_find__only_in_some_parts_each_cell_once(ledger: Ledger) -> None:
    first, second, third = where(ledger).records
    name, beds, nursing = fields(ledger)
    parts = [Part([third, first], [beds]), Part([first, second], [beds, nursing])]
    assert found(ledger, "0", parts) == Found.at(
        [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1)]
    )
    gone = [Part([RecordId(999), second], [name])]
    assert found(ledger, "院", gone) == Found.at([(1, 0)])


def test_find__a_record_that_the_grid_does_not_list(ledger: Ledger) -> None:
    here = where(ledger)
    shown = Where(here.form, here.period, here.records[1:])
    scope = Scope(shown, fields(ledger), [Part(here.records, fields(ledger)[:1])])
    there = run_steps(find(ledger, scope, Sought("院")))
    assert there == Found.at([(0, 0), (1, 0)])


def test_find__tells_how_far_it_is(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "CELLS", 6)
    here = where(ledger)
    parts = [Part(here.records, fields(ledger)), Part(here.records[:1], [])]
    pieces = [
        (list(part.records), progress.done, progress.total)
        for part, progress in Scope(here, fields(ledger), parts).pieces()
    ]
    first, second, third = here.records
    assert pieces == [([first, second], 2, 4), ([third], 3, 4), ([first], 4, 4)]


def test_found__the_next_and_the_one_before_go_round() -> None:
    found = Found.at([(2, 5), (0, 1), (2, 0), (0, 1)])
    assert len(found) == 3
    assert found.place(1) == (2, 0)
    assert [found.behind(at) for at in ((-1, -1), (0, 1), (2, 3), (2, 5))] == [
        0,
        1,
        2,
        0,
    ]
    assert [found.before(at) for at in ((0, 0), (0, 1), (2, 0), (9, 9))] == [
        2,
        2,
        0,
        2,
    ]
    nothing = Found.at([])
    assert nothing.behind((0, 0)) is None
    assert nothing.before((0, 0)) is None


def test_found__which_hit_a_cell_is_and_what_a_row_has() -> None:
    found = Found.at([(0, 1), (2, 0), (2, 5)])
    places = [(0, 1), (2, 5), (2, 4), (3, 0)]
    assert [found.number(place) for place in places] == [0, 2, None, None]
    assert [found.columns(row) for row in range(4)] == [(1,), (), (0, 5), ()]


# --- Edges -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "steps"),
    [
        ("x", 0),
        ("xxx", 2),
        ("xxx..x", 2),
        ("x..x", 3),
        ("x...", 3),
        (".xx", 1),
        ("..x.", 2),
        ("....", 3),
    ],
)
def test_edge__as_excel_has_it(cells: str, steps: int) -> None:
    assert edge(cell == "x" for cell in cells) == steps


@pytest.mark.parametrize("records", [1, 2, 2000])
def test_edge_in__a_column_of_the_ledger(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, records: int
) -> None:
    monkeypatch.setattr(finding, "SLICE", records)
    by_id = ledger.pack().form_by_id["eci"].by_id
    here = where(ledger)
    assert run_steps(edge_in(ledger, here, by_id["beds_total"])) == 2
    assert run_steps(edge_in(ledger, here, by_id["beds_nursing"])) == 1
    back = Where(here.form, here.period, here.records[::-1])
    assert run_steps(edge_in(ledger, back, by_id["beds_nursing"])) == 1


# --- Going to a place ----------------------------------------------------------------


def test_names__with_their_first_letters(ledger: Ledger) -> None:
    field = ledger.pack().form_by_id["eci"].by_id["name"]
    named = run_steps(names_in(ledger, where(ledger), field))
    assert named == Named(("好院", "坏院", "缺院"), ("好院 hy", "坏院 hy", "缺院 qy"))


def test_rows__by_number_name_and_first_letters() -> None:
    named = Named(("好院", "第2院", "缺Home"), ("好院 hy", "第2院 d2y", "缺home qhome"))
    assert rows_named(named, "HY", 9) == [0]
    assert rows_named(named, "3", 9) == [2]
    assert rows_named(named, "2", 9) == [1]
    assert rows_named(named, "院", 1) == [0]
    assert rows_named(named, "Home", 9) == [2]
    assert rows_named(named, " ", 2) == [0, 1]
    assert rows_named(named, "99", 9) == []


def test_fields__by_name_and_first_letters() -> None:
    fields = small.small_pack().form_by_id["eci"].fields
    [column] = fields_named(fields, "zcws")
    assert fields[column].title == "总床位数"
    assert fields_named(fields, "总床位") == [column]
    assert fields_named(fields, " ") == []
