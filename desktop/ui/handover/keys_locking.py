"""The password of the ledger's key: set, changed, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.handover.password_box import PasswordBox
from desktop.ui.handover.password_box import password_line
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.words import Words


class LockDialog(QDialog):
    """Asks for the old password, if there is one, and for a new one, if wanted."""

    wanted = Signal(str, str)
    """The old password and the new one; an empty new one takes it off."""

    def __init__(self, say: Words, parent: QWidget, *, locked: bool) -> None:
        """Ask; `locked` tells whether there is a password now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("lock")
        self.setWindowTitle(say("Password of the key"))
        old = say("The password it has")
        self._old = password_line(old, "lock.old")
        self._box = PasswordBox(say, "lock")
        self._off = parts.button(
            say("Take it off"), lambda: self._give(""), name="lock.off"
        )
        self._set = parts.button(
            say("Set"),
            lambda: self._give(self._box.password),
            name="lock.set",
            primary=True,
        )
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(
            parts.label(
                say(
                    "With a password, whoever finds this ledger file cannot sign in "
                    "its name. It is asked for each time something is handed in."
                )
            )
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(old, self._old)
        form.setRowVisible(self._old, locked)
        column.addLayout(form)
        column.addWidget(self._box)
        column.addStretch(1)
        cancel = parts.button(say("Cancel"), self.reject, name="lock.cancel")
        column.addLayout(parts.row(self._off, None, cancel, self._set))
        self._off.setVisible(locked)
        self.resize(520, 260)
        self._box.changed.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        self._set.setEnabled(bool(self._box.password))

    def _give(self, new: str) -> None:
        self.wanted.emit(self._old.text(), new)
        self.accept()
