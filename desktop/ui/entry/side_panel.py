"""Beside the cell: the field explained, its past, and what the audit says."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QElapsedTimer
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.entry import reading
from desktop.ui.afterwards import afterwards
from desktop.ui.desk import Page
from desktop.ui.entry.field_block import FieldBlock
from desktop.ui.entry.field_block import WordsBlock
from desktop.ui.entry.marks_words import OF_SLIPS
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.entry.beside import Beside
    from desktop.app.events import FindingsChanged
    from desktop.app.events import RecordsChanged
    from desktop.app.events import Saved
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry
    from desktop.ui.desk import Place
    from desktop.ui.entry.history_block import HistoryBlock
    from desktop.ui.entry.marks_block import MarksBlock
    from desktop.ui.entry.prior_block import PriorBlock
    from desktop.ui.findings.box import FindingBox
    from desktop.ui.workplace import Workplace

READ_AFTER_MS: Final = 60
"""Reading waits until the person stays on a cell."""
SLICE_MS: Final = 5
"""How long boxes are made before the window hears the person again."""


class SidePanel(QScrollArea):
    """Explains the cell before the person."""

    _field_shown: Field | None = None
    """The field whose marks and earlier values are shown."""
    _explained: Field | None = None
    """The field that is explained; from record to record it stays."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Follow the desk."""
        super().__init__(parent)
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._work = work
        self._shown: Beside | None = None
        self._stale = True
        """What is shown is being read again."""
        self._explains = False
        """The person wants to explain what is being read."""
        self._looking_back: frozenset[str] = frozenset()
        """Rules that ask to explain a change from last period."""
        self._drafts = work.desk.drafts
        """Reasons begun and not yet saved; they outlive the boxes they stand in."""
        self._about, self._words = FieldBlock(work.say), WordsBlock(work.say)
        self._prior: PriorBlock | None = None
        self._marks: MarksBlock | None = None
        self._history: HistoryBlock | None = None
        self._prior_part, self._marks_part = QVBoxLayout(), QVBoxLayout()
        self._findings_part, self._history_part = QVBoxLayout(), QVBoxLayout()
        self.setWidget(self._body())
        self._queue: deque[tuple[Finding, FindingBox | None]] = deque()
        """Findings whose boxes are still to be shown, with those there are."""
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._add_boxes)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(READ_AFTER_MS)
        self._wait.timeout.connect(self._read)
        work.desk.moved.connect(self._moved)
        work.bridge.records_changed.connect(self._records_changed)
        work.bridge.findings_changed.connect(self._findings_changed)
        work.bridge.saved.connect(self._saved)
        work.desk.asked.connect(self._asked)
        self._moved(work.desk.place)

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("side.body")
        body.setProperty("paper", True)
        # Whatever one part would like, the panel is as wide as it is.
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = parts.column(body, margin=14, spacing=10)
        self._findings_part.setSpacing(6)
        column.addWidget(self._about)
        column.addLayout(self._prior_part)
        column.addWidget(self._words)
        for part in (self._marks_part, self._findings_part, self._history_part):
            column.addLayout(part)
        column.addStretch(1)
        return body

    def _grow(self) -> None:
        """Make what waits for the ledger's answer; the first window need not."""
        if self._history is not None:
            return
        from desktop.ui.entry.history_block import HistoryBlock  # noqa: PLC0415 - see above
        from desktop.ui.entry.marks_block import MarksBlock  # noqa: PLC0415 - see above
        from desktop.ui.entry.prior_block import PriorBlock  # noqa: PLC0415 - see above

        self._prior, self._marks = PriorBlock(self._work), MarksBlock(self._work)
        self._history = HistoryBlock(self._work)
        self._prior_part.addWidget(self._prior)
        self._marks_part.addWidget(self._marks)
        self._history_part.addWidget(self._history)

    def _moved(self, place: Place) -> None:
        if self._shown is None or place.record != self._shown.record.id:
            self._shown = None
        self._show_field(place)
        self._begin_reading()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.form == self._work.desk.place.form:
            self._begin_reading()

    def _saved(self, event: Saved) -> None:
        """Read anew what may have come back, which no record tells of."""
        if event.title.code.startswith(OF_SLIPS):
            self._begin_reading()

    def _begin_reading(self) -> None:
        self._stale = True
        self._wait.start()

    def _findings_changed(self, event: FindingsChanged) -> None:
        place = self._work.desk.place
        if event.form == place.form and self._shown is not None:
            self._show_findings()

    def _read(self) -> None:
        place, session = self._work.desk.place, self._work.session
        if place.record is None:
            self._shown = None
            self._show_findings()
            if self._history is not None:
                self._history.show_entries(None, ())
            return
        self._grow()
        from desktop.app.entry.beside import beside  # noqa: PLC0415 - see above
        from desktop.app.entry.prior_values import earlier_periods  # noqa: PLC0415 - see above
        from desktop.app.entry.prior_values import rules_on_change  # noqa: PLC0415 - see above

        record, form = place.record, place.form
        earlier = earlier_periods(session.periods, session.period)
        # Where something is found, the rules are compiled.
        audited = bool(self._work.bridge.board.of(form, record))

        def work(ledger: Ledger) -> tuple[Beside | None, frozenset[str]]:
            back = rules_on_change(session.compiled.audit.of(form)) if audited else ()
            found = beside(ledger, form, [record], earlier)
            return found.get(record), frozenset(back)

        self._work.bridge.ask(work, self, self._take)
        if place.field is not None:
            self._ask_history(form, record, place.field)

    def _ask_history(self, form: str, record: RecordId, field: str) -> None:
        def work(ledger: Ledger) -> tuple[Entry, ...]:
            return reading.history(ledger, form, record, field)

        def arrived(entries: tuple[Entry, ...]) -> None:
            if self._history is not None and self._work.desk.place.field == field:
                self._history.show_entries(self._field(self._work.desk.place), entries)

        self._work.bridge.ask(work, self, arrived)

    def _take(self, answer: tuple[Beside | None, frozenset[str]]) -> None:
        found, self._looking_back = answer
        self._stale = self._wait.isActive()
        place = self._work.desk.place
        if found is not None and found.record.id == place.record:
            self._shown = found
            self._show_field(place)
            self._show_findings()
            if self._explains and not self._stale:
                # A box that is not on the screen yet cannot take the focus.
                afterwards(self, self._explain)

    def _asked(self, command: str) -> None:
        """Take the person to what the audit asks them to explain, once it is there."""
        if command == "audit.explain" and self._work.desk.page is Page.ENTRY:
            self._explains = self._stale
            if not self._explains:
                self._explain()

    def _explain(self) -> None:
        self._explains = False
        if not any(box.explain() for box in self._boxes()):
            from PySide6.QtWidgets import QToolTip  # noqa: PLC0415 - the first window need not wait for it

            said = self._work.say("The audit asks for no explanation in this record.")
            QToolTip.showText(self.mapToGlobal(self.rect().topLeft()), said, self)

    # --- Showing -----------------------------------------------------------

    def _field(self, place: Place) -> Field | None:
        form = self._work.form(place.form)
        return None if place.field is None else form.by_id.get(place.field)

    def _show_field(self, place: Place) -> None:
        field = self._field(place)
        if field is None or field is not self._explained:
            self._explain_field(place, field)
        self._show_cell(field)

    def _explain_field(self, place: Place, field: Field | None) -> None:
        """Say what a field is; where none is chosen, what the form is."""
        self._explained = field
        if field is None:
            self._about.show_form(self._work.form(place.form))
        else:
            self._about.show_field(field)
        self._words.show_field(field)

    def _show_cell(self, field: Field | None) -> None:
        """Show what is known of the cell.

        In the same column of another record, what was there stays for the moment that
        reading takes, as the findings do: the panel need not shrink and grow again.
        """
        if self._prior is None or self._marks is None:
            return
        stays, self._field_shown = field is self._field_shown, field
        if field is not None and self._shown is not None:
            self._marks.show()
            self._marks.show_marks(self._shown.marks_of(field.id))
            jump = self._is_jump(field, self._shown)
            self._prior.show_cell(self._shown, field, jump=jump)
        elif stays:
            self._prior.wait()
        else:
            self._marks.hide()
            self._prior.clear()

    def _is_jump(self, field: Field, found: Beside) -> bool:
        """Tell whether a rule asks to explain the change from last period."""
        here = self._work.bridge.board.of(found.record.key.form, found.record.id)
        return any(
            field.id in one.fields and one.rule in self._looking_back for one in here
        )

    def _show_findings(self) -> None:
        """Show what the audit says; what somebody is writing about it stays."""
        kept = self._take_boxes()
        parts.empty(self._findings_part)
        self._show_boxes(kept)
        for box in kept:
            box.hide()
            box.deleteLater()

    def _take_boxes(self) -> list[FindingBox]:
        """Take the boxes of findings out of the layout, and note what is in them."""
        there, boxes = self._findings_part, self._boxes()
        boxes += [box for _, box in self._queue if box is not None]
        self._queue.clear()
        for box in boxes:
            there.removeWidget(box)
            if box.draft is None:
                self._drafts.pop(box.topic, None)
            else:
                self._drafts[box.topic] = box.draft
        return boxes

    def _boxes(self) -> list[FindingBox]:
        """Give the boxes that are laid out, those of the cell first."""
        from desktop.ui.findings.box import FindingBox  # noqa: PLC0415 - the first window need not wait for it

        there = self._findings_part
        widgets = [there.itemAt(n).widget() for n in range(there.count())]
        return [one for one in widgets if isinstance(one, FindingBox)]

    def _show_boxes(self, kept: list[FindingBox]) -> None:
        """Show a box for each finding; boxes that are used are no longer in `kept`."""
        from desktop.ui.findings.box import box_key  # noqa: PLC0415 - see above

        detail = self._shown
        if detail is None:
            return
        say, place = self._work.say, self._work.desk.place
        found = self._work.bridge.board.of(place.form, detail.record.id)
        head = say("This record: {count} findings", count=len(found))
        none = say("This record: nothing found")
        self._findings_part.addWidget(parts.line())
        heading = parts.label(head if found else none, "section")
        self._findings_part.addWidget(heading)
        here = sorted(found, key=lambda each: place.field not in each.fields)
        for finding in here:
            key = box_key(place.field, finding, detail.record, detail.notes)
            box = next((one for one in kept if one.key == key), None)
            if box is not None:
                kept.remove(box)
            self._queue.append((finding, box))
        self._add_boxes()

    def _add_boxes(self) -> None:
        """Add boxes for as long as nobody notices, the others in a moment."""
        from desktop.ui.findings.box import FindingBox  # noqa: PLC0415 - see above

        since = QElapsedTimer()
        since.start()
        while self._queue and self._shown is not None and since.elapsed() < SLICE_MS:
            finding, box = self._queue.popleft()
            if box is None:
                record, notes = self._shown.record, self._shown.notes
                box = FindingBox(self._work, finding, record, notes)
                box.resume(self._drafts.get(box.topic))
            self._findings_part.addWidget(box)
        if self._queue and self._shown is not None:
            self._more.start()
