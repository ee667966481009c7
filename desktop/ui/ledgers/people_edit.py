"""The form below the list of people: a new name, or another PIN."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.app.people.known import Known
    from desktop.core.words import Words


class Doing(Enum):
    """What the form is open for."""

    ADD = "add"
    PIN = "pin"
    REMOVE = "remove"


class PeopleEdit(QFrame):
    """Asks for what a change of the list needs; the dialog carries it out."""

    wanted = Signal(object)
    """What is to be done, as `Doing`."""

    def __init__(self, say: Words, parent: QWidget | None = None) -> None:
        """Stay out of sight until something is to be changed."""
        super().__init__(parent)
        self.setObjectName("people.edit")
        self.setProperty("surface", True)
        self._say = say
        self._doing = Doing.ADD
        self.name = QLineEdit()
        self.now = _secret()
        self.pin, self.again = _secret(), _secret()
        self._title = parts.label("", "section", name="people.edit.title")
        self._do = parts.button(
            say("Add"), lambda: self.wanted.emit(self._doing), name="people.edit.do"
        )
        self._form = QFormLayout()
        column = parts.column(self, margin=12, spacing=8)
        column.addWidget(self._title)
        column.addLayout(self._form)
        leave = parts.button(say("Leave it"), self.end, name="people.edit.leave")
        column.addLayout(parts.row(None, leave, self._do))
        for box, part, title in (
            (self.name, "name", say("Name of the person")),
            (self.now, "now", say("PIN so far")),
            (self.pin, "pin", say("New PIN")),
            (self.again, "again", say("New PIN once more")),
        ):
            box.setObjectName(f"people.edit.{part}")
            box.setAccessibleName(title)
            box.returnPressed.connect(self._do.click)
            self._form.addRow(title, box)
        self.pin.setPlaceholderText(say("leave empty for none"))
        self.hide()

    def begin(self, doing: Doing, of: Known | None = None) -> None:
        """Ask for what is needed, and take the keyboard."""
        say = self._say
        self._doing = doing
        match doing:
            case Doing.ADD:
                title, verb = say("Somebody else works here, too"), say("Add")
            case Doing.PIN:
                title = say("PIN of {name}", name=of.name if of else "")
                verb = say("Set the PIN")
            case Doing.REMOVE:
                title = say(
                    "Take {name} from the list? What the change log says stays.",
                    name=of.name if of else "",
                )
                verb = say("Take from the list")
            case _:
                assert_never(doing)
        self._title.setText(title)
        self._do.setText(verb)
        sealed = of is not None and bool(of.seal)
        pins = doing is not Doing.REMOVE
        for box, shown in (
            (self.name, doing is Doing.ADD),
            (self.now, sealed),
            (self.pin, pins),
            (self.again, pins),
        ):
            box.clear()
            self._form.setRowVisible(box, shown)
        self.show()
        first = self.name if doing is Doing.ADD else self.now if sealed else self.pin
        (first if pins or sealed else self._do).setFocus()

    def end(self) -> None:
        """Close the form; what was typed is forgotten."""
        for box in (self.name, self.now, self.pin, self.again):
            box.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave the form, not the dialog."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
