"""导出: the workbook and the PDF of the period, with progress and a way to stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.audit.form_states import form_states
from desktop.app.background import Task
from desktop.app.files.period_files import Order
from desktop.app.files.period_files import read_order
from desktop.app.files.period_files import write_order
from desktop.app.progress import CancelledError
from desktop.app.reports import exporting
from desktop.core.rounding import Scale
from desktop.export.building.rollup import Printing
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.ui.desk import Page
from desktop.ui.files.export_dialog import ExportChoices
from desktop.ui.files.readiness import readiness
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.background import Stage
    from desktop.app.files.period_files import Read
    from desktop.app.progress import Progress
    from desktop.app.reports.exporting import Exported
    from desktop.app.store_thread import Operation
    from desktop.ui.workplace import Workplace

LAYOUT = "export.folder"
NAMED = 4
"""Files that are named when they are written."""
COUNT_AFTER_MS = 150
"""What is open is counted once after a burst of findings."""


class ExportPage(QWidget):
    """Chooses what to write and where, writes it, and says what came of it."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Offer both files and the folder of last time."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        say = work.say
        self._xlsx = QCheckBox(say("Excel workbook: every form, findings, indicators"))
        self._pdf = QCheckBox(say("PDF report to print, sign and file"))
        self._csv = QCheckBox(say("CSV: a file of each form, as plain records"))
        self._package = QCheckBox(say("Data package for other programs"))
        self._by_unit = QCheckBox(
            say("With tables by unit: every form added up, and the indicators")
        )
        self._scale = QComboBox()
        self._choices = ExportChoices(work, "export")
        self._folder, self._name = QLineEdit(), QLineEdit()
        self._preview = parts.label("", "muted", name="export.preview")
        self._open_ones = parts.label("", "muted", name="export.open")
        self._bar = QProgressBar()
        self._doing = parts.label("", "muted", wrap=False)
        self._fault = parts.label("", "fault", name="export.fault")
        self._result = QVBoxLayout()
        self._run: Operation[Read] | Task[Exported] | None = None
        self._written: tuple[Path, ...] = ()
        """Of the report that was written whole; empty where it was not."""
        self._lay_out()
        work.desk.turned.connect(self._turned)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(COUNT_AFTER_MS)
        self._wait.timeout.connect(self._count)
        work.bridge.findings_changed.connect(self._soon)
        work.bridge.saved.connect(self._soon)
        work.bridge.period_changed.connect(self._refresh)
        self._refresh()

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self.work.say
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=12)
        column.addWidget(parts.label(say("Export"), "title"))
        frame, inside = parts.surface("export.choices")
        frame.setMaximumWidth(900)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(parts.label(say("What to write"), "section"))
        for box, name in (
            (self._xlsx, "export.xlsx"),
            (self._pdf, "export.pdf"),
            (self._csv, "export.csv"),
            (self._package, "export.package"),
        ):
            box.setObjectName(name)
            box.setChecked(box in {self._xlsx, self._pdf})
            box.toggled.connect(lambda _: self._describe())
        inside.addLayout(parts.row(self._xlsx, self._pdf, None, spacing=24))
        inside.addLayout(parts.row(self._csv, self._package, None, spacing=24))
        inside.addLayout(self._levels())
        inside.addWidget(self._choices)
        inside.addWidget(parts.line())
        inside.addLayout(self._where())
        inside.addWidget(self._preview)
        inside.addWidget(self._open_ones)
        inside.addWidget(self._fault)
        inside.addLayout(self._actions())
        inside.addLayout(self._result)
        column.addWidget(frame)
        column.addLayout(_others(self.work))
        column.addStretch(1)
        self.setFocusProxy(self._start)

    def _levels(self) -> QHBoxLayout:
        say = self.work.say
        self._by_unit.setObjectName("export.by_unit")
        self._scale.setObjectName("export.scale")
        self._scale.setAccessibleName(say("Print in"))
        for scale in Scale:
            self._scale.addItem(scale.value, scale)
        self._scale.setEnabled(False)
        self._by_unit.toggled.connect(self._scale.setEnabled)
        told = parts.label(say("Print in"), "muted", wrap=False)
        return parts.row(self._by_unit, told, self._scale, None)

    def _where(self) -> QFormLayout:
        say = self.work.say
        self._folder.setObjectName("export.folder")
        self._folder.setAccessibleName(say("Folder"))
        self._name.setObjectName("export.name")
        kept = self.work.habits.now.layout.get(LAYOUT, "")
        self._folder.setText(kept or str(self.work.session.path.parent))
        for box in (self._folder, self._name):
            box.textChanged.connect(lambda _: self._describe())
        choose = parts.button(say("Choose…"), self._choose, name="export.choose")
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow(say("Folder"), parts.row(self._folder, choose))
        form.addRow(say("File name"), self._name)
        return form

    def _actions(self) -> QHBoxLayout:
        say = self.work.say
        self._start = parts.button(
            say("Write the files"), self.start, name="export.start", primary=True
        )
        self._stop = parts.button(say("Stop"), self._cancel, name="export.stop")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        for widget in (self._stop, self._bar, self._fault):
            widget.hide()
        return parts.row(self._start, self._stop, self._bar, self._doing, None)

    # --- Showing -----------------------------------------------------------

    def _turned(self, page: Page) -> None:
        if page is Page.EXPORT:
            self._refresh()

    def _refresh(self) -> None:
        session = self.work.session
        proposed = exporting.file_name(
            session.root.name, session.period, session.pack.title
        )
        self._name.setText(proposed)
        self._describe()
        self._count()

    def _describe(self) -> None:
        name, folder = self._name.text().strip(), self._folder.text().strip()
        files = self._order().names
        say = self.work.say
        self._preview.setText(
            say("Will write: {files}", files="、".join(files))
            if files
            else say("Choose at least one kind of file.")
        )
        ready = bool(files and name and folder) and self._run is None
        self._start.setEnabled(ready)

    def _count(self) -> None:
        work = self.work
        if work.desk.page is Page.EXPORT and not work.bridge.closed:
            states = form_states(work.session)
            work.bridge.when(
                states,
                self,
                lambda found: self._open_ones.setText(readiness(work.say, found)),
            )

    def _soon(self, _event: object) -> None:
        if not self._wait.isActive():
            self._wait.start()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.work.say("Folder"), self._folder.text()
        )
        if folder:
            self._folder.setText(folder)

    # --- Writing -----------------------------------------------------------

    def start(self) -> None:
        """Read the ledger, then write the files."""
        session, bridge = self.work.session, self.work.bridge
        parts.empty(self._result)
        self._fault.hide()
        self._busy(on=True)
        habits = self.work.habits
        habits.keep(habits.now.arranged(LAYOUT, self._folder.text().strip()))
        compiled, period, order = session.compiled, session.period, self._order()
        self._run = session.thread.start(
            lambda ledger: read_order(ledger, compiled, period, order), self._teller()
        )
        bridge.when(
            self._run.result, self, lambda read: self._write(read, order), self._failed
        )

    def _order(self) -> Order:
        """Give what is asked for as it stands."""
        printing = Printing(self._scale.currentData())
        wanted = exporting.Wanted(
            folder=Path(self._folder.text().strip()),
            name=self._name.text().strip(),
            fonts=self.work.start.places.fonts,
            xlsx=self._xlsx.isChecked(),
            pdf=self._pdf.isChecked(),
            binding=self._choices.binding,
            archiving=self._choices.archiving,
        )
        return Order(
            wanted=wanted,
            csv=self._csv.isChecked(),
            package=self._package.isChecked(),
            by_unit=printing if self._by_unit.isChecked() else None,
            wish=self._choices.wish,
        )

    def _write(self, read: Read, order: Order) -> None:
        def work(stage: Stage) -> Exported:
            order.wanted.folder.mkdir(parents=True, exist_ok=True)

            def watch(progress: Progress) -> bool:
                stage.tell(progress)
                return not stage.stopped

            return write_order(read, order, watch)

        self._run = Task(work, self._teller())
        self.work.bridge.when(self._run.result, self, self._done, self._failed)

    def _teller(self) -> Callable[[Progress], None]:
        """Give what the working thread tells of progress."""
        return self.work.bridge.courier.teller(self, self._progress)

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, progress.done))
        self._bar.setValue(progress.done)
        self._doing.setText(self.work.say.message(progress.doing))

    def _busy(self, *, on: bool) -> None:
        for widget in (self._stop, self._bar, self._doing):
            widget.setVisible(on)
        self._start.setEnabled(False)
        if not on:
            self._run = None
            self._describe()

    def _done(self, exported: Exported) -> None:
        self._busy(on=False)
        say = self.work.say
        self._written = exported.paths
        self._result.addWidget(parts.line())
        good = self.work.look.colours.good
        icon = parts.Picture(self.work.icons.toned(good), 20)
        done = parts.label(say("Written and read back:"), "good", name="export.done")
        row = parts.row(icon, done)
        row.setStretch(1, 1)
        self._result.addLayout(row)
        for path in exported.paths[:NAMED]:
            size = max(path.stat().st_size // 1024, 1)
            self._result.addWidget(parts.label(f"{path.name}　{size} KB"))
        if more := exported.paths[NAMED:]:
            text = say("{count} more files.", count=len(more))
            self._result.addWidget(parts.label(text, "muted"))
        for remark in exported.remarks:
            self._result.addWidget(parts.label(say.message(remark), "muted"))
        show = parts.button(say("Open the folder"), self._show, name="export.show")
        self._result.addLayout(parts.row(show, None))
        show.setFocus()

    def _show(self) -> None:
        if self._written:
            folder = QUrl.fromLocalFile(str(self._written[0].parent))
            QDesktopServices.openUrl(folder)

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        say = self.work.say
        if isinstance(error, CancelledError):
            self._fault.setText(say("Stopped. No half-written file was left."))
        elif isinstance(error, ExportError | StoreError):
            self._fault.setText(say.message(error.message))
        elif isinstance(error, OSError):
            text = say(
                "Nothing can be written to {folder}. Choose another folder.",
                folder=self._folder.text(),
            )
            self._fault.setText(text)
        else:
            raise error
        self._fault.show()

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()


def _others(work: Workplace) -> QHBoxLayout:
    """Show the way to what writes other files."""
    say, asked = work.say, work.desk.asked
    many = parts.button(
        say("Write the reports of many units…"),
        lambda: asked.emit("file.batch"),
        name="export.batch",
        link=True,
    )
    template = parts.button(
        say("Fill an official template…"),
        lambda: asked.emit("file.template"),
        name="export.template",
        link=True,
    )
    return parts.row(many, template, None)
