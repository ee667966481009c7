"""工作台: the forms and how far they are, the next step, deadline and backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.ledgers.backing_up import BACKUPS
from desktop.app.ledgers.backing_up import backup_folder
from desktop.app.ledgers.backing_up import last_backup
from desktop.app.ledgers.home_board import Known
from desktop.app.ledgers.home_board import home_facts
from desktop.app.ledgers.home_board import next_step
from desktop.app.ledgers.home_board import progress
from desktop.ui.desk import Page
from desktop.ui.home.forms_table import FormsTable
from desktop.ui.home.next_card import NextCard
from desktop.ui.home.side_cards import BackupCard
from desktop.ui.home.side_cards import OthersCard
from desktop.ui.home.side_cards import PeriodCard
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.app.ledgers.backing_up import Backup
    from desktop.app.ledgers.home_board import HomeFacts
    from desktop.ui.desk import Place
    from desktop.ui.workplace import Workplace

READ_AFTER_MS: Final = 150
"""The board is read once after a burst of changes."""
SIDE: Final = 312
SIDE_AT_MOST: Final = 400


class HomePage(QWidget):
    """What a person sees first."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Ask at once for what the first picture shows."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.facts: HomeFacts | None = None
        self.backup: Backup | None = None
        self.next = NextCard(work)
        self.forms = FormsTable(work)
        self._period, self._backup = PeriodCard(work), BackupCard(work)
        self._others = OthersCard(work)
        self._side = QWidget()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(READ_AFTER_MS)
        self._wait.timeout.connect(self.read)
        self._lay_out()
        self._measure()
        self._listen()
        self.read()

    def _measure(self) -> None:
        """Give the cards the room that the letters need."""
        self._side.setFixedWidth(min(self.work.look.px(SIDE), SIDE_AT_MOST))

    def _lay_out(self) -> None:
        below = parts.column(self._side, spacing=10)
        for card in (self._period, self._backup, self._others):
            below.addWidget(card)
        below.addStretch(1)
        main = QWidget()
        column = parts.column(main, spacing=10)
        column.addWidget(self.next)
        column.addWidget(self.forms, 1)
        across = parts.row(main, self._side, spacing=12)
        across.setStretch(0, 1)
        margin = tokens.PAGE_MARGIN
        across.setContentsMargins(margin, margin, margin, margin)
        self.setLayout(across)
        self.setFocusProxy(self.next)

    def _listen(self) -> None:
        bridge, desk = self.work.bridge, self.work.desk
        for signal in (
            bridge.saved,
            bridge.records_changed,
            bridge.findings_changed,
            bridge.figures_changed,
            bridge.period_changed,
            bridge.choices_changed,
        ):
            signal.connect(self._soon)
        self.work.look.changed.connect(self._measure)
        desk.turned.connect(self._turned)
        desk.backed_up.connect(self._soon)
        desk.moved.connect(self._follow)
        self._others.wanted.connect(desk.ledger_wanted)

    # --- Reading -------------------------------------------------------------

    def _soon(self, _event: object = None) -> None:
        if self.work.desk.page is Page.HOME and not self._wait.isActive():
            self._wait.start()

    def _follow(self, place: Place) -> None:
        self.forms.choose(place.form)

    def _turned(self, page: Page) -> None:
        if page is Page.HOME:
            self.read()

    def read(self) -> None:
        """Read what is shown; the newest copies are looked for beside the ledger."""
        session = self.work.session
        self.work.bridge.ask(
            lambda ledger: home_facts(session, ledger), self, self._take
        )

    def _take(self, facts: HomeFacts) -> None:
        first, self.facts = self.facts is None, facts
        self.forms.forms.take(facts.states)
        self._period.take(facts)
        self._show_step()
        if first:
            self.work.desk.pictured.emit()
        path, chosen = self.work.session.path, self.work.habits.now.layout.get(BACKUPS)
        folders = [backup_folder(path), *([Path(chosen)] if chosen else [])]
        # A drive that has gone to sleep would hold up the ledger's thread.
        task = Task(lambda _: last_backup(path, facts.line, folders))
        self.work.bridge.when(task.result, self, self._take_backup)

    def _take_backup(self, backup: Backup | None) -> None:
        self.backup = backup
        if self.facts is not None:
            self._backup.take(backup, self.facts.latest)
            self._show_step()

    def _show_step(self) -> None:
        if self.facts is None:
            return
        work, facts = self.work, self.facts
        known = Known(
            place=work.desk.place.form,
            writable=work.writable,
            earlier=facts.earlier,
            handed_in=facts.submitted >= facts.revision,
            backed_up=(
                self.backup is not None and self.backup.revision >= facts.latest
            ),
        )
        self.next.show_step(next_step(facts.states, known))
        self.next.show_counts(progress(facts.states))
