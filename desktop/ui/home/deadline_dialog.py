"""报送截止日: the day by which the period is to be handed in, as the person says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.home_board import deadline_of
from desktop.app.ledgers.home_board import set_deadline
from desktop.ui.look import parts

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from desktop.ui.workplace import Workplace

AHEAD_DAYS = 30
"""Where no day is set, the box begins so far from today; nothing is set by that."""


class DeadlineDialog(QDialog):
    """Sets, changes or takes away the deadline of the period; undo takes it back."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Read the day that is set now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("deadline")
        self._work = work
        self._before: date | None = None
        say, session = work.say, work.session
        title = say("Deadline of {period}", period=session.period.title)
        self.setWindowTitle(title)
        self._day = _Day()
        self._day.setObjectName("deadline.day")
        self._day.setAccessibleName(title)
        self._day.lineEdit().setAccessibleName(title)
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("yyyy-MM-dd")
        today = work.start.person.clock().date()
        begin = QDate(today.year, today.month, today.day)
        self._day.setDate(begin.addDays(AHEAD_DAYS))
        self._none = parts.button(
            say("Take it away"), lambda: self._write(None), name="deadline.none"
        )
        self._none.setEnabled(False)
        self._set = parts.button(
            say("Set"), self._keep, name="deadline.set", primary=True
        )
        self._lay_out()
        work.bridge.ask(
            lambda ledger: ledger.choices(session.period.code), self, self._take
        )

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=18, spacing=12)
        column.addWidget(
            parts.label(
                say(
                    "By which day is this period to be handed in? The notice of the "
                    "authority above says so; the program does not know it."
                )
            )
        )
        column.addWidget(self._day)
        cancel = parts.button(say("Cancel"), self.reject, name="deadline.cancel")
        column.addLayout(parts.row(self._none, None, cancel, self._set))
        self.resize(self._work.look.dialog(420, 150))
        self._day.setFocus()

    def _take(self, choices: dict[str, str]) -> None:
        self._before = deadline_of(choices)
        self._none.setEnabled(self._before is not None)
        if self._before is not None:
            day = self._before
            self._day.setDate(QDate(day.year, day.month, day.day))

    def _keep(self) -> None:
        self._write(cast("date", self._day.date().toPython()))

    def _write(self, day: date | None) -> None:
        session = self._work.session
        if day != self._before:
            action = set_deadline(session.period, self._before, day)
            self._work.bridge.watch(session.apply(action))
        self.accept()


class _Day(QDateEdit):
    """A day one can type as it is written: 2026-01-31, with or without noughts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a hyphen go on to the next part, unless the last digit has already."""
        if event.text() not in ("-", "/", "."):
            super().keyPressEvent(event)
        elif not self.lineEdit().hasSelectedText():
            last = self.sectionCount() - 1
            self.setCurrentSectionIndex(min(self.currentSectionIndex() + 1, last))
            self.setSelectedSection(self.currentSection())
