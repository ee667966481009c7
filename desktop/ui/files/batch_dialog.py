"""批量导出: the reports of many units into a folder, under names by a pattern."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.batch.names import DEFAULT
from desktop.app.batch.names import WORDS
from desktop.app.batch.names import pattern_of
from desktop.app.batch.plan import Asked
from desktop.app.batch.plan import Plan
from desktop.app.batch.plan import plan_batch
from desktop.app.batch.running import run_batch
from desktop.app.reports.exporting import Wanted
from desktop.core.messages import Message
from desktop.ui.files.batch_progress import BatchWindow
from desktop.ui.files.batch_units import BatchUnits
from desktop.ui.files.export_dialog import ExportChoices
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace

FOLDER: Final = "batch.folder"
PATTERN: Final = "batch.pattern"
EXAMPLES: Final = 2
"""Names that are shown while a pattern is typed."""
WRONGS: Final = 3
"""Faults of a plan that are shown at a time."""


class BatchDialog(BatchWindow):
    """Asks for units, forms, files and names; then shows how it goes."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Begin with what was chosen last time."""
        super().__init__(work, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("batch")
        self._work = work
        self.plan: Plan | None = None
        """What would be written; None while something stands against it."""
        say = work.say
        self.setWindowTitle(say("Write the reports of many units"))
        self._units = BatchUnits(work)
        self._choices = ExportChoices(work, "batch")
        self._xlsx = QCheckBox(say("A workbook of each unit"))
        self._pdf = QCheckBox(say("A PDF of each unit"))
        self._merged = QCheckBox(say("One PDF of all units, with bookmarks"))
        self._anew = QCheckBox(say("Write again what is there already"))
        self._pattern, self._folder = QLineEdit(), QLineEdit()
        self._preview = parts.label("", "muted", name="batch.preview")
        self._wrong = parts.label("", "fault", name="batch.wrong")
        self._start = parts.button(
            say("Write the files"), self.start, name="batch.start", primary=True
        )
        self._pages = QStackedWidget()
        self._lay_out()
        for box in (self._xlsx, self._pdf, self._merged, self._anew):
            box.toggled.connect(lambda _: self._refresh())
        for line in (self._pattern, self._folder):
            line.textChanged.connect(lambda _: self._refresh())
        self._units.changed.connect(self._refresh)
        self._choices.changed.connect(self._refresh)
        self.progress.back.connect(self._again)
        self._refresh()
        self.resize(work.look.dialog(tokens.SCREEN_WIDTH))

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say, look = self._work.say, self._work.look
        choosing = QWidget()
        columns = parts.row(spacing=18)
        self._units.setFixedWidth(look.px(340))
        columns.addWidget(self._units)
        side = QWidget()
        right = parts.column(side, spacing=8)
        right.addWidget(parts.label(say("What to write"), "section"))
        right.addWidget(self._choices)
        right.addLayout(parts.row(self._xlsx, self._pdf, None))
        right.addLayout(parts.row(self._merged, self._anew, None))
        right.addWidget(parts.line())
        right.addLayout(self._names())
        right.addWidget(self._preview)
        right.addWidget(self._wrong)
        right.addStretch(1)
        columns.addWidget(side, 1)
        column = parts.column(choosing, spacing=10)
        column.addLayout(columns, 1)
        close = parts.button(say("Close"), self.reject, name="batch.close")
        column.addLayout(parts.row(None, close, self._start))
        self._pages.addWidget(choosing)
        self._pages.addWidget(self.progress)
        parts.column(self, margin=16).addWidget(self._pages)

    def _names(self) -> QFormLayout:
        say, kept = self._work.say, self._work.habits.now.layout
        self._xlsx.setChecked(True)
        self._pdf.setChecked(True)
        for box, name in (
            (self._xlsx, "batch.xlsx"),
            (self._pdf, "batch.pdf"),
            (self._merged, "batch.merged"),
            (self._anew, "batch.anew"),
        ):
            box.setObjectName(name)
        here = self._work.session.path.parent
        for line, name, title, text in (
            (self._pattern, PATTERN, say("File names"), DEFAULT),
            (self._folder, FOLDER, say("Folder"), str(here / say("Batch export"))),
        ):
            line.setObjectName(name)
            line.setAccessibleName(title)
            line.setText(kept.get(name, "") or text)
        choose = parts.button(say("Choose…"), self._choose, name="batch.choose")
        words = [
            parts.button(word, partial(self._put, word), name=f"batch.word.{name}")
            for name, word in WORDS.items()
        ]
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow(say("File names"), self._pattern)
        put = parts.label(say("Put in:"), "muted", wrap=False)
        form.addRow("", parts.row(put, *words, None))
        form.addRow(say("Folder"), parts.row(self._folder, choose))
        return form

    # --- Choosing ----------------------------------------------------------

    def _put(self, word: str) -> None:
        """Put a word into the pattern where the cursor stands."""
        self._pattern.insert(f"{{{word}}}")
        self._pattern.setFocus()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._work.say("Folder"), self._folder.text()
        )
        if folder:
            self._folder.setText(folder)

    def _refresh(self) -> None:
        """Say what would be written, or what stands against it."""
        found = self._planned()
        self.plan = found if isinstance(found, Plan) else None
        say = self._work.say
        said = () if isinstance(found, Plan) else found
        lines = [say.message(each) for each in said[:WRONGS]]
        if len(said) > WRONGS:
            lines.append(say("And {count} more.", count=len(said) - WRONGS))
        self._wrong.setText("\n".join(lines))
        self._wrong.setVisible(bool(said))
        self._preview.setVisible(self.plan is not None)
        self._start.setEnabled(self.plan is not None)
        if self.plan is not None:
            self._preview.setText(self._foretold(self.plan))

    def _planned(self) -> Plan | tuple[Message, ...]:
        work, folder = self._work, self._folder.text().strip()
        pattern = pattern_of(self._pattern.text())
        if isinstance(pattern, Message):
            return (pattern,)
        look = Wanted(
            folder=Path(folder),
            name="",
            fonts=work.start.places.fonts,
            xlsx=self._xlsx.isChecked(),
            pdf=self._pdf.isChecked(),
            binding=self._choices.binding,
            archiving=self._choices.archiving,
        )
        asked = Asked(
            units=self._units.chosen,
            pattern=pattern,
            look=look,
            wish=self._choices.wish,
            merged=self._merged.isChecked(),
            anew=self._anew.isChecked(),
        )
        session = work.session
        return plan_batch(asked, session.pack, session.period, session.root)

    def _foretold(self, plan: Plan) -> str:
        """Give examples of the names, and say what is there already."""
        say, names = self._work.say, [path.name for path in plan.files]
        some = names[:EXAMPLES]
        if plan.merged is not None and plan.merged.name not in some:
            some.append(plan.merged.name)
        lines = [say("Will write {count} files, such as:", count=len(names)), *some]
        if plan.there:
            text = say(
                "{count} of them are there already. Those of the same revision stay; "
                "older ones are replaced.",
                count=len(plan.there),
            )
            lines.append(text)
        return "\n".join(lines)

    # --- Writing -----------------------------------------------------------

    def start(self) -> None:
        """Write what is planned."""
        plan, compiled = self.plan, self._work.session.compiled
        if plan is None:
            return
        habits = self._work.habits
        now = habits.now
        for line in (self._pattern, self._folder):
            now = now.arranged(line.objectName(), line.text().strip())
        habits.keep(now)
        self._pages.setCurrentWidget(self.progress)
        self.progress.start(
            lambda reading, watch: run_batch(plan, compiled, reading, watch),
            plan.asked.folder,
        )

    def _again(self) -> None:
        self._pages.setCurrentIndex(0)
        self._refresh()
