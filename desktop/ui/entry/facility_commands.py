"""停用 and 恢复: asks for what is needed, and has it done on the ledger's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.desk import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desktop.app.entry.facilities import Gone
    from desktop.core.changes import Action
    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.ui.entry.bench import Bench


class FacilityCommands(QObject):
    """Lets facilities leave a period's roster, and come back."""

    def __init__(self, page: Bench) -> None:
        """Work on a page."""
        super().__init__(page)
        self._page, self._work = page, page.work
        self._work.desk.asked.connect(self.run)

    def run(self, command: str) -> None:
        """Do a command, if it is one of these and the page is before the person."""
        model = self._page.model
        if self._work.desk.page is not Page.ENTRY or model is None:
            return
        if command == "record.close":
            self._ask_close(model.form)
        elif command == "record.reopen":
            self._ask_reopen(model.form)

    def _ask_close(self, form: Form) -> None:
        page = self._page
        if page.model is None or page.grid is None:
            return
        found = [page.model.record_at(row) for row in page.grid.chosen_rows()]
        records = {record.id: record for record in found if record is not None}
        if not records:
            return
        from desktop.app.entry.reading import name_of  # noqa: PLC0415 - the first window need not wait for it
        from desktop.ui.entry.close_dialog import CloseDialog  # noqa: PLC0415 - same

        units = {str(unit.code): unit.name for unit in self._work.session.units}
        names = [name_of(form, record, units) for record in records.values()]
        dialog = CloseDialog(self._work, names, page)
        dialog.given.connect(
            lambda when, why: self._close(form, list(records), when, why)
        )
        dialog.open()

    def _close(self, form: Form, records: list[RecordId], when: date, why: str) -> None:
        from desktop.app.entry.facilities import close_facilities  # noqa: PLC0415 - the first window need not wait for it

        self._do(lambda ledger: close_facilities(ledger, form, records, when, why))

    def _ask_reopen(self, form: Form) -> None:
        from desktop.ui.entry.reopen_dialog import ReopenDialog  # noqa: PLC0415 - the first window need not wait for it

        dialog = ReopenDialog(self._work, form, self._page)
        dialog.chosen.connect(lambda gone: self._reopen(form, gone))
        dialog.open()

    def _reopen(self, form: Form, gone: list[Gone]) -> None:
        from desktop.app.entry.facilities import reopen_facilities  # noqa: PLC0415 - the first window need not wait for it

        period = self._work.session.period
        self._page.seek_last = True
        self._do(lambda ledger: reopen_facilities(ledger, form, period, gone))

    def _do(self, make: Callable[[Ledger], Action]) -> None:
        """Make an action on the ledger's thread, and do it: one step to undo."""
        bridge, session = self._work.bridge, self._work.session
        bridge.ask(make, self, lambda action: bridge.watch(session.apply(action)))
