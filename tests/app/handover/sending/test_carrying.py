from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.carrying import carry
from desktop.app.progress import CancelledError
from desktop.export.safe_file import ExportError
from tests.app.handover.media import KINDS
from tests.app.handover.media import EvilStick
from tests.app.handover.media import mounted
from tests.app.handover.media import stick_at
from tests.app.handover.media import unplug

if TYPE_CHECKING:
    from desktop.app.progress import Progress

NAME = "310105-2025-r0004-abcdef"
SIZE = 300_000


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "made"
    made.mkdir()
    book, pdf = made / f"{NAME}.xlsx", made / f"{NAME}.pdf"
    book.write_bytes(b"new book" * (SIZE // 8))
    pdf.write_bytes(b"new page" * (SIZE // 8))
    return book, pdf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    (place / f"{NAME}.xlsx").write_text("old", encoding="utf-8")
    return place


def go_on(_: Progress) -> bool:
    return True


def refused(files: tuple[Path, ...], target: Target) -> str:
    with pytest.raises(ExportError) as caught:
        carry(files, target, go_on)
    return caught.value.message.code


def there(folder: Path) -> dict[str, str]:
    return {each.name: each.read_bytes()[:3].decode() for each in folder.iterdir()}


def test_carry__ok(files: tuple[Path, Path], folder: Path) -> None:
    told: list[Progress] = []
    (folder / f"{NAME}.xlsx.part").write_text("of last time", encoding="utf-8")
    (folder / "照片.part").write_text("not ours", encoding="utf-8")

    def watch(progress: Progress) -> bool:
        told.append(progress)
        return True

    carried = carry(files, Target(folder, stick_at(folder)), watch)

    assert carried == tuple(folder / path.name for path in files)
    for path in files:
        assert (folder / path.name).read_bytes() == path.read_bytes()
    assert (folder / "照片.part").exists()
    assert len(list(folder.iterdir())) == 3
    assert told[-1].done == told[-1].total
    assert [each.done for each in told] == sorted(each.done for each in told)


def test_carry__cancelled_leaves_what_was_there(
    files: tuple[Path, Path], folder: Path
) -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) < 4

    with pytest.raises(CancelledError):
        carry(files, Target(folder), stop)

    assert there(folder) == {f"{NAME}.xlsx": "old"}


def test_carry__refuses_before_anything_is_written(
    files: tuple[Path, Path], folder: Path, tmp_path: Path
) -> None:
    small = stick_at(folder, free=1000)
    other = stick_at(Path("/proc"))
    clash = tmp_path / "made" / f"{NAME}.XLSX"
    clash.touch()

    assert refused(files, Target(folder, small)) == "carrying.no_room"
    assert refused(files, Target(folder, other)) == "carrying.gone"
    assert refused((files[0], clash), Target(folder)) == "carrying.same_name"
    assert refused(files, Target(tmp_path / "no")) == "export.folder_missing"
    assert there(folder) == {f"{NAME}.xlsx": "old"}


def test_target__is_known_by_its_name(folder: Path) -> None:
    assert Target(folder).name == str(folder)
    assert Target(folder, stick_at(folder)).name == "KINGSTON"


@pytest.mark.unmeasured
@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_carry__whatever_fails_there_is_the_old_file_or_the_whole_new_one(
    files: tuple[Path, Path], folder: Path, number: int, *, gone: bool
) -> None:
    whole = {path.name: path.read_bytes() for path in files}
    failures = 0
    for fails in range(1, 100):
        for each in folder.iterdir():
            each.unlink()
        (folder / f"{NAME}.xlsx").write_bytes(b"old")
        evil = EvilStick(folder, fails, number, gone=gone)
        with pytest.MonkeyPatch.context() as patch:
            evil.plug(patch)
            try:
                carry(files, Target(folder, stick_at(folder)), go_on)
            except ExportError:
                failures += 1
                claimed = False
            else:
                claimed = True
        finished = {p.name: p.read_bytes() for p in folder.glob(f"{NAME}.*[xf]")}
        assert all(
            content == whole[name] or content == b"old"
            for name, content in finished.items()
        )
        if claimed:
            assert finished == whole
        else:
            carry(files, Target(folder, stick_at(folder)), go_on)
        assert there(folder) == {path.name: "new" for path in files}
        if evil.asked < fails:
            break
    assert failures > 10
    assert evil.asked < fails


@pytest.mark.parametrize("kind", KINDS)
def test_carry__a_real_stick_that_is_full(kind: str, files: tuple[Path, Path]) -> None:
    with mounted(kind) as folder:
        if isinstance(folder, str):
            pytest.skip(folder)
        old = folder / f"{NAME}.xlsx"
        old.write_bytes(b"old")
        room = shutil.disk_usage(folder).free - SIZE
        (folder / "films").write_bytes(bytes(room))

        # The stick says it had room when it was chosen.
        assert refused(files, Target(folder, stick_at(folder))) == "export.disk_full"

        assert there(folder) == {old.name: "old", "films": "\0\0\0"}
        (folder / "films").unlink()
        carry(files, Target(folder, stick_at(folder)), go_on)
        assert there(folder) == {path.name: "new" for path in files}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("after", [1, 2, 4, 6, 8])
def test_carry__a_real_stick_pulled_out(
    kind: str, after: int, files: tuple[Path, Path]
) -> None:
    with mounted(kind) as folder:
        if isinstance(folder, str):
            pytest.skip(folder)
        target = Target(folder, stick_at(folder))
        told: list[Progress] = []

        def pull(progress: Progress) -> bool:
            told.append(progress)
            if len(told) == after:
                unplug(folder)
            return True

        with pytest.raises(ExportError) as caught:
            carry(files, target, pull)

        assert caught.value.message.code == "carrying.gone"
        # The folder it was mounted on has got nothing that looks finished.
        assert len(told) >= after
        assert list(folder.iterdir()) == []
