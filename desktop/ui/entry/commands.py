"""The commands of 填报: what is chosen is changed, records come and go, one finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLineEdit

from desktop.app.entry import edits
from desktop.core.cells import Absent
from desktop.ui.desk import Page
from desktop.ui.entry.chosen import NOTHING
from desktop.ui.entry.chosen import Area
from desktop.ui.entry.chosen import Chosen
from desktop.ui.entry.chosen import chosen_in
from desktop.ui.entry.chosen import is_single

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.forms.model import Form
    from desktop.store.records import Record
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.block_work import BlockWork
    from desktop.ui.entry.clipboard import Clipboard
    from desktop.ui.entry.filling import Filling
    from desktop.ui.entry.finding import FindBar
    from desktop.ui.entry.selection_sums import SelectionSums


class EntryCommands(QObject):
    """Does what is asked for on the page 填报.

    What each command needs is made when it is first asked for.
    """

    def __init__(self, page: Bench) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._blocks: BlockWork | None = None
        self._clipboard: Clipboard | None = None
        self._filling: Filling | None = None
        self._find: FindBar | None = None
        self._sums: SelectionSums | None = None
        self._commands: Mapping[str, Callable[[], None]] = {
            "edit.copy": lambda: self.clipboard.copy(self.chosen()),
            "edit.copy_headed": lambda: self.clipboard.copy(self.chosen(), headed=True),
            "edit.cut": self.cut,
            "edit.paste": lambda: self.clipboard.paste(self.chosen()),
            "edit.fill_down": self.fill_down,
            "edit.fill_right": self.fill_right,
            "edit.clear": lambda: self._fill(Absent.BLANK, "app.empty"),
            "edit.not_applicable": lambda: self._fill(Absent.NOT_APPLICABLE),
            "edit.unknown": lambda: self._fill(Absent.UNKNOWN),
            "edit.choose_all": self.choose_all,
            "edit.choose_column": lambda: self._keys(columns=True),
            "edit.choose_row": lambda: self._keys(columns=False),
            "edit.find": lambda: self.find.begin(replacing=False),
            "edit.replace": lambda: self.find.begin(replacing=True),
            "edit.find_next": lambda: self._step_hits(on=True),
            "edit.find_previous": lambda: self._step_hits(on=False),
            "edit.go_to": self.go_to,
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

    # --- What works ----------------------------------------------------------

    @property
    def blocks(self) -> BlockWork:
        """What changes blocks of cells."""
        if self._blocks is None:
            from desktop.ui.entry.block_work import BlockWork  # noqa: PLC0415 - the first window need not wait for it

            self._blocks = BlockWork(self._page)
        return self._blocks

    @property
    def clipboard(self) -> Clipboard:
        """What copies and pastes."""
        if self._clipboard is None:
            from desktop.ui.entry.clipboard import Clipboard  # noqa: PLC0415 - the first window need not wait for it

            self._clipboard = Clipboard(self._page, self.blocks)
        return self._clipboard

    @property
    def filling(self) -> Filling:
        """What fills."""
        if self._filling is None:
            from desktop.ui.entry.filling import Filling  # noqa: PLC0415 - the first window need not wait for it

            self._filling = Filling(self._page, self.blocks)
        return self._filling

    @property
    def find(self) -> FindBar:
        """What finds; its line stands above the grid."""
        if self._find is None:
            from desktop.ui.entry.finding import FindBar  # noqa: PLC0415 - the first window need not wait for it

            self._find = FindBar(self._page, self.blocks)
            self._page.put_above(self._find)
        return self._find

    def put_away(self) -> bool:
        """Hide what Escape hides; false where there is nothing to hide."""
        if self._find is None or not self._find.isVisible():
            return False
        self._find.put_away()
        return True

    def _step_hits(self, *, on: bool) -> None:
        """Go to the next hit, or to the one before."""
        from desktop.ui.entry.seeking import Then  # noqa: PLC0415 - the first window need not wait for it

        self.find.step(Then.ON if on else Then.BACK)

    # --- What is chosen ------------------------------------------------------

    def chosen(self) -> Chosen:
        """Give what is chosen; on the card, the cell one is in."""
        page, place = self._page, self._work.desk.place
        if page.grid is None or page.model is None:
            return NOTHING
        if not page.on_card:
            return chosen_in(page.grid)
        row = None if place.record is None else page.model.row_of(place.record)
        column = None if place.field is None else page.model.column_of(place.field)
        if row is None or column is None:
            return NOTHING
        return Chosen((row,), (column,), (Area(row, column, row, column),))

    def chosen_changed(self) -> None:
        """Add up what is chosen, once it has ever been more than one cell."""
        if self._sums is None:
            grid = self._page.grid
            if grid is None or is_single(grid) or chosen_in(grid).count < 2:  # noqa: PLR2004 - one cell is no sum
                return
            from desktop.ui.entry.selection_sums import SelectionSums  # noqa: PLC0415 - the first window need not wait for it

            self._sums = SelectionSums(self._page)
        self._sums.follow()

    def relisted(self) -> None:
        """Look again for what is sought: the rows are other ones."""
        if self._find is not None:
            self._find.outdate()
        if self._sums is not None:
            self._sums.follow()

    def cut(self) -> None:
        """Copy what is chosen and empty it."""
        chosen = self.chosen()
        self.clipboard.copy(
            chosen, then=lambda: self.filling.fill(chosen, Absent.BLANK, "app.cut")
        )

    def fill_down(self) -> None:
        """Repeat the uppermost chosen cells."""
        if not _typing():
            self.filling.down(self.chosen())

    def fill_right(self) -> None:
        """Repeat the leftmost chosen cells."""
        if not _typing():
            self.filling.right(self.chosen(), self.clipboard)

    def _fill(self, cell: Cell, title: str = "app.edit-block") -> None:
        self.filling.fill(self.chosen(), cell, title)

    def choose_all(self) -> None:
        """Choose every cell."""
        if self._page.grid is not None and not self._page.on_card:
            self._page.grid.selectAll()

    def _keys(self, *, columns: bool) -> None:
        if self._page.grid is not None and not self._page.on_card:
            keys = self._page.grid.keys
            (keys.choose_columns if columns else keys.choose_rows)()

    def go_to(self) -> None:
        """Ask where to go in the form."""
        if self._page.model is not None:
            from desktop.ui.entry.going_to import GoToDialog  # noqa: PLC0415 - the first window need not wait for it

            GoToDialog(self._page, self._page.model).open()

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
        rows = page.grid.chosen_rows() if page.grid is not None else []
        if page.model is None or not rows:
            return
        form = page.model.form

        def removal(records: Sequence[Record]) -> Steps[Action]:
            yield from ()
            return edits.remove_records(form, records)

        self.blocks.carry_out(rows, len(rows), removal, self.blocks.send)

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


def _typing() -> bool:
    """Tell whether the person types a text: then a key means the text."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QComboBox)
