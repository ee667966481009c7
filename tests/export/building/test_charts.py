from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period
from desktop.export.building import charts as build_charts
from desktop.export.building.charts import rank_chart
from desktop.export.building.charts import target_chart
from desktop.export.building.charts import trend_chart
from desktop.export.building.charts import value_words
from desktop.export.building.charts import year_of
from desktop.export.chart.data import Sign
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import TargetBasis
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Path
from desktop.indicators.figures import Status
from desktop.indicators.series import RankedUnit
from desktop.indicators.series import Trend
from desktop.indicators.series import TrendPoint
from desktop.indicators.series import rank
from tests.export.samples import PACK
from tests.export.samples import PERIOD
from tests.export.samples import SHARE
from tests.indicators.targets_of import target

INDICATOR, COUNT = PACK.indicators
WHOSE = "长宁区2025年"
BEGUN = INDICATOR.replaced(
    baseline=Baseline(value=Decimal(30), year=2020, basis=TargetBasis.NUMERIC)
)


def figure(value: str | None = "38.96", **other: Any) -> Figure:  # noqa: ANN401 - any part
    number = None if value is None else Decimal(value)
    return replace(SHARE, value=number, shown=number, **other)


def test_value__with_its_measure() -> None:
    assert value_words(SHARE, INDICATOR) == "38.96%"
    assert (
        value_words(figure("7"), INDICATOR.replaced(measure="张", digits=0)) == "7 张"
    )
    assert value_words(None, INDICATOR) == ""
    assert value_words(figure(None), INDICATOR) == ""


# --- One value -----------------------------------------------------------------


def test_target__all_marks_and_one_sentence() -> None:
    path = Path(Decimal("46.25"), Decimal(30), 2020, assumed=False)
    chart = target_chart(BEGUN, figure(path=path, status=Status.BEHIND), WHOSE)
    assert chart is not None
    assert chart.full == 100
    assert chart.sign is Sign.WARNING
    assert chart.start is not None
    assert chart.start.words == "基期 30%（2020年）"
    assert [mark.words for mark in chart.targets] == ["目标 ≥55%（2025年，约束性）"]
    assert chart.sentence == (
        f"{WHOSE}护理型床位占比：38.96%，基期 30%（2020年），"
        "按直线进度，本年应达 46.25%，目标 ≥55%（2025年，约束性），"
        "进度滞后，还差 50 张。"
    )


def test_target__two_bounds_are_named_once() -> None:
    between = target("between", "50", upper=Decimal(60))
    chart = target_chart(INDICATOR, figure(target=between), WHOSE)
    assert chart is not None
    assert [mark.words for mark in chart.targets] == ["目标 50～60%", ""]


def test_target__for_the_whole_region_is_said_to_be_for_reference() -> None:
    chart = target_chart(INDICATOR, figure(status=Status.REFERENCE), WHOSE)
    assert chart is not None
    assert chart.targets[0].words.startswith("目标（仅供参考）≥55%")


def test_target__without_a_value() -> None:
    missing = figure(None, status=Status.MISSING, gap=None)
    chart = target_chart(INDICATOR, missing, WHOSE)
    assert chart is not None
    assert chart.value is None
    assert "没有数值" in chart.sentence


@pytest.mark.parametrize("wanted", [None, target(None, None)])
def test_target__nothing_to_draw(wanted: Any) -> None:  # noqa: ANN401 - a target or none
    assert target_chart(BEGUN, figure(None, target=wanted, gap=None), WHOSE) is None


# --- Periods -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "end"),
    [("2025", 2025), ("2025H1", 2024.5), ("2025Q4", 2025), ("2025-03", 2024.25)],
)
def test_year__the_end_of_a_period(code: str, end: float) -> None:
    period = parse_period(code)
    assert period is not None
    assert year_of(period) == end


def points(*values: tuple[int, str | None, bool]) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(Period(PeriodKind.YEAR, year), figure(value), same)
        for year, value, same in values
    )


