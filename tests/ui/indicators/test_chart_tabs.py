from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.edits import add_record
from desktop.core.changes import Action
from desktop.core.changes import UnitChange
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import UnitLevel
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import TrendChart
from desktop.export.wording import LINE
from desktop.ui.indicators.chart_tabs import LEVELS
from desktop.ui.indicators.chart_tabs import ChartTab
from desktop.ui.indicators.chart_tabs import RankingTab
from desktop.ui.indicators.chart_tabs import TrendTab
from desktop.ui.indicators.rollup_indicator import IndicatorUnitsDialog
from tests.levels import fill
from tests.levels import make_levels
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

NEXT = Period(PeriodKind.YEAR, 2026)


def shown(qtbot: QtBot, tab: ChartTab) -> ChartTab:
    """Show the tab of the first indicator and wait for what is computed."""
    qtbot.addWidget(tab)
    tab.resize(700, 500)
    tab.show()
    tab.show_indicator(tab.work.pack.indicators[0])
    qtbot.waitUntil(lambda: not tab.waits())
    return tab


@pytest.fixture
def grown(open_work: Opener, tmp_path: Path) -> Workplace:
    """Give a ledger of two years; the second defines the indicator otherwise."""
    whole = {"title": "床位", "value": "SUM(eci.beds_total) + 100"}
    base = {"value": 10, "year": 2024, "basis": "numeric"}
    far = [{**INDICATORS[0]["targets"][0], "year": 2030}]
    share = {**INDICATORS[0], "denominator": whole, "baseline": base, "targets": far}
    later = {**pack_data(), "version": "1.1.0", "indicators": [share, INDICATORS[1]]}
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=40)
        ledger.add_period(NEXT)
        ledger.upgrade(pack_of(later), NEXT, aside=False)
        form = ledger.pack(NEXT.code).form_by_id["eci"]
        cells: dict[str, Cell] = {"name": "乙院", "beds_total": 100, "beds_nursing": 50}
        ledger.apply(add_record(form, NEXT, STREET, "乙院", cells))
    return open_work(path)


@pytest.fixture
def levels(open_work: Opener, tmp_path: Path) -> Workplace:
    with make_levels(tmp_path) as ledger:
        rows = {
            "2101": {"beds": 30, "nursing": 10},
            "210102": {"beds": 10, "nursing": 10},
            "2102": {"beds": 60, "nursing": 60},
        }
        fill(ledger, [("home", unit, each) for unit, each in rows.items()])
        path = ledger.path
    return open_work(path)


# --- Trend ---------------------------------------------------------------------


def test_trend__another_definition_is_marked_and_not_joined(
    qtbot: QtBot, grown: Workplace
) -> None:
    tab = shown(qtbot, TrendTab(grown))
    chart = tab.view.chart
    assert isinstance(chart, TrendChart)
    assert [(dot.period, dot.joined) for dot in chart.dots] == [
        ("2025", False),
        ("2026", True),
    ]
    assert "口径" in tab.hint.text()
    assert LINE in tab.hint.text()
    assert "2025 40.00（口径不同）" in tab.view.accessibleDescription()
    assert nameless(tab) == []


def test_trend__of_one_period_says_what_comes(qtbot: QtBot, work: Workplace) -> None:
    tab = shown(qtbot, TrendTab(work))
    assert tab.view.chart is not None
    assert "一个报告期" in tab.hint.text()


