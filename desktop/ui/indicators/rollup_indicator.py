"""由哪些单位构成: an indicator of each unit below, down to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.figures.figuring import figures_of_all
from desktop.export.wording import amount
from desktop.ui.indicators.rollup_dialog import LevelsDialog
from desktop.ui.indicators.rollup_model import LevelLine
from desktop.ui.indicators.rollup_model import LevelTable
from desktop.ui.indicators.sources import sources_of
from desktop.ui.look import labels

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.core.unit import Unit
    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import TermValue
    from desktop.ui.workplace import Workplace

Figures = tuple["Figure", ...]


WORDS: Final = (0, 2)
"""The columns of the unit and of how it stands; all others hold numbers."""


class IndicatorUnitsDialog(LevelsDialog):
    """The value of one indicator, unit by unit."""

    def __init__(self, work: Workplace, indicator: Indicator, parent: QWidget) -> None:
        """Begin with the ledger's unit and those directly below."""
        super().__init__(work, parent, "indicator.units")
        self._indicator = indicator
        self._figures: dict[str, Figure] = {}
        sources = sources_of(work.session.compiled).get(indicator.id, ())
        self._form = sources[0].form if sources else None
        self.setWindowTitle(work.say("{title}: by unit", title=indicator.title))
        self.begin()

    def form_of_records(self) -> str | None:
        """Name the first form the indicator reads."""
        return self._form

    def ask(self) -> None:
        """Compute once for all units; then only look."""
        if self._figures:
            self._show()
            return
        session = self.work.session
        pack, period = session.pack, session.period
        plan = session.compiled.figures
        self.compute(
            lambda ledger: figures_of_all(ledger, pack, plan, period), self._computed
        )

    def _computed(self, figures: Figures) -> None:
        mine = self._indicator.id
        self._figures = {one.unit: one for one in figures if one.indicator == mine}
        self._show()

    def _show(self) -> None:
        say = self.work.say
        heads = [say("Unit"), self._head(say("Value"), self._indicator.measure)]
        heads.append(say("Standing"))
        for term in (self._indicator.numerator, self._indicator.denominator):
            if term is not None:
                heads += [self._head(term.title, term.measure), say("Blank records")]
        below = [u for u in self.work.session.units if u.parent == self.root.code]
        lines = [self._line(unit, total=False) for unit in below]
        total = self._line(self.root, total=True)
        note = say("Shares cannot be added up; each unit's is computed by itself.")
        self.take(LevelTable(tuple(heads), (*lines, total), (note,), WORDS))

    def _head(self, title: str, measure: str | None) -> str:
        return f"{title}\n（{measure}）" if measure else title

    def _line(self, unit: Unit, *, total: bool) -> LevelLine:
        figure = self._figures.get(unit.code)
        texts = [unit.name, "", ""]
        terms: list[TermValue | None] = [None]
        if figure is not None:
            value = figure.shown
            texts[1] = "" if value is None else amount(value)
            texts[2] = labels.status(self.work.say, figure.status)
            terms = [figure.numerator]
        if self._indicator.denominator is not None:
            terms.append(None if figure is None else figure.denominator)
        for term in terms:
            texts += _term(term)
        return LevelLine(unit.code, tuple(texts), total=total)


def _term(term: TermValue | None) -> tuple[str, str]:
    if term is None:
        return "", ""
    value = "" if term.value is None else amount(term.value)
    return value, str(term.blank) if term.blank else ""
