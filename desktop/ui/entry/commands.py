"""The commands of 填报: copy, paste, cell states, records, card, import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.app import edits
from desktop.core.cells import Absent
from desktop.ui.blocks import Target
from desktop.ui.blocks import from_text
from desktop.ui.blocks import plan_paste
from desktop.ui.blocks import spread
from desktop.ui.blocks import to_text
from desktop.ui.desk import Page
from desktop.ui.entry.columns import is_locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtCore import QModelIndex

    from desktop.core.cells import Cell
    from desktop.forms.model import Form
    from desktop.ui.blocks import PastePlan
    from desktop.ui.entry.page import EntryPage


class EntryCommands(QObject):
    """Does what is asked for on the page 填报."""

    def __init__(self, page: EntryPage) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._commands: Mapping[str, Callable[[], None]] = {
            "edit.copy": self.copy,
            "edit.paste": self.paste,
            "edit.clear": lambda: self._fill(Absent.BLANK),
            "edit.not_applicable": lambda: self._fill(Absent.NOT_APPLICABLE),
            "edit.unknown": lambda: self._fill(Absent.UNKNOWN),
            "edit.find": self._find,
            "record.add": self.add_record,
            "record.remove": self.remove_records,
            "record.nil": page.nil.toggle,
            "record.card": page.toggle_card,
            "record.previous": lambda: self._step(-1),
            "record.next": lambda: self._step(1),
            "file.import": self.bring_in,
        }

    def run(self, command: str) -> None:
        """Do a command, if it is one of this page and the page is before the person."""
        do = self._commands.get(command)
        if do is not None and self._work.desk.page is Page.ENTRY:
            do()

    # --- Blocks ------------------------------------------------------------

    def copy(self) -> None:
        """Copy the chosen block as Excel does."""
        if self._page.model is None:
            return
        cells = {(n.row(), n.column()): n for n in self._chosen()}
        if not cells:
            return
        rows = sorted({row for row, _ in cells})
        columns = sorted({column for _, column in cells})
        block = [
            [
                str(cells[row, column].data() or "") if (row, column) in cells else ""
                for column in columns
            ]
            for row in rows
        ]
        QGuiApplication.clipboard().setText(to_text(block))

    def paste(self) -> None:
        """Paste a block as one action; what does not fit is listed and left out."""
        page, text = self._page, QGuiApplication.clipboard().text()
        chosen = self._chosen()
        if page.model is None or not chosen or not text:
            return
        rows = {index.row() for index in chosen}
        columns = {index.column() for index in chosen}
        target = self._target(min(rows), min(columns))
        block = spread(
            from_text(text),
            max(rows) - min(rows) + 1,
            max(columns) - min(columns) + 1,
        )
        plan = plan_paste(block, target)
        changed = page.model.change_block(plan.cells)
        self._report(plan, changed)

    def _target(self, row: int, column: int) -> Target:
        model = self._page.model
        if model is None:
            raise AssertionError
        return Target(
            row=row,
            column=column,
            rows=len(model.ids),
            fields=model.fields,
            choices=model.choices,
            locked=frozenset(f.id for f in model.fields if is_locked(f)),
        )

    def _report(self, plan: PastePlan, changed: int) -> None:
        if plan.refused or plan.outside:
            from desktop.ui.entry.paste_report import PasteReport  # noqa: PLC0415 - the first window need not wait for it

            report = PasteReport(self._work, plan, changed, self._page)
            report.open()

    def _fill(self, cell: Cell) -> None:
        """Set the chosen cells to one content, where their fields take it."""
        model = self._page.model
        if model is None:
            return
        model.change_block(
            (index.row(), index.column(), cell)
            for index in self._chosen()
            if cell is not Absent.NOT_APPLICABLE
            or model.fields[index.column()].not_applicable
        )

    def _chosen(self) -> list[QModelIndex]:
        page = self._page
        if page.grid is None or page.model is None:
            return []
        if page.on_card:
            place = self._work.desk.place
            row = None if place.record is None else page.model.row_of(place.record)
            column = None if place.field is None else page.model.column_of(place.field)
            if row is None or column is None:
                return []
            return [page.model.index(row, column)]
        return list(page.grid.selectionModel().selectedIndexes())

    # --- Records -----------------------------------------------------------

    def add_record(self) -> None:
        """Add a record; where there are several units, ask for which."""
        model = self._page.model
        if model is None:
            return
        units = self._work.session.units
        if len(units) == 1:
            self._add(model.form, units[0].code)
            return
        from desktop.ui.entry.unit_dialog import UnitDialog  # noqa: PLC0415 - the first window need not wait for it

        dialog = UnitDialog(self._work, model.form, self._page)
        dialog.picked.connect(lambda code: self._add(model.form, code))
        dialog.open()

    def _add(self, form: Form, unit: str) -> None:
        work = self._work
        new = work.start.person.new_id()
        action = edits.add_record(form, work.session.period, unit, new, {})
        self._page.seek_last = True
        work.bridge.watch(work.session.apply(action))

    def remove_records(self) -> None:
        """Remove the chosen records; undo brings them back."""
        page = self._page
        if page.model is None or page.grid is None:
            return
        found = (page.model.record_at(row) for row in page.grid.chosen_rows())
        records = [record for record in found if record is not None]
        if records:
            action = edits.remove_records(page.model.form, records)
            self._work.bridge.watch(self._work.session.apply(action))

    def _find(self) -> None:
        self._page.search.setFocus()
        self._page.search.selectAll()

    def _step(self, rows: int) -> None:
        if self._page.on_card:
            self._page.card.step(rows)
        elif self._page.grid is not None:
            self._page.grid.step(rows, 0)

    def bring_in(self) -> None:
        """Open the import of a table into the form."""
        from desktop.ui.files.import_dialog import ImportDialog  # noqa: PLC0415 - the first window need not wait for it

        model = self._page.model
        if model is not None:
            ImportDialog(self._work, model.form, self._page).open()
