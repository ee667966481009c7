from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import StoreError
from desktop.store.lock import acquire

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_acquire__second_hears_who_and_where(path: Path) -> None:
    lock = acquire(path, "王芳")

    with pytest.raises(LockedError) as caught:
        acquire(path, "李")
    lock.release()
    acquire(path, "李").release()

    assert dict(caught.value.message.params) == {
        "who": "王芳",
        "host": platform.node(),
    }


def test_acquire__another_process_has_it__error(path: Path, tmp_path: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from desktop.store.lock import acquire;"
        "lock = acquire(Path(sys.argv[1]), '张'); print('held', flush=True);"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LockedError) as caught:
            acquire(path, "李")
        process.kill()

    assert dict(caught.value.message.params)["who"] == "张"
    # What the killed process left behind is no obstacle.
    acquire(path, "李").release()


@pytest.mark.parametrize("text", ["", "{}", "[]", "not JSON"])
def test_acquire__holder_unknown__error(path: Path, text: str) -> None:
    lock = acquire(path, "王")
    path.with_name(path.name + ".lock-by").write_text(text, encoding="utf-8")

    with pytest.raises(LockedError) as caught:
        acquire(path, "李")
    lock.release()

    assert caught.value.message.code == "store.locked_unknown"


@pytest.mark.parametrize(
    ("complaint", "kind", "code"),
    [
        (errno.ENOSYS, LockedError, "store.no_locks"),
        (errno.ENOLCK, LockedError, "store.no_locks"),
        (errno.EIO, ReadOnlyError, "store.read_only"),
    ],
)
def test_acquire__folder_without_locks__error(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    complaint: int,
    kind: type[StoreError],
    code: str,
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(complaint, os.strerror(complaint))

    monkeypatch.setattr("desktop.store.lock._lock", refuse)
    before = open_files()

    with pytest.raises(kind) as caught:
        acquire(path, "王")

    assert caught.value.message.code == code
    assert open_files() == before


def test_acquire__a_link_in_the_place_of_the_lock__error(path: Path) -> None:
    elsewhere = path.with_name("elsewhere")
    path.with_name(path.name + ".lock").symlink_to(elsewhere)

    with pytest.raises(ReadOnlyError):
        acquire(path, "王")
    assert not elsewhere.exists()


def test_release__twice_does_no_harm(path: Path) -> None:
    lock = acquire(path, "王")
    lock.release()
    again = acquire(path, "李")

    lock.release()

    with pytest.raises(LockedError):
        acquire(path, "张")
    again.release()


def test_acquire__no_room_for_the_name__locks_all_the_same(path: Path) -> None:
    path.with_name(path.name + ".lock-by").mkdir()

    lock = acquire(path, "王")

    with pytest.raises(LockedError):
        acquire(path, "李")
    lock.release()


def test_open__for_reading_needs_no_lock(ledger: Ledger, desk: Desk) -> None:
    with pytest.raises(LockedError):
        desk.open(ledger.path)
    with desk.open(ledger.path, read_only=True) as reader:
        assert reader.periods() == ledger.periods()
