"""收表: files are read, looked through and decided about; then all is taken at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QWidget

from desktop.app.handover.receiving import looking
from desktop.app.handover.receiving.receiving import Wish
from desktop.exchange.lineage import Kind
from desktop.ui.handover.receive_detail import ReceiveDetail
from desktop.ui.handover.receive_flow import ReceiveFlow
from desktop.ui.handover.receive_models import LinesModel
from desktop.ui.handover.receive_plain import PlainButton
from desktop.ui.handover.receive_table import table_of
from desktop.ui.handover.receive_words import file_line
from desktop.ui.handover.receive_words import received_words
from desktop.ui.handover.receive_words import summary
from desktop.ui.handover.receive_words import tone_of
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent
    from PySide6.QtGui import QDropEvent

    from desktop.app.handover.receiving.looking import Lines
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.handover.receiving.taking_in import Received
    from desktop.app.progress import Progress
    from desktop.ui.workplace import Workplace

_WIDTHS: Final = (36, 18, 16, 12, 30)
_CHANGED: Final = 3
"""The column that counts what changes."""
_SHARES: Final = (300, 700)
"""How list and file share the height."""


class ReceiveFiles(QWidget):
    """Shows the files before the person and asks what is to become of them."""

    slips_wanted = Signal()
    """The person wants to answer: receipts and return slips."""

    def __init__(self, work: Workplace) -> None:
        """Ask for files."""
        super().__init__()
        self._work = work
        self.flow = ReceiveFlow(work, self)
        self.detail = ReceiveDetail(work, self.flow.deciding)
        self.plain = PlainButton(work, self)
        self._make_buttons()
        self._make_table()
        self._lay_out()
        self.setAcceptDrops(True)
        flow = self.flow
        flow.began.connect(self.detail.forget)
        flow.looked.connect(self._show)
        flow.asked.connect(self._show_effects)
        flow.wrote.connect(self._wrote)
        flow.stirred.connect(self._refresh)
        flow.progressed.connect(self._progress)
        flow.complained.connect(self._complain)
        self.detail.decided.connect(self._decided)
        self.plain.told.connect(self._tell)
        self.plain.complained.connect(self._complain)
        work.bridge.saved.connect(self._moved_on)
        self._say_nothing()
        self._refresh()

    def _make_buttons(self) -> None:
        say, made = self._work.say, parts.button
        self._choose = made(
            say("Choose files…"), self._choose_files, name="receive.choose"
        )
        self._folder = made(
            say("Choose a folder or stick…"), self._choose_folder, name="receive.folder"
        )
        self._stop = made(say("Stop"), self.flow.stop, name="receive.stop")
        self._open = made(say("Password…"), self._ask_password, name="receive.password")
        self._all_new = made(
            say("Take all new ones"),
            lambda: self._take_all(Kind.NEW),
            name="receive.all_new",
        )
        self._all_updates = made(
            say("Take all newer versions"),
            lambda: self._take_all(Kind.UPDATE),
            name="receive.all_updates",
        )
        self._clear = made(
            say("Decide nothing"), self._decide_nothing, name="receive.clear", link=True
        )
        self._next = made(
            say("Go on: receipts and returns"),
            self.slips_wanted.emit,
            name="receive.next",
        )
        self._apply = made(
            say("Take in"), self.apply, name="receive.apply", primary=True
        )

    def _make_table(self) -> None:
        say = self._work.say
        titles = (
            say("File"),
            say("Unit"),
            say("What it is"),
            say("Places changed"),
            say("What the rules say"),
            say("Decision"),
        )
        self._files = LinesModel(titles, self, (_CHANGED,))
        look, title = self._work.look, say("Files handed in")
        self.table = table_of(self._files, look, _WIDTHS, "receive.files", title)
        self.table.selectionModel().currentRowChanged.connect(self._read_lines)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setSizes(list(_SHARES))

    def _lay_out(self) -> None:
        say = self._work.say
        self._bar = QProgressBar()
        self._bar.setObjectName("receive.bar")
        self._bar.setTextVisible(False)
        self._doing = parts.label("", "muted", wrap=False, name="receive.doing")
        self._fault = parts.label("", "fault", name="receive.fault")
        self._done = parts.label("", "good", name="receive.done")
        self._sum = parts.label("", name="receive.sum")
        self._empty = parts.label(
            say(
                "Choose the files that came by stick or mail, or drop them here; a "
                "whole folder will do. They are only read: you see what each one is "
                "and what it would change, and nothing is taken before you say so."
            ),
            "muted",
            name="receive.empty",
        )
        column = parts.column(self, margin=8, spacing=7)
        going = (self._doing, self._bar, self._stop)
        bulk = (self.plain, self._open, self._all_new, self._all_updates, self._clear)
        column.addLayout(parts.row(self._choose, self._folder, *going, None, *bulk))
        for label in (self._fault, self._empty):
            column.addWidget(label)
        for label, button in ((self._done, self._next), (self._sum, self._apply)):
            row = parts.row(label, button)
            row.setStretch(0, 1)
            column.addLayout(row)
            if label is self._done:
                column.addWidget(self._split, 1)
        column.addStretch(0)

    # --- Choosing -----------------------------------------------------------

    def _choose_files(self) -> None:
        say = self._work.say
        names, _ = QFileDialog.getOpenFileNames(
            self,
            say("Choose files…"),
            self._last_folder(),
            say("Submissions (*.xlsx *.tzx)"),
        )
        if names:
            self.begin_with([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self._work.say("Choose a folder or stick…"), self._last_folder()
        )
        if name:
            self.begin_with([Path(name)])

    def _last_folder(self) -> str:
        reads = self.flow.reads
        return str(reads[0].path.parent) if reads else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls() and not self.flow.taking:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.begin_with(paths)

    def begin_with(self, paths: Sequence[Path], password: str | None = None) -> None:
        """Look at files and folders."""
        self._say_nothing()
        self.flow.begin_with(paths, password)

    def _ask_password(self) -> None:
        """Read the files again that a password would open."""
        say = self._work.say
        locked = [read.path for read in self.flow.reads if read.locked]
        text, agreed = QInputDialog.getText(
            self,
            say("Password…"),
            say("{count} files are under a password.", count=len(locked)),
            QLineEdit.EchoMode.Password,
        )
        if agreed and text:
            self.begin_with(locked, text)

    # --- Showing ------------------------------------------------------------

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """The lines of the files as they are shown."""
        return self._files.rows

    @property
    def _item(self) -> Item | None:
        row, items = self.table.currentIndex().row(), self.flow.items
        return items[row] if 0 <= row < len(items) else None

    def _show(self) -> None:
        self._show_rows()
        if self.flow.items and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        else:
            self._read_lines()

    def _show_rows(self) -> None:
        say, colours, flow = self._work.say, self._work.look.colours, self.flow
        units = self._work.unit_by_code
        self._files.show_rows(
            [file_line(say, item, flow.rehearsed, units) for item in flow.items],
            [tone_of(item.verdict.kind, colours).ink for item in flow.items],
        )
        self._refresh()

    def _show_effects(self) -> None:
        self._show_rows()
        item = self._item
        if item is not None and self.detail.shown:
            self.detail.show_effect(looking.effect_around(self.flow.rehearsed, item))

    def _read_lines(self) -> None:
        """Put what the file before the person would do into words."""
        item, seen = self._item, self.flow.seen
        self.plain.show_item(item)
        if item is None or seen is None:
            return
        say = self._work.say
        self.detail.wait(item)

        def show(lines: Lines) -> None:
            if item is self._item:
                effect = looking.effect_around(self.flow.rehearsed, item)
                self.detail.show_item(item, lines, effect)

        self._work.bridge.ask(
            lambda ledger: looking.lines_of(ledger, seen, item, say), self, show
        )

    def _refresh(self) -> None:
        """Show what there is, and let be pressed what can be."""
        say, flow, items = self._work.say, self.flow, self.flow.items
        may, there = self._work.writable and not flow.taking, bool(items)
        for going in (self._bar, self._doing, self._stop):
            going.setVisible(not flow.idle)
        self._empty.setVisible(not there)
        for shown in (self._split, self._apply, self._sum):
            shown.setVisible(there)
        self._open.setVisible(any(item.read.locked for item in items))
        for button in (self._choose, self._folder, self._open):
            button.setEnabled(not flow.taking)
        for button, kind in (
            (self._all_new, Kind.NEW),
            (self._all_updates, Kind.UPDATE),
        ):
            button.setVisible(any(i.verdict.kind is kind and i.plan for i in items))
            button.setEnabled(may)
        self._clear.setVisible(there and bool(flow.deciding.wishes))
        counts = [item for item in items if item.counts]
        decided = any(item.plan and item.wish is not Wish.WAIT for item in items)
        wants = sum(len(item.open) for item in counts)
        self._apply.setText(say("Take {count} files in", count=len(counts)))
        self._apply.setEnabled(may and decided and not wants and flow.idle)
        self._sum.setText(summary(say, counts, flow.rehearsed))

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, progress.done))
        self._bar.setValue(progress.done)
        self._doing.setText(self._work.say.message(progress.doing))

    # --- Deciding -----------------------------------------------------------

    def _take_all(self, kind: Kind) -> None:
        self.flow.deciding.take_all(self.flow.items, kind)
        self._decided()

    def _decide_nothing(self) -> None:
        self.flow.deciding.wishes.clear()
        self._decided()

    def _decided(self) -> None:
        self._say_nothing()
        self.flow.plan()

    def _moved_on(self) -> None:
        """Look again when the ledger was written to."""
        if self.flow.seen is not None and not self.flow.taking and self.isVisible():
            self.flow.plan()

    # --- Doing --------------------------------------------------------------

    def apply(self) -> None:
        """Take in what was decided, as one action."""
        seen = self.flow.seen
        if seen is not None:
            self._say_nothing()
            self._bar.setRange(0, 0)
            self.flow.take(seen)

    def _tell(self, text: str) -> None:
        self._say_nothing()
        self._done.setText(text)
        self._done.show()

    def _wrote(self, received: Received) -> None:
        self._tell(received_words(self._work.say, received))
        self._next.setVisible(bool(received.taken))

    def _say_nothing(self) -> None:
        """Take away what was said of the last thing that was done."""
        for widget in (self._fault, self._done, self._next):
            widget.hide()

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()
