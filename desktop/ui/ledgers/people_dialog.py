"""切换使用人: who works now, whose name stands in the change log from here on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.people.known import Known
from desktop.app.people.known import People
from desktop.app.people.known import added
from desktop.app.people.known import fits
from desktop.app.people.known import load_people
from desktop.app.people.known import save_people
from desktop.app.people.known import seal_pin
from desktop.app.people.known import unfit_pin
from desktop.ui.ledgers.people_edit import Doing
from desktop.ui.ledgers.people_edit import PeopleEdit
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart

NAME = Qt.ItemDataRole.UserRole
WIDTH, HEIGHT = 520, 470


class PeopleDialog(QDialog):
    """A list of who works at this computer, with or without a PIN."""

    chosen = Signal(str)
    """The name of who works from now on."""

    def __init__(
        self,
        start: UiStart,
        courier: Courier,
        parent: QWidget | None = None,
        *,
        first: bool = False,
    ) -> None:
        """List who is known; at the program's start (`first`) one is only chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("people")
        self._start, self._courier = start, courier
        self._file = start.places.people
        self._people = load_people(self._file)
        self._trying, self._first = False, first
        say = start.say
        self.setWindowTitle(say("Who is working?"))
        self._list = QListWidget()
        self._list.setObjectName("people.list")
        self._list.setAccessibleName(say("Who works at this computer"))
        self._list.currentItemChanged.connect(lambda *_: self._choose())
        self._list.itemActivated.connect(lambda _: self.use())
        self._pin = QLineEdit()
        self._pin.setObjectName("people.pin")
        self._pin.setAccessibleName(say("PIN"))
        self._pin.setPlaceholderText(say("PIN"))
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._forgot = parts.label(
            say(
                "PIN forgotten? It only tells colleagues apart and locks no ledger: "
                "have whoever looks after this computer delete {file}, then add the "
                "names again. The ledgers stay as they are.",
                file=str(self._file),
            ),
            "muted",
            name="people.forgot",
        )
        self._said = parts.label("", "fault", name="people.said")
        self._edit = PeopleEdit(say)
        self._edit.wanted.connect(self._do)
        self._use = parts.button(
            say("Work as this person"), self.use, name="people.use", primary=True
        )
        self._lay_out()
        self._fill(start.person.who)
        if first and self.person.seal:
            self._pin.setFocus()
        self.resize(WIDTH, HEIGHT)

    def _lay_out(self) -> None:
        say = self._start.say
        column = parts.column(self, margin=18, spacing=10)
        what = say("What is changed from here on stands under this name.")
        column.addWidget(parts.label(what, "muted"))
        column.addWidget(self._list, 1)
        column.addWidget(self._pin)
        column.addWidget(self._forgot)
        column.addWidget(self._said)
        self._verbs = [
            parts.button(text, self._begin(doing), name=f"people.{doing.value}")
            for doing, text in (
                (Doing.ADD, say("Add…")),
                (Doing.PIN, say("PIN…")),
                (Doing.REMOVE, say("Take from the list…")),
            )
        ]
        if not self._first:
            column.addLayout(parts.row(*self._verbs, None))
        column.addWidget(self._edit)
        leave = say("Quit") if self._first else say("Cancel")
        cancel = parts.button(leave, self.reject, name="people.cancel")
        column.addLayout(parts.row(None, cancel, self._use))

    # --- The list ----------------------------------------------------------

    def _fill(self, chosen: str) -> None:
        say, now = self._start.say, self._start.person.who
        self._list.clear()
        for each in self._people.known or (Known(now),):
            notes = [say("with a PIN")] if each.seal else []
            if each.name == now:
                last = say("was here last") if self._first else say("working now")
                notes.insert(0, last)
            told = f"（{'，'.join(notes)}）" if notes else ""
            item = QListWidgetItem(f"{each.name}{told}")
            item.setData(NAME, each.name)
            self._list.addItem(item)
            if each.name == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        self._list.setFocus()

    @property
    def person(self) -> Known:
        """Who is chosen in the list."""
        name = self._list.currentItem().data(NAME)
        return self._people.named(name) or Known(name)

    def _choose(self) -> None:
        if self._list.currentItem() is None:
            return
        self._edit.end()
        self._tell("")
        self._pin.clear()
        self._pin.setVisible(bool(self.person.seal))
        self._forgot.setVisible(bool(self.person.seal))
        others = self.person.name != self._start.person.who
        add, pin, remove = self._verbs
        add.setEnabled(True)
        pin.setEnabled(True)
        remove.setEnabled(others and len(self._people.known) > 1)

    # --- Working as somebody ----------------------------------------------

    def use(self) -> None:
        """Go on as the one who is chosen, if the PIN is right."""
        person = self.person
        if person.seal and not self._pin.text():
            self._pin.setFocus()
            return
        self._if_fits(person, self._pin.text(), lambda: self._go_on(person.name))

    def _go_on(self, name: str) -> None:
        if self._people.known:
            self._keep(self._people.worked(name))
        self.accept()
        self.chosen.emit(name)

    def _if_fits(self, person: Known, pin: str, then: Callable[[], None]) -> None:
        """Try a PIN beside the main thread; scrypt takes its time on purpose."""
        if not person.seal:
            then()
            return
        if self._trying:
            return
        self._trying = True

        def answered(right: bool) -> None:
            self._trying = False
            if right:
                then()
                return
            self._tell(self._start.say("That is not the PIN. Try again."))
            box = self._edit.now if self._edit.isVisible() else self._pin
            box.selectAll()
            box.setFocus()

        task = Task(lambda _: fits(person.seal, pin))
        self._courier.when(task.result, self, answered)

    # --- Changing the list -------------------------------------------------

    def _begin(self, doing: Doing) -> Callable[[], None]:
        def begin() -> None:
            self._tell("")
            self._edit.begin(doing, None if doing is Doing.ADD else self.person)

        return begin

    def _do(self, doing: Doing) -> None:
        edit, say = self._edit, self._start.say
        why = unfit_pin(edit.pin.text(), edit.again.text())
        if why is not None:
            self._tell(say.message(why))
            return
        person, now = self.person, edit.now.text()
        match doing:
            case Doing.ADD:
                self._add()
            case Doing.PIN:
                self._if_fits(person, now, lambda: self._set_pin(person))
            case Doing.REMOVE:
                self._if_fits(person, now, lambda: self._remove(person))

    def _add(self) -> None:
        name, who = self._edit.name.text(), self._start.person.who
        found = added(self._people, name, who)
        if not isinstance(found, People):
            self._tell(self._start.say.message(found))
            return
        self._seal(found, found.known[-1].name)

    def _set_pin(self, person: Known) -> None:
        there = self._people.known or (person,)
        self._seal(People(there, self._people.last), person.name)

    def _seal(self, people: People, name: str) -> None:
        pin = self._edit.pin.text()
        task = Task(lambda _: people.sealed(name, seal_pin(pin)))
        self._courier.when(task.result, self, lambda now: self._changed(now, name))

    def _remove(self, person: Known) -> None:
        now = self._people.without(person.name)
        self._changed(now, self._start.person.who)

    def _changed(self, people: People, chosen: str) -> None:
        if self._keep(people):
            self._edit.end()
            self._fill(chosen)

    def _keep(self, people: People) -> bool:
        """Write the list; a disk that refuses is told of, and nothing is changed."""
        try:
            save_people(self._file, people)
        except OSError as fault:
            self._tell(
                self._start.say(
                    "The list could not be written ({detail}); it is as it was.",
                    detail=fault.strerror or str(fault),
                )
            )
            return False
        self._people = people
        return True

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
