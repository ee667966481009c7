"""How files are written: forms, chapters, the way pages lie, how long PDFs keep.

The export page and the batch ask the same; each remembers its own answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QWidget

from desktop.app.reports.unit_report import Wish
from desktop.export.layout import Binding
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Conformance
from desktop.export.report import Chapter
from desktop.ui.files.forms_choice import FormsButton
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace

ON, OFF = "1", "0"


class ExportChoices(QWidget):
    """The choices that decide how a report is written."""

    changed = Signal()

    def __init__(self, work: Workplace, part: str) -> None:
        """Begin with the answers of last time, kept under the name of a part."""
        super().__init__()
        self._work = work
        self._part = part
        say = work.say
        self._forms = FormsButton(work, part)
        self._chapters = QCheckBox(say("With indicators, findings and explanations"))
        self._chapters.setObjectName(f"{part}.chapters")
        self._binding = QComboBox()
        for binding, text in (
            (Binding.BOUND, say("To be printed and bound: broad pages are turned")),
            (Binding.SCREEN, say("For the screen: broad pages are not turned")),
        ):
            self._binding.addItem(text, binding)
        self._archive = QComboBox()
        for level, text in (
            (Conformance.A1B, say("PDF/A-1b, for the archive (usual)")),
            (Conformance.A3B, say("PDF/A-3b, with the data attached")),
        ):
            self._archive.addItem(text, level)
        self._lay_out()
        self._recall()
        self._forms.changed.connect(self.changed)
        self._chapters.toggled.connect(lambda _: self._keep())
        for box in (self._binding, self._archive):
            box.activated.connect(lambda _: self._keep())

    def _lay_out(self) -> None:
        say, part = self._work.say, self._part
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow(say("Forms"), parts.row(self._forms, self._chapters, None))
        pdf = []
        for box, name, title in (
            (self._binding, "binding", say("Paper")),
            (self._archive, "archive", say("Archive level of the PDF")),
        ):
            box.setObjectName(f"{part}.{name}")
            box.setAccessibleName(title)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(16)
            pdf.append(box)
        form.addRow("PDF", parts.row(*pdf))

    @property
    def wish(self) -> Wish:
        """What of the report is wanted."""
        whole = self._chapters.isChecked()
        left_out = frozenset[Chapter]() if whole else frozenset(Chapter)
        return Wish(self._forms.chosen, left_out)

    @property
    def binding(self) -> Binding:
        """Which way broad pages lie."""
        found: Binding = self._binding.currentData()
        return found

    @property
    def archiving(self) -> Archiving:
        """How the PDF is kept."""
        return Archiving(self._archive.currentData())

    def _recall(self) -> None:
        kept = self._work.habits.now.layout
        self._chapters.setChecked(kept.get(f"{self._part}.chapters", ON) == ON)
        for box in (self._binding, self._archive):
            place = box.findText(kept.get(box.objectName(), ""))
            box.setCurrentIndex(max(place, 0))

    def _keep(self) -> None:
        habits = self._work.habits
        now = habits.now.arranged(
            f"{self._part}.chapters", ON if self._chapters.isChecked() else OFF
        )
        for box in (self._binding, self._archive):
            now = now.arranged(box.objectName(), box.currentText())
        habits.keep(now)
        self.changed.emit()
