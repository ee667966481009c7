"""Asks what a column is to be filtered by, with what stands in it and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.messages import Message
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.store.conditions import Between
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.ui.entry.filter_words import cell_words
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.conditions import Condition
    from desktop.store.conditions import Present
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

LISTED: Final = 300
"""Contents that are listed; of more, the most frequent."""
_CELL: Final = Qt.ItemDataRole.UserRole


class FilterDialog(QDialog):
    """Asks for bounds or a text, or for the contents to keep."""

    chosen = Signal(object)
    """The condition, or None for none."""

    def __init__(
        self,
        work: Workplace,
        form: Form,
        field: Field,
        now: Condition | None,
        parent: QWidget,
    ) -> None:
        """Ask about a column, from what it is filtered by now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("filter")
        self.setWindowTitle(work.say("Filter: {field}", field=field.title))
        self._work, self._field, self._now = work, field, now
        self._bounded = isinstance(field, IntegerField | DecimalField | DateField)
        self._text = self._line("filter.text", work.say("has the text"))
        self._low = self._line("filter.low", work.say("from"))
        self._high = self._line("filter.high", work.say("to"))
        self._list = QListWidget()
        self._list.setObjectName("filter.list")
        self._list.setAccessibleName(work.say("What stands in the column"))
        self._list.itemActivated.connect(_turn)
        self._said = parts.label("", "fault", name="filter.said")
        self._said.hide()
        self._lay_out()
        self._begin(now)
        self.resize(work.look.dialog(380, 500))
        self._ask(form.id)

    def _line(self, name: str, title: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setPlaceholderText(title)
        made.textChanged.connect(lambda _: self._weigh())
        return made

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=8)
        if self._bounded:
            to = parts.label("～", wrap=False)
            column.addLayout(parts.row(self._low, to, self._high))
        else:
            column.addWidget(self._text)
        column.addWidget(parts.label(say("or only these contents:"), "muted"))
        column.addWidget(self._list, 1)
        column.addWidget(self._said)
        blank = Not(OneOf(self._field.id, (BLANK,)))
        column.addLayout(
            parts.row(
                self._quick("filter.blank", say("Only blank"), blank.condition),
                self._quick("filter.filled", say("Not blank"), blank),
                None,
            )
        )
        off = parts.button(
            say("Take the filter off"), lambda: self._choose(None), name="filter.off"
        )
        off.setEnabled(self._now is not None)
        keep = parts.button(
            say("Filter"), self.accept, name="filter.keep", primary=True
        )
        cancel = parts.button(say("Cancel"), self.reject, name="filter.cancel")
        column.addLayout(parts.row(off, None, cancel, keep))

    def _quick(self, name: str, title: str, condition: Condition) -> QWidget:
        return parts.button(
            title, lambda: self._choose(condition), name=name, link=True
        )

    def _begin(self, now: Condition | None) -> None:
        match now:
            case Contains(_, text):
                self._text.setText(text)
            case Between(_, low, high):
                for line, bound in ((self._low, low), (self._high, high)):
                    if bound is not None:
                        line.setText(format_cell(self._field, bound))
            case _:
                pass
        (self._low if self._bounded else self._text).setFocus()

    # --- What stands in the column ------------------------------------------

    def _ask(self, form: str) -> None:
        period, field = self._work.period, self._field.id

        def work(ledger: Ledger) -> list[Present]:
            return ledger.present(form, period, field, LISTED)

        self._work.bridge.ask(work, self, self._fill)

    def _fill(self, found: list[Present]) -> None:
        ticked = self._now.cells if isinstance(self._now, OneOf) else ()
        # What is not there stands before the many contents that are.
        found.sort(key=lambda each: not isinstance(each.cell, Absent))
        for each in found:
            words = cell_words(self._work, self._field, each.cell)
            item = QListWidgetItem(f"{words}　{each.records}")
            item.setData(_CELL, _Kept(each.cell))
            on = each.cell in ticked
            state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self._list.addItem(item)
        if len(found) == LISTED:
            self._say(self._work.say("There are more; these are the most frequent."))
        self._list.setCurrentRow(0)

    def _weigh(self) -> None:
        """Leave the list alone while a text or bounds are given."""
        typed = (self._text.text(), self._low.text(), self._high.text())
        self._list.setEnabled(not any(text.strip() for text in typed))
        self._said.hide()

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()

    # --- Choosing ------------------------------------------------------------

    def accept(self) -> None:
        """Filter by what was filled in, or say what cannot be understood."""
        text, field = self._text.text().strip(), self._field.id
        bounds: list[Cell | None] = []
        for line in (self._low, self._high):
            bound = self._bound(line)
            if isinstance(bound, Message):
                self._say(self._work.say.message(bound))
                return
            bounds.append(bound)
        if text:
            self._choose(Contains(field, text))
        elif bounds != [None, None]:
            self._choose(Between(field, *bounds))
        else:
            ticked = tuple(self._ticked())
            self._choose(OneOf(field, ticked) if ticked else None)

    def _bound(self, line: QLineEdit) -> Cell | Message | None:
        text = line.text().strip()
        if not text:
            return None
        found = parse_entry(self._field, text, ())
        return None if isinstance(found, Absent) else found

    def _ticked(self) -> list[Cell]:
        items = (self._list.item(row) for row in range(self._list.count()))
        on = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return [item.data(_CELL).cell for item in on]

    def _choose(self, condition: Condition | None) -> None:
        self.chosen.emit(condition)
        super().accept()


class _Kept:
    """Carries a cell through Qt, which would make another kind of it."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell


def _turn(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
