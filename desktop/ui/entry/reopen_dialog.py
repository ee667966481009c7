"""Lists facilities that a period's roster lacks, and brings chosen ones back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem

from desktop.app.entry.facilities import gone_facilities
from desktop.core.period import parse_period
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.facilities import Gone
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

_GONE: Final = Qt.ItemDataRole.UserRole
LISTED: Final = 2000
"""Facilities shown at once; of more, the words typed find the others."""


class ReopenDialog(QDialog):
    """The facilities of earlier periods, and those closed in this one."""

    chosen = Signal(object)
    """A list of `Gone`."""

    def __init__(self, work: Workplace, form: Form, parent: QWidget) -> None:
        """Ask the ledger who is not there."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("reopen")
        self._work = work
        self._gone: list[Gone] = []
        self._ticked: set[int] = set()
        say = work.say
        self.setWindowTitle(say("Reopen facilities"))
        self._filter = QLineEdit()
        self._filter.setObjectName("reopen.filter")
        self._filter.setPlaceholderText(say("Filter by name"))
        self._filter.setAccessibleName(say("Filter by name"))
        self._filter.textChanged.connect(lambda _: self._show())
        self._list = QListWidget()
        self._list.setObjectName("reopen.list")
        self._list.setAccessibleName(say("Facilities that are not in this period"))
        self._list.itemActivated.connect(_turn)
        self._list.itemChanged.connect(self._changed)
        self._hint = parts.label(
            say("Reading the ledger…"), "muted", name="reopen.hint"
        )
        self._do = parts.button(
            say("Bring back"), self.accept, name="reopen.do", primary=True
        )
        self._do.setEnabled(False)
        cancel = parts.button(say("Cancel"), self.reject, name="reopen.cancel")
        column = parts.column(self, margin=16, spacing=8)
        column.addWidget(self._hint)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
        column.addLayout(parts.row(None, cancel, self._do))
        self.resize(work.look.dialog(520, 500))
        period = work.period
        work.bridge.ask(
            lambda ledger: gone_facilities(ledger, form, period), self, self._take
        )

    def accept(self) -> None:
        """Bring the ticked ones back."""
        if self._ticked:
            self.chosen.emit([self._gone[place] for place in sorted(self._ticked)])
            super().accept()

    def _take(self, gone: tuple[Gone, ...]) -> None:
        say = self._work.say
        # Those of this period and of the one before it are looked for most.
        self._gone = sorted(gone, key=lambda each: each.last, reverse=True)
        self._hint.setText(
            say("They keep their identity, so that their earlier years stay theirs.")
            if gone
            else say("Every facility of earlier periods is in this one.")
        )
        self._show()

    def _show(self) -> None:
        wanted = self._filter.text().strip()
        self._list.blockSignals(True)
        self._list.clear()
        for place, each in enumerate(self._gone):
            if wanted in each.name and self._list.count() < LISTED:
                self._list.addItem(self._item(place, each))
        self._list.blockSignals(False)
        self._list.setCurrentRow(0)

    def _item(self, place: int, gone: Gone) -> QListWidgetItem:
        say = self._work.say
        period = parse_period(gone.last)
        last = gone.last if period is None else period.title
        known = self._work.unit(gone.unit)
        unit = gone.unit if known is None else known.name
        text = say(
            "{name}: {unit}, last in {period}", name=gone.name, unit=unit, period=last
        )
        if gone.said:
            text = say(
                "{name}: {unit}, closed {said}",
                name=gone.name,
                unit=unit,
                said=gone.said,
            )
        made = QListWidgetItem(text)
        made.setToolTip(text)
        made.setData(_GONE, place)
        on = place in self._ticked
        made.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        return made

    def _changed(self, item: QListWidgetItem) -> None:
        """Keep what is ticked, whatever is looked for next."""
        place = item.data(_GONE)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.add(place)
        else:
            self._ticked.discard(place)
        self._do.setEnabled(bool(self._ticked))


def _turn(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
