"""Make a package for a successor (交接包) or for the archive (归档), and note it.

The ledger is copied first, on its own thread; everything else is read from the copy, so
that the account says what is in the package and nobody has to stop working. When the
package is whole, the ledger it was made of notes to whom it was given.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from typing import Final
from zipfile import ZIP_DEFLATED

from desktop.app.handover.keeping.archiving_account import Asked
from desktop.app.handover.keeping.archiving_account import account_of
from desktop.app.handover.keeping.sealing import SEALED
from desktop.app.handover.keeping.sealing import seal_file
from desktop.app.handover.keeping.signing import EVERY
from desktop.app.handover.keeping.signing import sign
from desktop.app.opening import open_ledger
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import LEDGER
from desktop.exchange.handing import MANIFEST
from desktop.exchange.handing import PAGE
from desktop.exchange.handing import TEXT
from desktop.exchange.handing import Package
from desktop.exchange.handing import Part
from desktop.exchange.handing import Purpose
from desktop.exchange.handing import read_package
from desktop.exchange.handing import take_out
from desktop.exchange.handing import write_manifest
from desktop.exchange.sealing import COST
from desktop.export.handing import in_text
from desktop.export.safe_file import write_safely
from desktop.export.steady_zip import SteadyZip
from desktop.store.archived import put_away

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.app.handover.keeping.archiving_account import Account
    from desktop.app.person import Person
    from desktop.app.progress import Watcher
    from desktop.core.manifest import Signature
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger
    from desktop.store.records import Answer

HANDED: Final = "ledger.handed."
"""With the beginning of a package's digest behind it: to whom the ledger was given, or
from whom it came."""
DIGITS: Final = 16
SLICE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What package is wanted: for whom, in which folder, under which password.

    `key_password` opens the ledger's key, if that is under one.
    """

    purpose: Purpose
    folder: Path
    taker: str = ""
    note: str = ""
    password: str = field(default="", repr=False)
    key_password: str | None = field(default=None, repr=False)


@frozen
class Made:
    """A package that was written; `unsigned` says why a key could not sign it."""

    path: Path
    package: Package
    faults: int
    open: int
    unsigned: Message | None = None


@frozen
class Maker:
    """Who makes a package, with which fonts and words, and who watches.

    `cost` is that of sealing (`desktop.exchange.sealing`).
    """

    person: Person
    fonts: Path
    say: Words
    watch: Watcher
    cost: int = COST


def copied(ledger: Ledger, folder: Path, watch: Watcher) -> Path:
    """Copy a ledger into an empty folder of one's own; runs on the ledger's thread.

    Raises:
        StoreError: It could not be copied.
        CancelledError: `watch` answered False.
    """
    return ledger.backup(folder, watch=teller(watch, "handing.copying"))


def make_package(copy: Path, original: Path, wish: Wish, maker: Maker) -> Made:
    """Make a package of a ledger's copy, on any thread; the copy is used up.

    `original` is the ledger in use.

    Raises:
        ExportError: It could not be written; what stood there is as it was.
        StoreError: The copy cannot be read.
        CancelledError: `watch` answered False; nothing half done is left.
    """
    at = maker.person.clock().isoformat(timespec="seconds")
    giver = maker.person.who
    asked = Asked(wish.purpose, original, giver, wish.taker, wish.note, at)
    with TemporaryDirectory(prefix="taizhang-") as folder:
        files = {
            LEDGER: copy,
            TEXT: Path(folder) / "account.txt",
            PAGE: Path(folder) / "account.pdf",
        }
        with open_ledger(copy, maker.person, read_only=True) as ledger:
            account = run_steps(account_of(ledger, asked, maker.say), maker.watch)
            _write_account(account, files, maker.fonts)
            package = replace(_package(ledger, asked), parts=())
            if wish.purpose is Purpose.ARCHIVE:
                put_away(copy, at[:10])
            package = replace(package, parts=tuple(map(_part, files, files.values())))
            signed = sign(ledger, package.digest, wish.key_password)
        unsigned = signed if isinstance(signed, Message) else None
        signature = None if isinstance(signed, Message) else signed
        path = _written(files, (package, signature), wish, maker)
    return Made(path, package, account.faults, account.open, unsigned)


