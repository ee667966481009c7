"""Beside the cell: the field explained, its past, and what the audit says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app import reading
from desktop.core.cells import BLANK
from desktop.forms.entry import format_cell
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.app.events import FindingsChanged
    from desktop.app.events import RecordsChanged
    from desktop.app.reading import RecordDetail
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger
    from desktop.store.records import Entry
    from desktop.ui.desk import Place
    from desktop.ui.findings.box import Draft
    from desktop.ui.findings.box import FindingBox
    from desktop.ui.findings.box import Topic
    from desktop.ui.workplace import Workplace

READ_AFTER_MS: Final = 60
"""Reading waits until the person stays on a cell."""
HISTORY_SHOWN: Final = 6


class SidePanel(QScrollArea):
    """Explains the cell before the person."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Follow the desk."""
        super().__init__(parent)
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._work = work
        self._shown: RecordDetail | None = None
        self._drafts: dict[Topic, Draft] = {}
        """Reasons begun and not yet saved; they outlive the boxes they stand in."""
        self._field_part, self._findings_part = QVBoxLayout(), QVBoxLayout()
        self._history_part = QVBoxLayout()
        self.setWidget(self._body())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(READ_AFTER_MS)
        self._wait.timeout.connect(self._read)
        work.desk.moved.connect(self._moved)
        work.bridge.records_changed.connect(self._records_changed)
        work.bridge.findings_changed.connect(self._findings_changed)
        self._moved(work.desk.place)

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("side.body")
        body.setStyleSheet(f"#side\\.body {{ background: {tokens.PAPER}; }}")
        column = parts.column(body, margin=14, spacing=10)
        for part in (self._field_part, self._findings_part, self._history_part):
            part.setSpacing(6)
            column.addLayout(part)
        column.addStretch(1)
        return body

    def _moved(self, place: Place) -> None:
        if self._shown is None or place.record != self._shown.record.id:
            self._shown = None
        self._show_field(place)
        self._wait.start()

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.form == self._work.desk.place.form:
            self._wait.start()

    def _findings_changed(self, event: FindingsChanged) -> None:
        place = self._work.desk.place
        if event.form == place.form and self._shown is not None:
            self._show_findings()

    def _read(self) -> None:
        place, work = self._work.desk.place, self._work
        if place.record is None:
            self._shown = None
            self._show_findings()
            parts.empty(self._history_part)
            return
        record, form = place.record, place.form
        previous = work.session.period.previous().code
        work.bridge.ask(
            lambda ledger: reading.detail(ledger, form, record, previous),
            self,
            self._take,
        )
        if place.field is not None:
            self._ask_history(form, record, place.field)

    def _ask_history(self, form: str, record: RecordId, field: str) -> None:
        def work(ledger: Ledger) -> tuple[Entry, ...]:
            return reading.history(ledger, form, record, field)

        self._work.bridge.ask(work, self, self._show_history)

    def _take(self, detail: RecordDetail | None) -> None:
        place = self._work.desk.place
        if detail is not None and detail.record.id == place.record:
            self._shown = detail
            self._show_field(place)
            self._show_findings()

    # --- Showing -----------------------------------------------------------

    def _field(self, place: Place) -> Field | None:
        form = self._work.form(place.form)
        return None if place.field is None else form.by_id.get(place.field)

    def _show_field(self, place: Place) -> None:
        parts.empty(self._field_part)
        field = self._field(place)
        form = self._work.form(place.form)
        if field is None:
            self._field_part.addWidget(parts.label(form.title, "heading"))
            self._field_part.addWidget(parts.label(form.record, "muted"))
            for note in form.notes:
                self._field_part.addWidget(parts.label(note, "muted"))
            return
        self._show_title(field)
        self._show_words(field)

    def _show_title(self, field: Field) -> None:
        say, add = self._work.say, self._field_part.addWidget
        title = parts.label(field.title, "heading", name="side.title")
        add(title)
        if field.measure:
            add(
                parts.label(
                    say("Measured in {measure}", measure=field.measure), "muted"
                )
            )
        if field.computed is not None:
            add(
                parts.label(
                    say("Computed by the program; it cannot be typed."), "muted"
                )
            )
        elif field.binds is not None:
            add(parts.label(say("Taken from the ledger; it is not typed."), "muted"))
        if self._shown is not None:
            self._show_previous(field, self._shown)

    def _show_previous(self, field: Field, detail: RecordDetail) -> None:
        say = self._work.say
        if detail.previous is None:
            return
        cell = detail.previous.cell(field.id)
        before = format_cell(field, cell, thousands=True)
        text = say("Last period: {value}", value=before or say("empty"))
        self._field_part.addWidget(parts.label(text, "section", name="side.previous"))

    def _show_words(self, field: Field) -> None:
        say, add = self._work.say, self._field_part.addWidget
        if field.explanation:
            add(parts.label(field.explanation, name="side.explanation"))
            source = field.explanation_source or say("This program's own reading")
            add(parts.label(say("Source: {source}", source=source), "faint"))
        if field.note:
            add(parts.label(field.note, "muted"))

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
        from desktop.ui.findings.box import FindingBox  # noqa: PLC0415 - the first window need not wait for it

        there = self._findings_part
        widgets = [there.itemAt(n).widget() for n in range(there.count())]
        boxes = [one for one in widgets if isinstance(one, FindingBox)]
        for box in boxes:
            there.removeWidget(box)
            if box.draft is None:
                self._drafts.pop(box.topic, None)
            else:
                self._drafts[box.topic] = box.draft
        return boxes

    def _show_boxes(self, kept: list[FindingBox]) -> None:
        """Show a box for each finding; boxes that are used are no longer in `kept`."""
        from desktop.ui.findings.box import FindingBox  # noqa: PLC0415 - see above
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
            else:
                box = FindingBox(self._work, finding, detail.record, detail.notes)
                box.resume(self._drafts.get(box.topic))
            self._findings_part.addWidget(box)

    def _show_history(self, entries: tuple[Entry, ...]) -> None:
        parts.empty(self._history_part)
        place = self._work.desk.place
        field = self._field(place)
        if field is None or not entries:
            return
        self._history_part.addWidget(parts.line())
        head = parts.label(self._work.say("History of this cell"), "section")
        self._history_part.addWidget(head)
        for entry in entries[:HISTORY_SHOWN]:
            self._history_part.addWidget(self._history_line(field, entry))

    def _history_line(self, field: Field, entry: Entry) -> QWidget:
        say = self._work.say
        empty = say("empty")
        before = format_cell(field, entry.before.get(field.id, BLANK)) or empty
        after = format_cell(field, entry.after.get(field.id, BLANK)) or empty
        at = entry.at[:16].replace("T", " ")
        return parts.label(f"{before} → {after}\n{at}  {entry.who}", "faint")
