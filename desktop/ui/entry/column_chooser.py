"""Chooses which columns a grid shows, and in what order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem

from desktop.app.entry.arrangement import Arrangement
from desktop.ui.entry.columns import columns_of
from desktop.ui.entry.columns import group_titles
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

_FIELD: Final = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """The columns of a form, each with a tick; the one that names a record stays."""

    chosen = Signal(object)
    """The `Arrangement` from now on."""

    def __init__(
        self, work: Workplace, form: Form, now: Arrangement, parent: QWidget
    ) -> None:
        """List the columns as they are arranged now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("columns")
        say = work.say
        self.setWindowTitle(say("Columns of {form}", form=form.title))
        self._form, self._now = form, now
        self._list = QListWidget()
        self._list.setObjectName("columns.list")
        self._list.setAccessibleName(say("Grid columns"))
        self._list.itemActivated.connect(_turn)
        up = parts.button(say("Up"), lambda: self._move(-1), name="columns.up")
        down = parts.button(say("Down"), lambda: self._move(1), name="columns.down")
        reset = parts.button(say("As at first"), self._reset, name="columns.reset")
        keep = parts.button(say("Done"), self.accept, name="columns.keep", primary=True)
        cancel = parts.button(say("Cancel"), self.reject, name="columns.cancel")
        for button, keys in ((up, "Alt+Up"), (down, "Alt+Down")):
            button.setShortcut(keys)
            button.setToolTip(keys)
        column = parts.column(self, margin=16, spacing=10)
        hint = say("Tick with the space bar what the grid is to show.")
        column.addWidget(parts.label(hint, "muted"))
        column.addWidget(self._list, 1)
        column.addLayout(parts.row(up, down, None, reset))
        column.addLayout(parts.row(None, cancel, keep))
        self._fill(now)
        self.resize(work.look.dialog(420, 540))

    def accept(self) -> None:
        """Arrange the columns so."""
        self.chosen.emit(self._arranged())
        super().accept()

    def _fill(self, arrangement: Arrangement) -> None:
        self._list.clear()
        groups = group_titles(self._form)
        _, *fields = arrangement.columns(columns_of(self._form))
        for field in fields:
            item = QListWidgetItem(f"{field.title}　{groups[field.id]}")
            item.setData(_FIELD, field.id)
            shown = field.id not in arrangement.hidden
            state = Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _move(self, rows: int) -> None:
        row = self._list.currentRow()
        if row >= 0 and 0 <= row + rows < self._list.count():
            item = self._list.takeItem(row)
            self._list.insertItem(row + rows, item)
            self._list.setCurrentRow(row + rows)

    def _reset(self) -> None:
        self._now = Arrangement(sort=self._now.sort)
        self._fill(self._now)

    def _arranged(self) -> Arrangement:
        items = [self._list.item(row) for row in range(self._list.count())]
        off = Qt.CheckState.Unchecked
        hidden = [i.data(_FIELD) for i in items if i.checkState() == off]
        order = tuple(item.data(_FIELD) for item in items)
        staying = self._now.identity
        # What stays at the left stays in the order it has here.
        identity = [field for field in order if field in staying]
        return replace(
            self._now,
            order=order,
            hidden=tuple(hidden),
            identity=tuple(field for field in identity if field not in hidden),
        )


def _turn(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
