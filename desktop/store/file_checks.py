"""What can be told about a ledger file from its first bytes, before SQLite sees it.

A file that is refused here was not touched in any way.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store.errors import LedgerExistsError
from desktop.store.errors import MissingLedgerError
from desktop.store.errors import NewerLedgerError
from desktop.store.errors import NotALedgerError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import damaged
from desktop.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path
    from pathlib import PurePath

_HEADER: Final = 100
"""Bytes of SQLite's file header: https://www.sqlite.org/fileformat2.html#database_header."""
_MAGIC: Final = b"SQLite format 3\0"
_LARGEST_PAGE: Final = 65536


def check_ledger(path: Path, newest: int) -> int:
    """Check that a file is a ledger this program can open, and give its version.

    `newest` is the newest version this program knows.

    Raises:
        StoreError: Of the kind that says what the file is instead.
    """
    if not path.is_file():
        raise MissingLedgerError(message("store.missing", path=path.name))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise ReadOnlyError(message("store.read_only", path=path.name)) from error
    if size == 0:
        raise NotALedgerError(message("store.empty", path=path.name))
    if not header.startswith(_MAGIC) or _number(header, 68) != APPLICATION_ID:
        raise NotALedgerError(message("store.foreign", path=path.name))
    version = _number(header, 60)
    if version > newest:
        raise NewerLedgerError(message("store.newer", path=path.name))
    page = int.from_bytes(header[16:18], "big")
    page = _LARGEST_PAGE if page == 1 else page
    # A journal left by a crash may have to make a file longer or shorter first.
    whole = path.with_name(path.name + "-journal").exists()
    if not whole and size < page * _number(header, 28):
        raise damaged(path, "truncated")
    return version


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def check_new(path: Path) -> None:
    """Check that a new ledger can be made at a path.

    Raises:
        LedgerExistsError: Something is there already.
        ReadOnlyError: The folder is missing or write-protected.
    """
    if path.exists() or path.is_symlink():
        raise LedgerExistsError(message("store.exists", path=path.name))
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise ReadOnlyError(message("store.read_only", path=path.name))


def check_writable(path: Path) -> None:
    """Check that a ledger and its folder can be written, as a journal needs.

    Raises:
        ReadOnlyError: One of them cannot.
    """
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise ReadOnlyError(message("store.read_only", path=path.name))


def uri(path: PurePath, mode: str) -> str:
    """Write the SQLite URI of a path; `mode` is `ro`, `rw` or `rwc`."""
    text = path.as_uri()
    # SQLite takes no host: a share goes behind four slashes.
    if path.drive.startswith("\\\\"):
        text = text.replace("file://", "file:////", 1)
    return f"{text}?mode={mode}"


def sync_file(path: Path) -> None:
    """Have the disk write a file for good."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk write a folder's list of names for good, where that is possible."""
    if os.name == "nt":  # pragma: no cover - Windows has no such call
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