def test_trend__values_other_definitions_and_targets_in_one_sentence() -> None:
    path = Path(Decimal(48), Decimal(30), 2020, assumed=False)
    wanted = target(year=2027)
    indicator = INDICATOR.replaced(
        targets=(
            wanted,
            target(year=2024),
            target(until=2020),
            target(None, None, year=2027),
        )
    )
    now = TrendPoint(PERIOD, figure("52.30", path=path, target=wanted))
    found = Trend(PERIOD, (*points((2023, "20", False), (2024, None, True)), now))
    chart = trend_chart(indicator, found, "长宁区")
    assert [(dot.period, dot.joined, dot.now) for dot in chart.dots] == [
        ("2023", False, False),
        ("2024", True, False),
        ("2025", True, True),
    ]
    assert chart.sentence == (
        "长宁区护理型床位占比各期：2023 20.00（口径不同），2024 数据缺失，2025 52.30；"
        "2027年目标 ≥55%，2024年目标 ≥55%。"
    )
    assert [end.at for end in chart.path] == [2020, 2027]
    assert [end.mark.number for end in chart.path] == [30, 55]
    assert chart.level is None


def test_trend__a_line_down_to_the_upper_bound() -> None:
    path = Path(Decimal(70), Decimal(80), 2020, assumed=False)
    wanted = target("between", "50", upper=Decimal(60), year=2027)
    now = TrendPoint(PERIOD, figure("75", path=path, target=wanted))
    chart = trend_chart(INDICATOR, Trend(PERIOD, (now,)), "长宁区")
    assert [end.mark.number for end in chart.path] == [80, 60]


@pytest.mark.parametrize("year", [None, 2020])
def test_trend__a_target_of_no_year_that_is_drawn_is_a_level(year: int | None) -> None:
    wanted = target(year=year)
    path = Path(Decimal(70), Decimal(80), 2020, assumed=False)
    now = TrendPoint(PERIOD, figure("52", target=wanted, path=None if year else path))
    indicator = INDICATOR.replaced(targets=(wanted,))
    chart = trend_chart(indicator, Trend(PERIOD, (now,)), "长宁区")
    assert (chart.goals, chart.path) == ((), ())
    assert chart.level is not None
    assert chart.level.words in chart.sentence


def test_trend__without_figures() -> None:
    bare = INDICATOR.replaced(targets=())
    for point in (TrendPoint(PERIOD, None), TrendPoint(PERIOD, figure(target=None))):
        chart = trend_chart(bare, Trend(PERIOD, (point,)), "长宁区")
        assert (chart.goals, chart.path, chart.level) == ((), (), None)
        assert chart.sentence.endswith("。")
        assert "目标" not in chart.sentence


# --- Units ---------------------------------------------------------------------


def unit(name: str, value: str | None, **other: Any) -> RankedUnit:  # noqa: ANN401 - any part
    return RankedUnit(name, name, figure(value, **other))


def test_rank__bars_target_and_those_apart_with_the_reason() -> None:
    units = [
        unit("甲", "60", status=Status.REACHED),
        unit("乙", None, status=Status.MISSING),
        unit("丙", None, status=Status.NOT_APPLICABLE),
        RankedUnit("丁", "丁", None),
        unit("戊", "38.96"),
    ]
    chart = rank_chart(INDICATOR, rank(INDICATOR, PERIOD, units), "长宁区")
    assert [(bar.place, bar.name, bar.sign) for bar in chart.bars] == [
        (1, "甲", Sign.GOOD),
        (2, "戊", Sign.BAD),
    ]
    assert chart.target is not None
    assert chart.apart == ("数据缺失（不参加排名）：乙、丁", "不适用（不参加排名）：丙")
    assert chart.sentence == (
        "2025年各单位护理型床位占比（长宁区，由高到低）：第1 甲 60.00%，第2 戊 38.96%；"
        "目标 ≥55%（2025年，约束性）；数据缺失（不参加排名）：乙、丁；"
        "不适用（不参加排名）：丙。"
    )


def test_rank__a_target_for_the_whole_region_judges_no_unit() -> None:
    units = [unit("甲", "60", status=Status.REFERENCE)]
    chart = rank_chart(INDICATOR, rank(INDICATOR, PERIOD, units), "长宁区")
    assert chart.target is None


def test_rank__nobody_has_a_value() -> None:
    fewer = INDICATOR.replaced(targets=(target("<=", "5"),))
    chart = rank_chart(fewer, rank(fewer, PERIOD, [unit("甲", None)]), "长宁区")
    assert chart.bars == ()
    assert "由低到高" in chart.title
    assert "没有可以排名的数值" in chart.sentence


def test_rank__only_so_many_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_charts, "DRAWN", 1)
    units = [unit("甲", "60"), unit("乙", "50"), unit("丙", "40")]
    chart = rank_chart(INDICATOR, rank(INDICATOR, PERIOD, units), "长宁区")
    assert [bar.name for bar in chart.bars] == ["甲"]
    assert chart.apart == ("另有 2 个单位名次在后，图中未画",)
