from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.progress import run_steps
from desktop.app.reports.charts import charted
from desktop.app.reports.exporting import gather
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import TargetChart
from desktop.export.chart.data import TrendChart
from desktop.export.report import Chapter
from desktop.store.records import Applied
from tests.levels import fill
from tests.levels import filled
from tests.levels import levels_pack
from tests.levels import tree
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import person
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.export.chart.data import Chart
    from desktop.store.ledger import Ledger
    from tests.levels import Rows

NEXT = Period(PeriodKind.YEAR, 2026)
SHARE = INDICATORS[0]


def charts_of(ledger: Ledger, period: Period) -> dict[str, tuple[Chart, ...]]:
    compiled = CompiledPack(ledger.pack(period.code))
    report = run_steps(gather(ledger, compiled, period))
    return {group.indicator: group.charts for group in report.charts}


def kinds(charts: Sequence[Chart]) -> list[type[Chart]]:
    return [type(chart) for chart in charts]


def next_year(ledger: Ledger) -> None:
    ledger.add_period(NEXT)
    form = ledger.pack(NEXT.code).form_by_id["eci"]
    cells: dict[str, Cell] = {"name": "乙院", "beds_total": 100, "beds_nursing": 60}
    answer = ledger.apply(add_record(form, NEXT, STREET, "乙院", cells))
    assert isinstance(answer, Applied)


def test_charts__one_period_is_held_against_its_target_only(tmp_path: Path) -> None:
    """What a plan has set no number for has no chart at all."""
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=30)
        found = charts_of(ledger, YEAR)

    assert list(found) == ["nursing_share"]
    (chart,) = found["nursing_share"]
    assert isinstance(chart, TargetChart)
    assert chart.value is not None
    assert chart.value.words == "30.00%"


def test_charts__without_a_value_there_is_none(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        assert charts_of(ledger, YEAR) == {}


def test_charts__left_out_they_are_not_computed(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=30)
        compiled = CompiledPack(ledger.pack())
        report = run_steps(gather(ledger, compiled, YEAR))
        short = replace(report, charts=(), left_out=frozenset({Chapter.CHARTS}))
        assert run_steps(charted(ledger, compiled, YEAR, short)) == short


def test_charts__nought_of_nought_has_no_scale(tmp_path: Path) -> None:
    """A plan wants none, and there is none: nothing to draw."""
    none = {**SHARE["targets"][0], "operator": "<=", "value": 0}
    pack = pack_of({**pack_data(), "indicators": [{**SHARE, "targets": [none]}]})
    with opened(make_ledger(tmp_path, pack)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=0)
        assert charts_of(ledger, YEAR) == {}


def test_charts__several_periods_make_a_trend(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=30)
        next_year(ledger)
        found = charts_of(ledger, NEXT)["nursing_share"]

    assert kinds(found) == [TargetChart, TrendChart]
    trend = found[1]
    assert isinstance(trend, TrendChart)
    assert [(dot.period, dot.joined) for dot in trend.dots] == [
        ("2025", True),
        ("2026", True),
    ]


def test_charts__another_pack_means_something_else(tmp_path: Path) -> None:
    """An earlier version had another numerator, and not the second indicator."""
    other = {**SHARE, "id": "other"}
    twice = {
        **SHARE,
        "numerator": {**SHARE["numerator"], "value": "SUM(eci.beds_total)"},
    }
    later = pack_of({**pack_data(), "version": "1.1.0", "indicators": [twice, other]})
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=30)
        ledger.add_period(NEXT)
        ledger.upgrade(later, NEXT, aside=False)
        form = later.form_by_id["eci"]
        cells: dict[str, Cell] = {"name": "乙院", "beds_total": 100, "beds_nursing": 60}
        ledger.apply(add_record(form, NEXT, STREET, "乙院", cells))
        found = charts_of(ledger, NEXT)

    assert kinds(found["other"]) == [TargetChart]
    trend = found["nursing_share"][1]
    assert isinstance(trend, TrendChart)
    assert [dot.joined for dot in trend.dots] == [False, True]


def test_charts__units_directly_below_are_ranked(tmp_path: Path) -> None:
    (share,) = pack_of({**pack_data(), "indicators": [SHARE]}).indicators
    plain = levels_pack()
    (indicator,) = plain.indicators
    pack = plain.replaced(indicators=(indicator.replaced(targets=share.targets),))
    path = tmp_path / "levels.taizhang"
    create_ledger(path, Beginning(pack, tree(), YEAR), person())
    with opened(path) as ledger:

        def homes(*nursing: int) -> Rows:
            found = zip(("2101", "2102"), nursing, strict=True)
            return [("home", code, {"beds": 10, "nursing": n}) for code, n in found]

        with filled(ledger, homes(5, 5)):
            alike = charts_of(ledger, YEAR)["nursing_share"]
        fill(ledger, homes(5, 10))
        found = charts_of(ledger, YEAR)["nursing_share"]

    assert kinds(alike) == [TargetChart]
    assert kinds(found) == [TargetChart, RankChart]
    rank = found[1]
    assert isinstance(rank, RankChart)
    assert [(bar.place, bar.name) for bar in rank.bars] == [
        (1, "大连市"),
        (2, "沈阳市"),
    ]
