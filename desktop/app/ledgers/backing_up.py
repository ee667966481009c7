"""Automatic backups: a verified copy beside the ledger, whenever one is due.

A copy is made in a quiet moment, when the audit after an edit has ended. Copies are
thinned by `desktop.store.backup`, never below three.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.app.events import FiguresChanged
from desktop.app.events import NotSaved
from desktop.app.progress import Progress
from desktop.app.store_thread import ClosedError
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from concurrent.futures import Future
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.outlook import Outlook
    from desktop.store.ledger import Ledger

FOLDER = "民生台账备份"
"""Stands beside the ledger, so that it travels with the folder."""
BACKUPS = "backup.folder"
"""The setting with the folder a person chose for copies."""


@frozen
class Backup:
    """The newest copy of a ledger: where it is, when it was made, and of what."""

    folder: Path
    at: datetime
    revision: int


def backup_folder(ledger: Path) -> Path:
    """Give the folder that holds a ledger's automatic backups."""
    return ledger.parent / FOLDER


class BackupKeeper:
    """Backs an open ledger up when it is due; a failure is told, work goes on."""

    def __init__(self, outlook: Outlook) -> None:
        """Watch a ledger that was opened for writing."""
        self._outlook = outlook
        self._last: tuple[datetime, int] | None = None
        outlook.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, FiguresChanged):
            # A ledger that is being closed is backed up the next time it is open.
            with suppress(ClosedError):
                self._outlook.thread.call(self._back_up)

    def _back_up(self, ledger: Ledger) -> None:
        # A ledger has been open for a while by now; opening it need not wait for this.
        from desktop.store.backup import backup_due  # noqa: PLC0415

        folder = backup_folder(self._outlook.path)
        now, revision = self._outlook.person.clock(), ledger.head().revision
        last = self._last or newest(folder, ledger.path.stem)
        if not backup_due(last, now, revision):
            return
        try:
            ledger.backup(folder)
        except StoreError as error:
            self._outlook.tell(NotSaved(message("app.backup"), error.message))
        # After a failure the next try waits as long as after a success.
        self._last = (now, revision)


def newest(folder: Path, stem: str) -> tuple[datetime, int] | None:
    """Give time and revision of the newest copy of a ledger, if there is one."""
    from desktop.store.backup import copies  # noqa: PLC0415 - see above

    there = [copy for copy in copies(folder) if copy.name.startswith(f"{stem}-")]
    if not there:
        return None
    written = (folder / there[-1].name).stat().st_mtime
    return datetime.fromtimestamp(written).astimezone(), there[-1].revision


def last_backup(ledger: Path, line: str, folders: Iterable[Path]) -> Backup | None:
    """Find the newest copy of a ledger in several folders; one may be unplugged.

    `line` tells its copies from those of another ledger of the same name.
    """
    found = []
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            there = newest(folder, f"{ledger.stem}-{line}")
            found += [Backup(folder, *there)] if there else []
    return max(found, key=lambda each: (each.revision, each.at), default=None)


def back_up(
    outlook: Outlook, folder: Path, watch: Callable[[Progress], None]
) -> Future[Path]:
    """Write a verified copy of an open ledger into a folder; edits wait meanwhile."""
    doing = message("app.backing-up")

    def work(ledger: Ledger) -> Path:
        return ledger.backup(
            folder, watch=lambda done, total: watch(Progress(done, total, doing))
        )

    return outlook.thread.call(work)
