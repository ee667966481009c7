"""The assistant for a new ledger: reporting system, unit, file, last year's data."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.ledgers.bringing_in import carry_out
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.store.errors import StoreError
from desktop.ui.ledgers.new_ledger_bring import BringStep
from desktop.ui.ledgers.new_ledger_file import FileStep
from desktop.ui.ledgers.new_ledger_pack import PackStep
from desktop.ui.ledgers.new_ledger_unit import UnitStep
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.ledgers.bringing_in import BringPlan
    from desktop.app.person import Person
    from desktop.core.period import Period
    from desktop.ui.courier import Courier
    from desktop.ui.ledgers.new_ledger_step import Step
    from desktop.ui.workplace import UiStart

LAST: Final = 3


class NewLedger(QDialog):
    """Four steps to a new ledger; Enter goes on, Alt+Left goes back."""

    created = Signal(object)
    """The path of the ledger that was made."""
    import_wanted = Signal(object, object)
    """The path of the ledger, and the `TableToImport` that is to come into it."""

    def __init__(self, start: UiStart, courier: Courier, parent: QWidget) -> None:
        """Begin with the choice of the reporting system."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("new")
        self.setModal(True)
        self._start, self._courier = start, courier
        say = start.say
        self.setWindowTitle(say("New ledger"))
        self.packs = PackStep(start, courier)
        self.units = UnitStep(start, courier)
        self.file = FileStep(start)
        self.bring = BringStep(start, courier)
        self._order = (self.packs, self.units, self.file, self.bring)
        self._steps = QStackedWidget()
        for step in self._order:
            self._steps.addWidget(step)
            step.changed.connect(self._refresh)
            step.done.connect(self.go_on)
        self._marks = [QLabel() for _ in self._order]
        self._fault = parts.label("", "fault", name="new.fault")
        self._fault.hide()
        self._back = parts.button(say("Back"), self.go_back, name="new.back")
        self._back.setShortcut("Alt+Left")
        self._next = parts.button(
            say("Next"), self.go_on, name="new.next", primary=True
        )
        self._cancel = parts.button(say("Cancel"), self.reject, name="new.cancel")
        self._lay_out()
        self.setFixedSize(tokens.DIALOG_WIDTH, tokens.DIALOG_HEIGHT)
        self.finished.connect(lambda _: self.bring.panel.stop())
        self._show(0)

    def _lay_out(self) -> None:
        column = parts.column(self, margin=20, spacing=12)
        column.addLayout(parts.row(*self._marks, None, spacing=22))
        column.addWidget(parts.line())
        column.addWidget(self._steps, 1)
        column.addWidget(self._fault)
        column.addLayout(parts.row(self._cancel, None, self._back, self._next))

    def _show(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        say = self._start.say
        titles = (
            say("Reporting system"),
            say("Unit"),
            say("Period and file"),
            say("Last year's data"),
        )
        for number, (mark, title) in enumerate(zip(self._marks, titles, strict=True)):
            mark.setText(f"{number + 1}  {title}")
            parts.set_role(mark, "section" if number == step else "muted")
        self._back.setEnabled(step > 0)
        self._next.setText(say("Create") if step == LAST else say("Next"))
        self._fault.hide()
        self._refresh()
        self._current().begin()

    def _current(self) -> Step:
        return self._order[self._steps.currentIndex()]

    def _refresh(self) -> None:
        self._next.setEnabled(self._current().ready)

    def go_back(self) -> None:
        """Go one step back; nothing that was chosen is lost."""
        if self._steps.currentIndex():
            self._show(self._steps.currentIndex() - 1)

    def go_on(self) -> None:
        """Go one step on, or make the ledger."""
        if not self._current().ready:
            return
        place, pack, unit = self._steps.currentIndex(), self.packs.pack, self.units.unit
        period = self.file.period
        if place == LAST:
            self._create()
            return
        if pack is not None and place == 0:
            self.units.begin_for(pack)
        elif pack is not None and unit is not None and place == 1:
            self.file.begin_for(pack, unit)
        elif pack is not None and period is not None:
            self.bring.begin_for(pack, self.units.subtree, period)
        self._show(place + 1)

    def _create(self) -> None:
        pack, unit, period = self.packs.pack, self.units.unit, self.file.period
        path = self.file.path
        if pack is None or unit is None or period is None or path is None:
            return
        self._next.setEnabled(False)
        self._fault.hide()
        beginning = Beginning(pack, self.units.subtree, period)
        person, plan = self._start.person, self.bring.plan

        def work(_stage: object) -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_ledger(path, beginning, person)
            if plan is not None:
                _take_in(path, plan, period, person)
            return path

        self._courier.when(Task(work).result, self, self._made, self._failed)

    def _made(self, path: Path) -> None:
        table = self.bring.to_import
        if table is None:
            self.created.emit(path)
        else:
            self.import_wanted.emit(path, table)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._refresh()
        if isinstance(error, StoreError):
            self._complain(self._start.say.message(error.message))
        elif isinstance(error, OSError):
            self._complain(
                self._start.say(
                    "The folder cannot be written to: {path}. Nothing was made; "
                    "choose another place.",
                    path=str(self.file.path),
                )
            )
        else:
            raise error

    def _complain(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.show()


def _take_in(path: Path, plan: BringPlan, period: Period, person: Person) -> None:
    """Bring last year's data into a ledger that was just made, or make none."""
    try:
        with open_ledger(path, person) as ledger:
            carry_out(ledger, plan, period)
    except StoreError:
        path.unlink(missing_ok=True)
        raise
