"""趋势 and 各单位排名: charts of one indicator, computed when they are looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QScrollArea

from desktop.app.commands import mark
from desktop.app.figures.trends import levels_of
from desktop.app.figures.trends import ranking
from desktop.app.figures.trends import trend
from desktop.core.unit import UnitLevel
from desktop.export.building.charts import rank_chart
from desktop.export.building.charts import trend_chart
from desktop.export.wording import LINE
from desktop.ui.indicators.chart_view import ChartView
from desktop.ui.indicators.inquiry import Inquiry
from desktop.ui.indicators.rollup_indicator import IndicatorUnitsDialog
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from desktop.forms.indicator import Indicator
    from desktop.indicators.series import Ranking
    from desktop.indicators.series import Trend
    from desktop.ui.workplace import Workplace

LEVELS: Final[Mapping[UnitLevel, str]] = {
    UnitLevel.PROVINCE: mark("Provinces"),
    UnitLevel.PREFECTURE: mark("Prefectures"),
    UnitLevel.COUNTY: mark("Counties and districts"),
    UnitLevel.TOWNSHIP: mark("Townships and streets"),
    UnitLevel.VILLAGE: mark("Villages and communities"),
}


class ChartTab(QScrollArea):
    """A chart of an indicator, what is said beside it, and how far computing is."""

    settled = Signal()
    """What was asked has come, or will not come."""

    def __init__(self, work: Workplace, name: str, title: str) -> None:
        """Wait for an indicator."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.work = work
        self.indicator: Indicator | None = None
        self._fresh = False
        """Whether what is shown is what holds now."""
        self.view = ChartView(work, f"{name}.chart")
        self.inquiry = Inquiry(work, name)
        self.hint = parts.label("", "muted", name=f"{name}.hint")
        self.again = parts.button(
            work.say("Compute"), self._compute, name=f"{name}.again"
        )
        self.tools = QHBoxLayout()
        frame = QFrame()
        frame.setProperty("paper", True)
        column = parts.column(frame, margin=14, spacing=8)
        column.addLayout(self.tools)
        column.addWidget(self.inquiry)
        column.addWidget(self.view)
        column.addWidget(self.hint)
        column.addLayout(parts.row(self.again, None))
        column.addStretch(1)
        self.setWidget(frame)
        self._say_nothing()

    def show_indicator(self, indicator: Indicator) -> None:
        """Take another indicator, or the same with other figures."""
        if self.indicator is not indicator:
            self.view.show_chart(None)
        self.indicator = indicator
        self.outdate()

    def outdate(self) -> None:
        """Compute anew: now, if somebody looks or waits, else when somebody does."""
        wanted = self.isVisible() or self.inquiry.is_busy()
        self._fresh = False
        self.inquiry.drop()
        if wanted:
            self._compute()

    def showEvent(self, event: QShowEvent) -> None:
        """Compute what is before the person."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Compute if that has not been done: the tab is before the person."""
        if not self._fresh:
            self._compute()

    def ask(self, indicator: Indicator) -> None:
        """Have the figures computed."""
        raise NotImplementedError

    def _compute(self) -> None:
        if self.indicator is not None:
            self._fresh = True
            self.again.hide()
            self.hint.hide()
            self.ask(self.indicator)

    def stopped(self) -> None:
        """Offer to compute after all."""
        self._say_nothing(self.work.say("Stopped. Nothing was changed."))
        self.again.show()

    def tell(self, words: str) -> None:
        """Say something below the chart: nothing more is to come."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.settled.emit()

    def waits(self) -> bool:
        """Whether the chart of the indicator is still to come."""
        return not self._fresh or self.inquiry.is_busy()

    def _say_nothing(self, words: str = "") -> None:
        self.view.show_chart(None)
        self.again.hide()
        self.tell(words)

    def whose(self) -> str:
        """Name the unit the ledger is for."""
        session = self.work.session
        return session.root.name_in(session.period.code)


class TrendTab(ChartTab):
    """The values of all periods."""

    def __init__(self, work: Workplace) -> None:
        """Wait for an indicator."""
        super().__init__(work, "indicator.trend", work.say("Trend"))

    def ask(self, indicator: Indicator) -> None:
        """Compute the indicator in every period, each by its own pack."""
        session = self.work.session
        compiled, period, root = session.compiled, session.period, session.root.code
        self.inquiry.ask(
            lambda ledger: trend(ledger, compiled, indicator.id, period, root),
            partial(self._take, indicator),
            self.stopped,
        )

    def _take(self, indicator: Indicator, found: Trend) -> None:
        say = self.work.say
        chart = trend_chart(indicator, found, self.whose())
        self.view.show_chart(chart)
        words = []
        if found.measured == 0:
            self.view.show_chart(None)
            words.append(
                say("No period has a value yet. Fill in the forms it is computed from.")
            )
        elif len(found.points) == 1:
            words.append(
                say(
                    "This ledger has one period so far. When the next one is begun,"
                    " both stand here."
                )
            )
        if any(not point.same for point in found.points):
            words.append(
                say(
                    "Squares: in those periods the plan defined the indicator"
                    " otherwise. They are not joined, and not to be compared."
                )
            )
        if chart.path:
            words.append(LINE)
        self.tell("\n".join(words))


class RankingTab(ChartTab):
    """The units of a level, the better first."""

    def __init__(self, work: Workplace) -> None:
        """Begin with the units directly below."""
        super().__init__(work, "indicator.ranking", work.say("Ranking of units"))
        say = work.say
        self._levels = QComboBox()
        self._levels.setObjectName("indicator.ranking.level")
        self._levels.setAccessibleName(say("Which units"))
        self.tools.addWidget(parts.label(say("Which units"), "muted", wrap=False))
        self.tools.addWidget(self._levels)
        self.tools.addStretch(1)
        by_unit = parts.button(
            say("Unit by unit, down to the records…"),
            self._by_unit,
            name="indicator.ranking.by_unit",
        )
        self.tools.addWidget(by_unit)
        work.bridge.units_changed.connect(self._list_levels)
        self._list_levels()
        self._levels.currentIndexChanged.connect(lambda _: self.outdate())

    def _list_levels(self) -> None:
        say, box = self.work.say, self._levels
        before = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(say("Directly below"), None)
        for level in levels_of(self.work.session.units):
            box.addItem(say(LEVELS[level]), level)
        box.setCurrentIndex(max(box.findData(before), 0))
        box.blockSignals(False)

    def ask(self, indicator: Indicator) -> None:
        """Compute the indicator for every unit."""
        if len(self.work.session.units) == 1:
            self.view.show_chart(None)
            self.tell(
                self.work.say(
                    "This ledger has no units below its own. Add them at File, Units."
                )
            )
            return
        session, level = self.work.session, self._levels.currentData()
        compiled, period = session.compiled, session.period
        self.inquiry.ask(
            lambda ledger: ranking(ledger, compiled, indicator.id, period, level),
            partial(self._take, indicator),
            self.stopped,
        )

    def _take(self, indicator: Indicator, found: Ranking) -> None:
        self.view.show_chart(rank_chart(indicator, found, self.whose()))
        words = ""
        if not found.ranked:
            words = self.work.say(
                "None of these units has a value yet. Fill in the forms of each unit,"
                " or choose another level."
            )
        self.tell(words)

    def _by_unit(self) -> None:
        if self.indicator is not None:
            IndicatorUnitsDialog(self.work, self.indicator, self).open()
