"""What came of handing in: where the files are, and what to do with them."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.app.handover.sending.handing_in import SLIP
from desktop.app.handover.sending.sticks import megabytes
from desktop.exchange.lineage import letters
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from desktop.app.handover.sending.handing_in import HandedIn
    from desktop.core.messages import Message
    from desktop.ui.workplace import Workplace

NAMED: Final = 4
"""Files that are named; of more the number is told."""
DRAFT: Final = ".eml"


class SubmitResult(QWidget):
    """A panel that says it, loud enough that nobody pulls a stick too early."""

    def __init__(self, work: Workplace) -> None:
        """Show nothing yet."""
        super().__init__()
        self.work = work
        frame, self._inside = parts.surface("submit.result")
        parts.column(self).addWidget(frame)
        self._lines = QVBoxLayout()
        self._inside.addLayout(self._lines)
        self.hide()

    def clear(self) -> None:
        """Show nothing."""
        parts.empty(self._lines)
        self.hide()

    def show_done(self, done: HandedIn, remarks: tuple[Message, ...]) -> None:
        """Say that all went well, and what is to be known of it."""
        self.clear()
        work = self.work
        good = parts.Picture(work.icons.toned(work.look.colours.good), 24)
        head = parts.label(self._head(done), "section", name="submit.done")
        row = parts.row(good, head)
        row.setStretch(1, 1)
        self._lines.addLayout(row)
        for text in self._told(done):
            self._lines.addWidget(parts.label(text))
        for said in (*done.remarks, *remarks):
            self._lines.addWidget(parts.label(work.say.message(said), "muted"))
        buttons = self._buttons(done)
        self._lines.addLayout(parts.row(*buttons, None))
        self.show()
        buttons[0].setFocus()

    def _head(self, done: HandedIn) -> str:
        say = self.work.say
        if done.stick:
            return say(
                "Written and compared: the stick {stick} can be taken out now.",
                stick=done.stick,
            )
        if _drafts(done):
            return say("The mail is made. Open it, look it over and send it.")
        return say("Written and read back.")

    def _told(self, done: HandedIn) -> list[str]:
        say = self.work.say
        told = [
            f"{path.name}　{megabytes(path.stat().st_size)}"
            for path in done.paths[:NAMED]
            if path.exists()
        ]
        if more := done.paths[NAMED:]:
            told.append(say("{count} more files.", count=len(more)))
        numbers = "、".join(letters(each) for each in done.packages)
        told.append(
            say(
                "Revision {revision}, check letters {letters}: the county sees the "
                "same when it receives.",
                revision=done.stamp.revision,
                letters=numbers,
            )
        )
        return told

    def _buttons(self, done: HandedIn) -> list[QPushButton]:
        say = self.work.say
        made = []
        drafts = _drafts(done)
        if drafts:
            made.append(self._opening(drafts[0], "mail", say("Open the mail")))
        slips = [path for path in done.paths if path.stem.endswith(SLIP)]
        if slips:
            text = say("Print the delivery note")
            slip = at_hand(slips[0]) if done.stick else slips[0]
            made.append(self._opening(slip, "print", text))
        folder = done.paths[0].parent
        made.append(self._opening(folder, "show", say("Open the folder")))
        return made

    def _opening(self, path: Path, name: str, text: str) -> QPushButton:
        url = QUrl.fromLocalFile(str(path))
        return parts.button(
            text, lambda: QDesktopServices.openUrl(url), name=f"submit.{name}"
        )


def at_hand(slip: Path) -> Path:
    """Copy a delivery note off its stick, which may be gone when it is printed.

    It names no person but who handed in; where there is no room it is opened there.
    """
    with suppress(OSError):
        copy = Path(mkdtemp(prefix="taizhang-")) / slip.name
        return Path(shutil.copyfile(slip, copy))
    return slip


def _drafts(done: HandedIn) -> list[Path]:
    return [path for path in done.paths if path.suffix == DRAFT]
