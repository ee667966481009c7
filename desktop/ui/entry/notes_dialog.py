"""批注与待核: every comment and flag of the period, and the way to each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.entry.cell_notes import cell_notes
from desktop.ui.desk import Place
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.cell_notes import CellNote
    from desktop.ui.workplace import Workplace

_PLACE: Final = Qt.ItemDataRole.UserRole


class NotesDialog(QDialog):
    """A list that is filtered as one types; Enter jumps to the cell."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Ask for the comments and flags of the period."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("notes")
        self._work = work
        self._notes: tuple[CellNote, ...] = ()
        say = work.say
        self.setWindowTitle(say("Comments and flags"))
        self.search = QLineEdit()
        self.search.setObjectName("notes.find")
        self.search.setPlaceholderText(say("Filter by form, name, item or comment"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._list())
        self.flagged = QCheckBox(say("Flagged only"))
        self.flagged.setObjectName("notes.flagged")
        self.flagged.toggled.connect(lambda _: self._list())
        self.table = QTreeWidget()
        self.table.setObjectName("notes.table")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(
            [say("Form"), say("Record"), say("Item"), say("Flag"), say("Comment")]
        )
        self.table.itemActivated.connect(lambda _item, _column: self.go())
        self.search.returnPressed.connect(self.go)
        self._none = parts.label("", "muted", name="notes.none")
        self._lay_out()
        work.bridge.records_changed.connect(lambda _: self._read())
        self._read()

    def _lay_out(self) -> None:
        say = self._work.say
        go = parts.button(say("Go to the cell"), self.go, name="notes.go", primary=True)
        close = parts.button(say("Close"), self.reject, name="notes.close")
        column = parts.column(self, margin=16, spacing=10)
        column.addLayout(parts.row(self.search, self.flagged))
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        column.addLayout(parts.row(None, close, go))
        self.resize(self._work.look.dialog(tokens.DIALOG_WIDTH, 440))

    def _read(self) -> None:
        period = self._work.session.period

        def arrived(found: tuple[CellNote, ...]) -> None:
            self._notes = found
            self._list()

        self._work.bridge.ask(lambda ledger: cell_notes(ledger, period), self, arrived)

    def _list(self) -> None:
        wanted = [note for note in self._notes if self._wants(note)]
        self.table.clear()
        for note in wanted:
            item = QTreeWidgetItem(self._cells(note))
            item.setData(0, _PLACE, Place(note.form, note.record, note.field))
            item.setToolTip(4, note.marks.comment)
            self.table.addTopLevelItem(item)
        for column in range(4):
            self.table.resizeColumnToContents(column)
        if wanted:
            self.table.setCurrentItem(self.table.topLevelItem(0))
        say = self._work.say
        empty = say(
            "No comment and no flag yet. In a cell press Shift+F2 to comment, "
            "Ctrl+F2 to flag it."
        )
        count = say("{count} of {total}", count=len(wanted), total=len(self._notes))
        self._none.setText(count if self._notes else empty)

    def _wants(self, note: CellNote) -> bool:
        if self.flagged.isChecked() and not note.marks.flagged:
            return False
        told = (note.form_title, note.name, note.unit, note.field_title)
        wanted = self.search.text().strip()
        return any(wanted in one for one in (*told, note.marks.comment))

    def _cells(self, note: CellNote) -> list[str]:
        flag = self._work.say("to be looked at") if note.marks.flagged else ""
        line = note.marks.comment.replace("\n", " ")
        return [note.form_title, note.name, note.field_title, flag, line]

    def go(self) -> None:
        """Take the person to the chosen cell."""
        item = self.table.currentItem()
        if isinstance(item, QTreeWidgetItem):
            self._work.desk.seek(item.data(0, _PLACE))
            self.accept()
