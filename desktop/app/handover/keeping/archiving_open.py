"""Open a package: look whether it is whole, take a ledger over, or read an archive."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.archiving import noted
from desktop.app.handover.keeping.archiving import teller
from desktop.app.handover.keeping.sealing import opened
from desktop.app.opening import open_ledger
from desktop.core.changes import Action
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import LEDGER
from desktop.exchange.handing import Found
from desktop.exchange.handing import Package
from desktop.exchange.handing import Purpose
from desktop.exchange.handing import read_package
from desktop.exchange.handing import take_out
from desktop.exchange.keys import fingerprint
from desktop.exchange.keys_known import unsound
from desktop.store.archived import bring_up
from desktop.store.backup import restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from desktop.app.person import Person
    from desktop.app.progress import Watcher
    from desktop.exchange.handing import Part


@frozen
class Looked:
    """A package that is whole; `signed` says what its signature is worth."""

    package: Package
    signed: Message


@contextmanager
def _package(
    path: Path, password: str | None, watch: Watcher
) -> Iterator[tuple[Path, Found] | Message]:
    """Give the zip of a package and what it says of itself, or what is wrong."""
    with opened(path, password, watch) as plain:
        if isinstance(plain, Message):
            yield plain
            return
        try:
            found = read_package(plain)
        except OSError as error:
            detail = error.strerror or str(error)
            found = message("handing.unreadable", detail=detail)
        yield found if isinstance(found, Message) else (plain, found)


def look_into(path: Path, password: str | None, watch: Watcher) -> Looked | Message:
    """Read a package to its end, and say whether it is whole and whose it is.

    Raises:
        CancelledError: `watch` answered False.
    """
    with _package(path, password, watch) as there:
        if isinstance(there, Message):
            return there
        plain, found = there
        for part in found.package.parts:
            fault = _taken_out(plain, part, None, teller(watch, "handing.checking"))
            if fault is not None:
                return fault
        return _looked(found)


def _looked(found: Found) -> Looked | Message:
    """Say what the signature is worth; one that does not fit ends the visit."""
    package, signature = found.package, found.signature
    if signature is None:
        return Looked(package, message("handing.unsigned"))
    said = unsound(signature, package.digest)
    if said is None:
        print_ = fingerprint(signature.scheme, signature.key)
        said = message("handing.signed", giver=package.giver, fingerprint=print_)
    elif said.code == "sign.broken":
        return message("handing.broken")
    return Looked(package, said)


def unpack(
    path: Path, target: Path, password: str | None, person: Person, watch: Watcher
) -> Looked | Message:
    """Put the ledger of a package where it shall be; nothing is overwritten.

    A ledger that was handed over goes on as a new line, and its log tells who took it
    over. One from the archive can only be read.

    Raises:
        StoreError: It is no whole ledger, or the place is taken or full.
        CancelledError: `watch` answered False; nothing is left.
    """
    with _package(path, password, watch) as there:
        if isinstance(there, Message):
            return there
        plain, found = there
        looked = _looked(found)
        if isinstance(looked, Message):
            return looked
        with TemporaryDirectory(prefix="taizhang-") as folder:
            out = Path(folder) / "ledger.taizhang"
            part = found.package.part(LEDGER)
            # For the type checker: a package without a ledger is none.
            assert part is not None  # noqa: S101 - see above
            telling = teller(watch, "handing.unpacking")
            fault = _taken_out(plain, part, out, telling)
            if fault is not None:
                return fault
            if found.package.purpose is Purpose.ARCHIVE:
                bring_up(out, person.clock())
            else:
                _take_over(out, found.package, person)
            restore(out, target)
        return looked


def _taken_out(
    plain: Path,
    part: Part,
    out: Path | None,
    telling: Callable[[int, int], None],
) -> Message | None:
    try:
        return take_out(plain, part, out, telling)
    except OSError as error:
        return message("handing.unreadable", detail=error.strerror or str(error))


def _take_over(out: Path, package: Package, person: Person) -> None:
    """Let the ledger itself remember, before it has its name, who took it over."""
    title = message("handing.action.taken", giver=package.giver)
    with open_ledger(out, person) as ledger:
        ledger.apply(Action(title, (noted(package, person.who),)))
