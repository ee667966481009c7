"""退回与回执: what came back to this unit, and what it sends back to those below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.handover.slips.slips_view import overview
from desktop.ui.desk import Place
from desktop.ui.handover.slips_actions import SlipsActions
from desktop.ui.handover.slips_came import CameView
from desktop.ui.handover.slips_sent import SentView
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent
    from PySide6.QtGui import QDropEvent
    from PySide6.QtGui import QShowEvent

    from desktop.app.handover.slips.returning import Tracked
    from desktop.app.handover.slips.slips_view import Overview
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

SOON = 120
"""Milliseconds after a change until all is read anew."""


class SlipsTab(QWidget):
    """Shows what came back, or what went out; of a county that has both, either."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Begin with nothing; what there is comes when the tab is shown."""
        super().__init__(parent)
        self.work = work
        self.setObjectName("slips")
        self.setAcceptDrops(True)
        say = work.say
        self.actions_ = SlipsActions(work, self)
        self.came = CameView(work, self.actions_, self._go)
        self.sent = SentView(work, self.actions_, self._go)
        self._to_us = QRadioButton(say("Sent back to us"))
        self._by_us = QRadioButton(say("Sent back by us"))
        self._sides = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.refresh)
        self._told = parts.label("", "good", name="slips.told")
        self._fault = parts.label("", "fault", name="slips.fault")
        self._busy = parts.label("", "muted", name="slips.busy")
        self._stop = parts.button(say("Stop"), self.actions_.stop, name="slips.stop")
        self._lay_out()
        self._listen()
        has_below = len(work.session.units) > 1
        (self._by_us if has_below else self._to_us).setChecked(True)

    def _lay_out(self) -> None:
        say = self.work.say
        take = parts.button(
            say("Take in a slip or receipt…"),
            self.actions_.choose_files,
            name="slips.take",
        )
        take.setEnabled(self.work.writable)
        for place, (radio, name) in enumerate(
            ((self._to_us, "slips.to_us"), (self._by_us, "slips.by_us"))
        ):
            radio.setObjectName(name)
            self._sides.addButton(radio, place)
        self._stack.addWidget(self.came)
        self._stack.addWidget(self.sent)
        column = parts.column(self, margin=10, spacing=8)
        column.addLayout(parts.row(self._by_us, self._to_us, None, take))
        column.addWidget(self._stack, 1)
        column.addLayout(parts.row(self._busy, self._stop, None))
        column.addWidget(self._told)
        column.addWidget(self._fault)
        for widget in (self._busy, self._stop, self._told, self._fault):
            widget.hide()

    def _listen(self) -> None:
        self._sides.idToggled.connect(self._turn)
        actions, bridge = self.actions_, self.work.bridge
        actions.told.connect(self._tell)
        actions.complained.connect(self._complain)
        actions.busy.connect(self._say_busy)
        bridge.saved.connect(self._wait)
        bridge.period_changed.connect(self._wait)
        bridge.units_changed.connect(self._wait)
        bridge.findings_changed.connect(self._wait)

    def _turn(self, place: int, on: bool) -> None:
        if on:
            self._stack.setCurrentIndex(place)

    # --- Reading ---------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read whenever the tab comes before the person."""
        super().showEvent(event)
        self.refresh()

    def _wait(self, _: object = None) -> None:
        if self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Read what there is anew."""
        period = self.work.period
        self.work.bridge.ask(lambda ledger: overview(ledger, period), self, self._show)

    def _show(self, told: Overview) -> None:
        self.came.show_overview(told)
        self.sent.show_overview(told)
        below = len(self.work.session.units) > 1 or bool(told.units)
        both = below and bool(told.came or told.receipts)
        for radio in (self._to_us, self._by_us):
            radio.setVisible(both)

    # --- Telling ---------------------------------------------------------

    def _tell(self, text: str) -> None:
        self._fault.hide()
        self._told.setText(text)
        self._told.show()

    def _complain(self, text: str) -> None:
        self._told.hide()
        self._fault.setText(text)
        self._fault.show()

    def _say_busy(self, text: str) -> None:
        self._busy.setText(text)
        self._busy.setVisible(bool(text))
        self._stop.setVisible(bool(text))

    # --- Going and taking in ---------------------------------------------

    def _go(self, one: Tracked) -> None:
        """Take the person to what an item points at."""

        def arrived(record: Record | None) -> None:
            if record is None:
                self._complain(self.work.say("The record is not there any more."))
            else:
                field = one.item.field or next(iter(one.item.fields), None)
                self.work.desk.seek(Place(one.item.form, record.id, field))

        self.work.bridge.ask(lambda ledger: ledger.record(one.key), self, arrived)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if self.work.writable:
            self.actions_.take(paths)
        event.acceptProposedAction()
