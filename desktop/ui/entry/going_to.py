"""Going to a record by number, name or first letters, or to a field by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem

from desktop.app.entry.finding import Named
from desktop.app.entry.finding import Where
from desktop.app.entry.finding import fields_named
from desktop.app.entry.finding import names_in
from desktop.app.entry.finding import rows_named
from desktop.ui.entry.columns import naming_field
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.roster_model import RosterModel

LISTED: Final = 60
"""Places listed at once; typing another letter lists fewer."""
_PLACE: Final = Qt.ItemDataRole.UserRole
_KEYS: Final = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class GoToDialog(QDialog):
    """A line to type in and the places it may mean."""

    def __init__(self, page: Bench, model: RosterModel) -> None:
        """List places of a form as they are typed."""
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("goto")
        self._page = page
        self._model = model
        self._named = Named((), ())
        self._say = say = page.work.say
        self.setWindowTitle(say("Go to"))
        hint = say("Record number, name or pinyin initials, or an item's name")
        self._text = QLineEdit()
        self._text.setObjectName("goto.text")
        self._text.setPlaceholderText(hint)
        self._text.setAccessibleName(hint)
        self._text.textChanged.connect(lambda _: self._narrow())
        self._text.installEventFilter(self)
        self._list = QListWidget()
        self._list.setObjectName("goto.list")
        self._list.setAccessibleName(self.windowTitle())
        self._list.itemActivated.connect(lambda _: self.accept())
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(self._text)
        column.addWidget(self._list, 1)
        go = parts.button(say("Go"), self.accept, name="goto.go", primary=True)
        cancel = parts.button(say("Cancel"), self.reject, name="goto.cancel")
        column.addLayout(parts.row(None, cancel, go))
        self.resize(page.work.look.dialog(460, 420))
        self._text.setFocus()
        self._read()

    def _read(self) -> None:
        """Read what the records are called, on the ledger's thread."""
        model, work = self._model, self._page.work
        field = model.form.by_id[naming_field(model.form)]
        where = Where(model.form.id, work.period, model.ids)
        reading = work.session.thread.start(
            lambda ledger: names_in(ledger, where, field)
        )

        def arrived(named: Named) -> None:
            self._named = named
            self._narrow()

        self.destroyed.connect(reading.cancel)
        work.bridge.when(reading.result, self, arrived)

    def _narrow(self) -> None:
        """List what the text may mean: records first, then fields."""
        text = self._text.text()
        self._list.clear()
        for row in rows_named(self._named, text, LISTED):
            self._add(f"{row + 1}  {self._named.names[row]}", (row, None))
        for column in fields_named(self._model.fields, text):
            title = self._model.fields[column].title
            self._add(self._say("Item: {title}", title=title), (None, column))
        self._list.setCurrentRow(0)

    def _add(self, text: str, place: tuple[int | None, int | None]) -> None:
        item = QListWidgetItem(text)
        item.setData(_PLACE, place)
        self._list.addItem(item)

    def accept(self) -> None:
        """Go there."""
        if self._list.currentRow() < 0:
            return
        row, column = self._list.currentItem().data(_PLACE)
        super().accept()
        self._page.go_to(row, column)
        if self._page.grid is not None and not self._page.on_card:
            self._page.grid.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while typing."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _KEYS
        ):
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)
