from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import copied
from desktop.export.safe_file import leftovers
from desktop.export.safe_file import said_of
from desktop.export.safe_file import write_safely
from desktop.export.safe_file import write_together

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def fine(_: Path) -> Message | None:
    return None


def writes(text: str) -> Callable[[Path], None]:
    def write(part: Path) -> None:
        part.write_text(text, encoding="utf-8")

    return write


def fails(number: int) -> Callable[[Path], None]:
    def write(part: Path) -> None:
        part.write_text("half", encoding="utf-8")
        raise OSError(number, os.strerror(number))

    return write


def refused(path: Path, write: Callable[[Path], None] | None = None) -> str:
    with pytest.raises(ExportError) as caught:
        write_safely(path, write or writes("new"), fine)
    return caught.value.message.code


def test_write__ok(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old", encoding="utf-8")

    write_safely(path, writes("new"), fine)

    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export.disk_full"),
        (errno.EDQUOT, "export.disk_full"),
        (errno.EROFS, "export.not_allowed"),
        (errno.EBUSY, "export.in_use"),
        (errno.EIO, "export.medium_gone"),
        (errno.ENOTCONN, "export.failed"),
    ],
)
def test_write__a_fault_of_the_disk_leaves_the_old_file(
    tmp_path: Path, number: int, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old", encoding="utf-8")

    assert refused(path, fails(number)) == code

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", range(3))
def test_write__any_flush_or_rename_may_fail(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old", encoding="utf-8")
    calls = iter(range(9))
    fsync, replace = os.fsync, Path.replace

    def falter() -> None:
        if next(calls) == number:
            raise OSError(errno.EIO, "I/O error")

    def fsync_or_not(handle: int) -> None:
        falter()
        fsync(handle)

    def replace_or_not(self: Path, target: Path) -> Path:
        falter()
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync_or_not)
    monkeypatch.setattr(Path, "replace", replace_or_not)

    if number < 2:
        assert refused(path) == "export.medium_gone"
        assert path.read_text(encoding="utf-8") == "old"
    else:
        # The name is right already; only its lasting is not certain.
        write_safely(path, writes("new"), fine)
        assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_write__what_reads_back_wrong_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    fault = message("export.differs", name="a", place="B2")

    with pytest.raises(ExportError) as caught:
        write_safely(path, writes("new"), lambda _: fault)

    assert caught.value.message == fault
    assert list(tmp_path.iterdir()) == []


def test_write__verify_sees_the_whole_file_before_it_has_its_name(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    seen: list[tuple[str, bool]] = []

    def verify(part: Path) -> None:
        seen.append((part.read_text(encoding="utf-8"), path.exists()))

    write_safely(path, writes("new"), verify)

    assert seen == [("new", False)]


def test_write__stopped_leaves_nothing(tmp_path: Path) -> None:
    def write(part: Path) -> None:
        part.write_text("half", encoding="utf-8")
        raise StoppedError

    with pytest.raises(StoppedError):
        write_safely(tmp_path / "a.xlsx", write, fine)

    assert list(tmp_path.iterdir()) == []


def test_write__a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone" / "a.xlsx") == "export.folder_missing"


def test_write__a_folder_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()

    assert refused(tmp_path / "a.xlsx") == "export.is_folder"


def test_write__a_protected_file_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o444)

    assert refused(path) == "export.read_only"
    assert path.read_text(encoding="utf-8") == "old"


def test_write__a_real_full_disk(tmp_path: Path) -> None:
    def write(part: Path) -> None:
        part.symlink_to("/dev/full")
        with part.open("wb") as file:
            file.write(b"x" * 100_000)

    assert refused(tmp_path / "a.xlsx", write) == "export.disk_full"
    assert list(tmp_path.iterdir()) == []


def test_said_of__windows_tells_that_a_file_is_open_elsewhere() -> None:
    class SharingViolationError(OSError):
        winerror = 32

    assert (
        said_of(SharingViolationError(errno.EACCES, "x"), "a").code == "export.in_use"
    )


def test_said_of__a_fault_without_words_still_says_something() -> None:
    assert dict(said_of(OSError("odd"), "a").params)["reason"] == "odd"


def test_write__killed_before_the_file_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old", encoding="utf-8")
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.export.safe_file import write_safely\n"
        "kill = lambda part: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_safely(Path(sys.argv[1]), lambda p: p.write_text('new') and None, kill)"
    )

    done = subprocess.run([sys.executable, "-c", program, path], check=False, cwd=ROOT)

    assert done.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") == "old"
    write_safely(path, writes("new"), fine)
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


# --- Several files, and copies -------------------------------------------------


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "made"
    made.mkdir()
    for name in "ab":
        (made / name).write_bytes(name.encode() * 600_000)
    return made / "a", made / "b"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "a").write_text("old", encoding="utf-8")
    return folder


def test_together__none_has_its_name_before_all_are_proved(
    sources: tuple[Path, Path], stick: Path
) -> None:
    seen: list[int] = []
    files = [copied(source, stick / source.name, seen.append) for source in sources]

    write_together(files, lasting=True)

    for source in sources:
        assert (stick / source.name).read_bytes() == source.read_bytes()
    assert sorted(each.name for each in stick.iterdir()) == ["a", "b"]
    assert sum(seen) == 2 * 2 * 600_000


def test_together__a_fault_in_the_last_leaves_the_first_as_it_was(
    sources: tuple[Path, Path], stick: Path
) -> None:
    first, second = sources

    def rots(_: int) -> None:
        part = stick / "b.part"
        if part.exists() and part.stat().st_size == 600_000:
            part.write_bytes(b"x" * 600_000)

    files = [copied(first, stick / "a"), copied(second, stick / "b", rots)]
    with pytest.raises(ExportError) as caught:
        write_together(files, lasting=True)

    assert caught.value.message == message("export.damaged", name="b")
    assert [(each.name, each.read_text("utf-8")) for each in stick.iterdir()] == [
        ("a", "old")
    ]


@pytest.mark.parametrize(
    "case",
    [
        (errno.EIO, True, True),
        (errno.ENOENT, True, True),
        (errno.EINVAL, True, False),
        (errno.EIO, False, False),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_together__a_stick_gone_at_the_very_end_is_told(
    sources: tuple[Path, Path],
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[int, bool, bool],
    call: str,
) -> None:
    number, lasting, fails = case
    real = getattr(os, call)

    def falter(what: object, *others: object) -> object:
        folder = what == stick or (
            isinstance(what, int) and stick.samefile(f"/proc/self/fd/{what}")
        )
        if folder:
            raise OSError(number, os.strerror(number))
        return real(what, *others)

    monkeypatch.setattr(os, call, falter)
    files = [copied(sources[0], stick / "a")]
    if fails:
        with pytest.raises(ExportError):
            write_together(files, lasting=lasting)
    else:
        write_together(files, lasting=lasting)
    assert (stick / "a").stat().st_size == 600_000


def test_leftovers__only_those_of_ours(stick: Path) -> None:
    for name in ("ours-1.xlsx.part", "theirs.part", "ours-2.xlsx"):
        (stick / name).touch()

    leftovers(stick, lambda name: name.startswith("ours"))
    leftovers(stick / "gone", lambda _: True)

    assert sorted(each.name for each in stick.iterdir()) == [
        "a",
        "ours-2.xlsx",
        "theirs.part",
    ]


def test_copied__where_the_system_cannot_forget_it_still_reads_back(
    sources: tuple[Path, Path], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fadvise")

    write_together([copied(sources[0], stick / "a")])

    assert (stick / "a").read_bytes() == sources[0].read_bytes()
