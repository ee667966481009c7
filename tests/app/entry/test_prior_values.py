from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.entry.prior_values import Difference
from desktop.app.entry.prior_values import Prior
from desktop.app.entry.prior_values import difference
from desktop.app.entry.prior_values import earlier_periods
from desktop.app.entry.prior_values import percent_of
from desktop.app.entry.prior_values import priors_of
from desktop.app.entry.prior_values import rules_on_change
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)


def periods(*codes: str) -> tuple[Period, ...]:
    found = [parse_period(code) for code in codes]
    return tuple(one for one in found if one is not None)


@pytest.mark.parametrize(
    ("there", "now", "earlier"),
    [
        ("2024 2025", "2025", "2024"),
        ("2025 2026", "2025", ""),
        ("2022 2023 2025", "2025", "2023"),
        ("2024H1 2024H2 2025H1", "2025H1", "2024H2 2024H1"),
        ("2024Q4 2025Q1", "2025Q1", "2024Q4"),
        ("2024-03 2025-03", "2025-03", "2024-03"),
        ("2024-03 2025-01 2025-03", "2025-03", "2025-01 2024-03"),
        ("2024 2025Q1 2025Q2", "2025Q2", "2025Q1"),
    ],
)
def test_earlier_periods__the_last_there_is_and_a_year_ago(
    there: str, now: str, earlier: str
) -> None:
    [today] = periods(now)
    found = earlier_periods(periods(*there.split()), today)
    assert found == periods(*earlier.split())


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        opened.add_period(NEXT, small.YEAR)
        yield opened


def test_priors_of__the_same_facility_a_period_before(ledger: Ledger) -> None:
    form = ledger.pack().form_by_id["eci"]
    ledger.apply(add_record(form, NEXT, small.STREET, "新院", {"name": "新院"}))
    records = ledger.rows("eci", ledger.ids("eci", NEXT.code))
    found = priors_of(ledger, "eci", records, [small.YEAR])
    by_name = {record.cell("name"): found[record.id] for record in records}
    [good] = by_name["好院"]
    assert (good.period, good.cell("beds_total")) == (small.YEAR, 100)
    assert good.cell("price") is Absent.BLANK
    assert good.cell("no_such_field") is Absent.BLANK
    assert by_name["新院"] == ()
    assert priors_of(ledger, "eci", [], [small.YEAR]) == {}


def renamed() -> dict[str, Any]:
    """Give a newer pack: a field has another name, one is new, one form is new."""
    data = small.pack_data()
    basis, beds = small.ECI["groups"]
    total, nursing, price = beds["fields"]
    fields = [
        {**total, "id": "all_beds", "formerly": "beds_total"},
        nursing,
        {**price, "id": "fee", "formerly": "price", "digits": 1},
        {
            "id": "half",
            "kind": "integer",
            "title": "一半",
            "computed": "all_beds - 50",
        },
    ]
    eci = {**small.ECI, "groups": [basis, {**beds, "fields": fields}]}
    other = {**small.ECI, "id": "more", "title": "另一张表"}
    return {
        **data,
        "version": "1.1.0",
        "forms": [eci, small.AREA, other],
        "rules": [],
        "indicators": [],
    }


def test_priors_of__under_an_older_pack_told_in_todays_fields(tmp_path: Path) -> None:
    with small.opened(small.make_filled(tmp_path)) as ledger:
        price = ledger.pack().form_by_id["eci"].by_id["price"]
        old = ledger.rows("eci", ledger.ids("eci", small.YEAR.code))
        for record, value in zip(old, ("12.50", "12.55"), strict=False):
            ledger.apply(set_cell(record, price, Decimal(value)))
        ledger.add_period(NEXT, small.YEAR)
        ledger.upgrade(small.pack_of(renamed()), NEXT, aside=False)
        form = ledger.pack().form_by_id["more"]
        ledger.apply(add_record(form, NEXT, small.STREET, "x", {"name": "x"}))
        records = ledger.rows("eci", ledger.ids("eci", NEXT.code))
        found = priors_of(ledger, "eci", records, [small.YEAR])
        [good] = found[records[0].id]
        assert good.cell("all_beds") == 100
        assert good.cell("fee") == Decimal("12.5")
        [bad] = found[records[1].id]
        assert bad.cell("fee") is Absent.BLANK, "12.55 does not fit one decimal"
        new = ledger.rows("more", ledger.ids("more", NEXT.code))
        assert priors_of(ledger, "more", new, [small.YEAR]) == {new[0].id: ()}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (120, 150, Difference(Decimal(30), Decimal("25.0"))),
        (150, 120, Difference(Decimal(-30), Decimal("-20.0"))),
        (Decimal("-2.50"), Decimal("2.50"), Difference(Decimal("5.00"), Decimal(200))),
        (0, 8, Difference(Decimal(8), None)),
        (3, Absent.BLANK, None),
        (Absent.UNKNOWN, 3, None),
        (True, 3, None),
        ("甲", "乙", None),
    ],
)
def test_difference__in_numbers_and_percent(
    before: Cell, now: Cell, expected: Difference | None
) -> None:
    assert difference(before, now) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (12, 100, Decimal("12.0")),
        (1, Decimal(3), Decimal("33.3")),
        (0, 0, None),
        (5, Absent.BLANK, None),
        (Absent.BLANK, 5, None),
    ],
)
def test_percent_of__only_where_it_says_something(
    part: Cell, whole: Cell, expected: Decimal | None
) -> None:
    assert percent_of(part, whole) == expected


def test_rules_on_change__those_to_be_explained_that_look_back() -> None:
    data = small.pack_data()
    late = {
        "id": "eci.when_back",
        "form": "eci",
        "level": "warning",
        "check": "beds_total > 0",
        "when": "prev.beds_total > 0",
        "says": "说明",
        "ours": "演示",
    }
    hard = {**late, "id": "eci.hard", "level": "error"}
    plain = {**late, "id": "eci.plain", "when": "status = '运营'"}
    pack = small.pack_of({**data, "rules": [*data["rules"], late, hard, plain]})
    audit = CompiledPack(pack).audit.of("eci")
    assert rules_on_change(audit) == {"eci.price_jump", "eci.when_back"}


def test_prior__is_a_value() -> None:
    assert Prior(NEXT, {"a": 1}) == Prior(NEXT, {"a": 1})
