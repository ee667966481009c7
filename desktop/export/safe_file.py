"""Writing a file so that it is either whole and proved, or not there at all.

The file is written beside its target, flushed to the disk, read back and compared,
and only then takes the target's name. Whatever fails, the old file is intact.
A stick that lies about having written cannot be found out this way; keep what was
exported until the receiver has confirmed it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.core.messages import Message

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_USE: Final = frozenset({errno.EBUSY, errno.ETXTBSY})
_SHARING_VIOLATIONS: Final = frozenset({32, 33})
"""Windows: another program has the file open."""


class ExportError(Exception):
    """A file could not be written; the message says why and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.code)
        self.message = said


class StoppedError(Exception):
    """The person stopped the work; what had been written is gone."""


def write_safely(
    path: Path,
    write: Callable[[Path], None],
    verify: Callable[[Path], Message | None],
) -> None:
    """Let `write` make a file beside `path`, prove it, and give it the name.

    `verify` reads the finished file back and answers what is wrong with it.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
        StoppedError: `write` was stopped; nothing was written.
    """
    refuse_target(path)
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        _flush(part)
        fault = verify(part)
        if fault is not None:
            raise ExportError(fault)
        part.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise ExportError(said_of(error, path.name)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_target(path: Path) -> None:
    """Refuse a target that cannot be written, before any work is done.

    Raises:
        ExportError: The folder is missing, or the target is a folder or protected.
    """
    if not path.parent.is_dir():
        raise ExportError(message("export.folder_missing", folder=str(path.parent)))
    if path.is_dir():
        raise ExportError(message("export.is_folder", name=path.name))
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise ExportError(message("export.read_only", name=path.name))


def said_of(error: OSError, name: str) -> Message:
    """Put a system's refusal into a message."""
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return message("export.in_use", name=name)
    if error.errno in _FULL:
        return message("export.disk_full", name=name)
    if error.errno in _IN_USE:
        return message("export.in_use", name=name)
    if error.errno in _FORBIDDEN:
        return message("export.not_allowed", name=name)
    return message("export.failed", name=name, reason=error.strerror or str(error))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last; Windows and some sticks cannot and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
