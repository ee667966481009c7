"""The commands about cells and their past: same as last period, comments, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.afterwards import afterwards
from desktop.ui.desk import Page
from desktop.ui.entry.columns import is_locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.beside import Beside
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.beside_rows import BesideRows
    from desktop.ui.entry.cell_delegate import CellDelegate
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.entry.roster_model import RosterModel


class CellCommands(QObject):
    """Does what is asked for about the cells before the person."""

    def __init__(self, page: Bench) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page = page
        self._work = page.work
        self._commands: Mapping[str, Callable[[], None]] = {
            "record.same_cell": self._same_cells,
            "record.same_record": self._same_record,
            "record.carry": self._carry,
            "record.comment": self._comment,
            "record.flag": self._flag,
            "record.return": self._send_back,
            "record.history": self._history,
            "view.prior": self._turn_prior,
        }
        page.work.desk.asked.connect(self.run)

    def run(self, command: str) -> None:
        """Do a command, if it is one of these and the page is before the person."""
        do = self._commands.get(command)
        if do is not None and self._work.desk.page is Page.ENTRY:
            do()

    # --- Beside the cells --------------------------------------------------

    def attend(self, grid: GridView, model: RosterModel) -> None:
        """Show beside a grid's cells what stands there, once the first picture does."""
        afterwards(model, lambda: self._attend(grid, model))

    def _attend(self, grid: GridView, model: RosterModel) -> None:
        from desktop.ui.entry.beside_cells import BesideCells  # noqa: PLC0415 - the first window need not wait for it
        from desktop.ui.entry.beside_rows import beside_of  # noqa: PLC0415 - same

        if self._page.grid is not grid:
            return
        rows = beside_of(model)
        cells = BesideCells(rows, self._work, model)
        for view in (grid, grid.frozen):
            delegate: CellDelegate = view.itemDelegate()  # type: ignore[assignment]  # CellView sets it
            delegate.beside = cells
            rows.changed.connect(view.viewport().update)
            view.viewport().update()
        self._mark_prior(rows)

    def _turn_prior(self) -> None:
        rows = self._rows()
        if rows is not None:
            rows.toggle()
            self._mark_prior(rows)

    def _mark_prior(self, rows: BesideRows) -> None:
        self._work.desk.set_mark("view.prior", holds=rows.shows_prior)

    def _rows(self) -> BesideRows | None:
        from desktop.ui.entry.beside_rows import beside_of  # noqa: PLC0415 - see above

        return None if self._page.model is None else beside_of(self._page.model)

    # --- Same as last period -----------------------------------------------

    def _same_cells(self) -> None:
        from desktop.ui.entry.taking_over import same_cells  # noqa: PLC0415 - see above

        model = self._page.model
        if model is not None:
            cells = [
                (model.ids[row], field)
                for row, column in self._chosen()
                if not is_locked(field := model.fields[column])
            ]
            same_cells(self._work, model.form, cells, self.tell)

    def _same_record(self) -> None:
        from desktop.ui.entry.taking_over import same_record  # noqa: PLC0415 - see above

        model, record = self._page.model, self._work.desk.place.record
        if model is not None and record is not None:
            same_record(self._work, model.form, record, self.tell)

    def _carry(self) -> None:
        from desktop.ui.entry.carry_dialog import carry  # noqa: PLC0415 - see above

        if self._page.model is not None:
            carry(self._work, self._page.model.form, self._page, self.tell)

    # --- One cell ----------------------------------------------------------

    def _comment(self) -> None:
        from desktop.ui.entry.comment_dialog import CommentDialog  # noqa: PLC0415 - see above

        self._with_cell(
            lambda found, field: CommentDialog(
                self._work, found, field, self._page
            ).open()
        )

    def _flag(self) -> None:
        from desktop.app.entry.cell_notes import flag  # noqa: PLC0415 - see above

        def turn(found: Beside, field: Field) -> None:
            flagged = found.marks_of(field.id).flagged
            action = flag(found.record, field, flagged=not flagged)
            self._work.bridge.watch(self._work.session.apply(action))

        self._with_cell(turn)

    def _send_back(self) -> None:
        from desktop.ui.handover.slips_cell import send_cell_back  # noqa: PLC0415 - see above

        def ask(found: Beside, field: Field) -> None:
            send_cell_back(self._work, found.record, field, self._page, self.tell)

        self._with_cell(ask)

    def _history(self) -> None:
        from desktop.ui.entry.history_dialog import HistoryDialog  # noqa: PLC0415 - see above

        self._with_cell(
            lambda found, field: HistoryDialog(
                self._work, found.record, field, self._page
            ).open()
        )

    def _with_cell(self, do: Callable[[Beside, Field], None]) -> None:
        """Read the record before the person as it is now, and do something with it."""
        from desktop.app.entry.beside import beside  # noqa: PLC0415 - see above

        place = self._work.desk.place
        if place.record is None or place.field is None:
            return
        form, record = place.form, place.record
        field = self._work.form(form).by_id[place.field]

        def arrived(found: dict[RecordId, Beside]) -> None:
            if record in found:
                do(found[record], field)

        self._work.bridge.ask(
            lambda ledger: beside(ledger, form, [record], ()), self, arrived
        )

    def _chosen(self) -> list[tuple[int, int]]:
        """Give the rows and columns of the chosen cells; on a card the one cell."""
        from desktop.ui.entry.chosen import chosen_in  # noqa: PLC0415 - see above

        page, place = self._page, self._work.desk.place
        if page.grid is None or page.model is None:
            return []
        if not page.on_card:
            chosen = chosen_in(page.grid)
            block = ((row, column) for row in chosen.rows for column in chosen.columns)
            return [cell for cell in block if chosen.has(*cell)]
        row = None if place.record is None else page.model.row_of(place.record)
        column = None if place.field is None else page.model.column_of(place.field)
        return [] if row is None or column is None else [(row, column)]

    def tell(self, text: str) -> None:
        """Say something where the person looks, without a window to close."""
        from PySide6.QtWidgets import QToolTip  # noqa: PLC0415 - see above

        widget, at = self._looked_at()
        QToolTip.showText(at, text, widget, widget.rect(), 6000)

    def _looked_at(self) -> tuple[QWidget, QPoint]:
        page = self._page
        focused = page.window().focusWidget()
        if page.on_card and focused is not None:
            return focused, focused.mapToGlobal(focused.rect().bottomLeft())
        if page.grid is None:
            return page, page.mapToGlobal(page.rect().center())
        viewport = page.grid.viewport()
        cell = page.grid.visualRect(page.grid.currentIndex())
        return viewport, viewport.mapToGlobal(cell.bottomLeft())
