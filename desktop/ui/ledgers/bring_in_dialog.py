"""带入上年台账: an earlier period of another file, for a ledger that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.bringing_in import carry_out
from desktop.app.ledgers.bringing_in import receiver_of
from desktop.store.errors import StoreError
from desktop.ui.ledgers.bring_in_panel import BringInPanel
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace

HEIGHT = 420


class BringInDialog(QDialog):
    """Plans, shows, and brings in; undo takes the records back."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Ask for the file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("bring")
        self._work = work
        say = work.say
        self.setWindowTitle(say("Bring in last year's ledger"))
        self.panel = BringInPanel(work.start, work.bridge.courier)
        self._fault = parts.label("", "fault", name="bring.refused")
        self._fault.hide()
        self._apply = parts.button(
            say("Bring in"), self.apply, name="bring.apply", primary=True
        )
        self._apply.setEnabled(False)
        self._lay_out()
        self.panel.changed.connect(self._refresh)
        self.finished.connect(lambda _: self.panel.stop())
        period = work.session.period
        work.bridge.ask(
            lambda ledger: receiver_of(ledger, period), self, self.panel.receive
        )

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(
            parts.label(
                say(
                    "Its figures stand beside yours as the year before, and the "
                    "facilities keep their identity. Empty rosters of this period "
                    "begin with the same facilities, without figures."
                ),
                "muted",
            )
        )
        column.addWidget(self.panel, 1)
        column.addWidget(self._fault)
        cancel = parts.button(say("Cancel"), self.reject, name="bring.cancel")
        column.addLayout(parts.row(None, cancel, self._apply))
        self.resize(self._work.look.dialog(tokens.DIALOG_WIDTH, HEIGHT))
        self.panel.file.setFocus()

    def _refresh(self) -> None:
        self._apply.setEnabled(self.panel.plan is not None)

    def apply(self) -> None:
        """Bring in what was planned."""
        plan, session = self.panel.plan, self._work.session
        if plan is None:
            return
        self._apply.setEnabled(False)
        period = session.period
        done = session.extend(lambda ledger: carry_out(ledger, plan, period))
        self._work.bridge.when(done, self, lambda _: self.accept(), self._failed)

    def _failed(self, error: BaseException) -> None:
        self._refresh()
        if not isinstance(error, StoreError):
            raise error
        self._fault.setText(self._work.say.message(error.message))
        self._fault.show()
