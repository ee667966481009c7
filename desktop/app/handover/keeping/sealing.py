"""Seal a file with a password, and open one that was sealed."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.sealing import COST
from desktop.exchange.sealing import check
from desktop.exchange.sealing import is_sealed
from desktop.exchange.sealing import seal
from desktop.exchange.sealing import strength
from desktop.exchange.sealing import unseal
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from desktop.app.progress import Watcher

__all__ = ["is_sealed", "strength"]

SEALED: Final = ".tzx"
"""How sealed files are called, so that people know them."""
_INSIDE: Final = (".xlsx", ".zip")


def seal_file(
    path: Path,
    target: Path,
    password: str,
    watch: Watcher = lambda _: True,
    cost: int = COST,
) -> Path:
    """Write a sealed copy of a file and open it again to be sure of it.

    Raises:
        ExportError: It could not be written; what stood under that name is as it was.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    telling = _teller(watch, "seal.sealing")

    def write(part: Path) -> None:
        seal(path, part, password, telling, cost)

    write_safely(target, write, lambda part: check(part, password, telling))
    return target


def save_plain(
    path: Path, target: Path, password: str, watch: Watcher = lambda _: True
) -> Path:
    """Write the readable copy of a sealed file; the sealed one stays as it is.

    Raises:
        ExportError: It could not be opened or written; what stood under that name is
            as it was.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    telling = _teller(watch, "seal.opening")
    if target == path:
        raise ExportError(message("seal.plain_there", file=target.name))

    def write(part: Path) -> None:
        said = unseal(path, part, password, telling)
        if said is not None:
            raise ExportError(said)

    # Each piece is vouched for as it is opened; here it is only written.
    write_safely(target, write, lambda _: None)
    return target


def plain_name(path: Path) -> str:
    """Give what a sealed file is called when it is open; most are workbooks."""
    inside = path.with_suffix("")
    return inside.name if inside.suffix in _INSIDE else f"{inside.name}{_INSIDE[0]}"


@contextmanager
def opened(
    path: Path, password: str | None, watch: Watcher = lambda _: True
) -> Iterator[Path | Message]:
    """Give the path to read: the file itself, or a plain copy while this lasts.

    The copy lies in a folder that only this person can enter, and goes with it. What
    cannot be opened comes as the message why.

    Raises:
        CancelledError: `watch` answered False.
    """
    try:
        sealed = is_sealed(path)
    except OSError:
        # Whoever reads it says so in better words.
        sealed = False
    if not sealed:
        yield path
    elif not password:
        yield message("seal.password_wanted", file=path.name)
    else:
        with TemporaryDirectory(prefix="taizhang-") as folder:
            yield _plain(path, Path(folder), password, _teller(watch, "seal.opening"))


def _plain(
    path: Path, folder: Path, password: str, telling: Callable[[int, int], None]
) -> Path | Message:
    plain = folder / plain_name(path)
    try:
        return unseal(path, plain, password, telling) or plain
    except OSError as error:
        return message("seal.no_room", detail=error.strerror or str(error))


def _teller(watch: Watcher, code: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if not watch(Progress(done, total, message(code))):
            raise CancelledError

    return tell
