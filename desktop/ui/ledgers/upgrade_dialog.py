"""升级制度包: a newer version is chosen, tried out on a copy, shown, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QMessageBox
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.ledgers.upgrading import plan_upgrade
from desktop.app.packs.available import given_pack
from desktop.app.packs.available import newer_pack
from desktop.app.progress import CancelledError
from desktop.forms.model import Pack
from desktop.store.errors import StoreError
from desktop.ui.ledgers.upgrade_preview import UpgradePreview
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.app.events import PackReplaced
    from desktop.app.ledgers.upgrading import UpgradePlan
    from desktop.app.progress import Progress
    from desktop.app.store_thread import Operation
    from desktop.core.messages import Message
    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace

FAULTS = 5
"""Faults of a pack that are told."""


class UpgradeDialog(QDialog):
    """Chooses a newer pack, shows what it would change, and goes on under it."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Offer the newer version that came with the program, if there is one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("upgrade")
        self._work = work
        self._plan: UpgradePlan | None = None
        self._run: Operation[UpgradePlan] | None = None
        self._writing = False
        say = work.say
        self.setWindowTitle(say("Upgrade the reporting system"))
        self._packs, self._periods = QComboBox(), QComboBox()
        self._now = parts.label("", "muted", name="upgrade.now")
        self._said = parts.label("", name="upgrade.said")
        self._doing = parts.label("", "muted", wrap=False)
        self._bar = QProgressBar()
        self._stop = parts.button(say("Stop"), self.stop, name="upgrade.stop")
        self._preview = UpgradePreview(say)
        self._go = parts.button(
            say("Upgrade"), self.upgrade, name="upgrade.go", primary=True
        )
        self._cancel = parts.button(say("Cancel"), self.reject, name="upgrade.cancel")
        self._go.setEnabled(False)
        self._lay_out()
        self._busy("")
        self.resize(work.look.dialog(900))
        work.bridge.ask(lambda ledger: ledger.pack(), self, self._offer)

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=9)
        column.addWidget(self._now)
        column.addLayout(self._choices())
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        column.addLayout(parts.row(self._doing, self._bar, self._stop))
        column.addWidget(self._said)
        self._preview.hide()
        column.addWidget(self._preview, 1)
        column.addStretch(0)
        safe = parts.label(
            say(
                "Before anything is changed, a verified copy is written to {folder}.",
                folder=str(self._work.session.path.parent),
            ),
            "muted",
        )
        below = parts.row(safe, self._cancel, self._go)
        below.setStretch(0, 1)
        column.addLayout(below)

    def _choices(self) -> QHBoxLayout:
        say = self._work.say
        for box, name, title in (
            (self._packs, "upgrade.pack", say("Newer version")),
            (self._periods, "upgrade.period", say("From this period on")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
        self._packs.setMinimumWidth(300)
        for period in reversed(self._work.session.periods):
            self._periods.addItem(period.title, period)
        self._packs.activated.connect(lambda _: self.plan())
        self._periods.activated.connect(lambda _: self.plan())
        file = parts.button(say("Choose a file…"), self._ask, name="upgrade.file")
        folder = parts.button(
            say("Choose a folder…"), self._ask_folder, name="upgrade.folder"
        )
        return parts.row(
            parts.label(self._packs.accessibleName(), "muted", wrap=False),
            self._packs,
            file,
            folder,
            None,
            parts.label(self._periods.accessibleName(), "muted", wrap=False),
            self._periods,
        )

    # --- Choosing ----------------------------------------------------------

    def _offer(self, now: Pack) -> None:
        """Look for a newer version beside the main thread."""
        say, folder = self._work.say, self._work.start.places.packs
        self._now.setText(
            say(
                "The ledger is kept under {pack}, version {version}.",
                pack=now.title,
                version=now.version,
            )
        )
        self._busy(say("Looking for a newer version…"))
        task = Task(lambda _: newer_pack(folder, now))
        self._work.bridge.when(task.result, self, self._offered)

    def _offered(self, pack: Pack | None) -> None:
        self._busy("")
        if pack is not None:
            origin = self._work.say("came with the program")
            self._take(pack, origin)
            return
        self._tell(
            self._work.say(
                "The program brings no newer version of this reporting system. Were "
                "you given a file (.taizhangpack)? Choose it above."
            )
        )

    def _ask(self) -> None:
        say = self._work.say
        kinds = say("Reporting systems") + " (*.taizhangpack)"
        name, _ = QFileDialog.getOpenFileName(self, say("Choose a file…"), "", kinds)
        if name:
            self.read(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self._work.say("Choose a folder…")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a pack that somebody gave the person, beside the main thread."""
        folder = self._work.start.places.packs
        self._forget()
        self._busy(self._work.say("Reading {file}…", file=path.name))
        task = Task(lambda _: given_pack(folder, path))

        def arrived(found: Pack | tuple[Message, ...]) -> None:
            self._busy("")
            if isinstance(found, Pack):
                self._take(found, path.name)
            else:
                self._refuse(found)

        self._work.bridge.when(task.result, self, arrived)

    def _take(self, pack: Pack, origin: str) -> None:
        title = f"{pack.version}（{origin}）"
        there = self._packs.findText(title)
        if there >= 0:
            self._packs.removeItem(there)
        self._packs.insertItem(0, title, pack)
        self._packs.setItemData(0, title, Qt.ItemDataRole.ToolTipRole)
        self._packs.setCurrentIndex(0)
        self._packs.setToolTip(title)
        self.plan()

    # --- The preview -------------------------------------------------------

    def plan(self) -> None:
        """Try the upgrade out on a copy; what was being tried before is dropped."""
        pack, period = self._packs.currentData(), self._periods.currentData()
        self._forget()
        if pack is None:
            return
        session, courier = self._work.session, self._work.bridge.courier

        def show(progress: Progress) -> None:
            self._show_progress(run, progress)

        person, tell = session.person, courier.teller(self, show)
        run = session.thread.start(
            lambda ledger: plan_upgrade(ledger, pack, period, person), tell
        )
        self._run = run
        self._busy(self._work.say("Trying it out…"), stoppable=True)
        self._work.bridge.when(
            run.result,
            self,
            lambda plan: self._planned(run, plan),
            lambda error: self._not_planned(run, error),
        )

    def stop(self) -> None:
        """Stop the trial."""
        if self._run is not None:
            self._run.cancel()

    def _forget(self) -> None:
        self.stop()
        self._run, self._plan = None, None
        self._preview.hide()
        self._tell("")
        self._go.setEnabled(False)

    def _show_progress(self, run: Operation[UpgradePlan], progress: Progress) -> None:
        if run is self._run:
            self._doing.setText(self._work.say.message(progress.doing))

    def _planned(self, run: Operation[UpgradePlan], plan: UpgradePlan) -> None:
        if run is not self._run:
            return
        self._run = None
        self._busy("")
        if plan.refusals:
            self._refuse(plan.refusals)
            return
        say = self._work.say
        self._plan = plan
        going, *others = (
            say.message(each) for each in (plan.going, *plan.remarks, plan.counted)
        )
        kept = say("Nothing that was filled in is lost.")
        self._tell("\n".join((f"{going}{kept}", *others)))
        self._preview.show_plan(plan)
        self._preview.show()
        self._go.setEnabled(self._work.writable)
        self._go.setFocus()

    def _not_planned(self, run: Operation[UpgradePlan], error: BaseException) -> None:
        if run is not self._run:
            return
        self._run = None
        self._busy("")
        if isinstance(error, StoreError):
            self._refuse((error.message,))
        elif isinstance(error, CancelledError):
            say = self._work.say
            self._tell(say("The preview was stopped. Nothing was changed."))
        else:
            raise error

    # --- The upgrade -------------------------------------------------------

    def upgrade(self) -> None:
        """Write a copy, then go on under the newer pack; the window is built anew."""
        plan = self._plan
        if plan is None:
            return
        self._writing = True
        for widget in (self._go, self._cancel, self._packs, self._periods):
            widget.setEnabled(False)
        self._busy(self._work.say("Writing a copy, then changing over…"))
        done = self._work.session.upgrade(plan.new, plan.periods[0])
        self._work.bridge.when(done, self, lambda _: self._done(), self._failed)

    def _done(self) -> None:
        self._writing = False
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._writing = False
        self._busy("")
        for widget in (self._go, self._cancel, self._packs, self._periods):
            widget.setEnabled(True)
        if not isinstance(error, StoreError):
            raise error
        self._refuse((error.message,))

    def done(self, result: int) -> None:
        """Stop what is being tried; while the ledger changes over nobody may leave."""
        if not self._writing:
            self.stop()
            super().done(result)

    # --- Saying ------------------------------------------------------------

    def _busy(self, doing: str, *, stoppable: bool = False) -> None:
        self._doing.setText(doing)
        for widget in (self._doing, self._bar):
            widget.setVisible(bool(doing))
        self._stop.setVisible(stoppable)

    def _refuse(self, why: tuple[Message, ...]) -> None:
        say = self._work.say
        self._tell("\n".join(say.message(each) for each in why[: FAULTS + 1]), "fault")

    def _tell(self, text: str, role: str = "") -> None:
        parts.set_role(self._said, role)
        self._said.setText(text)
        self._said.setVisible(bool(text))


def upgraded(say: Words, event: PackReplaced, parent: QWidget) -> QMessageBox:
    """Make the box that tells of an upgrade, in the window that was built anew."""
    title = say(
        "The ledger goes by version {version} now, from {period} on.",
        version=event.version,
        period=event.period.title,
    )
    box = QMessageBox(QMessageBox.Icon.Information, title, title, parent=parent)
    box.setObjectName("upgraded")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    told = (
        say("Earlier periods still open under the version they were kept under."),
        say("The ledger as it was: {path}", path=str(event.copy)),
    )
    box.setInformativeText("\n".join(told))
    return box
