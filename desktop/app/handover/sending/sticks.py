"""Which USB sticks are plugged in, and whether files go onto one.

The system is asked directly, with what every machine has: on Linux the kernel's tables,
on Windows four calls of kernel32. A library for it (psutil) was considered: on Linux it
does not know what can be taken out, and on Windows it makes these very calls.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from ctypes import wintypes
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol

from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.messages import Message

FAT: Final = frozenset({"vfat", "msdos", "fat", "fat16", "fat32"})
FAT_LARGEST: Final = (1 << 32) - 1
SLACK: Final = 256 * 1024
"""Bytes to spare: files fill whole clusters, and the folder may have to grow."""
NAME_UNITS: Final = 255
"""UTF-16 units in a name, of FAT as of NTFS."""
_CALLED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("vfat", "msdos"), "FAT"),
    **dict.fromkeys(("ntfs", "ntfs3", "fuseblk"), "NTFS"),
    "exfat": "exFAT",
}
"""Most of what Linux mounts as fuseblk is NTFS."""
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE
)
_FORBIDDEN: Final = frozenset('\\/:*?"<>|')
_DISCS: Final = frozenset({"iso9660", "udf", "squashfs", "cdfs"})
_PLUGGED: Final = re.compile(r"/(?:run/)?media/")
"""Where desktops mount what is plugged in."""
_OWN: Final = re.compile(r"/(?:$|boot|efi|home|usr|var|snap|etc|opt)")
"""Places of the system itself, which may stand on a USB disk too."""


@frozen
class Stick:
    """A drive that can be taken out, as it is at the moment.

    `free` and `size` are bytes; `device` tells it from the folder that lies beneath.
    """

    path: Path
    name: str
    system: str
    free: int
    size: int
    read_only: bool
    device: int = 0

    @property
    def format(self) -> str:
        """How people call the file system."""
        return _CALLED.get(self.system.lower(), self.system)

    @property
    def fat(self) -> bool:
        """Whether files end at 4 GB."""
        return self.system.lower() in FAT


@frozen
class Usage:
    """Bytes of a drive."""

    size: int
    free: int
    device: int


def usage_of(path: Path) -> Usage | None:
    """Ask how full a drive is; None where it cannot be said, as of one just pulled."""
    try:
        found = shutil.disk_usage(path)
        return Usage(found.total, found.free, path.stat().st_dev)
    except OSError:
        return None


def sticks(platform: str = sys.platform) -> tuple[Stick, ...]:
    """List what is plugged in now; on a strange system nothing."""
    if platform == "win32":
        windll = getattr(ctypes, "windll", None)
        return () if windll is None else windows_sticks(windll.kernel32)
    return linux_sticks(Path("/"), usage_of)


# --- Linux ---------------------------------------------------------------------


def linux_sticks(
    root: Path, usage: Callable[[Path], Usage | None]
) -> tuple[Stick, ...]:
    """Read the kernel's tables below a root folder."""
    try:
        text = (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ()
    found: dict[str, Stick] = {}
    for line in text.splitlines():
        mount = _mount(line)
        if mount is None or not _can_be_taken_out(root, mount):
            continue
        used = usage(Path(mount.place))
        if used is not None:
            found.setdefault(mount.source, _stick(mount, used))
    return tuple(sorted(found.values(), key=lambda each: each.path))


@frozen
class _Mount:
    source: str
    place: str
    system: str
    read_only: bool


def _mount(line: str) -> _Mount | None:
    """Read a line of mountinfo (proc(5)): six fields, options, a dash, three fields."""
    before, dash, after = line.partition(" - ")
    own, others = before.split(), after.split()
    if not dash or len(own) < 6 or len(others) < 3:  # noqa: PLR2004 - see above
        return None
    options = {*own[5].split(","), *others[2].split(",")}
    return _Mount(_plain(others[1]), _plain(own[4]), others[0], "ro" in options)


def _plain(text: str) -> str:
    """Undo how the kernel writes blanks in names: a backslash and three digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _can_be_taken_out(root: Path, mount: _Mount) -> bool:
    if mount.system in _DISCS or not mount.source.startswith("/dev/"):
        return False
    if _PLUGGED.match(mount.place):
        return True
    if _OWN.match(mount.place):
        return False
    link = root / "sys/class/block" / Path(mount.source).name
    there = Path(os.path.realpath(link))
    flags = (there / "removable", there.parent / "removable")
    return "usb" in str(there) or any(_says_one(flag) for flag in flags)


def _says_one(flag: Path) -> bool:
    try:
        return flag.read_text("ascii").strip() == "1"
    except OSError:
        return False


def _stick(mount: _Mount, used: Usage) -> Stick:
    path = Path(mount.place)
    return Stick(
        path,
        path.name,
        mount.system,
        used.free,
        used.size,
        mount.read_only,
        used.device,
    )


# --- Windows -------------------------------------------------------------------

_REMOVABLE: Final = 2
_READ_ONLY: Final = 0x80000
_NO_DIALOGS: Final = 1
_LONGEST: Final = 261


class Kernel32(Protocol):
    """The calls that are made."""

    def SetErrorMode(self, mode: int) -> int:  # noqa: N802 - Windows' own name
        """Have an empty card reader give an error, and no dialog."""

    def GetLogicalDrives(self) -> int:  # noqa: N802 - same
        """Tell which letters are taken, one bit each."""

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802 - same
        """Tell what kind of drive a letter is."""

    def GetVolumeInformationW(self, root: str, *others: object) -> int:  # noqa: N802 - same
        """Give the name, the flags and the file system."""

    def GetDiskFreeSpaceExW(self, root: str, *others: object) -> int:  # noqa: N802 - same
        """Give the bytes."""


def windows_sticks(kernel32: Kernel32) -> tuple[Stick, ...]:
    """Ask Windows for the drives that can be taken out and have something in them."""
    kernel32.SetErrorMode(_NO_DIALOGS)
    taken = kernel32.GetLogicalDrives()
    letters = (chr(ord("A") + bit) for bit in range(26) if taken >> bit & 1)
    return tuple(_windows(kernel32, letters))


def _windows(kernel32: Kernel32, letters: Iterator[str]) -> Iterator[Stick]:
    for letter in letters:
        root = f"{letter}:\\"
        if kernel32.GetDriveTypeW(root) != _REMOVABLE:
            continue
        name = ctypes.create_unicode_buffer(_LONGEST)
        system = ctypes.create_unicode_buffer(_LONGEST)
        flags = wintypes.DWORD()
        number, longest = ctypes.byref(wintypes.DWORD()), wintypes.DWORD()
        told = (name, _LONGEST, number, ctypes.byref(longest), ctypes.byref(flags))
        if not kernel32.GetVolumeInformationW(root, *told, system, _LONGEST):
            continue
        free, size = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        if not kernel32.GetDiskFreeSpaceExW(
            root, ctypes.byref(free), ctypes.byref(size), None
        ):
            continue
        called = f"{name.value} ({letter}:)" if name.value else f"{letter}:"
        locked = bool(flags.value & _READ_ONLY)
        device = number_of(Path(root))
        yield Stick(
            Path(root), called, system.value, free.value, size.value, locked, device
        )


def number_of(path: Path) -> int:
    """Give the number of the medium a folder lies on; 0 where it cannot be reached."""
    try:
        return path.stat().st_dev
    except OSError:
        return 0


# --- Whether files go onto it --------------------------------------------------


def objection(stick: Stick, files: Sequence[tuple[str, int]]) -> Message | None:
    """Say why a stick does not take files, by name and bytes; None if it does."""
    if stick.read_only:
        return message("carrying.read_only", stick=stick.name)
    needed = sum(size for _, size in files) + SLACK
    if stick.free < needed:
        return message(
            "carrying.no_room",
            stick=stick.name,
            needed=megabytes(needed),
            free=megabytes(stick.free),
        )
    for name, size in files:
        if stick.fat and size > FAT_LARGEST:
            return message("carrying.too_large", file=name)
    return names_objection([name for name, _ in files])


def names_objection(names: Sequence[str]) -> Message | None:
    """Say which name no stick takes, or which two are one on a stick."""
    seen: dict[str, str] = {}
    for name in names:
        unfit = (
            not name
            or bool(_FORBIDDEN.intersection(name))
            or name[-1] in ". "
            or any(char < " " for char in name)
            or len(name.encode("utf-16-le", "surrogatepass")) > 2 * NAME_UNITS
            or _RESERVED.fullmatch(name) is not None
        )
        if unfit:
            return message("carrying.unfit_name", file=ascii(name)[1:-1][:80])
        other = seen.setdefault(name.casefold(), name)
        if other is not name:
            return message("carrying.same_name", file=name, other=other)
    return None


def megabytes(size: int) -> str:
    """Write bytes as a person reads them."""
    for name, digits, unit in (
        ("GB", 1, 1 << 30),
        ("MB", 1, 1 << 20),
        ("KB", 0, 1 << 10),
    ):
        if size >= unit:
            return f"{size / unit:.{digits}f} {name}"
    return f"{size} B"
