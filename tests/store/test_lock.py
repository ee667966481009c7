from __future__ import annotations

import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import filelock
import pytest

from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError
from desktop.store.lock import acquire

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


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
    ("complaint", "kind"),
    [(NotImplementedError, LockedError), (PermissionError, ReadOnlyError)],
)
def test_acquire__folder_without_locks__error(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    complaint: type[Exception],
    kind: type[Exception],
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise complaint

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)

    with pytest.raises(kind):
        acquire(path, "王")


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
