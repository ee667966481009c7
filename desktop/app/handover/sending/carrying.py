"""Carry finished files to a stick or a folder, so that they are there for good.

The files are made on this computer first. They are copied beside their names, flushed,
read back from the medium and compared; only when all of them are proved does each get
its name, and only then does anybody hear that the stick can be taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.sending.sticks import names_objection
from desktop.app.handover.sending.sticks import number_of
from desktop.app.handover.sending.sticks import objection
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import copied
from desktop.export.safe_file import leftovers
from desktop.export.safe_file import write_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.handover.sending.sticks import Stick
    from desktop.app.progress import Watcher

OURS: Final = re.compile(r"\d{2,12}-[0-9A-Za-z]+-r\d{4,}-[0-9a-f]{6}.*")
"""What submissions are called."""


@frozen
class Target:
    """Where files are to go; a `stick` was there when it was chosen."""

    folder: Path
    stick: Stick | None = None

    @property
    def name(self) -> str:
        """What the person knows it by."""
        return self.stick.name if self.stick else str(self.folder)


def carry(files: Sequence[Path], target: Target, watch: Watcher) -> tuple[Path, ...]:
    """Put files into a folder, proved.

    Raises:
        ExportError: They are not there; files of their names are as they were.
        CancelledError: `watch` said no; nothing is left of the attempt.
    """
    _refuse(files, target)
    folder = target.folder
    before = number_of(folder)
    leftovers(folder, lambda name: OURS.fullmatch(name) is not None)
    total = 2 * sum(path.stat().st_size for path in files)
    doing = message("carrying.copying", place=target.name)
    done = 0

    def go_on(count: int) -> None:
        nonlocal done
        done += count
        if not watch(Progress(done // 1024, max(total // 1024, 1), doing)):
            raise CancelledError

    writings = [copied(path, folder / path.name, go_on) for path in files]
    try:
        write_together(writings, lasting=True)
    except ExportError:
        # Of a medium that went, what the system said of it says little.
        if before:
            _must_be_there(target, before)
        raise
    _must_be_there(target, before)
    return tuple(each.path for each in writings)


def _refuse(files: Sequence[Path], target: Target) -> None:
    """Refuse what cannot come to a good end, before anything is written.

    Raises:
        ExportError: Why.
    """
    stick = target.stick
    sizes = [(path.name, path.stat().st_size) for path in files]
    if stick is None:
        said = names_objection([name for name, _ in sizes])
    else:
        _must_be_there(target, stick.device)
        said = objection(stick, sizes)
    if said is not None:
        raise ExportError(said)


def _must_be_there(target: Target, device: int) -> None:
    """See that the folder is still on the medium that was meant.

    When a stick goes, the folder it was mounted on may well stay, and take files.

    Raises:
        ExportError: It went.
    """
    now = number_of(target.folder)
    if not now or now != device:
        raise ExportError(message("carrying.gone", place=target.name))
