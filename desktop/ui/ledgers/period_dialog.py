"""新增报告期: begins a period and takes over what stands still (上期结转)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QWidget

from desktop.store.errors import StoreError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.period import Period
    from desktop.ui.workplace import Workplace

AHEAD: Final = 4
"""Periods after the last that are offered."""


class PeriodDialog(QDialog):
    """Chooses the period to begin and the one to take over from."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Offer the next period, taken over from the last."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("period.new")
        self._work = work
        say, there = work.say, work.session.periods
        self.setWindowTitle(say("New reporting period"))
        self._new, self._source = QComboBox(), QComboBox()
        for period in offered(there):
            self._new.addItem(period.title, period)
        self._new.setCurrentText(there[-1].following().title)
        for period in reversed(there):
            self._source.addItem(period.title, period)
        self._source.addItem(say("Nothing: begin with empty rosters"), None)
        self._fault = parts.label("", "fault", name="period.fault")
        self._fault.hide()
        self._add = parts.button(
            say("Begin the period"), self.begin, name="period.add", primary=True
        )
        self._lay_out()

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=12)
        form = QFormLayout()
        for box, name, title in (
            (self._new, "period.code", say("New period")),
            (self._source, "period.source", say("Take over from")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
            form.addRow(title, box)
        column.addLayout(form)
        taken = say(
            "Taken over: the rosters with names, codes, choices and dates, the units, "
            "and the definitions chosen. Left blank: the figures of the period, "
            "explanations and judgements. The old period stays as it is."
        )
        column.addWidget(parts.label(taken, "muted"))
        column.addWidget(self._fault)
        cancel = parts.button(say("Cancel"), self.reject, name="period.cancel")
        column.addLayout(parts.row(None, cancel, self._add))
        self.resize(self._work.look.dialog(460, 240))

    def begin(self) -> None:
        """Begin the period, and look at it."""
        self._add.setEnabled(False)
        session = self._work.session
        answer = session.add_period(self._new.currentData(), self._source.currentData())
        self._work.bridge.when(answer, self, lambda _: self.accept(), self._failed)

    def _failed(self, error: BaseException) -> None:
        self._add.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self._fault.setText(self._work.say.message(error.message))
        self._fault.show()


def offered(there: tuple[Period, ...]) -> tuple[Period, ...]:
    """Give the periods that can be begun: those after the last, and gaps before it."""
    found, now = [], there[0].previous()
    while now.code < there[-1].code:
        found.append(now)
        now = now.following()
    now = there[-1]
    for _ in range(AHEAD):
        now = now.following()
        found.append(now)
    return tuple(period for period in found if period not in there)
