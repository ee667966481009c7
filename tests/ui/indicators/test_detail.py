from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QTreeWidget
from shiboken6 import isValid

from desktop.export.chart.data import RankChart
from desktop.export.chart.data import TargetChart
from desktop.export.chart.data import TrendChart
from desktop.ui.indicators.detail import IndicatorDetail
from desktop.ui.indicators.detail import Tab
from desktop.ui.indicators.model import IndicatorsModel
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def detail(qtbot: QtBot, audited: Workplace) -> IndicatorDetail:
    made = IndicatorDetail(audited)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.show_indicator(IndicatorsModel(audited, made).rows[0])
    return made


def test_head__value_standing_and_target(detail: IndicatorDetail) -> None:
    said = [
        child(detail, QLabel, f"indicator.{name}").text()
        for name in ("title", "value", "standing", "gap")
    ]
    assert said == ["护理型床位占比", "60.00%", "达标", ""]
    chart = detail.chart()
    assert isinstance(chart, TargetChart)
    assert chart.sentence == (
        "长宁区2025年护理型床位占比：60.00%，目标 ≥55%（2025年），达标。"
    )
    assert nameless(detail) == []


def test_tabs__each_computed_when_it_is_opened(
    qtbot: QtBot, detail: IndicatorDetail
) -> None:
    assert len(detail.charts()) == 1
    detail.tabs.setCurrentIndex(Tab.TREND.value)
    qtbot.waitUntil(lambda: isinstance(detail.chart(), TrendChart))
    assert len(detail.charts()) == 2
    detail.tabs.setCurrentIndex(Tab.RANKING.value)
    qtbot.waitUntil(lambda: isinstance(detail.chart(), RankChart))
    detail.tabs.setCurrentIndex(Tab.RECORDS.value)
    assert isinstance(detail.chart(), TargetChart)
    qtbot.waitUntil(
        lambda: (
            len(every(detail, QTreeWidget)) == 1
            and (every(detail, QTreeWidget)[0].topLevelItemCount() == 2)
        )
    )
    assert len(detail.charts()) == 3


def test_complete__has_all_computed_once(qtbot: QtBot, detail: IndicatorDetail) -> None:
    done: list[int] = []
    detail.complete(lambda: done.append(len(detail.charts())))
    qtbot.waitUntil(lambda: done == [3])
    detail.complete(lambda: done.append(0))
    assert done == [3, 0]


def test_figures__that_changed_are_computed_anew(
    qtbot: QtBot, detail: IndicatorDetail
) -> None:
    detail.tabs.setCurrentIndex(Tab.TREND.value)
    trend = detail.chart_tab(Tab.TREND)
    qtbot.waitUntil(lambda: not trend.waits())
    assert detail.shown is not None
    detail.show_indicator(replace(detail.shown))
    assert trend.waits()
    qtbot.waitUntil(lambda: not trend.waits())


def test_tab__of_records_has_no_chart(detail: IndicatorDetail) -> None:
    with pytest.raises(TypeError):
        detail.chart_tab(Tab.RECORDS)


def test_none__no_indicator_chosen(detail: IndicatorDetail, audited: Workplace) -> None:
    detail.show_indicator(None)
    title = child(detail, QLabel, "indicator.title")
    assert title.text() == audited.say("No indicator is chosen.")
    assert detail.chart() is None
    done: list[int] = []
    detail.complete(lambda: done.append(1))
    assert done == [1]


def test_none__nothing_computed_yet(qtbot: QtBot, work: Workplace) -> None:
    made = IndicatorDetail(work)
    qtbot.addWidget(made)
    made.show_indicator(IndicatorsModel(work, made).rows[0])
    assert made.chart() is None


def test_detail__freed_with_answers_on_their_way(audited: Workplace) -> None:
    made = IndicatorDetail(audited)
    made.show_indicator(IndicatorsModel(audited).rows[0])
    for which in (Tab.TREND, Tab.RANKING, Tab.RECORDS):
        made.tab(which).look()
    made.deleteLater()
    free(made)
    assert not isValid(made)
    drain(audited)
