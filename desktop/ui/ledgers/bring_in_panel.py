"""Chooses another ledger file, and shows what of it would come and what would not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.ledgers.bringing_in import BringPlan
from desktop.app.ledgers.bringing_in import plan_bringing
from desktop.app.packs.known import KnownPacks
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.store.errors import StoreError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.background import Stage
    from desktop.app.ledgers.bringing_in import Receiver
    from desktop.app.progress import Progress
    from desktop.core.words import Words
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart


class BringInPanel(QWidget):
    """Plans to bring in what another ledger holds; it changes nothing by itself."""

    changed = Signal()
    """There is a plan now, or none any more."""

    def __init__(self, start: UiStart, courier: Courier) -> None:
        """Wait for a file and for the ledger that is to receive it."""
        super().__init__()
        self._start, self._courier = start, courier
        self._receiver: Receiver | None = None
        self._run: Task[BringPlan | Message] | None = None
        self._asked = ""
        self.plan: BringPlan | None = None
        say = start.say
        self.file = QLineEdit()
        self.file.setObjectName("bring.file")
        self.file.setPlaceholderText(say("Last year's ledger (.taizhang)"))
        self.file.setAccessibleName(self.file.placeholderText())
        self.file.editingFinished.connect(self._typed)
        self._choice = parts.button(say("Choose…"), self._choose, name="bring.choose")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._fault = parts.label("", "fault", name="bring.fault")
        self._told = QPlainTextEdit()
        self._told.setObjectName("bring.plan")
        self._told.setAccessibleName(say("What would come, and what would not"))
        self._told.setReadOnly(True)
        self._told.setTabChangesFocus(True)
        column = parts.column(self, spacing=8)
        column.addLayout(parts.row(self.file, self._choice))
        for widget in (self._bar, self._fault):
            widget.hide()
            column.addWidget(widget)
        column.addWidget(self._told, 1)

    def receive(self, receiver: Receiver) -> None:
        """Say for which ledger the plan is; a plan for another one is void."""
        self._receiver = receiver
        self._forget()
        self.read()

    def stop(self) -> None:
        """Give up a reading that is under way."""
        if self._run is not None:
            self._run.cancel()
            self._run = None

    def read(self) -> None:
        """Read the file that is named, beside the main thread."""
        name, receiver = self.file.text().strip(), self._receiver
        if not name or receiver is None:
            return
        self._forget()
        self._asked = name
        self._bar.setRange(0, 0)
        self._bar.show()
        person, known = self._start.person, self._start.places.known_packs

        def work(stage: Stage) -> BringPlan | Message:
            remembered = KnownPacks(known)
            return plan_bringing(Path(name), person, receiver, stage, remembered)

        run = Task(work, self._courier.teller(self, self._progress))
        self._run = run
        self._courier.when(
            run.result,
            self,
            lambda found: self._take(run, found),
            lambda error: self._failed(run, error),
        )

    def _typed(self) -> None:
        """Read what was typed; leaving the box without a change asks nothing."""
        if self.file.text().strip() != self._asked:
            self.read()

    def _forget(self) -> None:
        self.stop()
        self.plan = None
        self._bar.hide()
        self._fault.hide()
        self._told.clear()
        self.changed.emit()

    def _choose(self) -> None:
        say = self._start.say
        folder = self.file.text() or str(self._start.places.documents)
        name, _ = QFileDialog.getOpenFileName(
            self, say("Open ledger"), folder, say("Ledgers (*.taizhang)")
        )
        if name:
            self.file.setText(name)
            self.read()

    def _progress(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def _take(self, run: object, found: BringPlan | Message) -> None:
        if run is not self._run:
            return
        self._run = None
        self._bar.hide()
        if isinstance(found, Message):
            self._complain(self._start.say.message(found))
            return
        self.plan = found
        self._told.setPlainText(told(self._start.say, found))
        self.changed.emit()

    def _failed(self, run: object, error: BaseException) -> None:
        if isinstance(error, CancelledError) or run is not self._run:
            return
        self._run = None
        self._bar.hide()
        if not isinstance(error, StoreError):
            raise error
        self._complain(self._start.say.message(error.message))

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()


def told(say: Words, plan: BringPlan) -> str:
    """Say a plan: what comes, form by form, and what stays where it is."""
    lines = [
        say(
            "{period} comes with {count} records; the other file stays as it is.",
            period=plan.period.title,
            count=plan.records,
        )
    ]
    lines += [
        say("· {form}: {count} records", form=each.title, count=each.records)
        for each in plan.arriving
    ]
    lines += [say.message(each) for each in plan.remarks]
    if plan.left:
        lines.append(say("What does not come:"))
        lines += [f"· {say.message(each)}" for each in plan.left]
    return "\n".join(lines)
