"""The rows of a grid that have been looked at, read from the ledger in windows."""

from __future__ import annotations

from collections import Counter
from collections import OrderedDict
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.app.background import Task
from desktop.app.entry.reading import Row
from desktop.app.entry.record_list import RecordList
from desktop.ui.afterwards import afterwards

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

WINDOW: Final = 64
"""Rows read at once."""
KEPT: Final = 2048
"""Rows kept; the ones looked at longest ago go first."""


class RowWindows(QObject):
    """What is known of the records of one form; `came` tells which are there now."""

    came = Signal(object)

    def __init__(self, work: Workplace, form: str, parent: QObject) -> None:
        """Know nothing yet."""
        super().__init__(parent)
        self._work = work
        self._form = form
        self.ids = RecordList()
        """The records there are, set by the model."""
        self._rows: OrderedDict[RecordId, Row] = OrderedDict()
        self._asked: set[int] = set()
        self._pending: Counter[RecordId] = Counter()
        """Actions on their way, by record: what is read meanwhile is old."""
        self._preparing = False

    def of(self, record: RecordId) -> Row | None:
        """Give a row if it has been read."""
        return self._rows.get(record)

    def at(self, row: int) -> Row | None:
        """Give the row at a place, or ask for the window around it."""
        found = self._rows.get(self.ids[row])
        if found is None:
            self.fetch(row)
        return found

    def known(self, records: Collection[RecordId] | None) -> list[RecordId]:
        """Give those of some records that have been read; None means all.

        What an action on its way changes is left out: it is read at the action's end.
        """
        touched = self._rows.keys() if records is None else records
        there, pending = self._rows, self._pending
        return [one for one in touched if one in there and pending[one] <= 0]

    def show(self, rows: Sequence[Row]) -> None:
        """Show rows as an action on its way will leave them."""
        for row in rows:
            self._rows[row.record.id] = row
            self._pending[row.record.id] += 1

    def settle(self, records: Collection[RecordId]) -> None:
        """Read records again: an action on them has come to its end."""
        self._pending.subtract(records)
        self.read([one for one in records if self.ids.row_of(one) is not None])

    def forget(self) -> None:
        """Forget the rows that are not listed any more, and what was asked for."""
        self._rows = OrderedDict(
            (record, row)
            for record, row in self._rows.items()
            if self.ids.row_of(record) is not None
        )
        self._asked.clear()

    def fetch(self, row: int) -> None:
        """Read the window of rows around a row, unless it is on its way."""
        window = row // WINDOW
        if window in self._asked:
            return
        self._asked.add(window)
        self.read(self.ids[window * WINDOW : (window + 1) * WINDOW], window)

    def read(self, ids: Sequence[RecordId], window: int | None = None) -> None:
        """Read records; nothing else of their window is asked for meanwhile."""

        def work(ledger: Ledger) -> list[Row]:
            return self.rows(ledger, ids)

        def settled() -> None:
            if window is not None:
                self._asked.discard(window)

        def failed(error: BaseException) -> None:
            settled()
            self._work.bridge.courier.give_up(error)

        def arrived(rows: list[Row]) -> None:
            settled()
            self.take(rows)

        self._work.bridge.ask(work, self, arrived, failed)

    def rows(self, ledger: Ledger, ids: Sequence[RecordId]) -> list[Row]:
        """Read records on the ledger's thread, and what is hidden if that is known."""
        form, visibility = self._form, self._work.bridge.visibility
        ready = visibility.is_ready(form)
        hidden = visibility.hidden(ledger, form, ids) if ready else {}
        return [
            Row(row, hidden.get(row.id, frozenset())) for row in ledger.rows(form, ids)
        ]

    def take(self, rows: Sequence[Row]) -> None:
        """Take rows as the ledger has them; an action on its way knows better."""
        there = []
        for row in rows:
            record = row.record.id
            if self._pending[record] <= 0 and self.ids.row_of(record) is not None:
                self._rows[record] = row
                self._rows.move_to_end(record)
                there.append(record)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        self.came.emit(there)
        visibility = self._work.bridge.visibility
        if not self._preparing and not visibility.is_ready(self._form):
            self._preparing = True
            afterwards(self, self._prepare)

    def _prepare(self) -> None:
        """Compile what hides fields; the first rows do not wait for it. Look again."""
        form, visibility = self._form, self._work.bridge.visibility

        def ready(_: object) -> None:
            self._preparing = False
            self.read(tuple(self._rows))

        task = Task(lambda _: visibility.prepare(form))
        self._work.bridge.when(task.result, self, ready)
