"""收回采集表: files that came back, their faults cell by cell, then the import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.collection import collected
from desktop.app.collection.notes import write_annotated
from desktop.app.collection.values import ReturnedBook
from desktop.app.progress import CancelledError
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.store.records import Stale
from desktop.ui.files.collected_lines import DETAIL
from desktop.ui.files.collected_lines import FAULT_HEADS
from desktop.ui.files.collected_lines import ROW_HEADS
from desktop.ui.files.collected_lines import CollectedLines
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.background import Stage
    from desktop.app.collection.collected import ReadFile
    from desktop.app.collection.values import Book
    from desktop.app.progress import Progress
    from desktop.app.store_thread import Operation
    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace

WIDEST: Final = 300


class CollectedDialog(QDialog):
    """Reads what came back, shows what is wrong, and takes in what is good."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Ask for files."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("collected")
        self._work = work
        say = work.say
        self.setWindowTitle(say("Take collection workbooks back"))
        self._paths: tuple[Path, ...] = ()
        self._files: tuple[ReadFile, ...] = ()
        self._books: tuple[Book, ...] = ()
        self._run: Task[tuple[ReadFile, ...]] | Operation[tuple[Book, ...]] | None
        self._run = None
        self._bar = QProgressBar()
        self._fault = parts.label("", "fault", name="collected.fault")
        self._head = parts.label("", "heading", name="collected.summary")
        self._done = parts.label("", "good", name="collected.done")
        self._empty = parts.label(
            say(
                "No files yet. Choose the workbooks that came back; several at once "
                "will do. They are only read: faults are shown cell by cell, and "
                "nothing is taken in before you say so."
            ),
            "muted",
            name="collected.empty",
        )
        self._tabs = QTabWidget()
        self._faults, self._rows = _list("faults"), _list("rows")
        self._detail = parts.label("", name="collected.detail")
        self._faults.currentItemChanged.connect(lambda now, _: self._tell_all(now))
        self._lay_out()
        self.finished.connect(lambda _: self._cancel())
        self.resize(work.look.dialog(980))

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=9)
        self._choose_button = parts.button(
            say("Choose files…"), self._choose, name="collected.choose"
        )
        self._stop = parts.button(say("Stop"), self._cancel, name="collected.stop")
        column.addLayout(parts.row(self._choose_button, self._bar, self._stop, None))
        for label in (self._fault, self._head, self._done, self._empty):
            column.addWidget(label)
        for tree, title in (
            (self._faults, say("Cell by cell")),
            (self._rows, say("Import preview")),
        ):
            tree.setAccessibleName(title)
            self._tabs.addTab(tree, title)
        self._tabs.setAccessibleName(say("Cell by cell"))
        self._tabs.currentChanged.connect(lambda _: self._refresh())
        column.addWidget(self._tabs, 1)
        column.addWidget(self._detail)
        column.addStretch(0)
        self._annotate = parts.button(
            say("Save annotated copies…"), self.annotate, name="collected.annotate"
        )
        close = parts.button(say("Close"), self.reject, name="collected.close")
        self._apply = parts.button(
            say("Go on to the import"), self.go_on, name="collected.apply", primary=True
        )
        safe = parts.label(
            say("Nothing is changed before you press Import; undo takes it back."),
            "muted",
        )
        below = parts.row(safe, self._annotate, close, self._apply)
        below.setStretch(0, 1)
        column.addLayout(below)
        self._bar.setTextVisible(False)
        hidden = (self._bar, self._stop, self._fault, self._done, self._tabs)
        for widget in (*hidden, self._head, self._detail):
            widget.hide()
        self._refresh()
        self._choose_button.setFocus()

    # --- Reading ------------------------------------------------------------

    def _choose(self) -> None:
        say = self._work.say
        folder = str(self._paths[0].parent) if self._paths else ""
        names, _ = QFileDialog.getOpenFileNames(
            self, say("Choose files…"), folder, say("Workbooks (*.xlsx)")
        )
        if names:
            self.begin_with(tuple(map(Path, names)))

    def begin_with(self, paths: Sequence[Path]) -> None:
        """Read files in processes of their own."""
        self._paths = tuple(paths)
        reader = self._work.start.places.reader

        def work(stage: Stage) -> tuple[ReadFile, ...]:
            return collected.read_files(self._paths, reader, stage.tell)

        run = Task(work, self._teller())
        self._busy(run)
        self._work.bridge.when(run.result, self, self._have_read, self._failed)

    def _have_read(self, files: tuple[ReadFile, ...]) -> None:
        self._files = files
        self._look()

    def _look(self) -> None:
        """Ask what is wrong; the ledger is only read."""
        work, session = self._work, self._work.session
        period, files = session.period, self._files
        person, say = session.person, work.say
        run = session.thread.start(
            lambda ledger: collected.look_through(ledger, period, files, person, say),
            self._teller(),
        )
        self._busy(run)
        work.bridge.when(run.result, self, self._show, self._failed)

    def _teller(self) -> Callable[[Progress], None]:
        """Give what the working thread tells of progress."""
        return self._work.bridge.courier.teller(self, self._progress)

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def _busy(
        self, run: Task[tuple[ReadFile, ...]] | Operation[tuple[Book, ...]] | None
    ) -> None:
        self._run = run
        for widget in (self._bar, self._stop):
            widget.setVisible(run is not None)
        if run is not None:
            self._bar.setRange(0, 0)
            self._fault.hide()
            self._done.hide()
        self._choose_button.setEnabled(run is None)
        self._refresh()

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()

    # --- Showing ------------------------------------------------------------

    def _show(self, books: tuple[Book, ...]) -> None:
        self._books = books
        self._busy(None)
        lines = CollectedLines(self._work.say, self._work.unit_by_code, books)
        self._empty.hide()
        self._head.setText(lines.headline())
        self._head.show()
        lines.show_faults(self._faults)
        lines.show_rows(self._rows)
        for tree in (self._faults, self._rows):
            for number in range(tree.columnCount() - 1):
                tree.resizeColumnToContents(number)
                width = min(tree.columnWidth(number) + 8, WIDEST)
                tree.setColumnWidth(number, width)
        self._tabs.show()
        self._tabs.setCurrentWidget(self._faults)
        self._refresh()
        first = self._faults.topLevelItem(0)
        if first is not None:
            child = first.child(0) if first.childCount() else first
            self._faults.setCurrentItem(child)
        self._faults.setFocus()

    def _tell_all(self, line: QTreeWidgetItem | None) -> None:
        """Say the fault that is chosen in full."""
        text = line.data(0, DETAIL) if line is not None else ""
        self._detail.setText(text or "")

    @property
    def _sound(self) -> list[ReturnedBook]:
        return [book for book in self._books if isinstance(book, ReturnedBook)]

    def _refresh(self) -> None:
        say = self._work.say
        idle = self._run is None
        good = sum(len(book.good) for book in self._sound)
        faulty = any(book.faults for book in self._sound)
        self._annotate.setEnabled(idle and faulty)
        last = self._tabs.currentWidget() is self._rows
        self._detail.setVisible(bool(self._books) and not last)
        text = say("Import {count} rows", count=good) if last else ""
        self._apply.setText(text or say("Go on to the import"))
        may = good > 0 and self._work.writable if last else bool(self._sound)
        self._apply.setEnabled(idle and may)

    # --- Doing --------------------------------------------------------------

    def annotate(self) -> None:
        """Write copies with comments into a folder."""
        say = self._work.say
        folder = QFileDialog.getExistingDirectory(
            self, say("Folder for the annotated copies"), str(self._paths[0].parent)
        )
        if not folder:
            return
        self._fault.hide()
        faulty = [book for book in self._sound if book.faults]
        try:
            made = [write_annotated(book, Path(folder), say) for book in faulty]
        except ExportError as error:
            self._complain(say.message(error.message))
            return
        names = "、".join(path.name for path in made)
        self._done.setText(say("Annotated copies written: {files}", files=names))
        self._done.show()

    def go_on(self) -> None:
        """Show what the import would do; from there, do it as one action."""
        if self._tabs.currentWidget() is not self._rows:
            self._tabs.setCurrentWidget(self._rows)
            self._apply.setFocus()
            return
        work = self._work
        action = collected.collected_action(self._books, work.say)
        self._apply.setEnabled(False)
        future = work.session.apply(action)
        work.bridge.when(future, self, self._applied, self._not_applied)

    def _applied(self, answer: Answer) -> None:
        """Close, unless the ledger has moved on since: then look again."""
        if isinstance(answer, Stale):
            self._look()
        else:
            self.accept()

    def _not_applied(self, error: BaseException) -> None:
        self._refresh()
        self._work.bridge.pass_on(error)

    def _failed(self, error: BaseException) -> None:
        self._busy(None)
        say = self._work.say
        if isinstance(error, CancelledError):
            self._complain(say("Stopped. Nothing was taken in."))
        elif isinstance(error, StoreError):
            self._complain(say.message(error.message))
        else:
            raise error

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()


def _list(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName(f"collected.{name}")
    tree.setUniformRowHeights(True)
    heads = FAULT_HEADS if name == "faults" else ROW_HEADS
    tree.setColumnCount(len(heads))
    tree.setAllColumnsShowFocus(True)
    return tree
