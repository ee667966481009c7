"""One finding in plain words, with the jump to its cell and the box for its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.audit.drafts import Topic
from desktop.app.audit.standing import said_about
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.ui.desk import Place
from desktop.ui.findings.reason import ReasonBox
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QPushButton

    from desktop.app.audit.drafts import Draft
    from desktop.app.audit.standing import Said
    from desktop.core.findings import Finding
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace


@frozen
class BoxKey:
    """All that a box shows; while it is the same, so is the box."""

    here: str | None
    finding: Finding
    record: Record
    notes: Mapping[str, str]


def box_key(
    here: str | None, finding: Finding, record: Record, notes: Mapping[str, str]
) -> BoxKey:
    """Tell what a box would show, for a cell before the person."""
    rule = f":{finding.rule}"
    own = {topic: text for topic, text in notes.items() if topic.endswith(rule)}
    return BoxKey(here, finding, record, own)


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
        self._said = said_about(finding, record, notes, work.pack.explanations)
        self._reason: ReasonBox | None = None
        self._more: QPushButton | None = None
        tone = work.look.colours.of_level(finding.level)
        parts.set_tone(self, tone)
        column = parts.column(self, spacing=5)
        column.setContentsMargins(10, 7, 8, 8)
        icon = parts.Picture(work.icons.toned(tone))
        level = parts.label(labels.level(work.say, finding.level), "strong", wrap=False)
        parts.set_tone(level, tone)
        column.addLayout(parts.row(icon, level, None, *self._jump()))
        column.addWidget(parts.label(finding.text, name="finding.text"))
        if finding.level is Level.WARNING and work.writable:
            self._add_reason(column)
        elif self._said.text:
            column.addWidget(parts.label(self._said.text, "muted"))

    @property
    def said(self) -> Said:
        """What was written about it, and whether that holds."""
        return self._said

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
        reason = ReasonBox(self._work)
        reason.show_for((self._finding,), self._said)
        here = self._work.desk.place.field in self._finding.fields
        self._reason = reason
        if not here:
            text = (
                labels.standing(self._work.say, self._said.standing)
                if self._said.text
                else self._work.say("Explain…")
            )
            more = parts.button(text, self._open, name="finding.more", link=True)
            column.addLayout(parts.row(more, None))
            self._more = more
        column.addWidget(reason)
        # Not before it has its place: without one it would be a window of its own.
        reason.setVisible(here)

    def explain(self) -> bool:
        """Take the person to the box for a reason; false where none is asked for."""
        self._open()
        return self._reason is not None

    def _open(self) -> None:
        if self._more is not None:
            self._more.hide()
        if self._reason is not None:
            self._reason.show()
            self._reason.text.setFocus()

    @property
    def draft(self) -> Draft | None:
        """What was begun here and not saved, if anything was."""
        return None if self._reason is None else self._reason.draft

    def resume(self, draft: Draft | None) -> None:
        """Show the box if something was begun in it, and go on typing there."""
        reason = self._reason
        if draft is None or reason is None or reason.draft is None:
            return
        if self._more is not None:
            self._more.hide()
        reason.show()
        if draft.focused:
            reason.text.setFocus()
