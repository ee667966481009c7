"""The ways a submission leaves: a stick, a mail, a folder; each is a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import Mail
from desktop.app.handover.sending.mailing import LARGEST
from desktop.app.handover.sending.sticks import megabytes
from desktop.app.handover.sending.sticks import objection
from desktop.app.handover.sending.sticks import sticks
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtGui import QShowEvent

    from desktop.app.handover.sending.sticks import Stick
    from desktop.ui.workplace import Workplace

POLL_MS: Final = 2000
FOLDER: Final = "submit.folder"
LIMIT: Final = "submit.limit"
LIST_HEIGHT: Final = 100
MEGABYTE: Final = 1 << 20
LIMITS: Final = (5, 10, 20, 50)
"""Megabytes that mail servers here take at most."""


class Card(QWidget):
    """A way to hand in: what it is, what there is to choose, and the button."""

    chosen = Signal(object)
    """The person wants it this way; a `Route`."""

    def __init__(self, work: Workplace, name: str, words: tuple[str, str, str]) -> None:
        """Lay it out; `words` are title, explanation and what the button says."""
        super().__init__()
        self.work = work
        title, explained, does = words
        frame, self._inside = parts.surface(f"submit.{name}")
        parts.column(self).addWidget(frame)
        self._inside.setContentsMargins(18, 16, 18, 16)
        self._inside.addWidget(parts.label(title, "section"))
        self._inside.addWidget(parts.label(explained, "muted"))
        self.middle = QVBoxLayout()
        self._inside.addLayout(self.middle, 1)
        self.go = parts.button(does, self.go_on, name=f"submit.{name}.go", primary=True)
        # Return goes to the button with the focus, not to one of three defaults.
        self.go.setDefault(False)
        self._inside.addLayout(parts.row(self.go, None))
        self._busy = False

    def set_busy(self, *, busy: bool) -> None:
        """Take no second wish while one is carried out."""
        self._busy = busy
        self.look()

    def look(self) -> None:
        """Offer the button where there is a way."""
        self.go.setEnabled(not self._busy and self.ready)

    @property
    def ready(self) -> bool:
        """Whether it can be gone this way at the moment: mostly."""
        return True

    def go_on(self) -> None:
        """Ask what is still to be asked, and tell the way."""
        raise NotImplementedError


class StickCard(Card):
    """存到 U 盘: the sticks that are plugged in, looked for while the page is seen."""

    def __init__(
        self,
        work: Workplace,
        find: Callable[[], tuple[Stick, ...]] = sticks,
    ) -> None:
        """Look for none yet."""
        say = work.say
        words = (
            say("To a USB stick"),
            say("Written, read back from the stick and compared before it may go."),
            say("Save to the stick"),
        )
        super().__init__(work, "stick", words)
        self._find = find
        self._found: tuple[Stick, ...] = ()
        self.looking: Task[tuple[Stick, ...]] | None = None
        self.list = QListWidget()
        self.list.setObjectName("submit.sticks")
        self.list.setAccessibleName(say("USB sticks"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        none = say("No stick is plugged in. Plug one in: it appears here by itself.")
        self._none = parts.label(none, "muted", name="submit.no_stick")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fault = parts.label("", "fault", name="submit.stick.fault")
        self._fault.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(self.list)
        self._stack.setFixedHeight(LIST_HEIGHT)
        self.middle.addWidget(self._stack)
        self.middle.addWidget(self._fault)
        self.middle.addStretch(1)
        self.list.currentRowChanged.connect(lambda _: self.look())
        self.timer = QTimer(self)
        self.timer.setInterval(POLL_MS)
        self.timer.timeout.connect(self.look_for_sticks)
        self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks from now on."""
        super().showEvent(event)
        self.timer.start()
        self.look_for_sticks()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer."""
        super().hideEvent(event)
        self.timer.stop()

    def look_for_sticks(self) -> None:
        """Ask the system, on another thread: a failing stick can take its time."""
        if self.looking is None and not self.work.bridge.closed:
            find = self._find
            self.looking = Task(lambda _: find())
            self.work.bridge.when(self.looking.result, self, self._take, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.looking = None
        raise error

    def _take(self, found: tuple[Stick, ...]) -> None:
        """Show what is plugged in; the one that was chosen stays chosen."""
        self.looking = None
        if found == self._found:
            return
        before = self.stick
        self._found = found
        self.list.clear()
        for stick in found:
            item = QListWidgetItem(self._words(stick))
            item.setToolTip(str(stick.path))
            self.list.addItem(item)
        kept = [at for at, each in enumerate(found) if _same(each, before)]
        self.list.setCurrentRow(kept[0] if kept else 0)
        self._stack.setCurrentWidget(self.list if found else self._none)
        self.look()

    def _words(self, stick: Stick) -> str:
        return self.work.say(
            "{name}　{free} free of {size}　{system}",
            name=stick.name,
            free=megabytes(stick.free),
            size=megabytes(stick.size),
            system=stick.format,
        )

    @property
    def stick(self) -> Stick | None:
        """The stick that is chosen."""
        place = self.list.currentRow()
        return self._found[place] if 0 <= place < len(self._found) else None

    @property
    def ready(self) -> bool:
        """Whether the chosen stick takes files at all; says why not."""
        stick = self.stick
        said = None if stick is None else objection(stick, ())
        self._fault.setVisible(said is not None)
        self._fault.setText("" if said is None else self.work.say.message(said))
        return stick is not None and said is None

    def go_on(self) -> None:
        """Go to the chosen stick."""
        if self.stick is not None:
            self.chosen.emit(Target(self.stick.path, self.stick))


def _same(stick: Stick, other: Stick | None) -> bool:
    return other is not None and stick.path == other.path


class FolderCard(Card):
    """存到文件夹: such as a shared folder, or one to be handed on otherwise."""

    def __init__(self, work: Workplace) -> None:
        """Propose the folder of last time."""
        say = work.say
        words = (
            say("To a folder"),
            say("A folder of this computer, or one that is shared with the county."),
            say("Save to the folder"),
        )
        super().__init__(work, "folder", words)
        kept = work.habits.now.layout.get(FOLDER, "")
        self.line = QLineEdit(kept or str(work.session.path.parent))
        self.line.setObjectName("submit.folder.line")
        self.line.setAccessibleName(say("Folder"))
        self.line.textChanged.connect(lambda _: self.look())
        choose = parts.button(say("Choose…"), self._choose, name="submit.folder.choose")
        self.middle.addLayout(parts.row(self.line, choose))
        self.middle.addStretch(1)
        self.look()

    def _choose(self) -> None:
        title = self.work.say("Folder")
        folder = QFileDialog.getExistingDirectory(self, title, self.line.text())
        if folder:
            self.line.setText(folder)

    @property
    def ready(self) -> bool:
        """Whether a folder is named."""
        return bool(self.line.text().strip())

    def go_on(self) -> None:
        """Go to the folder named, and remember it."""
        text = self.line.text().strip()
        habits = self.work.habits
        habits.keep(habits.now.arranged(FOLDER, text))
        self.chosen.emit(Target(Path(text)))


class MailCard(Card):
    """生成邮件: a draft that any mail program opens, or several."""

    def __init__(self, work: Workplace) -> None:
        """Propose the limit of last time."""
        say = work.say
        words = (
            say("By mail"),
            say(
                "Makes a draft with the files attached. Look it over in your mail "
                "program and send it yourself."
            ),
            say("Make the mail"),
        )
        super().__init__(work, "mail", words)
        self.limit = QComboBox()
        self.limit.setObjectName("submit.limit")
        self.limit.setAccessibleName(say("Largest mail"))
        for size in LIMITS:
            self.limit.addItem(f"{size} MB", size * MEGABYTE)
        kept = work.habits.now.layout.get(LIMIT, "")
        place = self.limit.findText(kept or f"{LARGEST // MEGABYTE} MB")
        self.limit.setCurrentIndex(max(place, 0))
        told = parts.label(say("Largest mail"), wrap=False)
        self.middle.addLayout(parts.row(told, self.limit, None))
        more = say("What is larger becomes several mails, divided by forms.")
        self.middle.addWidget(parts.label(more, "muted"))
        self.middle.addStretch(1)
        self.look()

    def go_on(self) -> None:
        """Ask where the draft is to lie."""
        work = self.work
        work.habits.keep(work.habits.now.arranged(LIMIT, self.limit.currentText()))
        session = work.session
        unit, period = session.root.name, session.period.title
        name = f"{unit}-{period}-{work.say('Submission')}.eml"
        start = work.habits.now.layout.get(FOLDER, "") or str(session.path.parent)
        path, _ = QFileDialog.getSaveFileName(
            self,
            work.say("Save the mail"),
            str(Path(start) / name),
            work.say("Mails (*.eml)"),
        )
        if path:
            chosen = Path(path).with_suffix(".eml")
            limit: int = self.limit.currentData()
            self.chosen.emit(Mail(chosen, limit))