def test_trend__without_any_value_says_what_to_do(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    tab = shown(qtbot, TrendTab(open_work(make_ledger(tmp_path))))
    assert tab.view.chart is None
    assert tab.view.isHidden()
    assert tab.hint.text().startswith("各期都还没有数值")


def test_trend__computed_when_it_is_looked_at_and_stopped(
    qtbot: QtBot, work: Workplace
) -> None:
    tab = TrendTab(work)
    qtbot.addWidget(tab)
    tab.look()
    assert not tab.inquiry.is_busy()
    tab.show_indicator(work.pack.indicators[0])
    assert tab.waits()
    assert not tab.inquiry.is_busy()
    tab.look()
    assert tab.inquiry.is_busy()
    child(tab, QPushButton, "indicator.trend.stop").click()
    assert tab.hint.text() == work.say("Stopped. Nothing was changed.")
    again = child(tab, QPushButton, "indicator.trend.again")
    assert not again.isHidden()
    again.click()
    assert again.isHidden()
    qtbot.waitUntil(lambda: tab.view.chart is not None)
    first = tab.view.chart
    tab.look()
    assert not tab.inquiry.is_busy()
    tab.show_indicator(work.pack.indicators[1])
    assert tab.view.chart is not first


# --- Ranking -------------------------------------------------------------------


def names(tab: ChartTab) -> list[str]:
    chart = tab.view.chart
    assert isinstance(chart, RankChart)
    return [bar.name for bar in chart.bars]


def test_ranking__units_below_and_any_level(qtbot: QtBot, levels: Workplace) -> None:
    tab = shown(qtbot, RankingTab(levels))
    assert names(tab) == ["大连市", "沈阳市"]
    box = child(tab, QComboBox, "indicator.ranking.level")
    offered = [box.itemText(place) for place in range(box.count())]
    assert offered == ["直接下级", "县（市、区）", "乡镇（街道）", "村（社区）"]
    box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not tab.waits())
    assert names(tab) == ["和平区"]
    chart = tab.view.chart
    assert isinstance(chart, RankChart)
    assert chart.apart == ("数据缺失（不参加排名）：沈河区、中山区",)
    box.setCurrentIndex(2)
    qtbot.waitUntil(lambda: not tab.waits())
    assert names(tab) == []
    assert "换一级" in tab.hint.text()
    assert nameless(tab) == []


def test_ranking__levels_follow_the_units(qtbot: QtBot, levels: Workplace) -> None:
    tab = shown(qtbot, RankingTab(levels))
    box = child(tab, QComboBox, "indicator.ranking.level")
    box.setCurrentIndex(3)
    gone = [unit for unit in levels.session.units if unit.level is UnitLevel.VILLAGE]
    changes = tuple(UnitChange(unit.code, unit, None) for unit in gone)
    with qtbot.waitSignal(levels.bridge.units_changed):
        levels.session.apply(Action(message("test"), changes))
    assert box.count() == 3
    assert box.currentIndex() == 0
    assert set(LEVELS) == set(UnitLevel)


def test_ranking__a_ledger_of_one_unit_says_so(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    with make_levels(tmp_path) as ledger:
        changes = [UnitChange(u.code, u, None) for u in reversed(ledger.units()[1:])]
        ledger.apply(Action(message("test"), tuple(changes)))
        path = ledger.path
    tab = shown(qtbot, RankingTab(open_work(path)))
    assert "没有下级单位" in tab.hint.text()


def test_ranking__leads_down_unit_by_unit(qtbot: QtBot, levels: Workplace) -> None:
    tab = RankingTab(levels)
    qtbot.addWidget(tab)
    button = child(tab, QPushButton, "indicator.ranking.by_unit")
    button.click()
    assert every(tab, IndicatorUnitsDialog) == []
    tab.show_indicator(levels.pack.indicators[0])
    button.click()
    [dialog] = every(tab, IndicatorUnitsDialog)
    dialog.reject()


def test_tab__figures_that_come_while_it_opens_do_not_leave_it_empty(
    qtbot: QtBot, levels: Workplace
) -> None:
    """A tab is asked to compute before Qt has shown it; then new figures come."""
    tab = RankingTab(levels)
    qtbot.addWidget(tab)
    (indicator,) = levels.pack.indicators
    tab.show_indicator(indicator)
    tab.look()
    tab.show_indicator(indicator)
    qtbot.waitUntil(lambda: tab.view.chart is not None)
    tab.outdate()
    assert tab.waits()
    tab.show()
    qtbot.waitUntil(lambda: not tab.waits())
