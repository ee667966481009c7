"""Asks when and why facilities were closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit

from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace

NAMED: Final = 3
"""Facilities that are named one by one before the rest are counted."""


class CloseDialog(QDialog):
    """The day and the reason; nothing is closed without both."""

    given = Signal(object, str)
    """A `date`, and why."""

    def __init__(self, work: Workplace, names: Sequence[str], parent: QWidget) -> None:
        """Ask about facilities by their names."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("close")
        self._say = say = work.say
        self.setWindowTitle(say("Close facilities"))
        named = "、".join(names[:NAMED])
        if len(names) > NAMED:
            named = say(
                "{names} and others, {count} in all", names=named, count=len(names)
            )
        today = work.start.person.clock().date().isoformat()
        self._when = self._line("close.when", say("Day of closing"), today)
        self._why = self._line("close.why", say("Reason"), "")
        self._why.setPlaceholderText(
            say("for example: licence given back, people moved to …")
        )
        self._said = parts.label("", "fault", name="close.said")
        self._said.hide()
        what = say(
            "{names} will no longer be in this period. Earlier periods keep the "
            "records, the next period begins without them, and undo brings them back.",
            names=named,
        )
        column = parts.column(self, margin=16, spacing=8)
        column.addWidget(parts.label(what))
        for title, line in (
            (say("Day of closing"), self._when),
            (say("Reason"), self._why),
        ):
            column.addWidget(parts.label(title, "muted"))
            column.addWidget(line)
        column.addWidget(self._said)
        column.addStretch(1)
        do = parts.button(say("Close them"), self.accept, name="close.do", primary=True)
        cancel = parts.button(say("Cancel"), self.reject, name="close.cancel")
        column.addLayout(parts.row(None, cancel, do))
        self.resize(work.look.dialog(460, 300))
        self._why.setFocus()

    def _line(self, name: str, title: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setObjectName(name)
        made.setAccessibleName(title)
        return made

    def accept(self) -> None:
        """Give the day and the reason, or say what is missing."""
        why = self._why.text().strip()
        try:
            when = date.fromisoformat(self._when.text().strip())
        except ValueError:
            self._complain(self._say("Write the day like 2025-03-31."), self._when)
            return
        if not why:
            self._complain(
                self._say("Say why, for those who read it later."), self._why
            )
            return
        self.given.emit(when, why)
        super().accept()

    def _complain(self, text: str, line: QLineEdit) -> None:
        self._said.setText(text)
        self._said.show()
        line.setFocus()
