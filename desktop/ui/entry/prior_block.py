"""Beside the cell: what stood there last period, the change, and its share."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.app.entry.shares import shares
from desktop.ui.entry.prior_words import Against
from desktop.ui.entry.prior_words import is_number
from desktop.ui.entry.prior_words import prior_lines
from desktop.ui.entry.prior_words import share_words
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.entry.beside import Beside
    from desktop.app.entry.shares import Shares
    from desktop.app.store_thread import Operation
    from desktop.forms.fields import Field
    from desktop.ui.workplace import Workplace

REST_MS: Final = 300
"""Adding up waits until the person stays on a number."""


class PriorBlock(QWidget):
    """A few lines: 上年 120 → 本年 150，+30（+25.0 %），and the part of the whole."""

    def __init__(self, work: Workplace) -> None:
        """Wait for a cell."""
        super().__init__()
        self._work = work
        self._at: tuple[Beside, Field, bool] | None = None
        self._adding: Operation[Shares | None] | None = None
        self._lines = parts.label("", "section", name="side.previous")
        self._share = parts.label("", "muted", name="side.share")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._add_up)
        column = parts.column(self, spacing=3)
        column.addWidget(self._lines)
        column.addWidget(self._share)
        self.clear()

    def clear(self) -> None:
        """Show nothing until something is known of the cell."""
        self.wait()
        self.hide()

    def wait(self) -> None:
        """Keep what is to be seen until the next cell; nothing more is added to it."""
        self._at = None
        self._stop()

    def show_cell(self, found: Beside, field: Field, *, jump: bool) -> None:
        """Show a cell beside earlier periods; a jump that is asked about is tinted."""
        if self._at == (found, field, jump):
            return
        self._stop()
        self._at = (found, field, jump)
        say, now = self._work.say, self._work.session.period
        cell = Against(field, found.record.cell(field.id), now)
        lines = prior_lines(say, cell, found.priors)
        if not found.priors and self._work.session.periods[0].code < now.code:
            lines = [say("No record of it in an earlier period.")]
        if jump:
            lines.append(say("This change is to be explained."))
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(bool(lines))
        parts.set_role(self._lines, "bad" if jump else "section")
        self._share.hide()
        self.setVisible(bool(lines))
        if is_number(field):
            self._rest.start()

    def _stop(self) -> None:
        self._rest.stop()
        if self._adding is not None:
            self._adding.cancel()
            self._adding = None

    def _add_up(self) -> None:
        if self._at is None or self._work.bridge.closed:
            return
        session, at = self._work.session, self._at
        compiled, period = session.compiled, session.period
        found, field, _ = at

        def arrived(answer: Shares | None) -> None:
            if self._at == at:
                self._show_share(answer)

        self._adding = session.thread.start(
            lambda ledger: shares(ledger, compiled, period, found.record, field.id)
        )
        self._work.bridge.when(self._adding.result, self, arrived)

    def _show_share(self, answer: Shares | None) -> None:
        if answer is None or self._at is None:
            return
        found = self._at[0]
        unit = self._work.unit(found.record.unit)
        root = self._work.session.root
        name = unit.name if unit else found.record.unit
        text = share_words(self._work.say, answer, name, root.name)
        self._share.setText(text)
        self._share.setVisible(bool(text))
        self.setVisible(self._lines.isVisibleTo(self) or bool(text))
