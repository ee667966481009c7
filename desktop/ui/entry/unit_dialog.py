"""Chooses a unit: the one a new record belongs to, or whose records are to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace


class UnitDialog(QDialog):
    """A list of the ledger's units with a filter."""

    picked = Signal(str)

    def __init__(
        self, work: Workplace, form: Form, parent: QWidget, *, narrows: bool = False
    ) -> None:
        """List the units; what is chosen `narrows` the list, or takes a new record."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("unit")
        say = work.say
        self.setWindowTitle(say("Only one unit") if narrows else say("Add a record"))
        self._filter = QLineEdit()
        self._filter.setObjectName("unit.filter")
        self._filter.setPlaceholderText(say("Filter by name"))
        self._filter.setAccessibleName(say("Filter by name"))
        self._filter.textChanged.connect(self._narrow)
        self._list = QListWidget()
        self._list.setObjectName("unit.list")
        for unit in work.session.units:
            item = QListWidgetItem(unit.name)
            item.setData(Qt.ItemDataRole.UserRole, str(unit.code))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _: self.accept())
        column = parts.column(self, margin=16, spacing=10)
        question = say(
            "Which unit does the new record of {form} belong to?", form=form.title
        )
        do = say("Add")
        if narrows:
            do = say("Show")
            question = say("Which unit's records of {form} to show?", form=form.title)
        column.addWidget(parts.label(question))
        self._list.setAccessibleName(question)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
        add = parts.button(do, self.accept, name="unit.add", primary=True)
        cancel = parts.button(say("Cancel"), self.reject, name="unit.cancel")
        column.addLayout(parts.row(None, cancel, add))
        self.resize(work.look.dialog(420, 420))
        self._filter.setFocus()

    def accept(self) -> None:
        """Tell which unit was picked."""
        item = self._list.currentItem()
        if self._list.currentRow() >= 0 and not item.isHidden():
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
            super().accept()

    def _narrow(self, text: str) -> None:
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(text.strip() not in item.text())
            if first is None and not item.isHidden():
                first = row
        if first is not None:
            self._list.setCurrentRow(first)
