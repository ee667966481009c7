"""The chosen finding below the list: where it is, and the box for its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from desktop.app.audit.standing import NOTHING_SAID
from desktop.core.findings import Level
from desktop.ui.desk import Place
from desktop.ui.findings.reason import ReasonBox
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.findings import Finding
    from desktop.ui.findings.model import FindingsModel
    from desktop.ui.workplace import Workplace


def place_of(finding: Finding) -> Place:
    """Tell where the cell of a finding is."""
    field = finding.fields[0] if finding.fields else None
    return Place(finding.form, finding.record, field)


class FindingDetail(QFrame):
    """One finding, or several chosen together."""

    def __init__(self, work: Workplace, model: FindingsModel) -> None:
        """Wait for a finding."""
        super().__init__()
        self.setProperty("surface", True)
        self.setObjectName("audit.detail")
        self._work, self._model = work, model
        self._findings: tuple[Finding, ...] = ()
        self._text = parts.label("", name="audit.text")
        self._where = parts.label("", "muted", name="audit.where")
        self._go = parts.button(work.say("Go to the cell"), self._jump, name="audit.go")
        self.reason = ReasonBox(work)
        column = parts.column(self, margin=12, spacing=6)
        top = parts.row(self._text, self._go)
        top.setStretch(0, 1)
        column.addLayout(top)
        column.addWidget(self._where)
        column.addWidget(self.reason)
        # What a record is called may come after the finding was chosen.
        model.dataChanged.connect(self._tell_where)
        self.hide()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what is chosen; what is being typed about it stays."""
        self._findings = findings
        self.setVisible(bool(findings))
        if not findings:
            return
        self._go.setVisible(len(findings) == 1)
        if len(findings) == 1:
            self._show_one(findings[0])
        else:
            self._show_several(findings)

    def _show_one(self, finding: Finding) -> None:
        self._text.setText(self._said(finding))
        self._tell_where()
        asks = finding.level is Level.WARNING and finding.record is not None
        self.reason.setVisible(asks and self._work.writable)
        if asks:
            self.reason.show_for((finding,), self._model.list.said_of(finding))

    def _tell_where(self) -> None:
        if len(self._findings) == 1:
            (finding,) = self._findings
            form = self._work.form(finding.form).title
            self._where.setText(f"{form} · {self._model.name(finding)}")

    def _said(self, finding: Finding) -> str:
        """Give the sentence, or why the rule could not run."""
        if finding.problem is None:
            return finding.text
        return self._work.say.message(finding.problem)

    def _show_several(self, findings: tuple[Finding, ...]) -> None:
        """Offer one explanation for findings of one rule within one unit."""
        say, first = self._work.say, findings[0]
        one_cause = (
            first.level is Level.WARNING
            and len({(each.form, each.rule, each.unit) for each in findings}) == 1
            and all(each.record is not None for each in findings)
        )
        self._text.setText(say("{count} findings chosen", count=len(findings)))
        self._where.setText(
            say("One explanation for all of them; name the figure it is about.")
            if one_cause
            else say(
                "Findings of one rule in one unit can be explained together: choose "
                "such ones."
            )
        )
        self.reason.setVisible(one_cause and self._work.writable)
        if one_cause:
            said = {self._model.list.said_of(each) for each in findings}
            alike = said.pop() if len(said) == 1 else NOTHING_SAID
            self.reason.show_for(findings, alike)

    def _jump(self) -> None:
        if len(self._findings) == 1:
            self._work.desk.seek(place_of(self._findings[0]))
