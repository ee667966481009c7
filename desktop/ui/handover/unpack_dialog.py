"""A package is opened: what it is, and where its ledger shall be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.handover.keeping.archiving_open import look_into
from desktop.app.handover.keeping.archiving_open import unpack
from desktop.app.handover.keeping.sealing import is_sealed
from desktop.app.progress import CancelledError
from desktop.app.reports.exporting import clean_name
from desktop.core.messages import Message
from desktop.exchange.handing import Purpose
from desktop.store.errors import StoreError
from desktop.ui.handover.archive_dialog import watcher
from desktop.ui.handover.password_box import password_line
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from desktop.app.background import Stage
    from desktop.app.handover.keeping.archiving_open import Looked
    from desktop.app.progress import Progress
    from desktop.core.messages import Param
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart


class UnpackDialog(QDialog):
    """Looks into a package, and puts its ledger where the person wants it."""

    unpacked = Signal(object, bool)
    """The path of the ledger, and whether it can only be read."""

    def __init__(
        self, start: UiStart, courier: Courier, path: Path, parent: QWidget | None
    ) -> None:
        """Ask for the password, or look at once where there is none."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("unpack")
        self._start, self._courier, self._path = start, courier, path
        self._run: Task[Looked | Message] | None = None
        self._looked: Looked | None = None
        say = start.say
        self.setWindowTitle(say("Open a package"))
        self._asks = say("The password")
        self._password = password_line(self._asks, "unpack.password")
        self._target = QLineEdit()
        self._form = QFormLayout()
        self._about = parts.label("", name="unpack.about")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._doing = parts.label("", "muted", name="unpack.doing")
        self._fault = parts.label("", "fault", name="unpack.fault")
        self._go = parts.button(say("Open"), self.go, name="unpack.go", primary=True)
        self._close = parts.button(say("Cancel"), self.reject, name="unpack.close")
        self._lay_out()
        self._form.setRowVisible(self._password, _sealed(path))
        if not _sealed(path):
            self.look()

    def _lay_out(self) -> None:
        say = self._start.say
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(parts.label(self._path.name, "section", wrap=True))
        self._form.setFieldGrowthPolicy(
            QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow
        )
        self._form.addRow(self._asks, self._password)
        column.addWidget(self._about)
        text = say("Put the ledger here")
        self._target.setObjectName("unpack.target")
        self._target.setAccessibleName(text)
        choose = parts.button(say("Choose…"), self._choose, name="unpack.choose")
        self._place = QWidget()
        self._place.setLayout(parts.row(self._target, choose))
        self._form.addRow(text, self._place)
        self._form.setRowVisible(self._place, False)
        column.addLayout(self._form)
        for widget in (self._bar, self._doing, self._fault):
            widget.hide()
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(parts.row(None, self._close, self._go))
        self._password.textChanged.connect(lambda _: self._ready())
        self._target.textChanged.connect(lambda _: self._ready())
        self.resize(620, 280)
        self._ready()

    def _ready(self) -> None:
        wanted = self._target if self._looked else self._password
        needed = self._looked is not None or _sealed(self._path)
        there = bool(wanted.text()) or not needed
        self._go.setEnabled(there and self._run is None)

    # --- Looking and putting -------------------------------------------------

    def go(self) -> None:
        """Do what comes next: look into it, then put its ledger there."""
        if self._looked is None:
            self.look()
        else:
            self.put()

    def look(self) -> None:
        """Read the package to its end, beside the window."""
        path, password = self._path, self._password.text() or None
        tell = self._courier.teller(self, self._tell)
        self._begin(
            Task(lambda stage: look_into(path, password, watcher(stage)), tell),
            self._seen,
        )

    def put(self) -> None:
        """Put the ledger where the person wants it."""
        path, password = self._path, self._password.text() or None
        target, person = Path(self._target.text().strip()), self._start.person

        def work(stage: Stage) -> Looked | Message:
            target.parent.mkdir(parents=True, exist_ok=True)
            return unpack(path, target, password, person, watcher(stage))

        tell = self._courier.teller(self, self._tell)
        self._begin(Task(work, tell), self._put)

    def _begin(
        self,
        run: Task[Looked | Message],
        done: Callable[[Looked | Message], None],
    ) -> None:
        self._run = run
        self._fault.hide()
        for widget in (self._bar, self._doing):
            widget.show()
        self._ready()
        self._courier.when(run.result, self, done, self._failed)

    def _tell(self, progress: Progress) -> None:
        self._bar.setRange(0, max(progress.total, progress.done, 1))
        self._bar.setValue(progress.done)
        self._doing.setText(self._start.say.message(progress.doing))

    def _ended(self, found: Looked | Message) -> Looked | None:
        """Tell what went wrong, or give what was found."""
        self._run = None
        for widget in (self._bar, self._doing, self._fault):
            widget.hide()
        if isinstance(found, Message):
            self._complain(found)
            return None
        return found

    def _complain(self, said: Message) -> None:
        self._fault.setText(self._start.say.message(said))
        self._fault.show()
        self._ready()

    def _seen(self, found: Looked | Message) -> None:
        looked = self._ended(found)
        if looked is None:
            return
        self._looked = looked
        say, package = self._start.say, looked.package
        told: dict[str, Param] = {
            "unit": package.unit_name,
            "revision": package.revision,
            "giver": package.giver,
            "made": package.made[:16].replace("T", " "),
        }
        if package.purpose is Purpose.HANDOVER:
            text = say(
                "{unit}, revision {revision}: handed over by {giver}, {made}.", **told
            )
            self._go.setText(say("Take the ledger over"))
        else:
            text = say(
                "{unit}, revision {revision}: put away by {giver}, {made}.", **told
            )
            self._go.setText(say("Put it there and read it"))
        lines = [text, package.note, say.message(looked.signed)]
        self._about.setText("\n".join(filter(None, lines)))
        name = clean_name(f"{package.unit_name}-r{package.revision}")
        target = self._start.places.documents / f"{name}.taizhang"
        self._target.setText(str(target))
        self._form.setRowVisible(self._password, False)
        self._form.setRowVisible(self._place, True)
        self._ready()
        self._go.setFocus()

    def _put(self, found: Looked | Message) -> None:
        looked = self._ended(found)
        if looked is not None:
            path = Path(self._target.text().strip())
            read_only = looked.package.purpose is Purpose.ARCHIVE
            self.accept()
            self.unpacked.emit(path, read_only)

    def _failed(self, error: BaseException) -> None:
        self._run = None
        for widget in (self._bar, self._doing):
            widget.hide()
        if isinstance(error, CancelledError):
            super().reject()
        elif isinstance(error, StoreError):
            self._complain(error.message)
        else:
            raise error

    def _choose(self) -> None:
        say = self._start.say
        name, _ = QFileDialog.getSaveFileName(
            self,
            say("Put the ledger here"),
            self._target.text(),
            say("Ledgers (*.taizhang)"),
        )
        if name:
            path = Path(name)
            self._target.setText(
                str(path if path.suffix else path.with_suffix(".taizhang"))
            )

    # --- Leaving -----------------------------------------------------------

    def reject(self) -> None:
        """Leave; what is running is stopped first, and leaves nothing behind."""
        if self._run is not None:
            self._run.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do as for the key Esc."""
        if self._run is not None:
            self._run.cancel()
            event.ignore()
        else:
            super().closeEvent(event)


def _sealed(path: Path) -> bool:
    try:
        return is_sealed(path)
    except OSError:
        return False
