"""全部历史: all that happened to one cell, and the way back to an earlier value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.entry import edits
from desktop.app.entry import reading
from desktop.core.cells import BLANK
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.history_block import when
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace


class HistoryDialog(QDialog):
    """Who changed a cell, when, from what, to what, and doing what."""

    def __init__(
        self, work: Workplace, record: Record, field: Field, parent: QWidget
    ) -> None:
        """Ask for the history."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("history")
        self._work, self._record, self._field = work, record, field
        self._entries: tuple[Entry, ...] = ()
        say = work.say
        self.setWindowTitle(say("History of {field}", field=field.title))
        self.table = QTreeWidget()
        self.table.setObjectName("history.table")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(
            [say("When"), say("Who"), say("From"), say("To"), say("Action")]
        )
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemActivated.connect(lambda _item, _column: self.restore())
        self._again = parts.button(
            say("Take this value again"), self.restore, name="history.restore"
        )
        close = parts.button(
            say("Close"), self.reject, name="history.close", primary=True
        )
        hint = say("The last change stands first. Nothing in it can be altered.")
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(parts.label(hint, "muted"))
        column.addWidget(self.table, 1)
        column.addLayout(parts.row(self._again, None, close))
        self.resize(work.look.dialog(tokens.DIALOG_WIDTH, 400))
        self._enable()
        work.bridge.records_changed.connect(lambda _: self._read())
        self._read()

    def _read(self) -> None:
        form, record = self._record.key.form, self._record.id

        def work(ledger: Ledger) -> tuple[tuple[Entry, ...], list[Record]]:
            entries = reading.history(ledger, form, record, self._field.id)
            return entries, ledger.rows(form, [record])

        self._work.bridge.ask(work, self, self._show)

    def _show(self, found: tuple[tuple[Entry, ...], list[Record]]) -> None:
        self._entries, rows = found
        self._record = rows[0] if rows else self._record
        self.table.clear()
        for entry in self._entries:
            self.table.addTopLevelItem(QTreeWidgetItem(self._cells(entry)))
        for column in range(5):
            self.table.resizeColumnToContents(column)
        if self._entries:
            self.table.setCurrentItem(self.table.topLevelItem(0))
        self._enable()

    def _cells(self, entry: Entry) -> list[str]:
        return [
            when(entry),
            entry.who,
            self._text(entry.before.get(self._field.id, BLANK)),
            self._text(entry.after.get(self._field.id, BLANK)),
            self._work.say.message(entry.title),
        ]

    def _text(self, cell: Cell) -> str:
        return format_cell(self._field, cell) or self._work.say("empty")

    def _chosen(self) -> Cell | None:
        """Give the value of the line that is chosen, if it is another one than now."""
        row = self.table.indexOfTopLevelItem(self.table.currentItem())
        if not 0 <= row < len(self._entries):
            return None
        cell = self._entries[row].after.get(self._field.id, BLANK)
        return None if cell == self._record.cell(self._field.id) else cell

    def _enable(self) -> None:
        able = self._work.writable and not is_locked(self._field)
        self._again.setEnabled(able and self._chosen() is not None)

    def restore(self) -> None:
        """Give the cell the chosen value again; undo takes that back."""
        cell = self._chosen()
        if cell is None or not self._again.isEnabled():
            return
        action = edits.set_cell(self._record, self._field, cell)
        title = message("app.restore", field=self._field.title)
        applied = self._work.session.apply(replace(action, title=title))
        self._work.bridge.watch(applied)
