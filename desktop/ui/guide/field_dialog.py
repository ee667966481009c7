"""指标解释 (F1): all there is to know of the field before the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.guide.field_help import FieldGuide
from desktop.app.packs.diff_words import BLANKS
from desktop.app.packs.diff_words import KINDS
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.guide.field_help import FieldHelp
    from desktop.app.guide.field_help import IndicatorHelp
    from desktop.app.guide.field_help import RuleHelp
    from desktop.ui.workplace import Workplace


class FieldDialog(QDialog):
    """Explains one field of a form."""

    def __init__(self, work: Workplace, form: str, field: str, parent: QWidget) -> None:
        """Show what the pack says in its own words; rules and indicators follow."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("field.help")
        self._say = work.say
        self.setWindowTitle(self._say("Explanation of the field"))
        self._form = work.form(form)
        self._field = self._form.by_id[field]
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._waiting = parts.label(
            self._say("Reading the rules and indicators…"), "muted"
        )
        self._lay_out()
        self.resize(work.look.dialog(560, 520))
        self._show_words()
        self._column.addWidget(self._waiting)
        guide = FieldGuide(work.session.compiled)
        task = Task(lambda _: guide.of(form, field))
        work.bridge.when(task.result, self, self._take)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("side.body")
        inside = parts.column(body, margin=16)
        inside.addLayout(self._column)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("field.help.area")
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        column = parts.column(self, spacing=0)
        column.addWidget(area, 1)
        close = parts.button(
            self._say("Close"), self.accept, name="field.help.close", primary=True
        )
        foot = parts.row(None, close)
        foot.setContentsMargins(16, 10, 16, 12)
        column.addLayout(foot)

    def _show_words(self) -> None:
        say, field = self._say, self._field
        self._add(field.title, "heading", name="field.help.title")
        self._add(" · ".join(self._facts()), "muted")
        self._add(field.explanation or say("The plan explains this field no further."))
        if field.explanation:
            source = field.explanation_source or say("This program's own reading")
            self._add(say("Source: {source}", source=source), "faint")
        if field.note:
            self._add(field.note, "muted")

    def _facts(self) -> list[str]:
        say, field = self._say, self._field
        facts = [self._form.title, say(KINDS[field.kind])]
        if field.measure:
            facts.append(say("Measured in {measure}", measure=field.measure))
        if field.blank in BLANKS:
            facts.append(say(BLANKS[field.blank]))
        if not field.not_applicable:
            facts.append(say("“not applicable” is no answer here"))
        return facts

    def _take(self, found: FieldHelp) -> None:
        self._column.removeWidget(self._waiting)
        self._waiting.deleteLater()
        say = self._say
        for head, text in (
            (say("How it is computed"), found.computed),
            (say("Asked for only if"), found.asked),
            (say("To choose from"), "、".join(found.choices)),
            (say("Other names in tables"), "、".join(found.field.aliases)),
        ):
            if text:
                self._add(head, "section")
                self._add(text)
        self._show_rules(found.rules)
        self._show_indicators(found.indicators)

    def _show_rules(self, rules: tuple[RuleHelp, ...]) -> None:
        say = self._say
        self._add(say("Rules that look at it: {count}", count=len(rules)), "section")
        for rule in rules:
            self._add(f"【{labels.level(say, rule.level)}】{rule.holds}")
            self._add(say("Source: {source}", source=rule.quote), "faint")

    def _show_indicators(self, indicators: tuple[IndicatorHelp, ...]) -> None:
        say = self._say
        head = say("Indicators that rest on it: {count}", count=len(indicators))
        self._add(head, "section")
        for indicator in indicators:
            self._add(indicator.title)
            if indicator.formula:
                self._add(indicator.formula, "muted")
            self._add(say("Source: {source}", source=indicator.quote), "faint")

    def _add(self, text: str, role: str = "", name: str = "") -> None:
        made: QLabel = parts.label(text, role, name=name)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(made)
