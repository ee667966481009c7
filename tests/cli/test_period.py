from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import remove_records
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period
from tests.cli.desks import typed
from tests.small import STREET
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import person
from tests.small import units

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("kind", "first", "second", "last_year"),
    [
        ("year", "2024", "2025", "2020"),
        ("half", "2024H2", "2025H1", "2020H2"),
        ("quarter", "2024Q4", "2025Q1", "2020Q4"),
        ("month", "2024-12", "2025-01", "2020-12"),
    ],
)
def test_every_kind_of_period(
    tmp_path: Path, kind: str, first: str, second: str, last_year: str
) -> None:
    """A new ledger, the next period, its audit and its cumulative indicators."""
    pack = pack_of({**pack_data(), "period_kind": kind, "region": None})
    path, begun = tmp_path / "a.taizhang", parse_period(last_year)
    assert begun is not None
    create_ledger(path, Beginning(pack, units(), begun), person())
    assert typed(tmp_path, "period", path, "--add", "20250").code == 2
    for code, source in ((first, last_year), (second, first)):
        added = typed(tmp_path, "period", path, "--add", code, "--from", source)
        assert added.code == 0, added.err
        with opened(path) as ledger:
            enter(ledger, code, beds_total=10, price=200 if code == second else 50)
    listed = typed(tmp_path, "period", path, "--json").facts
    assert [each["code"] for each in listed["periods"]] == [last_year, first, second]

    with opened(path) as ledger:
        period = parse_period(second)
        assert period is not None
        figures = figures_of_unit(
            ledger, ledger.pack(), CompiledPack(ledger.pack()).figures, period, STREET
        )
    # The plan runs from 2021: what was before is not part of it.
    assert {one.indicator: one.value for one in figures}["beds_in_years"] == 20
    checked = typed(tmp_path, "check", path, "--json").facts
    assert [one["rule"] for one in checked["findings"]] == ["eci.price_jump"]


def enter(ledger: Ledger, period: str, **cells: Cell) -> None:
    """Fill a home that is there already, or add it."""
    found = parse_period(period)
    assert found is not None
    form = ledger.pack().form_by_id["eci"]
    facility = "a"
    for record in ledger.rows("eci", ledger.ids("eci", period)):
        assert record.key.facility == facility
        remove_first(ledger, period)
    filled = {"name": "甲", "beds_nursing": 1, **cells}
    ledger.apply(add_record(form, found, STREET, facility, filled))


def remove_first(ledger: Ledger, period: str) -> None:
    form = ledger.pack().form_by_id["eci"]
    records = ledger.rows("eci", ledger.ids("eci", period))
    ledger.apply(remove_records(form, records))


def test_period__in_words(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    done = typed(tmp_path, "period", path)
    assert done.out == "2025年 (2025): 2 records\n"
    assert typed(tmp_path, "period", path, "--add", "2026").code == 0
    with opened(path) as ledger:
        assert ledger.periods()[-1] == Period(PeriodKind.YEAR, 2026)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2025"), "--add"),
        (("--add", "2025Q1"), "2025Q1"),
        (("--add", "2025"), "2025"),
        (("--add", "2026", "--from", "2020"), "2020"),
    ],
)
def test_period__error(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = typed(tmp_path, "period", make_ledger(tmp_path), *words)
    assert done.code == 2
    assert said in done.err