def _write_account(account: Account, files: Mapping[str, Path], fonts: Path) -> None:
    # reportlab costs a third of a second.
    from desktop.export.pdf.notice import write_notice  # noqa: PLC0415 - see above

    # Old editors on Windows know UTF-8 by its mark.
    files[TEXT].write_bytes(in_text(account.notice).encode("utf-8-sig"))
    write_notice(account.notice, files[PAGE], fonts)


def _package(ledger: Ledger, asked: Asked) -> Package:
    unit, identity, head = ledger.units()[0], ledger.identity(), ledger.head()
    return Package(
        purpose=asked.purpose,
        unit=str(unit.code),
        unit_name=unit.name,
        ledger=identity.ledger,
        epoch=identity.epoch,
        revision=head.revision,
        head=head.hash.hex(),
        giver=asked.giver,
        taker=asked.taker,
        made=asked.at,
        note=asked.note,
        parts=(),
    )


def _part(name: str, path: Path) -> Part:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Part(name, path.stat().st_size, digest)


def file_name(package: Package) -> str:
    """Name a package so that any stick takes it and no later one lies over it."""
    made = package.made[:19].replace("-", "").replace(":", "")
    words = package.unit, package.purpose.value, f"r{package.revision:04d}", made
    return f"{'-'.join(words)}.zip"


# --- Writing -------------------------------------------------------------------


def _written(
    files: Mapping[str, Path],
    told: tuple[Package, Signature | None],
    wish: Wish,
    maker: Maker,
) -> Path:
    package, _ = told
    name = file_name(package)
    if not wish.password:
        target = wish.folder / name
        _write_zip(target, files, told, maker.watch)
        return target
    with TemporaryDirectory(prefix="taizhang-") as folder:
        plain = Path(folder) / name
        _write_zip(plain, files, told, maker.watch)
        target = wish.folder / (name + SEALED)
        return seal_file(plain, target, wish.password, maker.watch, maker.cost)


def _write_zip(
    target: Path,
    files: Mapping[str, Path],
    told: tuple[Package, Signature | None],
    watch: Watcher,
) -> None:
    telling = teller(watch, "handing.writing")

    def write(part: Path) -> None:
        with SteadyZip(part, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(MANIFEST, write_manifest(*told))
            for name, path in files.items():
                _put(archive, name, path, telling)

    write_safely(target, write, lambda part: whole(part, watch))


def _put(
    archive: zipfile.ZipFile,
    name: str,
    path: Path,
    telling: Callable[[int, int], None],
) -> None:
    total, done = path.stat().st_size, 0
    with (
        path.open("rb") as given,
        archive.open(name, "w", force_zip64=True) as put,
    ):
        while some := given.read(SLICE):
            telling(done, total)
            put.write(some)
            done += len(some)


def whole(path: Path, watch: Watcher) -> Message | None:
    """Read a package to its end and hold it against its manifest; None if all is well.

    Raises:
        OSError: It cannot be read.
        CancelledError: `watch` answered False.
    """
    found = read_package(path)
    if isinstance(found, Message):
        return found
    telling = teller(watch, "handing.checking")
    faults = (take_out(path, part, None, telling) for part in found.package.parts)
    return next((fault for fault in faults if fault is not None), None)


def teller(watch: Watcher, code: str) -> Callable[[int, int], None]:
    """Tell a watcher of parts done and in all; who says no stops the work."""

    def tell(done: int, total: int) -> None:
        if not watch(Progress(done, total, message(code))):
            raise CancelledError

    return tell


# --- Noting --------------------------------------------------------------------


def note_given(ledger: Ledger, made: Made) -> Answer:
    """Let the ledger remember that a package was made of it, and for whom.

    Raises:
        StoreError: It could not be written; the package is there all the same.
    """
    package = made.package
    return ledger.apply(Action(given_title(package), (noted(package, ""),)))


def given_title(package: Package) -> Message:
    """Name the action of giving a package out of hand."""
    if package.purpose is Purpose.ARCHIVE:
        return message("handing.action.archive")
    return message("handing.action.handover", taker=package.taker)


def noted(package: Package, by: str) -> DefinitionChange:
    """Give what a ledger is to remember of a package; `by` took it over."""
    content = {
        "purpose": package.purpose.value,
        "giver": package.giver,
        "taker": package.taker,
        "made": package.made,
        "revision": package.revision,
        "by": by,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return DefinitionChange(EVERY, HANDED + package.digest[:DIGITS], "", text)
