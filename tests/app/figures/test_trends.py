from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.figures.trends import levels_of
from desktop.app.figures.trends import ranking
from desktop.app.figures.trends import trend
from desktop.app.figures.trends import units_of
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.changes import UnitChange
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Former
from desktop.core.unit import UnitLevel
from desktop.store.records import Applied
from tests.levels import fill
from tests.levels import make_levels
from tests.small import COUNTY
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)
SHARE = "nursing_share"


def another(*indicators: object) -> dict[str, object]:
    """Give a later version of the small pack, which defines indicators otherwise."""
    return {**pack_data(), "version": "1.1.0", "indicators": list(indicators)}


def put_next(ledger: Ledger) -> None:
    """Add a facility in the next year."""
    form = ledger.pack(NEXT.code).form_by_id["eci"]
    cells: dict[str, Cell] = {"name": "乙院", "beds_total": 100, "beds_nursing": 60}
    answer = ledger.apply(add_record(form, NEXT, STREET, "乙院", cells))
    assert isinstance(answer, Applied)


def grown(ledger: Ledger, data: dict[str, object]) -> None:
    """Go on in the next year under a newer version of the pack."""
    put(ledger, "甲院", beds_total=100, beds_nursing=40)
    ledger.add_period(NEXT)
    ledger.upgrade(pack_of(data), NEXT, aside=False)
    put_next(ledger)


def trend_of(
    ledger: Ledger, indicator: str, period: Period
) -> list[tuple[object, ...]]:
    from desktop.app.compiled import compiled_for

    compiled = compiled_for(ledger, period)
    found = run_steps(trend(ledger, compiled, indicator, period, COUNTY))
    assert found.now == period
    return [
        (each.period.code, each.figure and each.figure.shown, each.same)
        for each in found.points
    ]


def test_trend__every_period_by_one_pack(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=40)
        ledger.add_period(NEXT)
        put_next(ledger)
        found = trend_of(ledger, SHARE, NEXT)
    assert found == [("2025", Decimal("40.00"), True), ("2026", Decimal("60.00"), True)]


def test_trend__another_definition_is_told_apart(tmp_path: Path) -> None:
    """A target that changed changes no meaning; another denominator does."""
    whole = {"title": "床位", "value": "SUM(eci.beds_total) + 100"}
    with opened(make_ledger(tmp_path)) as ledger:
        grown(ledger, another({**INDICATORS[0], "denominator": whole}, INDICATORS[1]))
        assert trend_of(ledger, SHARE, NEXT) == [
            ("2025", Decimal("40.00"), False),
            ("2026", Decimal("30.00"), True),
        ]
        assert [same for *_, same in trend_of(ledger, "beds_in_years", NEXT)] == [
            True,
            True,
        ]


def test_trend__an_indicator_an_earlier_pack_had_not(tmp_path: Path) -> None:
    young = {**INDICATORS[0], "id": "young"}
    with opened(make_ledger(tmp_path)) as ledger:
        grown(ledger, another(*INDICATORS, young))
        assert trend_of(ledger, "young", NEXT) == [
            ("2025", None, True),
            ("2026", Decimal("60.00"), True),
        ]


def test_trend__an_indicator_that_cannot_be_computed(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        pack = ledger.pack()
        broken = pack.indicators[0].replaced(
            numerator=pack.indicators[0].numerator.replaced(value="SUM(eci.nothing)")
        )
        compiled = CompiledPack(pack.replaced(indicators=(broken,)))
        steps = trend(ledger, compiled, SHARE, YEAR, COUNTY)
        (point,) = run_steps(steps).points
    assert point.figure is None


def test_trend__can_be_stopped(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        compiled = CompiledPack(ledger.pack())
        steps = trend(ledger, compiled, SHARE, YEAR, COUNTY)
        with pytest.raises(CancelledError):
            run_steps(steps, lambda _: False)


@pytest.fixture
def levels(tmp_path: Path) -> Iterator[Ledger]:
    with make_levels(tmp_path) as made:
        rows = {
            "2101": {"beds": 30, "nursing": 10},
            "210102": {"beds": 10, "nursing": 10},
            "2102": {"beds": 60, "nursing": 30},
        }
        fill(made, [("home", unit, each) for unit, each in rows.items()])
        yield made


def test_ranking__units_directly_below(levels: Ledger) -> None:
    compiled = CompiledPack(levels.pack())
    (indicator,) = compiled.pack.indicators
    found = run_steps(ranking(levels, compiled, indicator.id, YEAR, None))
    assert [(unit.name, unit.place) for unit in found.ranked] == [
        ("沈阳市", 1),
        ("大连市", 1),
    ]
    assert found.apart == ()


def test_ranking__any_level_with_those_that_have_nothing_apart(levels: Ledger) -> None:
    compiled = CompiledPack(levels.pack())
    (indicator,) = compiled.pack.indicators
    wanted = UnitLevel.COUNTY
    found = run_steps(ranking(levels, compiled, indicator.id, YEAR, wanted))
    assert [unit.name for unit in found.ranked] == ["和平区"]
    assert [unit.name for unit in found.apart] == ["沈河区", "中山区"]


def test_ranking__units_as_they_were(levels: Ledger) -> None:
    first, second = units_of(levels.units(), None)
    changes = (
        UnitChange(first.code, first, replace(first, until="2024")),
        UnitChange(
            second.code,
            second,
            replace(second, former=(Former("旅大市", None, "2025"),)),
        ),
    )
    levels.apply(Action(message("test"), changes))
    compiled = CompiledPack(levels.pack())
    (indicator,) = compiled.pack.indicators
    found = run_steps(ranking(levels, compiled, indicator.id, YEAR, None))
    assert [unit.name for unit in found.ranked] == ["旅大市"]


def test_ranking__no_such_indicator(levels: Ledger) -> None:
    compiled = CompiledPack(levels.pack())
    with pytest.raises(KeyError):
        run_steps(ranking(levels, compiled, "nothing", YEAR, None))


def test_levels__those_that_are_not_the_units_directly_below(levels: Ledger) -> None:
    assert levels_of(levels.units()) == (
        UnitLevel.COUNTY,
        UnitLevel.TOWNSHIP,
        UnitLevel.VILLAGE,
    )
    assert levels_of(levels.units()[:1]) == ()
