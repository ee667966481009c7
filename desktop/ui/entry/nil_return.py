"""零报告: whether the form before the person is declared empty, and declaring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.app.commands import Need
from desktop.app.entry import edits
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.ui.desk import Place
    from desktop.ui.workplace import Workplace


class NilReturn(QObject):
    """The nil return of the desk's form, for the ledger's own unit."""

    changed = Signal()
    """The nil return was made or withdrawn, or another form is before the person."""

    def __init__(self, work: Workplace, parent: QObject) -> None:
        """Ask how it stands with the form the desk has before it."""
        super().__init__(parent)
        self._work = work
        self.declared = False
        self._form = work.desk.place.form
        self._round = 0
        self._pending = False
        work.desk.moved.connect(self._follow)
        work.bridge.saved.connect(self._saved)
        work.bridge.period_changed.connect(self.read)
        self.read()

    def toggle(self) -> None:
        """Declare that there is nothing to report, or take that back."""
        if self._pending or Need.NIL not in self._work.desk.holds:
            return
        self._pending = True
        session, bridge = self._work.session, self._work.bridge
        action = edits.declare_nil(
            self._work.form(self._form),
            session.period,
            session.root.code,
            nil=not self.declared,
        )
        bridge.when(session.apply(action), self, self._settled, self._settled)

    def read(self) -> None:
        """Ask the ledger whether a nil return is there, or records that forbid one."""
        self._round += 1
        this, form = self._round, self._form
        session = self._work.session
        period, root = session.period.code, session.root.code

        def work(ledger: Ledger) -> tuple[bool, bool]:
            return (form, root) in ledger.nils(period), not ledger.count(form, period)

        def arrived(found: tuple[bool, bool]) -> None:
            if this == self._round:
                self._show(declared=found[0], empty=found[1])

        self._work.bridge.ask(work, self, arrived)

    def _settled(self, answer: object) -> None:
        self._pending = False
        self.read()
        self._work.bridge.pass_on(answer)

    def _saved(self, _event: object) -> None:
        self.read()

    def _follow(self, place: Place) -> None:
        if place.form != self._form:
            self._form = place.form
            self._show(declared=False, empty=False)
            self.read()

    def _show(self, *, declared: bool, empty: bool) -> None:
        takes = _takes_nil(self._work.form(self._form))
        holds = takes and (declared or empty)
        self._work.desk.set_need(Need.NIL, holds=holds)
        if declared != self.declared:
            self.declared = declared
            self.changed.emit()


def _takes_nil(form: Form) -> bool:
    """Tell whether a form may have nothing to report: not one every unit must fill."""
    return isinstance(form, Roster) or not form.every_unit
