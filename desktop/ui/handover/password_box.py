"""A password typed twice, with a hint how easily it is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.app.handover.keeping.sealing import strength
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.words import Words


def password_line(text: str, name: str) -> QLineEdit:
    """Make a line in which nobody sees what is typed."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMinimumWidth(260)
    return made


class PasswordBox(QWidget):
    """Two lines that must be the same; `password` is empty while they are not."""

    changed = Signal()

    def __init__(self, say: Words, name: str, title: str = "") -> None:
        """Ask for a new password; `title` says what for, where there are several."""
        super().__init__()
        self._say = say
        first, again = title or say("The password"), say("The same once more")
        self.first = password_line(first, f"{name}.password")
        self.again = password_line(again, f"{name}.again")
        self._hint = parts.label("", "muted", name=f"{name}.hint")
        # A label that may be very narrow asks for the height of many short lines.
        self._hint.setMinimumWidth(260)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(first, self.first)
        form.addRow(again, self.again)
        form.addRow("", self._hint)
        for line in (self.first, self.again):
            line.textChanged.connect(self._typed)
        self._typed()

    @property
    def password(self) -> str:
        """What was typed twice."""
        text = self.first.text()
        return text if text == self.again.text() else ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _typed(self) -> None:
        text, again = self.first.text(), self.again.text()
        said = self._say("Without the password nobody can open it, nor can you.")
        weak = strength(text) if text else None
        if again and text != again:
            said = self._say("The two are not the same yet.")
        elif weak is not None:
            said = self._say.message(weak)
        self._hint.setText(said)
        self.changed.emit()
