"""Beside the forms: the period and its deadline, the backup, the other ledgers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts

if TYPE_CHECKING:
    from datetime import date

    from desktop.app.ledgers.backing_up import Backup
    from desktop.app.ledgers.home_board import HomeFacts
    from desktop.core.words import Words
    from desktop.ui.look.colours import Tone
    from desktop.ui.workplace import Workplace

OTHERS = 4
"""Other ledgers that are offered."""
SOON = 7
"""Days before the deadline at which it is told more loudly."""


def card(title: str, name: str) -> tuple[QFrame, QVBoxLayout]:
    """Make a card with a title."""
    frame, inside = parts.surface(name)
    inside.setSpacing(5)
    inside.addWidget(parts.label(title, "section"))
    return frame, inside


class PeriodCard(QWidget):
    """The period, by when it is to be handed in, and what it rests on."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Name the period and the pack."""
        super().__init__(parent)
        self._work = work
        say = work.say
        self._left = parts.label("", "heading", name="home.deadline")
        self._day = parts.label("", "muted", name="home.deadline.day")
        self._set = parts.button(
            say("Set the deadline…"),
            lambda: work.desk.asked.emit("file.deadline"),
            name="home.deadline.set",
            link=True,
        )
        self._rests = parts.label("", "muted", name="home.pack")
        frame, inside = card(say("Period and deadline"), "home.period")
        self._handed = parts.label("", "muted", name="home.submitted")
        self._handed.hide()
        for widget in (self._left, self._day, self._handed):
            inside.addWidget(widget)
        inside.addLayout(parts.row(self._set, None))
        inside.addWidget(self._rests)
        parts.column(self).addWidget(frame)
        self.describe()

    def describe(self) -> None:
        """Say which period it is and which version of the pack it goes by."""
        session, pack = self._work.session, self._work.pack
        self._rests.setText(
            self._work.say(
                "{period} goes by {pack}, version {version}",
                period=session.period.title,
                pack=pack.title,
                version=pack.version,
            )
        )

    def take(self, facts: HomeFacts) -> None:
        """Say how many days are left."""
        say, work = self._work.say, self._work
        today = work.start.person.clock().date()
        self._left.setText(days_left(say, facts.deadline, today))
        parts.set_tone(self._left, self._tone(facts.deadline, today))
        day = facts.deadline
        self._day.setText(say("Hand in by {day}", day=f"{day}") if day else "")
        self._day.setVisible(day is not None)
        self._handed.setText(handed_in(say, facts))
        self._handed.setVisible(bool(facts.submitted))
        change, new = say("Change the deadline…"), say("Set the deadline…")
        self._set.setText(new if day is None else change)
        self._set.setVisible(work.writable)
        self.describe()

    def _tone(self, deadline: date | None, today: date) -> Tone:
        colours = self._work.look.colours
        if deadline is None:
            return colours.quiet
        days = (deadline - today).days
        if days < 0:
            return colours.error
        return colours.warning if days <= SOON else colours.good


def handed_in(say: Words, facts: HomeFacts) -> str:
    """Say which revision was handed in, and whether it still is what stands here."""
    if not facts.submitted:
        return ""
    if facts.revision > facts.submitted:
        return say(
            "Handed in: revision {number}. Something has been changed since.",
            number=facts.submitted,
        )
    return say("Handed in: revision {number}", number=facts.submitted)


def days_left(say: Words, deadline: date | None, today: date) -> str:
    """Say how long there is until the deadline; an overdue one plainly."""
    if deadline is None:
        return say("No deadline has been set")
    days = (deadline - today).days
    if days < 0:
        return say("Overdue by {days} days", days=-days)
    if days == 0:
        return say("To be handed in today")
    return say("{days} days left", days=days)


class BackupCard(QWidget):
    """When the ledger was copied last, and where that copy is."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Offer to copy it now."""
        super().__init__(parent)
        self._work = work
        say = work.say
        self._folder: Path | None = None
        self._when = parts.label("", name="home.backup.when")
        self._where = parts.label("", "muted", name="home.backup.where")
        now = parts.button(
            say("Back up now…"),
            lambda: work.desk.asked.emit("file.backup"),
            name="home.backup.now",
            link=True,
        )
        self._open = parts.button(
            say("Open the folder"), self._show, name="home.backup.open", link=True
        )
        frame, inside = card(say("Backup"), "home.backup")
        inside.addWidget(self._when)
        inside.addWidget(self._where)
        inside.addLayout(parts.row(now, self._open, None))
        parts.column(self).addWidget(frame)
        self._open.hide()

    def take(self, backup: Backup | None, revision: int) -> None:
        """Say when the last copy was made; `revision` is that of the ledger now."""
        say = self._work.say
        self._open.setVisible(backup is not None)
        if backup is None:
            self._folder = None
            self._when.setText(say("No backup yet"))
            self._where.setText(
                say("A copy is made by itself beside the ledger while you work.")
            )
            return
        self._folder = backup.folder
        when = say("Last backup {time}", time=f"{backup.at:%Y-%m-%d %H:%M}")
        self._when.setText(f"{when}，{_since(say, revision - backup.revision)}")
        self._where.setText(_breakable(backup.folder))
        self._where.setToolTip(str(backup.folder))

    def _show(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _breakable(folder: Path) -> str:
    """Write a path so that a narrow card can break it between its folders."""
    return "".join(f"{each}\u200b" if each in "/\\" else each for each in str(folder))


def _since(say: Words, changes: int) -> str:
    """Say how far the ledger is ahead of its copy."""
    if changes < 0:
        return say("it holds more than this file: was the file put back?")
    if changes == 0:
        return say("everything is in it")
    return say("{count} changes since", count=changes)


class OthersCard(QWidget):
    """Other ledgers that were open lately."""

    wanted = Signal(object)
    """The path of a ledger to open."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """List those that are still there."""
        super().__init__(parent)
        here = str(work.session.path)
        paths = [Path(name) for name in work.habits.now.recent if name != here]
        there = [path for path in paths if path.is_file()][:OTHERS]
        frame, inside = card(work.say("Recent ledgers"), "home.others")
        inside.setSpacing(0)
        for path in there:
            inside.addWidget(self._button(path, work))
        parts.column(self).addWidget(frame)
        if not there:
            self.hide()

    def _button(self, path: Path, work: Workplace) -> QPushButton:
        made = parts.button(
            path.stem,
            lambda: self.wanted.emit(path),
            name="home.other",
            link=True,
            icon=work.icons.icon("ledger"),
        )
        made.setToolTip(str(path))
        return made
