"""Read files that were handed in, in processes of their own and without the ledger."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.keeping.sealing import SEALED
from desktop.app.handover.keeping.sealing import opened
from desktop.app.handover.receiving.edited import edited_cells
from desktop.app.handover.receiving.provers import Provers
from desktop.app.progress import Progress
from desktop.app.verify.verifying import envelope_of
from desktop.core.frozen import frozen
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.source import read_source

if TYPE_CHECKING:
    from collections.abc import Generator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.handover.receiving.edited import Edited
    from desktop.app.progress import Steps
    from desktop.core.manifest import Envelope
    from desktop.intake.table import Source

ENDINGS: Final = (".xlsx", SEALED)
PASSWORD: Final = frozenset({"seal.password_wanted", "seal.password_wrong"})
"""Why a file is refused that a password would open."""


@frozen
class Read:
    """A file as it was read; `refused` says why there is nothing to go on.

    Of a file without lineage there is the `source`, and when it was saved last. `data`
    are the bytes of a manifest where they had to be written to take its digest.
    """

    file: str
    path: Path
    envelope: Envelope | None = None
    refused: Message | None = None
    edited: tuple[Edited, ...] = ()
    source: Source | None = None
    saved: str = ""
    data: bytes = b""

    @property
    def locked(self) -> bool:
        """Whether a password would open it."""
        return self.refused is not None and self.refused.code in PASSWORD


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Give the files to look at: those named, and the workbooks in folders named.

    A file named twice is looked at once.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (each for each in path.iterdir() if _looks_like_one(each))
            found += sorted(inside)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _looks_like_one(path: Path) -> bool:
    # Excel leaves `~$name.xlsx` beside a file it has open.
    return path.suffix.lower() in ENDINGS and not path.name.startswith("~$")


def read_files(
    paths: Sequence[Path], reader: tuple[str, ...], password: str | None = None
) -> Steps[list[Read]]:
    """Read files in processes of their own; a bad one never stops the others.

    Those that prove themselves are read side by side.
    """
    found = []
    with closing(reads_of(paths, reader, password)) as reads:
        for place, path in enumerate(paths):
            said = message("exchange.reading", file=path.name)
            yield Progress(place, len(paths), said)
            found.append(next(reads))
    return found


def reads_of(
    paths: Sequence[Path], reader: tuple[str, ...], password: str | None = None
) -> Generator[Read]:
    """Read files one after the other, while those that follow are being proved."""
    with Provers(reader, paths) as provers:
        for path in paths:
            read = _proved(path, provers.envelope(path))
            yield read or read_one(path, reader, password)


def _proved(path: Path, packed: bytes) -> Read | None:
    """Give a file that proved itself; None where that takes a closer look."""
    if not packed:
        return None
    envelope = read_envelope(packed)
    if isinstance(envelope, Message):
        return None
    data = to_data(envelope.manifest)
    if digest_of(data) != envelope.digest:
        return None
    return Read(path.name, path, envelope, data=data)


def read_one(path: Path, reader: tuple[str, ...], password: str | None = None) -> Read:
    """Read one file, and hold its cells against what it says of itself."""
    try:
        with opened(path, password) as plain:
            if isinstance(plain, Message):
                return Read(path.name, path, refused=plain)
            source = read_source(plain, reader)
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        said = message("exchange.unreadable", detail=error.strerror or path.name)
        return Read(path.name, path, refused=said)
    if isinstance(source, Message):
        return Read(path.name, path, refused=source)
    envelope = envelope_of(source)
    if isinstance(envelope, Message):
        if envelope.code != "verify.no-manifest":
            return Read(path.name, path, refused=envelope)
        said = message("exchange.no_manifest")
        at = saved.isoformat(timespec="seconds")
        return Read(path.name, path, refused=said, source=source, saved=at)
    if digest_of(to_data(envelope.manifest)) != envelope.digest:
        return Read(path.name, path, refused=message("manifest.newer"))
    return Read(path.name, path, envelope, edited=edited_cells(source, envelope))
