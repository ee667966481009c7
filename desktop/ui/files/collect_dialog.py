"""分发采集表: workbooks for facilities to fill in, written into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QSpinBox
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.collection import collecting
from desktop.app.collection.collecting import MOST_SPARE
from desktop.app.collection.collecting import SPARE
from desktop.app.collection.collecting import CollectWish
from desktop.app.collection.collecting import Split
from desktop.app.commands import mark
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.export.safe_file import ExportError
from desktop.forms.model import Roster
from desktop.store.errors import StoreError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.background import Stage
    from desktop.app.collection.collecting import MadeCollections
    from desktop.app.progress import Progress
    from desktop.export.collection.plan import Collection
    from desktop.ui.workplace import Workplace

LAYOUT: Final = "collect.folder"
HEIGHT: Final = 470
SPLITS: Final[Mapping[Split, str]] = {
    Split.ONE: mark("One file for all"),
    Split.UNIT: mark("A file for each unit"),
    Split.FACILITY: mark("A file for each facility"),
}
SHOWN: Final = 4
"""Files that are named when they are written; the others are counted."""


class CollectDialog(QDialog):
    """Chooses what to ask of whom, and writes the workbooks."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Offer the form before the person, and all units."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("collect")
        self._work = work
        self.setWindowTitle(work.say("Hand out collection workbooks"))
        self._form, self._unit = QComboBox(), QComboBox()
        self._split, self._rows = QComboBox(), QSpinBox()
        self._known = QCheckBox(work.say("Fill in what is known already, in grey"))
        self._folder = QLineEdit()
        self._bar = QProgressBar()
        self._fault = parts.label("", "fault", name="collect.fault")
        self._result = QVBoxLayout()
        self._run: Task[MadeCollections] | None = None
        self._written: tuple[Path, ...] = ()
        self._lay_out()
        self._offer()
        self._refresh()
        self.finished.connect(lambda _: self._cancel())
        self.resize(work.look.dialog(640, HEIGHT))

    # --- Layout -------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=12)
        told = say(
            "Facilities fill these Excel workbooks in: with drop-down lists, hints, "
            "and red cells where something is missing. Take them back with “Take "
            "collection workbooks back”."
        )
        column.addWidget(parts.label(told, "muted"))
        column.addLayout(self._choices())
        column.addWidget(self._fault)
        column.addLayout(self._result)
        column.addStretch(1)
        self._stop = parts.button(say("Stop"), self._cancel, name="collect.stop")
        close = parts.button(say("Close"), self.reject, name="collect.close")
        self._start = parts.button(
            say("Write the workbooks"), self.start, name="collect.start", primary=True
        )
        self._bar.setTextVisible(False)
        for widget in (self._fault, self._bar, self._stop):
            widget.hide()
        column.addLayout(
            parts.row(self._bar, None, self._stop, close, self._start),
        )

    def _choices(self) -> QFormLayout:
        say = self._work.say
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        choose = parts.button(say("Choose…"), self._choose, name="collect.choose")
        self._rows.setRange(0, MOST_SPARE)
        self._rows.setValue(SPARE)
        self._known.setChecked(True)
        named: tuple[tuple[QWidget, str, str], ...] = (
            (self._form, "collect.form", say("Form")),
            (self._unit, "collect.unit", say("From whom")),
            (self._split, "collect.split", say("Files")),
            (self._rows, "collect.rows", say("Empty rows")),
            (self._known, "collect.known", ""),
        )
        for widget, name, title in named:
            widget.setObjectName(name)
            widget.setAccessibleName(title or self._known.text())
            form.addRow(title, widget)
        self._rows.lineEdit().setAccessibleName(say("Empty rows"))
        self._folder.setObjectName("collect.folder")
        self._folder.setAccessibleName(say("Folder"))
        form.addRow(say("Folder"), parts.row(self._folder, choose))
        return form

    def _offer(self) -> None:
        work = self._work
        say = work.say
        for form in work.pack.forms:
            self._form.addItem(form.title, form.id)
        at = self._form.findData(work.desk.place.form)
        self._form.setCurrentIndex(max(at, 0))
        self._unit.addItem(say("All units"), None)
        for unit in work.session.units:
            if unit.exists_in(work.period):
                self._unit.addItem(unit.name, str(unit.code))
        for split, words in SPLITS.items():
            self._split.addItem(say(words), split)
        kept = work.habits.now.layout.get(LAYOUT, "")
        proposed = work.session.path.parent / say("Collection workbooks")
        self._folder.setText(kept or str(proposed))
        self._form.currentIndexChanged.connect(lambda _: self._refresh())
        self._split.currentIndexChanged.connect(lambda _: self._refresh())
        self._folder.textChanged.connect(lambda _: self._refresh())

    # --- Showing ------------------------------------------------------------

    def _refresh(self) -> None:
        """Let nobody choose what makes no sense."""
        form = self._work.form(self._form.currentData())
        alone = self._split.currentData() is Split.FACILITY
        self._rows.setEnabled(isinstance(form, Roster) and not alone)
        idle = self._run is None
        self._start.setEnabled(idle and bool(self._folder.text().strip()))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._work.say("Folder"), self._folder.text()
        )
        if folder:
            self._folder.setText(folder)

    def _busy(self, *, on: bool) -> None:
        for widget in (self._bar, self._stop):
            widget.setVisible(on)
        if not on:
            self._run = None
        self._refresh()

    # --- Writing ------------------------------------------------------------

    def start(self) -> None:
        """Lay the workbooks out, then write them."""
        work, session = self._work, self._work.session
        parts.empty(self._result)
        self._fault.hide()
        self._start.setEnabled(False)
        self._bar.setRange(0, 0)
        self._bar.show()
        habits = work.habits
        habits.keep(habits.now.arranged(LAYOUT, self._folder.text().strip()))
        compiled, period = session.compiled, session.period
        wish = CollectWish(
            self._form.currentData(),
            self._unit.currentData(),
            self._split.currentData(),
            known=self._known.isChecked(),
            spare=self._rows.value(),
        )
        work.bridge.ask(
            lambda ledger: collecting.collections(ledger, compiled, period, wish),
            self,
            self._write,
            self._failed,
        )

    def _write(self, found: tuple[Collection, ...] | Message) -> None:
        if isinstance(found, Message):
            self._busy(on=False)
            self._complain(self._work.say.message(found))
            return
        folder = Path(self._folder.text().strip())

        def work(stage: Stage) -> MadeCollections:
            folder.mkdir(parents=True, exist_ok=True)

            def watch(progress: Progress) -> bool:
                stage.tell(progress)
                return True

            return collecting.write_collections(found, folder, watch)

        tell = self._work.bridge.courier.teller(self, self._progress)
        self._run = Task(work, tell)
        self._busy(on=True)
        self._work.bridge.when(self._run.result, self, self._done, self._failed)

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def _done(self, made: MadeCollections) -> None:
        self._busy(on=False)
        say = self._work.say
        self._written = made.paths
        done = say("Written and read back: {count} files", count=len(made.paths))
        self._result.addWidget(parts.label(done, "good", name="collect.done"))
        names = [path.name for path in made.paths[:SHOWN]]
        names += ["…"] if len(made.paths) > SHOWN else []
        self._result.addWidget(parts.label("\n".join(names)))
        for remark in made.remarks:
            self._result.addWidget(parts.label(say.message(remark), "muted"))
        show = parts.button(say("Open the folder"), self._show, name="collect.show")
        self._result.addLayout(parts.row(show, None))
        show.setFocus()

    def _show(self) -> None:
        folder = QUrl.fromLocalFile(str(self._written[0].parent))
        QDesktopServices.openUrl(folder)

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        say = self._work.say
        if isinstance(error, CancelledError):
            self._complain(say("Stopped. The files that were whole have been kept."))
        elif isinstance(error, ExportError | StoreError):
            self._complain(say.message(error.message))
        elif isinstance(error, OSError):
            text = say(
                "Nothing can be written to {folder}. Choose another folder.",
                folder=self._folder.text(),
            )
            self._complain(text)
        else:
            raise error

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()
