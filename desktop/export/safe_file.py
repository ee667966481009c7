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
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.messages import Message

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_IN_USE: Final = frozenset({errno.EBUSY, errno.ETXTBSY})
_GONE: Final = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO})
"""The medium failed, or was pulled out."""
PART: Final = ".part"
PIECE: Final = 1 << 18
"""Bytes copied between two looks at whether to go on."""
_SHARING_VIOLATIONS: Final = frozenset({32, 33})
"""Windows: another program has the file open."""


class ExportError(Exception):
    """A file could not be written; the message says why and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.code)
        self.message = said


class StoppedError(Exception):
    """The person stopped the work; what had been written is gone."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A file to write: what makes it, and what is wrong with it once it is made."""

    path: Path
    write: Callable[[Path], None]
    verify: Callable[[Path], Message | None]

    @property
    def part(self) -> Path:
        """Where it is made; nothing takes that for a whole file."""
        return self.path.with_name(self.path.name + PART)


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
    write_together((Writing(path, write, verify),))


def write_together(files: Sequence[Writing], *, lasting: bool = False) -> None:
    """Write files of one folder; none has its name before all of them are proved.

    With `lasting` the folder, too, has to be on the medium when this returns.

    Raises:
        ExportError: Files of those names are as they were; where a name could not be
            given, those before it have theirs, and are whole.
        StoppedError: Some `write` was stopped; nothing was written.
    """
    for each in files:
        refuse_target(each.path)
    name = ""
    try:
        for each in files:
            name = each.path.name
            each.write(each.part)
            _flush(each.part)
        for each in files:
            name = each.path.name
            fault = each.verify(each.part)
            if fault is not None:
                raise ExportError(fault)
        for each in files:
            name = each.path.name
            each.part.replace(each.path)
        for folder in {each.path.parent for each in files}:
            _flush_folder(folder, lasting=lasting)
    except OSError as error:
        raise ExportError(said_of(error, name)) from error
    finally:
        for each in files:
            with contextlib.suppress(OSError):
                each.part.unlink(missing_ok=True)


def copied(
    source: Path, target: Path, go_on: Callable[[int], None] = lambda _: None
) -> Writing:
    """Give the writing of a copy that is read back from the medium and compared.

    `go_on` is told of bytes written, or read back; what it raises stops the work.
    """
    digest = ""

    def write(part: Path) -> None:
        nonlocal digest
        found = sha256()
        with source.open("rb") as whole, part.open("wb") as copy:
            while piece := whole.read(PIECE):
                found.update(piece)
                copy.write(piece)
                go_on(len(piece))
        digest = found.hexdigest()

    def verify(part: Path) -> Message | None:
        if _digest_on_medium(part, go_on) == digest:
            return None
        return message("export.damaged", name=target.name)

    return Writing(target, write, verify)


def _digest_on_medium(path: Path, go_on: Callable[[int], None]) -> str:
    """Read a file anew; where the system can be asked, not from its memory."""
    found = sha256()
    with path.open("rb", buffering=0) as file:
        forget = getattr(os, "posix_fadvise", None)
        if forget is not None:
            forget(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(PIECE):
            found.update(piece)
            go_on(len(piece))
    return found.hexdigest()


def leftovers(folder: Path, names: Callable[[str], bool]) -> None:
    """Clear away what an earlier writing left unfinished, as when a stick was pulled.

    `names` tells which files the writing was of; nothing else is touched.
    """
    with contextlib.suppress(OSError):
        for part in folder.glob(f"*{PART}"):
            if names(part.name.removesuffix(PART)):
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
    if error.errno in _GONE:
        return message("export.medium_gone", name=name)
    return message("export.failed", name=name, reason=error.strerror or str(error))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path, *, lasting: bool) -> None:
    """Make the new names last; Windows and some sticks cannot and need not.

    Raises:
        OSError: `lasting` was asked for, and the medium failed or is gone.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        _pass_over(error, lasting=lasting)
        return
    try:
        os.fsync(handle)
    except OSError as error:
        _pass_over(error, lasting=lasting)
    finally:
        os.close(handle)


def _pass_over(error: OSError, *, lasting: bool) -> None:
    if lasting and error.errno in {*_GONE, errno.ENOENT}:
        raise error
