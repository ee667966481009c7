"""What stands beside the rows of a grid, read for the rows that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from desktop.app.entry.beside import beside
from desktop.app.entry.prior_values import earlier_periods
from desktop.app.entry.prior_values import rules_on_change
from desktop.ui.entry.marks_words import OF_SLIPS
from desktop.ui.entry.marks_words import back_words
from desktop.ui.entry.prior_words import Against
from desktop.ui.entry.prior_words import is_number
from desktop.ui.entry.prior_words import prior_lines

if TYPE_CHECKING:
    from desktop.app.entry.beside import Beside
    from desktop.app.events import RecordsChanged
    from desktop.app.events import Saved
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.period import Period
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.ui.entry.cell_steps import Index
    from desktop.ui.entry.roster_model import RosterModel

PART: Final = "entry.prior"
"""The habit that remembers whether earlier values are shown."""
KEPT: Final = 1024
"""Records kept; all are forgotten when there are more."""
GATHER_MS: Final = 20
"""Rows painted one after the other are asked for together."""


class BesideRows(QObject):
    """Earlier values and marks of one form's records, for whoever paints them."""

    changed = Signal()
    """Something has come, or is shown from now on: paint again."""

    def __init__(self, model: RosterModel) -> None:
        """Belong to a model; nothing is read before somebody asks."""
        super().__init__(model)
        self._model = model
        self._work = model.work
        self._rows: dict[RecordId, Beside] = {}
        self._wanted: dict[RecordId, None] = {}
        self._asked: frozenset[RecordId] = frozenset()
        self._asking: frozenset[str] | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._read)
        bridge = self._work.bridge
        bridge.records_changed.connect(self._records_changed)
        bridge.period_changed.connect(self._forget)
        bridge.choices_changed.connect(self._forget)
        bridge.saved.connect(self._saved)

    @property
    def earlier(self) -> tuple[Period, ...]:
        """The periods that are held against this one."""
        session = self._work.session
        return earlier_periods(session.periods, session.period)

    @property
    def shows_prior(self) -> bool:
        """Whether the grid shows last period's values."""
        return self._work.habits.now.layout.get(PART) == "1"

    def toggle(self) -> None:
        """Show last period's values in the grid, or no longer; it is remembered."""
        habits = self._work.habits
        habits.keep(habits.now.arranged(PART, "" if self.shows_prior else "1"))
        self.changed.emit()

    def of(self, record: RecordId) -> Beside | None:
        """Give what stands beside a record; asks for it where it is not there yet."""
        found = self._rows.get(record)
        if found is None and record not in self._asked:
            self._wanted[record] = None
            if not self._gather.isActive():
                self._gather.start()
        return found

    def at(self, index: Index) -> Beside | None:
        """Give what stands beside the record of a cell."""
        return self.at_row(index.row())

    def at_row(self, row: int) -> Beside | None:
        """Give what stands beside the record of a row."""
        ids = self._model.ids
        return self.of(ids[row]) if 0 <= row < len(ids) else None

    @property
    def asking(self) -> frozenset[str] | None:
        """The rules that ask to explain a change; None before anybody wanted them."""
        return self._asking

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the columns."""
        return self._model.fields

    def asks(self, finding: Finding) -> bool:
        """Tell whether a finding asks to explain a change from last period."""
        if self._asking is None:
            self._learn()
        return finding.rule in (self._asking or frozenset())

    def _learn(self) -> None:
        """Ask which rules look back; where there are findings, they are compiled."""
        self._asking = frozenset()
        form, compiled = self._model.form.id, self._work.session.compiled

        def arrived(found: frozenset[str]) -> None:
            self._asking = found
            self.changed.emit()

        self._work.bridge.ask(
            lambda _: rules_on_change(compiled.audit.of(form)), self, arrived
        )

    def words(self, index: Index) -> list[str]:
        """Say what stands beside a cell, line by line."""
        found = self.at(index)
        if found is None:
            return []
        field, say = self._model.fields[index.column()], self._work.say
        cell = Against(field, found.record.cell(field.id), self._work.session.period)
        lines = prior_lines(say, cell, found.priors) if is_number(field) else []
        marks = found.marks_of(field.id)
        if marks.back is not None:
            lines.append(back_words(say, marks.back))
        if marks.flagged:
            lines.append(say("Flagged: to be looked at again"))
        if marks.comment:
            lines.append(say("Comment: {text}", text=marks.comment))
        return lines

    def field_at(self, index: Index) -> Field:
        """Give the field of a cell."""
        return self._model.fields[index.column()]

    def _read(self) -> None:
        ids, self._wanted = tuple(self._wanted), {}
        self._asked |= frozenset(ids)
        form, earlier = self._model.form.id, self.earlier

        def work(ledger: Ledger) -> dict[RecordId, Beside]:
            return beside(ledger, form, ids, earlier)

        def arrived(rows: dict[RecordId, Beside]) -> None:
            self._asked -= frozenset(ids)
            if len(self._rows) > KEPT:
                self._rows.clear()
            self._rows.update(rows)
            self.changed.emit()

        self._work.bridge.ask(work, self, arrived)

    def _records_changed(self, event: RecordsChanged) -> None:
        """Read again what has changed; until then the old stays to be seen."""
        if event.form != self._model.form.id:
            return
        touched = self._rows.keys() if event.records is None else event.records
        there = [record for record in touched if record in self._rows]
        if event.records is None:
            self._forget()
        elif there:
            self._wanted.update(dict.fromkeys(there))
            self._gather.start()

    def _saved(self, event: Saved) -> None:
        """Read anew what may have come back, which no record tells of."""
        if event.title.code.startswith(OF_SLIPS):
            self._forget()

    def _forget(self) -> None:
        self._rows.clear()
        self._asking = None
        self.changed.emit()


def beside_of(model: RosterModel) -> BesideRows:
    """Give what stands beside a model's rows; it is made when first asked for."""
    found = cast("BesideRows | None", model.findChild(BesideRows))
    return BesideRows(model) if found is None else found
