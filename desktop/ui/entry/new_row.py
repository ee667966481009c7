"""The line below a roster: a name written there begins a new record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit

from desktop.app.commands import Need
from desktop.app.entry import edits
from desktop.core.messages import Message
from desktop.forms.entry import parse_entry
from desktop.forms.fields import TextField
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.core.unit import Unit
    from desktop.ui.desk import Place
    from desktop.ui.entry.bench import Bench

INVITE_AFTER_MS: Final = 60
"""The invitation follows when the person stays on a record."""


class NewRow(QLineEdit):
    """Where Enter leads from the last row; a record is there only when it has a name.

    It belongs to the unit of the record before the person.
    """

    def __init__(self, page: Bench) -> None:
        """Stand below the grid of a page."""
        super().__init__()
        self.setObjectName("entry.new")
        self.setProperty("below", True)
        self._page, self._work = page, page.work
        self.returnPressed.connect(self._add)
        self._work.desk.needs_changed.connect(lambda _: self._settle())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(INVITE_AFTER_MS)
        self._wait.timeout.connect(self._invite)
        self._work.desk.moved.connect(self._follow)
        insert = QShortcut(QKeySequence(Qt.Key.Key_Insert), page)
        insert.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        insert.activated.connect(self.begin)
        self._settle()

    def begin(self) -> None:
        """Take the person here, if the form takes records by their names."""
        if not self.isHidden():
            self._invite()
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead back to the grid with Esc and Up."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
            self.clear()
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        model, work = self._page.model, self._work
        if model is None or not isinstance(model.form, Roster):
            return
        form, name = model.form, model.form.name
        cell = parse_entry(form.by_id[name], self.text(), ())
        if not self.text().strip() or isinstance(cell, Message):
            self._go_back()
            return
        new, unit = work.start.person.new_id(), self._unit().code
        action = edits.add_record(form, work.session.period, unit, new, {name: cell})
        self._page.seek_last = True
        self.clear()
        self._go_back()
        work.bridge.watch(work.session.apply(action))

    def _go_back(self) -> None:
        if self._page.grid is not None:
            self._page.grid.setFocus()

    def _unit(self) -> Unit:
        """Give the unit of the record before the person, or the ledger's own."""
        model, place = self._page.model, self._work.desk.place
        row = None
        if model is not None and place.record is not None:
            row = model.row_of(place.record)
        record = None if model is None or row is None else model.record_at(row)
        known = None if record is None else self._work.unit(record.unit)
        return known or self._work.session.root

    def _follow(self, _place: Place) -> None:
        if not self.isHidden():
            self._wait.start()

    def _settle(self) -> None:
        """Be there where the form takes records by a name that is typed."""
        form = self._work.form(self._work.desk.place.form)
        needed = {Need.WRITABLE, Need.ROSTER} <= self._work.desk.holds
        named = isinstance(form, Roster) and form.answers is None
        field = form.by_id[form.name] if isinstance(form, Roster) else None
        typed = isinstance(field, TextField) and not (field.computed or field.binds)
        self.setVisible(needed and named and typed)
        self._invite()

    def _invite(self) -> None:
        say = self._work.say
        said = say("＋ New record: write its name and press Enter")
        if len(self._work.session.units) > 1:
            unit = self._unit().name
            said = say(
                "＋ New record of {unit}: write its name and press Enter", unit=unit
            )
        if said != self.placeholderText():
            self.setPlaceholderText(said)
            self.setAccessibleName(said)
