"""One indicator in full: how it stands, how it is computed, its trend, its units."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QWidget

from desktop.export.building.charts import target_chart
from desktop.ui.indicators.chart_tabs import ChartTab
from desktop.ui.indicators.chart_tabs import RankingTab
from desktop.ui.indicators.chart_tabs import TrendTab
from desktop.ui.indicators.chart_view import ChartView
from desktop.ui.indicators.how_panel import HowPanel
from desktop.ui.indicators.model import standing_text
from desktop.ui.indicators.model import value_text
from desktop.ui.indicators.records_tab import RecordsTab
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtWidgets import QVBoxLayout

    from desktop.export.chart.data import Chart
    from desktop.ui.indicators.model import Shown
    from desktop.ui.workplace import Workplace


class Tab(Enum):
    """The tabs, by their places."""

    HOW = 0
    TREND = 1
    RANKING = 2
    RECORDS = 3


_KINDS: Final[Mapping[Tab, type[TrendTab | RankingTab | RecordsTab]]] = {
    Tab.TREND: TrendTab,
    Tab.RANKING: RankingTab,
    Tab.RECORDS: RecordsTab,
}


class IndicatorDetail(QFrame):
    """Head with value, standing and target bar; tabs with all else."""

    def __init__(self, work: Workplace) -> None:
        """Wait for an indicator."""
        super().__init__()
        self.setObjectName("indicators.detail")
        self.setProperty("surface", True)
        self._work = work
        self.shown: Shown | None = None
        self._title = parts.label("", "heading", name="indicator.title")
        self._value = parts.label("", "figure", wrap=False, name="indicator.value")
        self._standing = parts.label("", wrap=False, name="indicator.standing")
        self._left = parts.label("", "muted", name="indicator.gap")
        self._chart = ChartView(work, "indicator.target")
        self.how = HowPanel(work)
        self._made: dict[Tab, ChartTab | RecordsTab] = {}
        self._places: list[QVBoxLayout] = []
        """Where the tabs after the first come, once they are made."""
        self.tabs = parts.tabs("indicator.tabs", work.say("More on the indicator"))
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _: self._look())

    def _lay_out(self) -> None:
        say, tabs = self._work.say, self.tabs
        column = parts.column(self, margin=14, spacing=6)
        column.addWidget(self._title)
        across = parts.row(self._value, self._standing, self._left, spacing=12)
        across.setStretch(2, 1)
        column.addLayout(across)
        column.addWidget(self._chart)
        # Qt looks again at all that is in a part where that is put: the tree first.
        column.addWidget(tabs, 1)
        tabs.addTab(self.how, say("How it is computed"))
        for words in (say("Trend"), say("Ranking of units"), say("Records that count")):
            place = QWidget()
            self._places.append(parts.column(place))
            tabs.addTab(place, words)

    def show_indicator(self, shown: Shown | None) -> None:
        """Show an indicator; none where no indicator is chosen."""
        self.shown = shown
        self.setEnabled(shown is not None)
        if shown is None:
            self._title.setText(self._work.say("No indicator is chosen."))
            for part in (self._value, self._standing, self._left):
                part.clear()
            self._chart.show_chart(None)
            return
        line, work = shown.line, self._work
        tone = work.look.colours.of_status(shown.status)
        self._title.setText(line.title)
        self._value.setText(value_text(line))
        parts.set_tone(self._value, tone)
        self._standing.setText(standing_text(work.say, shown))
        parts.set_badge(self._standing, tone)
        self._left.setText(line.left)
        parts.set_role(self._left, "bad" if line.gap else "muted")
        self._chart.show_chart(self._target())
        self.how.show_indicator(shown)
        indicator = work.pack.indicator_by_id[line.id]
        for tab in self._made.values():
            tab.show_indicator(indicator)

    def _target(self) -> Chart | None:
        shown = self.shown
        if shown is None or shown.figure is None:
            return None
        session = self._work.session
        whose = f"{session.root.name_in(session.period.code)}{session.period.title}"
        indicator = self._work.pack.indicator_by_id[shown.line.id]
        return target_chart(indicator, shown.figure, whose)

    def _look(self) -> None:
        if self.tabs.currentIndex():
            self.tab(Tab(self.tabs.currentIndex())).look()

    def tab(self, which: Tab) -> ChartTab | RecordsTab:
        """Give a tab; it is made when somebody first looks at it."""
        if which not in self._made:
            made = _KINDS[which](self._work)
            self._made[which] = made
            self.tabs.widget(which.value).setFocusProxy(made)
            self._places[which.value - 1].addWidget(made)
            if self.shown is not None:
                indicator = self._work.pack.indicator_by_id[self.shown.line.id]
                made.show_indicator(indicator)
        return self._made[which]

    def chart_tab(self, which: Tab) -> ChartTab:
        """Give a tab that has a chart."""
        found = self.tab(which)
        if not isinstance(found, ChartTab):
            raise TypeError(which)
        return found

    def chart(self) -> Chart | None:
        """Give the chart before the person: that of the tab, else that of the head."""
        tab = self._made.get(Tab(self.tabs.currentIndex()))
        mine = tab.view.chart if isinstance(tab, ChartTab) else None
        return mine or self._chart.chart

    def complete(self, then: Callable[[], None]) -> None:
        """Have trend and ranking computed too, then do something once."""
        tabs = (self.chart_tab(Tab.TREND), self.chart_tab(Tab.RANKING))
        waiting = [tab for tab in tabs if tab.waits()]
        if not waiting or self.shown is None:
            then()
            return
        first = waiting[0]

        def go_on() -> None:
            if not first.waits():
                first.settled.disconnect(go_on)
                self.complete(then)

        first.settled.connect(go_on)
        first.look()

    def charts(self) -> tuple[Chart, ...]:
        """Give all charts there are of the indicator."""
        tabs = (self._made.get(which) for which in (Tab.TREND, Tab.RANKING))
        views = [tab.view for tab in tabs if isinstance(tab, ChartTab)]
        every = (view.chart for view in (self._chart, *views))
        return tuple(chart for chart in every if chart is not None)
