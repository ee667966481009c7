"""交接与归档: the ledger as a package for a successor, or for the archive."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.events import Saved
from desktop.app.handover.keeping import signing
from desktop.app.handover.keeping.archiving import Maker
from desktop.app.handover.keeping.archiving import Wish
from desktop.app.handover.keeping.archiving import copied
from desktop.app.handover.keeping.archiving import given_title
from desktop.app.handover.keeping.archiving import make_package
from desktop.app.handover.keeping.archiving import note_given
from desktop.app.progress import CancelledError
from desktop.exchange.handing import Purpose
from desktop.exchange.keys import KeptKey
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.ui.handover.password_box import PasswordBox
from desktop.ui.handover.password_box import password_line
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from desktop.app.background import Stage
    from desktop.app.handover.keeping.archiving import Made
    from desktop.app.progress import Progress
    from desktop.app.progress import Watcher
    from desktop.app.session import Session
    from desktop.core.messages import Message
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

ROOM = 16
"""Pixels between what is asked, beside what the layout leaves by itself."""
FOLDER = "handing.folder"
"""The setting with the folder of last time."""


def make_and_note(session: Session, wish: Wish, maker: Maker) -> Made:
    """Copy the ledger on its thread, make the package on this one, and note it.

    Raises:
        ExportError: The package could not be written; nothing is left of it.
        StoreError: The ledger could not be read, or could not note the package.
        CancelledError: It was stopped; nothing is left.
    """
    with TemporaryDirectory(prefix="taizhang-") as folder:
        copying = session.thread.call(
            lambda ledger: copied(ledger, Path(folder), maker.watch)
        )
        made = make_package(copying.result(), session.path, wish, maker)

    def note(ledger: Ledger) -> None:
        note_given(ledger, made)
        session.tell(Saved(ledger.head().revision, given_title(made.package)))

    session.thread.call(note).result()
    return made


class ArchiveDialog(QDialog):
    """Asks what for and where to, makes the package, and says what to do with it."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Offer a package for a successor, in the folder of last time."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("handing")
        self._work = work
        self._run: Task[Made] | None = None
        say = work.say
        self.setWindowTitle(say("Hand over or put away"))
        self._over = QRadioButton(say("For a successor: somebody else goes on with it"))
        self._over.setObjectName("handing.over")
        self._away = QRadioButton(say("For the archive: it is kept, and only read"))
        self._away.setObjectName("handing.away")
        self._taker, self._note = QLineEdit(), QLineEdit()
        kept = work.habits.now.layout.get(FOLDER)
        self._folder = QLineEdit(kept or str(work.session.path.parent))
        self._seal = QCheckBox(say("Seal it with a password"))
        self._seal.setObjectName("handing.seal")
        self._box = PasswordBox(say, "handing")
        self._key_asks = say("Password of this ledger's key")
        self._key = password_line(self._key_asks, "handing.key")
        self._asking, self._form = QWidget(), QFormLayout()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._doing = parts.label("", "muted", name="handing.doing")
        self._said = parts.label("", name="handing.said")
        self._fault = parts.label("", "fault", name="handing.fault")
        self._stop = parts.button(say("Stop"), self.stop, name="handing.stop")
        self._show = parts.button(
            say("Open the folder"), self._open, name="handing.show"
        )
        self._close = parts.button(say("Close"), self.reject, name="handing.close")
        self._start = parts.button(
            say("Make the package"), self.start, name="handing.start", primary=True
        )
        self._lay_out()
        self._connect()
        work.bridge.ask(signing.own_key, self, self._take_key)

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(
            parts.label(
                say(
                    "The package holds the whole ledger and an account to print and "
                    "sign: what is still open, what the examination says, who did "
                    "what. The ledger here stays as it is."
                )
            )
        )
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(self._asking)
        asked = parts.column(self._asking, spacing=10)
        asked.addWidget(self._over)
        asked.addWidget(self._away)
        self._rows()
        asked.addLayout(self._form)
        asked.addWidget(self._seal)
        asked.addWidget(self._box)
        for widget in (self._bar, self._doing, self._said, self._fault):
            widget.hide()
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(
            parts.row(self._show, None, self._stop, self._close, self._start)
        )
        for button in (self._show, self._stop):
            button.hide()
        self._box.hide()
        self.resize(self._work.look.dialog(640, 430))

    def _rows(self) -> None:
        say, form = self._work.say, self._form
        policy = QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow
        form.setFieldGrowthPolicy(policy)
        form.setVerticalSpacing(10)
        lines = (
            (say("Who takes it over"), self._taker, "taker"),
            (say("A word to whoever opens it"), self._note, "note"),
        )
        for text, line, name in lines:
            line.setObjectName(f"handing.{name}")
            line.setAccessibleName(text)
            form.addRow(text, line)
        text = say("Folder")
        self._folder.setObjectName("handing.folder")
        self._folder.setAccessibleName(text)
        choose = parts.button(say("Choose…"), self._choose, name="handing.choose")
        form.addRow(text, parts.row(self._folder, choose))
        form.addRow(self._key_asks, self._key)
        form.setRowVisible(self._key, False)

    def _connect(self) -> None:
        for line in (self._taker, self._folder, self._key):
            line.textChanged.connect(lambda _: self._ready())
        self._over.toggled.connect(lambda _: self._ready())
        self._seal.toggled.connect(self._ask_password)
        self._seal.toggled.connect(lambda _: self._ready())
        self._box.changed.connect(self._ready)
        self._over.setChecked(True)
        self._taker.setFocus()

    def _take_key(self, key: KeptKey | Message | None) -> None:
        """Ask for the key's password where there is one to ask for."""
        locked = isinstance(key, KeptKey) and key.locked
        self._form.setRowVisible(self._key, locked)

    def _ask_password(self, wanted: bool) -> None:
        """Make room for the password where one is wanted."""
        self._box.setVisible(wanted)
        more = self._box.sizeHint().height() + ROOM
        self.resize(self.width(), self.height() + (more if wanted else -more))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._work.say("Folder"), self._folder.text()
        )
        if folder:
            self._folder.setText(folder)

    def _ready(self) -> None:
        over = self._over.isChecked()
        self._form.setRowVisible(self._taker, over)
        named = bool(self._taker.text().strip()) or not over
        sealed = bool(self._box.password) or not self._seal.isChecked()
        there = bool(self._folder.text().strip())
        self._start.setEnabled(named and sealed and there and self._run is None)

    # --- Making it ---------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What the person asks for."""
        over = self._over.isChecked()
        return Wish(
            Purpose.HANDOVER if over else Purpose.ARCHIVE,
            Path(self._folder.text().strip()),
            self._taker.text().strip() if over else "",
            self._note.text().strip(),
            self._box.password if self._seal.isChecked() else "",
            self._key.text() or None,
        )

    def start(self) -> None:
        """Make the package; the window stays usable."""
        wish, start, session = self.wish, self._work.start, self._work.session

        def work(stage: Stage) -> Made:
            maker = Maker(start.person, start.places.fonts, start.say, watcher(stage))
            return make_and_note(session, wish, maker)

        tell = self._work.bridge.courier.teller(self, self._tell)
        self._run = Task(work, tell)
        self._busy(on=True)
        self._work.bridge.when(self._run.result, self, self._done, self._failed)

    def stop(self) -> None:
        """Ask the work to stop; it leaves nothing behind."""
        if self._run is not None:
            self._stop.setEnabled(False)
            self._run.cancel()

    def _tell(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, progress.done, 1))
        self._bar.setValue(progress.done)
        self._doing.setText(self._work.say.message(progress.doing))

    def _busy(self, *, on: bool) -> None:
        if not on:
            self._run = None
        for widget in (self._bar, self._doing, self._stop):
            widget.setVisible(on)
        self._stop.setEnabled(True)
        self._asking.setEnabled(not on)
        self._fault.hide()
        self._said.hide()
        self._ready()

    def _done(self, made: Made) -> None:
        self._busy(on=False)
        habits, say = self._work.habits, self._work.say
        habits.keep(habits.now.arranged(FOLDER, str(made.path.parent)))
        lines = [
            say("Written and read back: {path}", path=made.path.name),
            say(
                "{count} things are open; the account inside lists them.",
                count=made.open,
            ),
        ]
        if made.faults:
            count = made.faults
            lines.append(
                say(
                    "The ledger has {count} faults; the account names them.",
                    count=count,
                )
            )
        if made.unsigned is not None:
            lines.append(say.message(made.unsigned))
        if made.package.purpose is Purpose.HANDOVER:
            lines.append(
                say(
                    "Give it to {taker}, who opens it with “Open ledger”. From then "
                    "on go on there, and not here.",
                    taker=made.package.taker,
                )
            )
        self._said.setText("\n".join(lines))
        self._said.show()
        self._show.show()
        self._start.hide()
        self._asking.hide()
        self._box.clear()
        self._key.clear()
        self._close.setFocus()
        self.resize(self.width(), self.minimumSizeHint().height())

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        say = self._work.say
        if isinstance(error, ExportError | StoreError):
            self._fault.setText(say.message(error.message))
            self._fault.show()
        elif isinstance(error, CancelledError):
            self._said.setText(say("Stopped. No package was written."))
            self._said.show()
        else:
            raise error

    def _open(self) -> None:
        folder = self._folder.text().strip()
        QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    # --- Leaving -----------------------------------------------------------

    def reject(self) -> None:
        """Leave; what is running is stopped first."""
        if self._run is not None:
            self.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do as for the key Esc."""
        if self._run is not None:
            self.stop()
            event.ignore()
        else:
            super().closeEvent(event)


def watcher(stage: Stage) -> Watcher:
    """Hand progress on to whoever watches a task, until somebody stops it."""

    def go_on(progress: Progress) -> bool:
        if not stage.stopped:
            stage.tell(progress)
        return not stage.stopped

    return go_on
