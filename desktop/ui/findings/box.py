"""One finding in plain words, with the jump to its cell and the box for its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app import edits
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.ui.desk import Place
from desktop.ui.look import labels
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QPushButton

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace


@frozen
class BoxKey:
    """All that a box shows; while it is the same, so is the box."""

    here: str | None
    finding: Finding
    record: Record
    before: str


@frozen
class Topic:
    """What a reason is about."""

    form: str
    record: RecordId
    rule: str


@frozen
class Draft:
    """A reason begun and not saved, with the place typing goes on at."""

    before: str
    text: str
    place: int
    focused: bool


def box_key(
    here: str | None, finding: Finding, record: Record, notes: Mapping[str, str]
) -> BoxKey:
    """Tell what a box would show, for a cell before the person."""
    before = notes.get(edits.rule_topic(finding.rule), "")
    return BoxKey(here, finding, record, before)


class FindingBox(QFrame):
    """A finding of one record."""

    def __init__(
        self,
        work: Workplace,
        finding: Finding,
        record: Record,
        notes: Mapping[str, str],
    ) -> None:
        """Show a finding and what was written about it."""
        super().__init__()
        self.setObjectName("finding")
        self._work, self._finding, self._record = work, finding, record
        self.key = box_key(work.desk.place.field, finding, record, notes)
        self.topic = Topic(finding.form, record.id, finding.rule)
        self._before = self.key.before
        self._reason: ReasonBox | None = None
        self._more: QPushButton | None = None
        tone = tokens.tone_of_level(finding.level)
        self.setStyleSheet(
            f"#finding {{ background: {tone.tint}; border-left: 3px solid {tone.ink};"
            " border-radius: 4px; }"
        )
        column = parts.column(self, spacing=5)
        column.setContentsMargins(10, 7, 8, 8)
        icon = QLabel()
        icon.setPixmap(work.icons.pixmap(tone.icon, tone.ink, 15))
        level = parts.label(labels.level(work.say, finding.level), wrap=False)
        level.setStyleSheet(f"color: {tone.ink}; font-weight: 600;")
        column.addLayout(parts.row(icon, level, None, *self._jump()))
        column.addWidget(parts.label(finding.text, name="finding.text"))
        if finding.level is Level.WARNING and work.writable:
            self._add_reason(column)
        elif self._before:
            column.addWidget(parts.label(self._before, "muted"))

    def _jump(self) -> list[QWidget]:
        here = self._work.desk.place
        elsewhere = [name for name in self._finding.fields if name != here.field]
        if not elsewhere or here.field in self._finding.fields:
            return []
        made = parts.button(
            self._work.say("Go to the cell"), self._go, name="finding.go", link=True
        )
        return [made]

    def _go(self) -> None:
        field = self._finding.fields[0] if self._finding.fields else None
        place = Place(self._finding.form, self._record.id, field)
        self._work.desk.seek(place)

    def _add_reason(self, column: QVBoxLayout) -> None:
        """Offer the box for a reason; open at once for the cell before the person."""
        say = self._work.say
        reason = ReasonBox(self._before, self._work)
        reason.save.clicked.connect(lambda: self._write(reason))
        here = self._work.desk.place.field in self._finding.fields
        reason.setVisible(here)
        self._reason = reason
        if not here:
            text = say("Explained") if self._before else say("Explain…")
            more = parts.button(text, self._open, name="finding.more", link=True)
            column.addLayout(parts.row(more, None))
            self._more = more
        column.addWidget(reason)

    def _open(self) -> None:
        if self._more is not None:
            self._more.hide()
        if self._reason is not None:
            self._reason.show()
            self._reason.text.setFocus()

    @property
    def draft(self) -> Draft | None:
        """What was begun here and not saved, if anything was."""
        if self._reason is None:
            return None
        text = self._reason.text.toPlainText()
        if text.strip() == self._before:
            return None
        box = self._reason.text
        return Draft(self._before, text, box.textCursor().position(), box.hasFocus())

    def resume(self, draft: Draft | None) -> None:
        """Go on with what was begun, unless something else has been saved since."""
        if draft is None or self._reason is None or draft.before != self._before:
            return
        box = self._reason.text
        box.setPlainText(draft.text)
        cursor = box.textCursor()
        cursor.setPosition(draft.place)
        box.setTextCursor(cursor)
        if self._more is not None:
            self._more.hide()
        self._reason.show()
        if draft.focused:
            box.setFocus()

    def _write(self, reason: ReasonBox) -> None:
        after = reason.text.toPlainText().strip()
        if after != self._before:
            action = edits.explain(self._record, self._finding, self._before, after)
            self._work.bridge.watch(self._work.session.apply(action))


class ReasonBox(QWidget):
    """A box for the 情况说明 of a 核实性 finding, and a button that saves it."""

    def __init__(self, text: str, work: Workplace) -> None:
        """Begin with what was written."""
        super().__init__()
        say = work.say
        column = parts.column(self, spacing=5)
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("reason.text")
        self.text.setAccessibleName(say("Explanation"))
        self.text.setPlaceholderText(say("Say why the figures are right as they are."))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(58)
        self.save = parts.button(
            say("Save the explanation"), lambda: None, name="reason.save"
        )
        done = parts.label(say("Explained"), "good", wrap=False) if text else None
        column.addWidget(self.text)
        column.addLayout(parts.row(*([done] if done else []), None, self.save))
