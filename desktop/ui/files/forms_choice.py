"""Which forms go into a file: a button that says so, and a list to tick them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QPushButton

from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.ui.workplace import Workplace

ID = Qt.ItemDataRole.UserRole


class FormsButton(QPushButton):
    """Says how many forms are chosen; pressed, it lets them be ticked."""

    changed = Signal()

    def __init__(self, work: Workplace, part: str) -> None:
        """Begin with what was chosen last; `part` names where that is kept."""
        super().__init__()
        self.setObjectName("forms.choose")
        self.setAutoDefault(False)
        self._work = work
        self._part = part
        self._chosen: tuple[str, ...] | None = None
        self.clicked.connect(self._ask)
        self.recall()

    @property
    def chosen(self) -> tuple[str, ...] | None:
        """The forms by id; None where all are."""
        return self._chosen

    def recall(self) -> None:
        """Take what was chosen last for this reporting system."""
        kept = self._work.habits.now.layout.get(self._key, "")
        self.choose(tuple(form for form in kept.split(" ") if form))

    def choose(self, forms: tuple[str, ...]) -> None:
        """Take these forms; all where none of the pack's is among them."""
        every = [form.id for form in self._work.pack.forms]
        chosen = tuple(form for form in every if form in forms)
        self._chosen = None if len(chosen) in {0, len(every)} else chosen
        say = self._work.say
        if self._chosen is None:
            self.setText(say("All {count} forms…", count=len(every)))
        else:
            said = {"chosen": len(chosen), "count": len(every)}
            self.setText(say("{chosen} of {count} forms…", **said))
        self.changed.emit()

    @property
    def _key(self) -> str:
        return f"{self._part}.forms.{self._work.pack.id}"

    def _ask(self) -> None:
        FormsDialog(self._work, self._chosen, self._take, self).open()

    def _take(self, forms: tuple[str, ...]) -> None:
        self.choose(forms)
        habits = self._work.habits
        habits.keep(habits.now.arranged(self._key, " ".join(self._chosen or ())))


class FormsDialog(QDialog):
    """The forms of the reporting system, to be ticked."""

    def __init__(
        self,
        work: Workplace,
        chosen: tuple[str, ...] | None,
        take: Callable[[tuple[str, ...]], None],
        parent: QWidget,
    ) -> None:
        """List them; `take` gets what was ticked."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("forms")
        say = work.say
        self.setWindowTitle(say("Forms to write"))
        self._take = take
        self._list = QListWidget()
        self._list.setObjectName("forms.list")
        self._list.setAccessibleName(say("Forms to write"))
        for form in work.pack.forms:
            item = QListWidgetItem(form.title)
            item.setData(ID, form.id)
            ticked = chosen is None or form.id in chosen
            item.setCheckState(_state(on=ticked))
            self._list.addItem(item)
        self._list.itemChanged.connect(lambda _: self._refresh())
        self._ready = parts.button(
            say("OK"), self._done, name="forms.ready", primary=True
        )
        column = parts.column(self, margin=16, spacing=10)
        every = parts.button(
            say("Tick all"), lambda: self._tick(on=True), name="forms.all", link=True
        )
        none = parts.button(
            say("Tick none"), lambda: self._tick(on=False), name="forms.none", link=True
        )
        column.addLayout(parts.row(every, none, None))
        column.addWidget(self._list, 1)
        cancel = parts.button(say("Cancel"), self.reject, name="forms.cancel")
        column.addLayout(parts.row(None, cancel, self._ready))
        self.resize(work.look.dialog(440, 480))
        self._refresh()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The forms that are ticked."""
        items = map(self._list.item, range(self._list.count()))
        on = Qt.CheckState.Checked
        return tuple(item.data(ID) for item in items if item.checkState() == on)

    def _tick(self, *, on: bool) -> None:
        for place in range(self._list.count()):
            self._list.item(place).setCheckState(_state(on=on))

    def _refresh(self) -> None:
        self._ready.setEnabled(bool(self.ticked))

    def _done(self) -> None:
        self._take(self.ticked)
        self.accept()


def _state(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
