"""One writer at a time: a lock of the system beside the ledger, with a name on it.

The lock is `<ledger>.lock`; who holds it stands in `<ledger>.lock-by`, since a locked
file cannot be read everywhere. Files left behind by a crash lock nothing.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock


class WriterLock:
    """The right to write one ledger, held until `release`."""

    def __init__(self, lock: BaseFileLock, holder: Path) -> None:
        """Take a lock that is held; see `acquire`."""
        self._lock = lock
        self._holder = holder

    def release(self) -> None:
        """Give the right back."""
        with suppress(OSError):
            self._holder.unlink()
        self._lock.release()


def acquire(path: Path, who: str) -> WriterLock:
    """Take the right to write a ledger, or say who has it.

    Raises:
        LockedError: Somebody has it, or locks do not work in that folder.
        ReadOnlyError: Nothing can be written in that folder.
    """
    # Costs tens of milliseconds, and reading needs no lock.
    from filelock import FileLock  # noqa: PLC0415
    from filelock import Timeout  # noqa: PLC0415

    lock = FileLock(
        _beside(path, ".lock"),
        blocking=False,
        thread_local=False,
        fallback_to_soft=False,
    )
    holder = _beside(path, ".lock-by")
    try:
        lock.acquire()
    except Timeout as error:
        raise _locked(holder) from error
    except NotImplementedError as error:
        text = message("store.no_locks", path=path.name)
        raise LockedError(text) from error
    except OSError as error:
        text = message("store.read_only", path=path.name)
        raise ReadOnlyError(text) from error
    by = {"who": who, "host": platform.node(), "process": os.getpid()}
    # The name is a courtesy; the lock holds without it.
    with suppress(OSError):
        holder.write_text(json.dumps(by, ensure_ascii=False), encoding="utf-8")
    return WriterLock(lock, holder)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _locked(holder: Path) -> LockedError:
    try:
        by = json.loads(holder.read_text(encoding="utf-8"))
        text = message("store.locked", who=str(by["who"]), host=str(by["host"]))
    except (OSError, ValueError, KeyError, TypeError):
        text = message("store.locked_unknown")
    return LockedError(text)
