"""Which records a grid lists, in what order, and how its columns are arranged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtCore import QPoint
from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from desktop.app.entry.arrangement import Arrangement
from desktop.app.entry.arrangement import read_arrangement
from desktop.app.entry.listing import Marked
from desktop.store.records import Order
from desktop.ui.desk import Page
from desktop.ui.entry.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.listing import Listing
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.cell_view import CellView
    from desktop.ui.entry.filter_bar import FilterBar
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel

PAUSE_MS: Final = 150
"""How long nobody types before a text is looked for."""
STAYING: Final = 0.6
"""The part of the grid's width that columns may take which stay at the left."""


class Arranging(QObject):
    """Does what is asked of the order, the filters and the columns of the grid."""

    def __init__(self, page: Bench) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page, self._work = page, page.work
        self.now = Arrangement()
        """How the columns of the form before the person are arranged."""
        self._bar: FilterBar | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_for)
        self._commands: Mapping[str, Callable[[], None]] = {
            "view.sort_up": lambda: self._sort(descending=False),
            "view.sort_down": lambda: self._sort(descending=True),
            "view.sort_off": lambda: self._order(None),
            "view.filter_column": self._filter_column,
            "view.filter_unit": self._filter_unit,
            "view.marked_any": lambda: self._mark(Marked.ANY),
            "view.marked_errors": lambda: self._mark(Marked.ERRORS),
            "view.marked_unexplained": lambda: self._mark(Marked.UNEXPLAINED),
            "view.filter_off": self.show_all,
            "view.freeze": self._freeze,
            "view.hide": self._hide,
            "view.columns": self._choose_columns,
        }
        self._work.desk.asked.connect(self.run)
        self._work.desk.leaving.connect(self.keep)

    def run(self, command: str) -> None:
        """Do a command, if it is one of these and the page is before the person."""
        do = self._commands.get(command)
        if do is not None and self._work.desk.page is Page.ENTRY and self._grid:
            do()

    @property
    def _grid(self) -> GridView | None:
        return self._page.grid

    # --- A form is opened ---------------------------------------------------

    def remembered(self, form: str) -> Arrangement:
        """Give how a form's columns were arranged when it was left."""
        self.now = read_arrangement(
            self._work.habits.now.layout.get(self._part(form), "")
        )
        known = self._work.form(form).by_id
        if self.now.sort is not None and self.now.sort.field not in known:
            self.now = replace(self.now, sort=None)
        return self.now

    def attach(self, model: RosterModel, grid: GridView) -> None:
        """Arrange a new grid as its form was left."""
        self._dress(model, grid)
        self._attend(grid)
        grid.froze.connect(self._attend)
        self._show_filters(model.listing)

    def _attend(self, view: CellView) -> None:
        """Hear what is done with a view: the grid, or that of its frozen columns."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._offer_for_cells)
        view.head.sectionClicked.connect(self._turn)
        view.head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.head.customContextMenuRequested.connect(self._offer)

    def keep(self) -> None:
        """Remember how the columns are arranged, and their widths."""
        grid, model = self._grid, self._page.model
        if grid is None or model is None:
            return
        text = replace(self._noted(), sort=model.listing.order).written()
        part, habits = self._part(model.form.id), self._work.habits
        if habits.now.layout.get(part) != text:
            habits.keep(habits.now.arranged(part, text))

    def _noted(self) -> Arrangement:
        """Give the arrangement with the widths as they are."""
        widths = {} if self._grid is None else self._grid.widths()
        return replace(self.now, widths={**self.now.widths, **widths})

    def _part(self, form: str) -> str:
        return f"columns.{self._work.pack.id}.{form}"

    def _dress(self, model: RosterModel, grid: GridView) -> None:
        model.arrange(self.now.columns(columns_of(model.form)))
        grid.arrange(self.now.staying(model.fields), self.now.hidden)
        grid.set_widths(self.now.widths)

    # --- Which records --------------------------------------------------------

    def look_for(self) -> None:
        """Look for the words typed, when the person has paused."""
        if self._page.search.text().strip():
            self._pause.start()
        else:
            self._look_for()

    def _look_for(self) -> None:
        self._pause.stop()
        if self._page.model is not None:
            self._page.model.filter(self._page.search.text())

    def show_all(self) -> None:
        """Take every filter off, and the words looked for."""
        with QSignalBlocker(self._page.search):
            self._page.search.clear()
        self._pause.stop()
        if self._page.model is not None:
            self._list(self._page.model.listing.all_records())

    def _list(self, listing: Listing) -> None:
        if self._page.model is not None:
            self._page.model.list_by(listing)
            self._show_filters(listing)
            if self._grid is not None:
                # How it is sorted and filtered by stands in the head.
                self._grid.head.viewport().update()
                self._grid.frozen.head.viewport().update()

    def _show_filters(self, listing: Listing) -> None:
        """Show the filters above the grid."""
        model = self._page.model
        if self._bar is None and replace(listing, text="").narrows:
            from desktop.ui.entry.filter_bar import FilterBar  # noqa: PLC0415 - the first window need not wait for it

            self._bar = FilterBar(self._work)
            self._bar.wanted.connect(self._list)
            self._page.put_above(self._bar)
        if self._bar is not None and model is not None:
            self._bar.show_listing(model.form, listing)

    def _filter_column(self) -> None:
        model, field = self._page.model, self._field()
        box = self._page.focusWidget()
        if isinstance(box, QComboBox) and box.hasFocus():
            # In a box with choices the same keys open it, as everywhere.
            box.showPopup()
            return
        if model is None or field is None:
            return
        from desktop.ui.entry.filter_dialog import FilterDialog  # noqa: PLC0415 - the first window need not wait for it

        form, listing = model.form, model.listing
        now = listing.by_field.get(field.id)
        dialog = FilterDialog(self._work, form, field, now, self._page)
        dialog.chosen.connect(
            lambda condition: self._list(self._listing().filtered(field.id, condition))
        )
        dialog.open()

    def _filter_unit(self) -> None:
        from desktop.ui.entry.unit_dialog import UnitDialog  # noqa: PLC0415 - the first window need not wait for it

        model = self._page.model
        if model is not None:
            dialog = UnitDialog(self._work, model.form, self._page, narrows=True)
            dialog.picked.connect(
                lambda unit: self._list(replace(self._listing(), unit=unit))
            )
            dialog.open()

    def _mark(self, marked: Marked) -> None:
        """Show only what has such findings; asked for again, everything."""
        listing = self._listing()
        again = listing.marked is marked
        self._list(replace(listing, marked=None if again else marked))

    def _listing(self) -> Listing:
        model = self._page.model
        if model is None:
            raise AssertionError
        return model.listing

    # --- In what order ---------------------------------------------------------

    def _turn(self, column: int) -> None:
        """Sort by a column, the other way round, and not at all, in turn."""
        model = self._page.model
        if model is None:
            return
        field, order = model.fields[column].id, model.listing.order
        if order is None or order.field != field:
            self._order(Order(field))
        else:
            self._order(None if order.descending else Order(field, descending=True))

    def _sort(self, *, descending: bool) -> None:
        field = self._field()
        if field is not None:
            self._order(Order(field.id, descending))

    def _order(self, order: Order | None) -> None:
        self._list(replace(self._listing(), order=order))

    # --- Which columns -----------------------------------------------------------

    def show_field(self, field: str) -> None:
        """Let a column be seen again: the person is taken to it."""
        if field in self.now.hidden:
            self._arrange(self._noted().showing(field))

    def _freeze(self) -> None:
        """Let the column stay at the left, if there is room, or no longer."""
        field, grid = self._field(), self._grid
        if field is None or grid is None:
            return
        wanted = self._noted().turned(field.id)
        widths = wanted.widths
        left = sum(widths.get(one, 0) for one in wanted.identity) + grid.columnWidth(0)
        room = grid.viewport().width() * STAYING
        if len(wanted.identity) > len(self.now.identity) and left > room:
            say = self._work.say
            self._page.hint(say("There is no room at the left for more columns."))
        elif field is not columns_of(self._form())[0]:
            self._arrange(wanted)

    def _hide(self) -> None:
        field = self._field()
        if field is not None and field is not columns_of(self._form())[0]:
            self._arrange(self._noted().hiding(field.id))

    def _form(self) -> Form:
        return self._work.form(self._work.desk.place.form)

    def _choose_columns(self) -> None:
        from desktop.ui.entry.column_chooser import ColumnChooser  # noqa: PLC0415 - the first window need not wait for it

        dialog = ColumnChooser(self._work, self._form(), self._noted(), self._page)
        dialog.chosen.connect(self._arrange)
        dialog.open()

    def _arrange(self, wanted: Arrangement) -> None:
        """Arrange the columns in another way; the person stays at their cell."""
        grid, model = self._grid, self._page.model
        if grid is not None and model is not None:
            self.now = wanted
            self._dress(model, grid)
            self._page.displaced.emit()
            self.keep()

    def _field(self) -> Field | None:
        """Give the field of the current cell; of an empty grid, the last one."""
        model, place = self._page.model, self._work.desk.place
        if model is None:
            return None
        column = 0 if place.field is None else model.column_of(place.field) or 0
        return model.fields[column]

    # --- Menus ---------------------------------------------------------------

    def _offer(self, point: QPoint) -> None:
        """Offer what can be done with a column."""
        head = self.sender()
        grid, model = self._grid, self._page.model
        if grid is None or model is None:
            return
        column = grid.head.logicalIndexAt(point)
        if head is grid.frozen.head:
            column = grid.frozen.head.logicalIndexAt(point)
        if column >= 0:
            place = self._work.desk.place
            self._work.desk.move(replace(place, field=model.fields[column].id))
            if grid.currentIndex().isValid():
                grid.choose(grid.currentIndex().row(), column)
            from desktop.ui.entry.command_menu import OF_COLUMN  # noqa: PLC0415 - the first window need not wait for it
            from desktop.ui.entry.command_menu import pop_up  # noqa: PLC0415 - same

            pop_up(self._work, OF_COLUMN, grid.head, grid.head.mapToGlobal(point))

    def _offer_for_cells(self, point: QPoint) -> None:
        """Offer what can be done with the chosen cells, or with the one clicked on."""
        from desktop.ui.entry.command_menu import OF_CELLS  # noqa: PLC0415 - the first window need not wait for it
        from desktop.ui.entry.command_menu import pop_up  # noqa: PLC0415 - same

        grid, view = self._grid, cast("CellView", self.sender())
        index = view.indexAt(point)
        if grid is not None and index.isValid():
            if not grid.selectionModel().isSelected(index):
                grid.choose(index.row(), index.column())
            pop_up(self._work, OF_CELLS, grid, view.viewport().mapToGlobal(point))

    def offer_filters(self, button: QWidget) -> None:
        """Offer what records can be filtered by, below a button."""
        from desktop.ui.entry.command_menu import OF_RECORDS  # noqa: PLC0415 - the first window need not wait for it
        from desktop.ui.entry.command_menu import pop_up  # noqa: PLC0415 - same

        below = button.mapToGlobal(QPoint(0, button.height()))
        pop_up(self._work, OF_RECORDS, button, below)
