from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.app.handover.sending import sticks as module
from desktop.app.handover.sending.sticks import FAT_LARGEST
from desktop.app.handover.sending.sticks import Stick
from desktop.app.handover.sending.sticks import Usage
from desktop.app.handover.sending.sticks import linux_sticks
from desktop.app.handover.sending.sticks import megabytes
from desktop.app.handover.sending.sticks import names_objection
from desktop.app.handover.sending.sticks import number_of
from desktop.app.handover.sending.sticks import objection
from desktop.app.handover.sending.sticks import sticks
from desktop.app.handover.sending.sticks import usage_of
from desktop.app.handover.sending.sticks import windows_sticks

MOUNTS = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:5 / /proc rw - proc proc rw
40 22 8:17 / /media/王主任/KINGSTON\04016G rw,nosuid shared:9 - vfat /dev/sdb1 rw
41 22 8:17 / /home/王/again rw - vfat /dev/sdb1 rw
42 22 8:33 / /srv/data rw - ext4 /dev/sdc1 rw
43 22 8:49 / /mnt/card rw - exfat /dev/sdd1 ro
44 22 11:0 / /run/media/王/DISC rw - iso9660 /dev/sr0 ro
45 22 8:65 / /boot rw - vfat /dev/sde1 rw
46 22 8:81 / /mnt/gone rw - vfat /dev/sdf1 rw
47 22 0:99 / /run/media/王/NTFS rw - fuseblk /dev/sdg1 rw
damaged line - x
"""


def machine(tmp_path: Path, mounts: str = MOUNTS) -> Path:
    root = tmp_path / "root"
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/mountinfo").write_text(mounts, encoding="utf-8")
    block = root / "sys/class/block"
    block.mkdir(parents=True)
    for name, bus, removable in (
        ("sdb", "usb1", "0"),
        ("sdc", "ata1", "0"),
        ("sdd", "ata2", "1"),
        ("sde", "usb2", "1"),
        ("sdf", "usb3", "1"),
    ):
        disk = root / "sys/devices/pci" / bus / "block" / name
        (disk / f"{name}1").mkdir(parents=True)
        (disk / "removable").write_text(f"{removable}\n", encoding="ascii")
        (block / f"{name}1").symlink_to(disk / f"{name}1")
    return root


def usage(path: Path) -> Usage | None:
    return None if path.name == "gone" else Usage(1000, 400, 7)


def test_linux__what_can_be_taken_out(tmp_path: Path) -> None:
    found = linux_sticks(machine(tmp_path), usage)

    assert [(each.name, each.system, each.read_only) for each in found] == [
        ("KINGSTON 16G", "vfat", False),
        ("card", "exfat", True),
        ("NTFS", "fuseblk", False),
    ]
    first = found[0]
    assert first.path == Path("/media/王主任/KINGSTON 16G")
    assert (first.free, first.size, first.device) == (400, 1000, 7)
    assert first.fat
    assert not found[1].fat
    assert [each.format for each in found] == ["FAT", "exFAT", "NTFS"]


def test_linux__where_the_kernel_says_nothing(tmp_path: Path) -> None:
    assert linux_sticks(tmp_path, usage) == ()


def test_usage__of_a_drive_that_went(tmp_path: Path) -> None:
    there = usage_of(tmp_path)
    assert there is not None
    assert 0 < there.free <= there.size
    assert there.device == number_of(tmp_path) != 0
    assert usage_of(tmp_path / "gone") is None
    assert number_of(tmp_path / "gone") == 0


def behind(reference: Any) -> Any:  # noqa: ANN401 - what ctypes.byref was given
    return reference._obj  # noqa: SLF001 - the only way


class Windows:
    """kernel32 of a computer with a disk, sticks, and an empty reader."""

    def __init__(self) -> None:
        self.mode = 0
        self.volumes = {
            "E:\\": ("王主任的U盘", "FAT32", 0),
            "G:\\": ("", "exFAT", 0x80000),
            "H:\\": ("x", "NTFS", 0),
        }

    def SetErrorMode(self, mode: int) -> int:  # noqa: N802 - Windows' own name
        self.mode = mode
        return 0

    def GetLogicalDrives(self) -> int:  # noqa: N802 - same
        return sum(1 << ord(letter) - ord("A") for letter in "CEFGH")

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802 - same
        return 3 if root == "C:\\" else 2

    def GetVolumeInformationW(self, root: str, *others: Any) -> int:  # noqa: N802, ANN401 - same
        name, _, _, _, flags, system, _ = others
        if root not in self.volumes:
            return 0
        name.value, system.value, behind(flags).value = self.volumes[root]
        return 1

    def GetDiskFreeSpaceExW(self, root: str, *others: Any) -> int:  # noqa: N802, ANN401 - same
        free, size, _ = others
        if root == "H:\\":
            return 0
        behind(free).value, behind(size).value = 5 << 30, 8 << 30
        return 1


def test_windows__what_can_be_taken_out() -> None:
    kernel32 = Windows()

    found = windows_sticks(kernel32)

    assert kernel32.mode == 1
    assert found == (
        Stick(
            Path("E:\\"),
            "王主任的U盘 (E:)",
            "FAT32",
            5 << 30,
            8 << 30,
            read_only=False,
        ),
        Stick(Path("G:\\"), "G:", "exFAT", 5 << 30, 8 << 30, read_only=True),
    )
    assert found[0].fat
    assert found[0].format == "FAT32"


def test_sticks__asks_the_system_it_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(module, "linux_sticks", lambda root, _: asked.append(root))
    monkeypatch.setattr(module, "windows_sticks", asked.append)

    sticks("linux")
    monkeypatch.delattr(ctypes, "windll", raising=False)
    assert sticks("win32") == ()
    api = SimpleNamespace(kernel32="api")
    monkeypatch.setattr(ctypes, "windll", api, raising=False)
    sticks("win32")

    assert asked == [Path("/"), "api"]


def test_sticks__this_very_machine_is_read_without_a_fault() -> None:
    assert all(each.path.is_absolute() for each in sticks(sys.platform))


def stick(*, free: int = 10 << 30, system: str = "vfat", locked: bool = False) -> Stick:
    return Stick(Path("/media/x"), "x", system, free, 16 << 30, read_only=locked)


@pytest.mark.parametrize(
    ("on", "size", "code"),
    [
        (stick(), 1000, None),
        (stick(locked=True), 1, "carrying.read_only"),
        (stick(free=1000), 1000, "carrying.no_room"),
        (stick(), FAT_LARGEST, None),
        (stick(), FAT_LARGEST + 1, "carrying.too_large"),
        (stick(system="exfat"), FAT_LARGEST + 1, None),
    ],
)
def test_objection(on: Stick, size: int, code: str | None) -> None:
    said = objection(on, [("a.xlsx", size)])

    assert (said and said.code) == code


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a:b",
        "a\\b",
        'a"b',
        "a?",
        "a|b",
        "a*",
        "a<b",
        "a>b",
        "a/b",
        "a.",
        "a ",
        "a\x07",
        "CON",
        "com1.xlsx",
        "长" * 256,
        "𠮷" * 128,
    ],
)
def test_names__no_stick_takes(name: str) -> None:
    said = names_objection([name])

    assert said is not None
    assert said.code == "carrying.unfit_name"


def test_names__what_sticks_take() -> None:
    assert (
        names_objection(["a.xlsx", "长" * 255, "𠮷" * 127, "conrad", "com.x"]) is None
    )
    said = names_objection(["A.xlsx", "b", "a.XLSX"])
    assert said is not None
    assert said.code == "carrying.same_name"


def test_megabytes() -> None:
    sizes = (12, 3000, 5 << 20, 3 << 30)

    assert [*map(megabytes, sizes)] == ["12 B", "3 KB", "5.0 MB", "3.0 GB"]
