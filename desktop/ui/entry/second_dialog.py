"""二次录入: chosen fields keyed again, blind, and the differences settled."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemDelegate
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.entry.double_entry import SecondCell
from desktop.app.entry.double_entry import Standing
from desktop.app.entry.double_entry import key_again
from desktop.app.entry.double_entry import second_cells
from desktop.app.entry.double_entry import settle_second
from desktop.app.entry.reading import name_of
from desktop.forms.entry import format_cell
from desktop.ui.entry.second_model import SecondModel
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.core.messages import Message
    from desktop.forms.fields import Field
    from desktop.ui.workplace import Workplace

FIELD: Final = Qt.ItemDataRole.UserRole
NAME_WIDTH: Final = 200


class SecondTable(QTableView):
    """Goes down with Enter, as the grid does."""

    def closeEditor(
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Go on to the record below when an entry has been taken."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            now = self.currentIndex()
            below: QModelIndex = now.siblingAtRow(now.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)


class SecondDialog(QDialog):
    """Keys a form a second time."""

    def __init__(self, work: Workplace, form: str, parent: QWidget) -> None:
        """Offer the fields of a form; those chosen last time are chosen again."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("second")
        self._work, self._form = work, work.form(form)
        self._part = f"second.{work.pack.id}.{form}"
        self.setWindowTitle(work.say("Second entry: {form}", form=self._form.title))
        self.model = SecondModel(work, self._form, self)
        self.fields, self.table = QListWidget(), SecondTable()
        self.differences = QTreeWidget()
        self._told = parts.label("", "section", name="second.told")
        self._fault = parts.label("", "fault", name="second.fault")
        self._fault.hide()
        self._offer_fields()
        self._lay_out()
        self.fields.itemChanged.connect(lambda _: self._choose())
        self.model.keyed.connect(self._keyed)
        self.model.refused.connect(self._complain)
        self._choose()

    # --- Layout ------------------------------------------------------------

    def _offer_fields(self) -> None:
        kept = self._work.habits.now.layout.get(self._part, "").split()
        for field in self._form.stored:
            item = QListWidgetItem(field.title)
            item.setData(FIELD, field.id)
            chosen = field.id in kept
            item.setCheckState(
                Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
            )
            self.fields.addItem(item)

    def _lay_out(self) -> None:
        say = self._work.say
        for widget, name, title in (
            (self.fields, "second.fields", say("Fields to key twice")),
            (self.table, "second.table", say("Second entries")),
            (self.differences, "second.differences", say("Differences")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(title)
        self.table.setModel(self.model)
        self.table.horizontalHeader().setDefaultSectionSize(110)
        self.differences.setRootIsDecorated(False)
        self.differences.setHeaderLabels(
            [
                self._form.title,
                say("Field"),
                say("First entry"),
                say("Second entry"),
            ]
        )
        self.differences.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        head = self.differences.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._put_together()
        self.resize(self._work.look.dialog(940))

    def _put_together(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=14, spacing=8)
        words = say(
            "Key the figures again from the paper. What was entered first is not "
            "shown; nothing of it is changed until you settle a difference."
        )
        column.addWidget(parts.label(words, "muted"))
        right = QWidget()
        down = parts.column(right, spacing=8)
        down.setContentsMargins(10, 0, 0, 0)
        for widget, stretch in (
            (self._told, 0),
            (self.table, 3),
            (self._fault, 0),
            (parts.label(say("Differences"), "section"), 0),
            (self.differences, 2),
        ):
            down.addWidget(widget, stretch)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.fields)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 700])
        column.addWidget(split, 1)
        self._keep = self._settler(say("Keep the first"), "second.keep", first=True)
        self._take = self._settler(say("Take the second"), "second.take", first=False)
        close = parts.button(say("Close"), self.accept, name="second.close")
        column.addLayout(parts.row(self._keep, self._take, None, close))

    def _settler(self, text: str, name: str, *, first: bool) -> QWidget:
        return parts.button(text, lambda: self._settle(first=first), name=name)

    # --- Keying ------------------------------------------------------------

    @property
    def chosen(self) -> tuple[Field, ...]:
        """The fields that are keyed twice."""
        items = map(self.fields.item, range(self.fields.count()))
        checked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        return tuple(self._form.by_id[one.data(FIELD)] for one in checked)

    def _choose(self) -> None:
        names = [field.id for field in self.chosen]
        habits = self._work.habits
        habits.keep(habits.now.arranged(self._part, " ".join(names)))
        self._read()

    def _read(self) -> None:
        work, fields = self._work, self.chosen
        form, pack, period = self._form.id, work.pack, work.period
        names = [field.id for field in fields]

        def arrived(cells: tuple[SecondCell, ...]) -> None:
            if fields == self.chosen:
                self.model.show_cells(fields, cells)
                self.table.setColumnWidth(0, NAME_WIDTH)
                self._tell()

        work.bridge.ask(
            lambda ledger: second_cells(ledger, pack, form, period, names),
            self,
            arrived,
        )

    def _keyed(self, before: SecondCell, second: Cell) -> None:
        self._fault.hide()
        self._tell()
        self._do(key_again(before, second), lambda: None)

    def _do(self, action: Action, then: Callable[[], None]) -> None:
        """Have an action done; where it could not be, show what is there."""
        bridge, session = self._work.bridge, self._work.session

        def failed(error: BaseException) -> None:
            self._read()
            bridge.pass_on(error)

        bridge.when(session.apply(action), self, lambda _: then(), failed)

    def _complain(self, why: Message) -> None:
        self._fault.setText(self._work.say.message(why))
        self._fault.show()

    # --- Differences ---------------------------------------------------------

    def _tell(self) -> None:
        say, cells = self._work.say, list(self.model.cells)
        keyed = [one for one in cells if one.standing is not Standing.WAITING]
        different = [one for one in keyed if one.standing is Standing.DIFFERENT]
        told = say(
            "Keyed twice: {keyed} of {total}; {different} differ",
            keyed=len(keyed),
            total=len(cells),
            different=len(different),
        )
        none = say("Choose at least one field to key twice.")
        self._told.setText(told if self.model.fields else none)
        self._list(different, agreed=bool(keyed) and not different)

    def _list(self, different: list[SecondCell], *, agreed: bool) -> None:
        self.differences.clear()
        units = {code: one.name for code, one in self._work.unit_by_code.items()}
        for cell in different:
            first = format_cell(cell.field, cell.first) or self._work.say("empty")
            second = format_cell(cell.field, cell.second)
            name = name_of(self._form, cell.record, units)
            item = QTreeWidgetItem([name, cell.field.title, first, second])
            item.setData(0, FIELD, cell)
            self.differences.addTopLevelItem(item)
        if agreed:
            words = self._work.say("The two entries of every cell keyed twice agree.")
            item = QTreeWidgetItem([words])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.differences.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
        self._keep.setEnabled(bool(different) and self._work.writable)
        self._take.setEnabled(bool(different) and self._work.writable)

    def _settle(self, *, first: bool) -> None:
        """Settle the chosen differences, or all where none is chosen."""
        items = self.differences.selectedItems() or list(
            map(self.differences.topLevelItem, range(self._count))
        )
        cells: list[SecondCell] = [item.data(0, FIELD) for item in items]
        keep, take = (cells, []) if first else ([], cells)
        self._do(settle_second(keep, take), self._read)

    @property
    def _count(self) -> int:
        return self.differences.topLevelItemCount()
