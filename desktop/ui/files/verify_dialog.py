"""核验: files are dropped, and what was altered in them is listed cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.opening import open_ledger
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.app.verify.running import verify
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.words import counted
from desktop.app.verify.words import heading
from desktop.app.verify.words import in_words
from desktop.app.verify.words import save_list
from desktop.app.verify.words import text_of
from desktop.app.verify.words import worst_first
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.ui.look import parts
from desktop.ui.look import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent
    from PySide6.QtGui import QDropEvent

    from desktop.app.background import Stage
    from desktop.app.progress import Progress
    from desktop.app.verify.verifying import Check
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

SHOWN: Final = 2000
"""Differences of one check that are shown; the saved table has all."""
HEADS: Final = (
    "verify.head-form",
    "verify.head-record",
    "verify.head-field",
    "verify.head-was",
    "verify.head-now",
    "verify.head-where",
)
WIDTHS: Final = (250, 170, 170, 110, 110)
"""Of the columns before the last, on letters of the usual size."""


class VerifyDialog(QDialog):
    """Holds files of ours against themselves, each other and a ledger."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Ask for files."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("verify")
        self.setAcceptDrops(True)
        self._work = work
        self._files: tuple[Path, ...] = ()
        self._checks: tuple[Check, ...] = ()
        self._run: Task[tuple[Check, ...]] | None = None
        say = work.say
        self.setWindowTitle(say("Verify files"))
        self._named = parts.label(say("No file yet."), "muted", name="verify.files")
        self._with_ledger = QCheckBox(
            say("Hold against this ledger: {name}", name=work.session.path.name)
        )
        self._with_ledger.setObjectName("verify.ledger")
        self._with_ledger.setChecked(True)
        self._bar, self._doing = QProgressBar(), parts.label("", "muted")
        self._fault = parts.label("", "fault", name="verify.fault")
        self._summary = parts.label("", "heading", name="verify.summary")
        self._tree = QTreeWidget()
        self._lay_out()
        self._busy(on=False)
        self._fault.hide()
        self._summary.hide()
        self.resize(work.look.dialog(1080))

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=9)
        column.addWidget(
            parts.label(
                say(
                    "Drop PDFs and workbooks made by this program here, or choose "
                    "them. Every cell is compared; nothing is ever changed."
                )
            )
        )
        choose = parts.button(
            say("Choose files…"), self._choose, name="verify.choose", primary=True
        )
        row = parts.row(choose, self._named, self._with_ledger)
        row.setStretch(1, 1)
        column.addLayout(row)
        self._with_ledger.toggled.connect(lambda _: self.start())
        self._stop = parts.button(say("Stop"), self._cancel, name="verify.stop")
        self._bar.setTextVisible(False)
        working = parts.row(self._bar, self._doing, self._stop)
        working.setStretch(1, 1)
        column.addLayout(working)
        column.addWidget(self._fault)
        column.addWidget(self._summary)
        self._build_tree()
        column.addWidget(self._tree, 1)
        column.addLayout(self._below())

    def _build_tree(self) -> None:
        say, tree = self._work.say, self._tree
        tree.setObjectName("verify.list")
        tree.setAccessibleName(say("Result of verifying"))
        tree.setHeaderLabels([say.message(message(head)) for head in HEADS])
        tree.setUniformRowHeights(False)
        tree.setWordWrap(True)
        tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        tables.on_copy(tree, self.copy)
        for column, width in enumerate(WIDTHS):
            tree.setColumnWidth(column, width)

    def _below(self) -> QHBoxLayout:
        say = self._work.say
        self._copy = parts.button(say("Copy all"), self.copy, name="verify.copy")
        self._save = parts.button(
            say("Save as a table…"), self._save_as, name="verify.save"
        )
        close = parts.button(say("Close"), self.reject, name="verify.close")
        for each in (self._copy, self._save):
            each.setEnabled(False)
        return parts.row(self._copy, self._save, None, close)

    # --- Which files ---------------------------------------------------------

    def _choose(self) -> None:
        say = self._work.say
        names, _ = QFileDialog.getOpenFileNames(
            self,
            say("Verify files"),
            "",
            say("Reports and ledgers (*.xlsx *.pdf *.taizhang)"),
        )
        if names:
            self.take([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Verify what was dropped."""
        urls = event.mimeData().urls()
        self.take([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def take(self, paths: Sequence[Path]) -> None:
        """Verify files."""
        self._files = tuple(dict.fromkeys(paths))
        self._named.setText("、".join(path.name for path in self._files))
        self.start()

    # --- Working ---------------------------------------------------------------

    def start(self) -> None:
        """Verify the files; what runs already is stopped first."""
        if not self._files:
            return
        self._cancel()
        work, person = self._work, self._work.start.person
        reader, paths = work.start.places.reader, list(self._files)
        ledger = work.session.path
        if self._with_ledger.isChecked() and ledger not in paths:
            paths.append(ledger)

        def verified(stage: Stage) -> tuple[Check, ...]:
            def watch(progress: Progress) -> bool:
                stage.tell(progress)
                return True

            steps = verify(
                paths, reader, lambda path: open_ledger(path, person, read_only=True)
            )
            return run_steps(steps, watch)

        self._fault.hide()
        self._busy(on=True)
        tell = work.bridge.courier.teller(self, self._progress)
        task = Task(verified, tell)
        self._run = task

        def failed(error: BaseException) -> None:
            if self._run is task:
                self._failed(error)

        def done(checks: tuple[Check, ...]) -> None:
            if self._run is task:
                self.show_checks(checks)

        work.bridge.when(task.result, self, done, failed)

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, progress.done))
        self._bar.setValue(progress.done)
        self._doing.setText(self._work.say.message(progress.doing))

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def _busy(self, *, on: bool) -> None:
        for widget in (self._bar, self._doing, self._stop):
            widget.setVisible(on)
        if not on:
            self._run = None

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        if not isinstance(error, CancelledError):
            self._work.bridge.pass_on(error)

    def done(self, result: int) -> None:
        """Stop working when the dialog goes."""
        self._cancel()
        super().done(result)

    # --- Showing ---------------------------------------------------------------

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """List what was found."""
        self._busy(on=False)
        self._checks = checks
        self._tree.clear()
        self._summary.setText(counted(checks, self._work.say))
        self._summary.show()
        for check in worst_first(checks):
            self._add(check)
        for each in (self._copy, self._save):
            each.setEnabled(bool(checks))
        self._tree.setFocus()

    def _add(self, check: Check) -> None:
        say = self._work.say
        top = QTreeWidgetItem([heading(check, say)])
        top.setIcon(0, self._work.icons.toned(self._tone(check.verdict)))
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        self._tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        for said in check.says:
            line = QTreeWidgetItem(top, [say.message(said)])
            line.setFirstColumnSpanned(True)
        if check.differences:
            was, now = (say.message(side) for side in check.sides)
            sides = say("Was: {was}. Is: {now}.", was=was, now=now)
            line = QTreeWidgetItem(top, [sides])
            line.setFirstColumnSpanned(True)
        for each in check.differences[:SHOWN]:
            found = in_words(each, say)
            form = f"〔{found.what}〕{found.form}"
            own = [form, found.record, found.field, found.was, found.now, found.where]
            line = QTreeWidgetItem(top, own)
            for column, text in enumerate(own):
                line.setToolTip(column, text)
        more = len(check.differences) - SHOWN
        if more > 0:
            text = say("{count} more stand in the saved table.", count=more)
            QTreeWidgetItem(top, [text]).setFirstColumnSpanned(True)
        top.setExpanded(True)

    def _tone(self, verdict: Verdict) -> Tone:
        colours = self._work.look.colours
        tones = {
            Verdict.AGREES: colours.good,
            Verdict.DIFFERS: colours.error,
            Verdict.OLDER: colours.warning,
        }
        return tones.get(verdict, colours.info)

    # --- Taking it along ---------------------------------------------------------

    def copy(self) -> None:
        """Put everything on the clipboard."""
        QGuiApplication.clipboard().setText(text_of(self._checks, self._work.say))

    def _save_as(self) -> None:
        say = self._work.say
        name, _ = QFileDialog.getSaveFileName(
            self, say("Save as a table…"), say("Verified") + ".csv", "CSV (*.csv)"
        )
        if not name:
            return
        try:
            save_list(self._checks, say, Path(name))
        except ExportError as error:
            self._fault.setText(say.message(error.message))
            self._fault.show()
