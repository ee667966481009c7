"""Auditing everything again: the button, how far it is, and the way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts
from desktop.ui.look.icons import of_accent

if TYPE_CHECKING:
    from desktop.app.events import FindingsChanged
    from desktop.ui.workplace import Workplace

BAR_WIDTH = 150


class RunBar(QWidget):
    """Runs the audit of a whole period in the background."""

    def __init__(self, work: Workplace) -> None:
        """Stand ready."""
        super().__init__()
        self._work = work
        self._awaited: set[str] | None = None
        """Forms an audit of everything has still to come to; None where none runs."""
        say = work.say
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(work.look.px(BAR_WIDTH))
        self._bar.setAccessibleName(say("Checking the figures against the rules…"))
        self._said = parts.label("", "muted", wrap=False, name="audit.progress")
        self._stop = parts.button(say("Stop"), self.stop, name="audit.stop")
        self._again = parts.button(
            say("Audit everything again"),
            lambda: work.desk.asked.emit("audit.run"),
            name="audit.run",
            icon=work.icons.icon("refresh", of_accent),
        )
        self.setLayout(parts.row(self._said, self._bar, self._stop, self._again))
        self._ended()
        bridge = work.bridge
        bridge.findings_changed.connect(self._progress)
        bridge.figures_changed.connect(self._finished)
        bridge.refresh_failed.connect(self._ended)
        work.desk.asked.connect(self._asked)

    def _asked(self, command: str) -> None:
        if command == "audit.run" and self._awaited is None:
            self.run()

    def run(self) -> None:
        """Audit everything in the background, as after a change; show how far it is."""
        forms = {form.id for form in self._work.pack.forms}
        self._awaited = forms
        self._bar.setRange(0, len(forms) + 1)
        self._bar.setValue(0)
        self._show(running=True)
        self._said.clear()
        self._work.session.refresh()

    def stop(self) -> None:
        """Stop the audit; what it has found so far stays, and so does the rest."""
        self._work.session.stop_refreshing()
        self._ended()
        self.tell(self._work.say("Stopped: some forms were not audited again."))

    def tell(self, text: str) -> None:
        """Say something beside the button."""
        self._said.setText(text)

    def _progress(self, event: FindingsChanged) -> None:
        if self._awaited is not None and event.all_records:
            self._awaited.discard(event.form)
            done = self._bar.maximum() - 1 - len(self._awaited)
            self._bar.setValue(done)
            say = self._work.say
            of = self._bar.maximum() - 1
            self._said.setText(say("{done} of {of} forms", done=done, of=of))

    def _finished(self) -> None:
        """Take the bar away when the indicators are there, which come last."""
        if not self._awaited:
            self._ended()

    def _ended(self) -> None:
        self._awaited = None
        self._said.clear()
        self._show(running=False)

    def _show(self, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._stop.setVisible(running)
        self._again.setVisible(not running)
