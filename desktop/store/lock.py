"""One writer at a time: a lock of the system beside the ledger, with a name on it.

The lock is `<ledger>.lock`; who holds it stands in `<ledger>.lock-by`, since a locked
file cannot be read everywhere. Files left behind by a crash lock nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
"""What the systems say where somebody else holds the lock."""
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})
"""What they say of a folder, often on a network, that knows no locks."""


class WriterLock:
    """The right to write one ledger, held until `release`."""

    def __init__(self, handle: int, holder: Path) -> None:
        """Take an open file that is locked; see `acquire`."""
        self._handle: int | None = handle
        self._holder = holder

    def release(self) -> None:
        """Give the right back; twice does no harm.

        The locked file stays: whoever waits for its lock would hold one of no name.
        """
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):
            self._holder.unlink()
        # The system lets go of the lock with the file.
        os.close(handle)


def acquire(path: Path, who: str) -> WriterLock:
    """Take the right to write a ledger, or say who has it.

    Raises:
        LockedError: Somebody has it, or locks do not work in that folder.
        ReadOnlyError: Nothing can be written in that folder.
    """
    holder = _beside(path, ".lock-by")
    # A link laid in the file's place must lead nowhere.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(_beside(path, ".lock"), flags, 0o644)
    except OSError as error:
        text = message("store.read_only", path=path.name)
        raise ReadOnlyError(text) from error
    try:
        _lock(handle)
    except OSError as error:
        os.close(handle)
        raise _refused(error, path, holder) from error
    by = {"who": who, "host": _host(), "process": os.getpid()}
    # The name is a courtesy; the lock holds without it.
    with suppress(OSError):
        holder.write_text(json.dumps(by, ensure_ascii=False), encoding="utf-8")
    return WriterLock(handle, holder)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _host() -> str:
    """Give the name of this computer."""
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _refused(error: OSError, path: Path, holder: Path) -> LockedError | ReadOnlyError:
    if error.errno in _TAKEN:
        return _locked(holder)
    if error.errno in _NO_LOCKS:
        return LockedError(message("store.no_locks", path=path.name))
    return ReadOnlyError(message("store.read_only", path=path.name))


def _locked(holder: Path) -> LockedError:
    try:
        by = json.loads(holder.read_text(encoding="utf-8"))
        text = message("store.locked", who=str(by["who"]), host=str(by["host"]))
    except (OSError, ValueError, KeyError, TypeError):
        text = message("store.locked_unknown")
    return LockedError(text)
