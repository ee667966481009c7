"""上报: hand a period in, and see what was handed in before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import Wanted
from desktop.app.handover.sending.handing_in import hand_in
from desktop.app.handover.sending.handing_in import noting
from desktop.app.handover.sending.submitting import submission
from desktop.app.handover.sending.submitting import without_rosters
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.ui.handover.submit_options import SubmitOptions
from desktop.ui.handover.submit_result import SubmitResult
from desktop.ui.handover.submit_routes import FolderCard
from desktop.ui.handover.submit_routes import MailCard
from desktop.ui.handover.submit_routes import StickCard
from desktop.ui.handover.submit_state import SubmitState
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.background import Stage
    from desktop.app.handover.sending.handing_in import HandedIn
    from desktop.app.handover.sending.handing_in import Route
    from desktop.app.handover.sending.handing_in import Signing
    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.core.manifest import Signature
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace

KEY_ASKS = frozenset({"keys.password_wanted", "keys.password_wrong"})
"""Why a key does not sign although it is there."""


class SubmitTab(QWidget):
    """Three ways to hand in, what goes along, and what came of it."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Lay it out; what the ledger knows is read when it is seen."""
        super().__init__(parent)
        self.work = work
        say = work.say
        self.state = SubmitState(work)
        self.sticks, self.mail = StickCard(work), MailCard(work)
        self.folder = FolderCard(work)
        self.options = SubmitOptions(work)
        self.result = SubmitResult(work)
        self._bar = QProgressBar()
        self._bar.setObjectName("submit.bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(260)
        self._doing = parts.label("", "muted", name="submit.doing")
        self._stop = parts.button(say("Stop"), self.cancel, name="submit.stop")
        self._fault = parts.label("", "fault", name="submit.fault")
        self._fault.hide()
        self._area = QScrollArea()
        self._run: Operation[Report] | Task[HandedIn] | None = None
        self._going = False
        self._route: Route | None = None
        self._came_from: QWidget | None = None
        """Where the keyboard was; it goes back there if nothing comes of it."""
        self._lay_out()
        for card in self.cards:
            card.chosen.connect(self.start)
        self.options.changed.connect(self._look)
        self._busy(on=False)

    @property
    def cards(self) -> tuple[StickCard, MailCard, FolderCard]:
        """The ways, in the order most go."""
        return self.sticks, self.mail, self.folder

    def _lay_out(self) -> None:
        area, inside = self._area, QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        # What is inside takes the keyboard; the area itself only scrolls.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parts.column(self).addWidget(area)
        column = parts.column(inside, margin=10, spacing=10)
        column.addWidget(self.state)
        row = parts.row(self._stop, self._bar)
        row.addWidget(self._doing, 1)
        column.addLayout(row)
        column.addWidget(self._fault)
        column.addWidget(self.result)
        column.addWidget(self.options)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in self.cards:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        column.addStretch(1)
        area.setWidget(inside)

    # --- Doing ---------------------------------------------------------------

    def start(self, route: Route, key_password: str | None = None) -> None:
        """Read the ledger, then make the files and bring them on their way.

        A password of the ledger's key serves this once; nothing here keeps it.
        """
        self._route = route
        self._came_from = self.focusWidget()
        self._fault.hide()
        self.result.clear()
        self._busy(on=True)
        session, bridge = self.work.session, self.work.bridge
        compiled, period = session.compiled, session.period
        totals = self.options.totals.isChecked()
        forms = without_rosters(session.pack) if totals else None
        wanted = self._wanted(key_password)

        def read(ledger: Ledger) -> Steps[Report]:
            return submission(ledger, compiled, period, forms, totals=totals)

        self._run = session.thread.start(read, self._teller())
        bridge.when(
            self._run.result,
            self,
            lambda report: self._write(report, route, wanted),
            self._failed,
        )

    def _wanted(self, key_password: str | None) -> Wanted:
        work, options = self.work, self.options
        person = work.session.person
        return Wanted(
            fonts=work.start.places.fonts,
            who=person.who,
            at=person.clock(),
            titles=tuple((form.id, form.title) for form in work.pack.forms),
            pdf=options.pdf.isChecked(),
            slip=options.slip.isChecked(),
            password=options.password,
            sign=self._signing(key_password),
        )

    def _write(self, report: Report, route: Route, wanted: Wanted) -> None:
        def work(stage: Stage) -> HandedIn:
            if isinstance(route, Target) and route.stick is None:
                route.folder.mkdir(parents=True, exist_ok=True)

            def watch(progress: Progress) -> bool:
                stage.tell(progress)
                return not stage.stopped

            return hand_in(report, route, wanted, watch)

        self._run = Task(work, self._teller())
        self.work.bridge.when(
            self._run.result,
            self,
            lambda done: self._note(done, wanted),
            self._failed,
        )

    def _signing(self, password: str | None) -> Signing:
        """Sign on the ledger's thread, where its key is."""
        thread = self.work.session.thread

        def signed(digest: str) -> Signature | Message | None:
            return thread.call(lambda ledger: sign(ledger, digest, password)).result()

        return signed

    def _note(self, done: HandedIn, wanted: Wanted) -> None:
        """Have the ledger remember it; the files are there, whatever comes of that."""
        session = self.work.session
        period = session.period.code
        noted = session.note_fact(
            lambda ledger: noting(ledger.choices(period), done, wanted)
        )

        def told(_answer: Answer) -> None:
            self._show(done, ())

        def failed(error: BaseException) -> None:
            if not isinstance(error, StoreError):
                raise error
            why = self.work.say.message(error.message)
            self._show(done, (message("carrying.not_noted", why=why),))

        self.work.bridge.when(noted, self, told, failed)

    def _show(self, done: HandedIn, remarks: tuple[Message, ...]) -> None:
        self._busy(on=False)
        self.options.forget()
        self.result.show_done(done, remarks)
        self.state.refresh()
        self.sticks.look_for_sticks()

    # --- On the way ------------------------------------------------------------

    def _teller(self) -> Callable[[Progress], None]:
        """Give what the working thread tells of progress."""
        return self.work.bridge.courier.teller(self, self._progress)

    def _progress(self, progress: Progress) -> None:
        if self._run is not None and self._stop.isEnabled():
            self._bar.setRange(0, max(progress.total, progress.done))
            self._bar.setValue(progress.done)
            self._doing.setText(self.work.say.message(progress.doing))

    def cancel(self) -> None:
        """Stop; what is begun is cleaned up first."""
        if self._run is not None:
            self._stop.setEnabled(False)
            self._doing.setText(self.work.say("Stopping…"))
            self._run.cancel()

    def _busy(self, *, on: bool) -> None:
        self._going = on
        for widget in (self._stop, self._bar, self._doing):
            widget.setVisible(on)
        self._stop.setEnabled(on)
        if on:
            self._stop.setFocus()
        self.options.setEnabled(not on)
        self._doing.setText("")
        self._bar.setRange(0, 0)
        # What is going on, and what came of it, stands above the ways.
        self._area.verticalScrollBar().setValue(0)
        if not on:
            self._run = None
        self._look()

    def _look(self) -> None:
        for card in self.cards:
            card.set_busy(busy=self._going or not self.options.ready)

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        say = self.work.say
        if isinstance(error, CancelledError):
            self._fault.setText(say("Stopped. No half-written file was left."))
        elif isinstance(error, ExportError) and error.message.code in KEY_ASKS:
            self._unlock(error.message)
            return
        elif isinstance(error, ExportError | StoreError):
            self._fault.setText(say.message(error.message))
        elif isinstance(error, OSError):
            self._fault.setText(
                say("Nothing could be written there. Choose another place.")
            )
        else:
            raise error
        self._complain()

    def _complain(self) -> None:
        self._fault.show()
        if self._came_from is not None:
            self._came_from.setFocus()

    def _unlock(self, said: Message) -> None:
        """Ask for the password of the key, and hand in anew."""
        say = self.work.say
        password, given = QInputDialog.getText(
            self,
            say("Password of the ledger's key, for the signature"),
            say.message(said),
            QLineEdit.EchoMode.Password,
        )
        if given and self._route is not None:
            self.start(self._route, password)
        else:
            self._fault.setText(say.message(said))
            self._complain()
