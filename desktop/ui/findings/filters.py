"""What of the findings is shown, and how they are grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import Shown
from desktop.app.audit.finding_list import Wish
from desktop.core.findings import Level
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.audit.finding_list import Which
    from desktop.ui.workplace import Workplace

WORDS_WIDTH = 210


class FilterRow(QWidget):
    """Words, level, form and state; by what the list is grouped."""

    changed = Signal()
    """Something else is to be shown."""

    def __init__(self, work: Workplace) -> None:
        """Begin with everything, by rule."""
        super().__init__()
        self._work = work
        self.words = QLineEdit()
        self._level = QComboBox()
        self._form = QComboBox()
        self._shown = QComboBox()
        self._grouping = QComboBox()
        self._fill()
        row = parts.row(
            self.words, self._grouping, self._level, self._shown, self._form
        )
        self.setLayout(row)
        work.bridge.period_changed.connect(self._fill_forms)

    def _fill(self) -> None:
        say, words = self._work.say, self.words
        words.setObjectName("audit.filter")
        words.setPlaceholderText(say("Filter by words, record or unit"))
        words.setAccessibleName(words.placeholderText())
        words.setClearButtonEnabled(True)
        words.setFixedWidth(self._work.look.px(WORDS_WIDTH))
        words.textChanged.connect(self.changed)
        for box, name, title in (
            (self._grouping, "audit.grouping", say("Group by")),
            (self._level, "audit.level", say("Level")),
            (self._shown, "audit.shown", say("State")),
            (self._form, "audit.form", say("Form")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
        for grouping, title in (
            (Grouping.RULE, say("Group by rule")),
            (Grouping.FORM, say("Group by form")),
            (Grouping.UNIT, say("Group by unit")),
            (Grouping.LEVEL, say("Group by level")),
        ):
            self._grouping.addItem(title, grouping)
        self._level.addItem(say("All levels"), None)
        for level in Level:
            self._level.addItem(labels.level(say, level), level)
        for shown, title in (
            (Shown.ALL, say("Whether explained or not")),
            (Shown.OPEN, say("Still to be dealt with")),
            (Shown.EXPLAINED, say("Explained")),
        ):
            self._shown.addItem(title, shown)
        self._fill_forms()
        for box in (self._grouping, self._level, self._shown, self._form):
            box.currentIndexChanged.connect(self.changed)

    def _fill_forms(self) -> None:
        """List the forms of the period's pack."""
        chosen = self._form.currentData()
        self._form.clear()
        self._form.addItem(self._work.say("All forms"), None)
        for form in self._work.pack.forms:
            self._form.addItem(form.title, form.id)
        self._form.setCurrentIndex(max(0, self._form.findData(chosen)))
        self._form.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._form.setMinimumContentsLength(8)

    @property
    def narrowing(self) -> bool:
        """Whether some findings may not be shown."""
        return self.wish(None) != Wish(grouping=self._grouping.currentData())

    def wish(self, chosen: Which | None) -> Wish:
        """Say what is to be shown; `chosen` is to be found again in it."""
        return Wish(
            grouping=self._grouping.currentData(),
            words=self.words.text().strip(),
            level=self._level.currentData(),
            form=self._form.currentData(),
            shown=self._shown.currentData(),
            chosen=chosen,
        )

    def look_into(self, form: str, level: Level) -> None:
        """Show the findings of one form and level, whatever was shown before."""
        self.words.clear()
        self._shown.setCurrentIndex(0)
        self._form.setCurrentIndex(max(0, self._form.findData(form)))
        self._level.setCurrentIndex(max(0, self._level.findData(level)))
