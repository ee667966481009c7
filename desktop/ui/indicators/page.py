"""指标: how the unit stands against each target, and how each figure came about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.exporting import spoken
from desktop.export.wording import LINE
from desktop.export.wording import amount
from desktop.indicators.figures import Status
from desktop.ui.desk import Place
from desktop.ui.indicators.compare import CompareDialog
from desktop.ui.indicators.model import BAR
from desktop.ui.indicators.model import GAP
from desktop.ui.indicators.model import STATUS
from desktop.ui.indicators.model import TARGET
from desktop.ui.indicators.model import TITLE
from desktop.ui.indicators.model import VALUE
from desktop.ui.indicators.model import BarDelegate
from desktop.ui.indicators.model import IndicatorsModel
from desktop.ui.indicators.model import standing_text
from desktop.ui.indicators.model import value_text
from desktop.ui.indicators.rollup_indicator import IndicatorUnitsDialog
from desktop.ui.indicators.sources import sources_of
from desktop.ui.look import labels
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.export.report import Quantity
    from desktop.ui.indicators.model import Shown
    from desktop.ui.indicators.sources import Source
    from desktop.ui.workplace import Workplace

ROW_HEIGHT: Final = 44
SIDE_WIDTH: Final = 350
WIDTHS: Final = ((STATUS, 112), (VALUE, 110), (TARGET, 150), (GAP, 132), (BAR, 150))


class IndicatorsPage(QWidget):
    """The table of indicators with the panel beside."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show what has been computed."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.model = IndicatorsModel(work, self)
        self.table = QTableView()
        self._counts = {status: (QLabel(), QLabel()) for status in Status}
        """Icon and words of each standing."""
        self._panel = IndicatorPanel(work)
        self._lay_out()
        work.bridge.figures_changed.connect(self._read)
        work.bridge.period_changed.connect(self._read)
        work.bridge.choices_changed.connect(self._learn)
        work.bridge.period_changed.connect(self._learn)
        self._learn()
        self._read()
        self.table.selectRow(0)

    def _learn(self) -> None:
        """Ask how the indicators are computed by what is in force now."""
        bridge, compiled = self.work.bridge, self.work.session.compiled
        bridge.ask(lambda _: spoken(compiled).formulas, self, self.model.take_formulas)
        bridge.ask(lambda _: sources_of(compiled), self, self._panel.take_sources)

    def _lay_out(self) -> None:
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=10)
        column.addLayout(self._top())
        self._build_table()
        across = parts.row(self.table, self._panel, spacing=12)
        across.setStretch(0, 1)
        column.addLayout(across, 1)
        self.setFocusProxy(self.table)

    def _top(self) -> QHBoxLayout:
        row = parts.row(parts.label(self.work.say("Indicators"), "title", wrap=False))
        row.setSpacing(16)
        for status, (icon, count) in self._counts.items():
            tone = tokens.tone_of_status(status)
            icon.setPixmap(self.work.icons.pixmap(tone.icon, tone.ink, 17))
            count.setObjectName(f"indicators.{status.value}")
            count.setStyleSheet(f"color: {tone.ink}; font-weight: 600;")
            row.addLayout(parts.row(icon, count, spacing=5))
        row.addStretch(1)
        beside = parts.button(
            self.work.say("Side by side with other packs…"),
            self._compare,
            name="indicators.compare",
        )
        choices = parts.button(
            self.work.say("Definitions…"),
            lambda: self.work.desk.asked.emit("file.choices"),
            name="indicators.choices",
        )
        row.addWidget(choices)
        row.addWidget(beside)
        return row

    def _compare(self) -> None:
        CompareDialog(self.work, self).open()

    def _build_table(self) -> None:
        table = self.table
        table.setObjectName("indicators.table")
        table.setAccessibleName(self.work.say("Indicators"))
        table.setModel(self.model)
        table.setItemDelegateForColumn(BAR, BarDelegate(table))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setProperty("padded", True)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS:
            table.setColumnWidth(section, width)
        table.selectionModel().currentRowChanged.connect(self._current)
        self.model.dataChanged.connect(lambda *_: self._show())

    def _read(self) -> None:
        self.model.read()
        for status, (icon, count) in self._counts.items():
            number = sum(shown.status is status for shown in self.model.rows)
            count.setText(f"{labels.status(self.work.say, status)} {number}")
            for part in (icon, count):
                part.setVisible(number > 0)

    def _current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show()

    def _show(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            self._panel.show_indicator(self.model.rows[row])


class IndicatorPanel(QScrollArea):
    """如何计算: formula, terms, what they rest on, the source's sentence."""

    def __init__(self, work: Workplace) -> None:
        """Wait for an indicator."""
        super().__init__()
        self.setObjectName("indicators.panel")
        self.setAccessibleName(work.say("How it is computed"))
        self.setFixedWidth(SIDE_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._work = work
        self._sources: dict[str, tuple[Source, ...]] = {}
        self._shown: Shown | None = None
        frame = QFrame()
        frame.setProperty("surface", True)
        self._column: QVBoxLayout = parts.column(frame, margin=16, spacing=8)
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
        add(parts.label(line.title, "heading", name="indicator.title"))
        tone = tokens.tone_of_status(shown.status)
        value = parts.label(value_text(line), "figure", wrap=False)
        value.setStyleSheet(f"color: {tone.ink};")
        self._column.addLayout(parts.row(value, self._standing(shown), None))
        if line.left:
            role = "bad" if line.gap else "muted"
            add(parts.label(line.left, role, name="indicator.gap"))
        if line.path:
            add(parts.label(line.path, name="indicator.path"))
            add(parts.label(LINE, "faint"))
        add(parts.line())
        add(parts.label(say("How it is computed"), "section"))
        add(parts.label(line.formula, name="indicator.formula"))
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
        if shown.waits:
            self._add_missing(shown)
        self._add_source(shown)
        self._column.addStretch(1)

    def _by_unit(self, indicator: str) -> None:
        found = self._work.pack.indicator_by_id[indicator]
        IndicatorUnitsDialog(self._work, found, self).open()

    def _standing(self, shown: Shown) -> QLabel:
        tone = tokens.tone_of_status(shown.status)
        made = parts.label(standing_text(self._work.say, shown), wrap=False)
        made.setStyleSheet(
            f"color: {tone.ink}; background: {tone.tint}; padding: 3px 9px;"
            "border-radius: 4px;"
        )
        return made

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
        self._column.addWidget(parts.line())
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
