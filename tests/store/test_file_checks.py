from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import PurePosixPath
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from desktop.store import errors
from desktop.store import file_checks
from desktop.store.migrations import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


def refused(path: Path, kind: type[errors.StoreError]) -> str:
    """Check a file that is to be refused and left as it is."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as caught:
        file_checks.check_ledger(path, VERSION)
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value.message.code


def test_check_ledger__ok(ledger: Ledger) -> None:
    assert file_checks.check_ledger(ledger.path, VERSION) == VERSION


def test_check_ledger__missing_empty_or_foreign__error(path: Path) -> None:
    assert refused(path, errors.MissingLedgerError) == "store.missing"
    path.touch()
    assert refused(path, errors.NotALedgerError) == "store.empty"
    path.write_bytes(b"PK\x03\x04 a workbook")
    assert refused(path, errors.NotALedgerError) == "store.foreign"
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert refused(path, errors.NotALedgerError) == "store.foreign"


def test_check_ledger__from_a_newer_program__error(ledger: Ledger) -> None:
    ledger.close()
    other = sqlite3.connect(ledger.path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()

    assert refused(ledger.path, errors.NewerLedgerError) == "store.newer"


def test_check_ledger__cut_off__error(ledger: Ledger) -> None:
    ledger.close()
    content = ledger.path.read_bytes()
    ledger.path.write_bytes(content[: len(content) // 2])

    assert refused(ledger.path, errors.DamagedError) == "store.damaged"
    # With a journal beside it, SQLite may still bring it back.
    journal = ledger.path.with_name(ledger.path.name + "-journal")
    shutil.copyfile(ledger.path, journal)
    assert file_checks.check_ledger(ledger.path, VERSION) == VERSION


def test_check_ledger__largest_pages(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA page_size = 65536")
    other.execute(f"PRAGMA application_id = {0x4D535A5A}")
    other.execute("CREATE TABLE t (x)")
    other.close()

    assert file_checks.check_ledger(path, VERSION) == 0


def test_check_ledger__unreadable__error(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(type(ledger.path), "open", refuse)

    with pytest.raises(errors.ReadOnlyError):
        file_checks.check_ledger(ledger.path, VERSION)


def test_check_new__error(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(errors.LedgerExistsError):
        file_checks.check_new(ledger.path)
    with pytest.raises(errors.ReadOnlyError):
        file_checks.check_new(tmp_path / "nowhere" / "a.taizhang")


def test_check_writable__error(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    file_checks.check_writable(ledger.path)
    # Root may write everywhere, so the system's answer is put in its mouth.
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(errors.ReadOnlyError):
        file_checks.check_writable(ledger.path)


def test_uri__names_of_any_system() -> None:
    assert (
        file_checks.uri(PurePosixPath("/a b/区?.taizhang"), "ro")
        == "file:///a%20b/%E5%8C%BA%3F.taizhang?mode=ro"
    )
    assert (
        file_checks.uri(PureWindowsPath(r"C:\a\b.taizhang"), "rw")
        == "file:///C:/a/b.taizhang?mode=rw"
    )
    assert (
        file_checks.uri(PureWindowsPath(r"\\host\share\b.taizhang"), "rw")
        == "file:////host/share/b.taizhang?mode=rw"
    )


def test_sync__file_and_folder(ledger: Ledger, tmp_path: Path) -> None:
    file_checks.sync_file(ledger.path)
    file_checks.sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        file_checks.sync_folder(tmp_path / "nowhere")
