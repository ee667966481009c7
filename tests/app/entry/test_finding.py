from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry import finding
from desktop.app.entry.finding import Found
from desktop.app.entry.finding import Named
from desktop.app.entry.finding import Where
from desktop.app.entry.finding import edge
from desktop.app.entry.finding import edge_in
from desktop.app.entry.finding import fields_named
from desktop.app.entry.finding import find
from desktop.app.entry.finding import names_in
from desktop.app.entry.finding import rows_named
from desktop.app.progress import run_steps
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def where(ledger: Ledger) -> Where:
    ids = ledger.ids("eci", small.YEAR.code)
    return Where("eci", small.YEAR.code, ids)


# --- Finding -----------------------------------------------------------------------


@pytest.mark.parametrize("records", [1, 2000])
def test_find__in_the_order_one_reads(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, records: int
) -> None:
    monkeypatch.setattr(finding, "SLICE", records)
    form = ledger.pack().form_by_id["eci"]
    fields = [form.by_id[n] for n in ("name", "beds_total", "beds_nursing")]
    assert run_steps(find(ledger, where(ledger), fields, "0")) == Found(
        ((0, 1), (0, 2), (1, 1), (1, 2), (2, 1))
    )
    assert run_steps(find(ledger, where(ledger), fields, "院")).places == (
        (0, 0),
        (1, 0),
        (2, 0),
    )


def test_find__stops_at_the_most(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    fields = ledger.pack().form_by_id["eci"].fields
    found = run_steps(find(ledger, where(ledger), fields, "院"))
    assert (len(found.places), found.more) == (2, True)


def test_found__the_next_and_the_one_before_go_round() -> None:
    found = Found(((0, 1), (2, 0), (2, 5)))
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
    nothing = Found(())
    assert nothing.behind((0, 0)) is None
    assert nothing.before((0, 0)) is None


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
