"""怎么算的: how an indicator came about, with its numbers and its source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QScrollArea

from desktop.export.wording import LINE
from desktop.export.wording import amount
from desktop.ui.desk import Place
from desktop.ui.indicators.model import value_text
from desktop.ui.indicators.rollup_indicator import IndicatorUnitsDialog
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from desktop.export.report import Quantity
    from desktop.forms.indicator import Indicator
    from desktop.ui.indicators.model import Shown
    from desktop.ui.indicators.sources import Source
    from desktop.ui.workplace import Workplace


class HowPanel(QScrollArea):
    """怎么算的: formula, terms, what they rest on, the source's sentence."""

    def __init__(self, work: Workplace) -> None:
        """Wait for an indicator."""
        super().__init__()
        self.setObjectName("indicators.panel")
        self.setAccessibleName(work.say("How it is computed"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._work = work
        self._sources: dict[str, tuple[Source, ...]] = {}
        self._shown: Shown | None = None
        frame = QFrame()
        frame.setProperty("paper", True)
        self._column: QVBoxLayout = parts.column(frame, margin=14, spacing=7)
        self.setWidget(frame)

    def take_sources(self, sources: dict[str, tuple[Source, ...]]) -> None:
        """Take which forms and fields each indicator reads."""
        self._sources = sources
        if self._shown is not None:
            self.show_indicator(self._shown)

    def show_indicator(self, shown: Shown) -> None:
        """Show how an indicator came about."""
        self._shown = shown
        parts.empty(self._column)
        add, line, say = self._column.addWidget, shown.line, self._work.say
        if shown.waits:
            self._add_missing(shown)
        add(parts.label(say("How it is computed"), "section"))
        add(parts.label(line.formula, name="indicator.formula"))
        if filled := filled_words(shown, self._work.pack.indicator_by_id[line.id]):
            add(parts.label(filled, "strong", name="indicator.filled"))
        for words in line.definitions:
            add(parts.label(say("Definition: {words}", words=words), "muted"))
        if line.numerator.asked:
            self._add_term(say("Numerator"), line.numerator)
            if line.denominator is not None:
                self._add_term(say("Denominator"), line.denominator)
            by_unit = parts.button(
                say("Which units make it up…"),
                partial(self._by_unit, line.id),
                name="indicator.by_unit",
            )
            self._column.addLayout(parts.row(by_unit, None))
        if line.judgement:
            add(parts.label(say("Judged: {words}", words=line.judgement)))
        if line.path:
            add(parts.label(line.path, name="indicator.path"))
            add(parts.label(LINE, "faint"))
        self._add_source(shown)
        self._column.addStretch(1)

    def _by_unit(self, indicator: str) -> None:
        found = self._work.pack.indicator_by_id[indicator]
        IndicatorUnitsDialog(self._work, found, self).open()

    def _add_term(self, role: str, term: Quantity) -> None:
        say = self._work.say
        value = amount(term.value) or "—"
        text = f"{role}：{term.title} = {value} {term.measure}".rstrip()
        self._column.addWidget(parts.label(text))
        rests = say(
            "Rests on {records} records; {blanks} left it blank",
            records=term.records,
            blanks=term.blanks,
        )
        self._column.addWidget(parts.label(rests, "faint"))

    def _add_missing(self, shown: Shown) -> None:
        """Say what to fill in, with a way there."""
        say = self._work.say
        self._column.addWidget(parts.label(say("What to fill in"), "section"))
        for source in self._sources.get(shown.line.id, ()):
            form = self._work.form(source.form)
            names = "、".join(
                form.by_id[name].title for name in source.fields if name in form.by_id
            )
            text = f"{form.title}：{names}" if names else form.title
            self._column.addWidget(parts.label(text))
            field = next((name for name in source.fields if name in form.by_id), None)
            place = Place(source.form, None, field)
            go = parts.button(
                say("Fill in {form}", form=form.title),
                partial(self._work.desk.seek, place),
                name="indicator.fill",
            )
            self._column.addLayout(parts.row(go, None))
        self._column.addWidget(parts.line())

    def _add_source(self, shown: Shown) -> None:
        say, add, line = self._work.say, self._column.addWidget, shown.line
        add(parts.line())
        add(parts.label(say("Target and source"), "section"))
        for target in line.targets or (say("The plan states no target in figures."),):
            add(parts.label(target))
        if line.baseline:
            add(parts.label(line.baseline))
        if line.departments:
            said = say("Responsible: {departments}", departments=line.departments)
            add(parts.label(said))
        if line.quote:
            add(parts.label(f"“{line.quote}”"))
        add(parts.label(line.source, "faint"))
        if line.note:
            add(parts.label(say("Note: {note}", note=line.note), "muted"))


def filled_words(shown: Shown, indicator: Indicator) -> str:
    """Write the formula with its numbers; nothing where one of them is missing."""
    figure, line = shown.figure, shown.line
    if figure is None or figure.value is None or figure.numerator.value is None:
        return ""
    words = f"{amount(figure.numerator.value)} {line.numerator.measure}".rstrip()
    if figure.denominator is not None and figure.denominator.value is not None:
        below = line.denominator.measure if line.denominator else ""
        words += f" ÷ {amount(figure.denominator.value)} {below}".rstrip()
    elif indicator.multiplier == 1:
        return ""
    if indicator.multiplier != 1:
        words += f" × {amount(indicator.multiplier)}"
    return f"{words} = {value_text(line)}"
