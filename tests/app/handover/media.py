"""Media that go wrong: real ones where they can be mounted, and one that always can."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from typing import TYPE_CHECKING
from typing import Any

from desktop.app.handover.sending.sticks import Stick
from desktop.app.handover.sending.sticks import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

KINDS = ("vfat", "exfat", "tmpfs")


def stick_at(folder: Path, *, free: int = 1 << 30, system: str = "vfat") -> Stick:
    """Give a folder as if a stick were mounted there."""
    number = number_of(folder)
    return Stick(
        folder, "KINGSTON", system, free, 1 << 31, read_only=False, device=number
    )


@contextmanager
def mounted(kind: str, size: int = 1 << 22) -> Iterator[Path | str]:
    """Mount a small medium; where that cannot be done here, give the reason."""
    if os.geteuid() != 0:
        yield "mounting takes the rights of root"
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "stick")
        folder.mkdir()
        reason = _mount(kind, size, Path(name, "image"), folder)
        if reason:
            yield reason
            return
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


def _mount(kind: str, size: int, image: Path, folder: Path) -> str:
    """Mount a medium; gives the reason where it cannot be done."""
    if kind == "tmpfs":
        return _said("mount", "-t", "tmpfs", "-o", f"size={size}", "stick", folder)
    for name in (f"mkfs.{kind}", "losetup"):
        if shutil.which(name) is None:
            return f"{name} is not installed"
    image.write_bytes(bytes(size))
    subprocess.run([f"mkfs.{kind}", image], check=True, capture_output=True)
    losetup = ["losetup", "--find", "--show", str(image)]
    made = subprocess.run(losetup, check=False, capture_output=True, text=True)
    device = made.stdout.strip()
    if not device:
        return f"losetup: {made.stderr.strip()}"
    said = _said("mount", "-t", kind, device, folder)
    # Where the kernel does not know the format, a program may.
    if said and shutil.which(f"mount.{kind}-fuse") is not None:
        said = _said(f"mount.{kind}-fuse", device, folder)
    # The device goes when nothing is mounted from it any more.
    _said("losetup", "--detach", device)
    return said


def _said(*command: str | Path) -> str:
    """Run a command; gives what it complains of."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return f"{command[0]}: {done.stderr.strip()}" if done.returncode else ""


def unplug(folder: Path) -> None:
    """Take a mounted medium away while files of it are open."""
    subprocess.run(["umount", "-l", folder], check=True)


class EvilStick:
    """A folder on which the n-th thing asked of it fails, and perhaps all after it.

    Counted are opening, writing and reading pieces, flushing and renaming. With `gone`
    everything fails from then on, as when a stick was pulled, and nothing is cleaned.
    """

    def __init__(
        self, folder: Path, fails: int, number: int = errno.EIO, *, gone: bool
    ) -> None:
        self.folder = folder
        self.asked = 0
        self._fails = fails
        self._number = number
        self._gone = gone

    def ask(self) -> None:
        """Do one thing with the stick."""
        self.asked += 1
        over = self.asked > self._fails if self._gone else False
        if self.asked == self._fails or over:
            raise OSError(self._number, os.strerror(self._number))

    def holds(self, path: object) -> bool:
        """Tell whether something lies on the stick."""
        return isinstance(path, str | os.PathLike) and Path(path).is_relative_to(
            self.folder
        )

    def plug(self, patch: pytest.MonkeyPatch) -> None:
        """Let the program meet it."""
        evil, opened, fsync = self, Path.open, os.fsync
        replace, unlink = Path.replace, Path.unlink

        def open_(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:  # noqa: ANN401 - as Path.open
            if not evil.holds(path):
                return opened(path, mode, *args, **kwargs)
            evil.ask()
            file = opened(path, mode, buffering=0)
            return _Asking(evil, file)  # type: ignore[return-value]  # a file, as far as it is used

        def fsync_(handle: int) -> None:
            if evil.holds(Path(f"/proc/self/fd/{handle}").readlink()):
                evil.ask()
            fsync(handle)

        def replace_(path: Path, target: Path) -> Path:
            evil.ask()
            return replace(path, target)

        def unlink_(path: Path, missing_ok: bool = False) -> None:
            if evil.holds(path) and path.exists():
                evil.ask()
            unlink(path, missing_ok=missing_ok)

        patch.setattr(Path, "open", open_)
        patch.setattr(os, "fsync", fsync_)
        patch.setattr(Path, "replace", replace_)
        patch.setattr(Path, "unlink", unlink_)


class _Asking(io.RawIOBase):
    def __init__(self, evil: EvilStick, file: IO[Any]) -> None:
        self._evil, self._file = evil, file

    def write(self, data: Any) -> int:  # noqa: ANN401 - as a file's
        try:
            self._evil.ask()
        except OSError:
            # What was on its way when it went may have arrived by half.
            self._file.write(bytes(data)[: len(data) // 2])
            raise
        return self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        self._evil.ask()
        found: bytes = self._file.read(size)
        return found

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()
        super().close()
