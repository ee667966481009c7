"""What is done on 退回与回执: mark, agree, accept, write files, take files in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.slips import receipts
from desktop.app.handover.slips import slips
from desktop.app.handover.slips import slips_taken
from desktop.app.handover.slips.slip_writing import write_all
from desktop.app.progress import CancelledError
from desktop.app.progress import run_steps
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from typing import TypeAlias

    from desktop.app.background import Stage
    from desktop.app.handover.slips.receipts import Noted
    from desktop.app.handover.slips.slips import Issued
    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.store_thread import Operation
    from desktop.core.changes import Action
    from desktop.core.manifest import Signature
    from desktop.exchange.slip import Slip
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

    Make: TypeAlias = Callable[[Ledger], Action | Message]
    Out: TypeAlias = "tuple[Issued | Noted, Signature | None]"


class SlipsActions(QObject):
    """Does for the tab what its buttons say, and tells what came of it."""

    told = Signal(str)
    """What came of it, in words."""
    complained = Signal(str)
    """Why it cannot be, in words."""
    busy = Signal(str)
    """What is being done at the moment; empty when nothing is."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Serve a tab."""
        super().__init__(parent)
        self._work, self._parent = work, parent
        self._run: Task[list[Path]] | Operation[Any] | None = None
        self._folder: Path | None = None

    # --- Facts -----------------------------------------------------------

    def do(self, make: Make) -> None:
        """Note what is decided; nothing of it is a step to undo.

        What went out in a file cannot be called back by Ctrl+Z.
        """
        self._work.bridge.ask(make, self, self._note)

    def _note(self, made: Action | Message) -> None:
        if isinstance(made, Message):
            self.complained.emit(self._work.say.message(made))
            return

        def done(_: object) -> None:
            self.told.emit(self._work.say.message(made.title))

        future = self._work.session.note_fact(partial(_give, made))
        self._work.bridge.when(future, self, done, self._work.bridge.pass_on)

    def answer(self, make: Make) -> None:
        """Write an answer: it is a note of the record, and a step to undo."""

        def made(action: Action | Message) -> None:
            if isinstance(action, Message):
                self.complained.emit(self._work.say.message(action))
            else:
                self._work.bridge.watch(self._work.session.apply(action))

        self._work.bridge.ask(make, self, made)

    # --- Taking in -------------------------------------------------------

    def choose_files(self) -> None:
        """Ask which files came back."""
        say = self._work.say
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            say("Take in a return slip or receipt"),
            "",
            say("Return slips and receipts (*.tzs *.tzr)"),
        )
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Take in files, one after the other; each says what came of it."""
        self._take(tuple(paths), (), failed=False)

    def _take(
        self, paths: tuple[Path, ...], said: tuple[str, ...], *, failed: bool
    ) -> None:
        if not paths:
            (self.complained if failed else self.told).emit("\n".join(said))
            return
        first, others = paths[0], paths[1:]
        person, say = self._work.start.person, self._work.say

        def make(ledger: Ledger) -> tuple[Action | Message, str]:
            came = slips_taken.read_back(first)
            if isinstance(came, Message):
                return came, ""
            judged = slips_taken.judgement_of(ledger, came)
            action = slips_taken.take_in(ledger, came, person)
            taken = not isinstance(action, Message)
            return action, say.message(judged.said) if taken else ""

        def made(answer: tuple[Action | Message, str]) -> None:
            action, signed = answer
            bad = isinstance(action, Message)
            told = say.message(action if isinstance(action, Message) else action.title)
            now = (*said, f"{first.name}：{told}　{signed}".rstrip())

            def on(_: object = None) -> None:
                self._take(others, now, failed=failed or bad)

            if isinstance(action, Message):
                on()
                return
            future = self._work.session.note_fact(partial(_give, action))
            self._work.bridge.when(future, self, on, self._work.bridge.pass_on)

        self._work.bridge.ask(make, self, made)

    # --- Going out -------------------------------------------------------

    def go_out(self, slip: Slip) -> None:
        """Write a slip into a folder that is chosen."""
        folder = self._choose_folder(self._work.say("Where to write the return slip"))
        if folder is None:
            return
        who = self._work.start.person.who

        def made(ledger: Ledger) -> Steps[list[Issued | Noted] | Message]:
            yield from ()
            found = slips.issue(ledger, slip, who)
            return found if isinstance(found, Message) else [found]

        self._write(made, folder)

    def write_receipts(self, packages: Sequence[Package]) -> None:
        """Write the receipts of packages into a folder that is chosen."""
        folder = self._choose_folder(self._work.say("Where to write the receipts"))
        if folder is None:
            return
        who = self._work.start.person.who

        def made(ledger: Ledger) -> Steps[list[Issued | Noted] | Message]:
            found = yield from receipts.receipts_for(ledger, packages, who)
            return list(found)

        self._write(made, folder)

    def _choose_folder(self, title: str) -> Path | None:
        before = self._folder or self._work.session.path.parent
        name = QFileDialog.getExistingDirectory(self._parent, title, str(before))
        self._folder = Path(name) if name else self._folder
        return Path(name) if name else None

    def _write(
        self,
        make: Callable[[Ledger], Steps[list[Issued | Noted] | Message]],
        folder: Path,
        password: str | None = None,
    ) -> None:
        """Make what goes out and sign it, on the ledger's thread; then write it."""

        def work(ledger: Ledger) -> Steps[list[Out] | Message]:
            found = yield from make(ledger)
            if isinstance(found, Message):
                return found
            return _signed(ledger, found, password)

        def ready(outs: list[Out] | Message) -> None:
            self._run = None
            self.busy.emit("")
            if isinstance(outs, Message):
                self._refused(outs, make, folder)
            else:
                self._write_files(outs, folder)

        self.busy.emit(self._work.say("Reading the ledger…"))
        self._run = self._work.session.thread.start(work)
        self._work.bridge.when(self._run.result, self, ready, self._failed)

    def _refused(
        self,
        why: Message,
        make: Callable[[Ledger], Steps[list[Issued | Noted] | Message]],
        folder: Path,
    ) -> None:
        """Ask for the key's password where that is all that is missing."""
        say = self._work.say
        if why.code not in ("keys.password_wanted", "keys.password_wrong"):
            self.complained.emit(say.message(why))
            return
        text, agreed = QInputDialog.getText(
            self._parent,
            say("Password of the key"),
            say.message(why),
            QLineEdit.EchoMode.Password,
        )
        if agreed and text:
            self._write(make, folder, text)

    def _write_files(self, outs: Sequence[Out], folder: Path) -> None:
        fonts = self._work.start.places.fonts

        def work(stage: Stage) -> list[Path]:
            def watch(progress: Progress) -> bool:
                stage.tell(progress)
                return True

            return run_steps(write_all(outs, folder, fonts), watch)

        def written(paths: list[Path]) -> None:
            self._run = None
            self.busy.emit("")
            self._went_out(outs, paths, folder)

        tell = self._work.bridge.courier.teller(self, self._progress)
        self._run = Task(work, tell)
        self._work.bridge.when(self._run.result, self, written, self._failed)

    def _progress(self, progress: Progress) -> None:
        doing = self._work.say.message(progress.doing)
        self.busy.emit(f"{doing} ({progress.done + 1}/{progress.total})")

    def stop(self) -> None:
        """Read no further and write no further files; those written are whole."""
        if self._run is not None:
            self._run.cancel()

    def _went_out(
        self, outs: Sequence[Out], paths: Sequence[Path], folder: Path
    ) -> None:
        """Note that slips went out, now that their files are there."""
        said = self._work.say(
            "Written and read back: {names}. The page (PDF) is to be printed; the "
            "small file goes to the unit by stick or mail.",
            names="、".join(path.name for path in paths[:2]),
        )
        if len(outs) > 1:
            said = self._work.say(
                "{count} files written and read back in {folder}.",
                count=len(paths),
                folder=str(folder),
            )
        self.told.emit(said)
        for out, _ in outs:
            action = out.action if isinstance(out, slips.Issued) else None
            if action is not None:
                noted = self._work.session.note_fact(partial(_give, action))
                self._work.bridge.watch(noted)

    def _failed(self, error: BaseException) -> None:
        self._run = None
        self.busy.emit("")
        say = self._work.say
        if isinstance(error, ExportError):
            self.complained.emit(say.message(error.message))
        elif isinstance(error, CancelledError):
            self.told.emit(say("Stopped. What is written is whole."))
        else:
            self._work.bridge.pass_on(error)


def _give(action: Action, _: Ledger) -> Action:
    return action


def _signed(
    ledger: Ledger, outs: Sequence[Issued | Noted], password: str | None
) -> list[Out] | Message:
    """Sign what goes out where the ledger has a key."""
    found: list[Out] = []
    for out in outs:
        signature = sign(ledger, digest_of(out.data), password)
        if isinstance(signature, Message):
            return signature
        found.append((out, signature))
    return found
