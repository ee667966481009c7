"""Hold files of ours against what they say of themselves, each other, and a ledger.

A PDF alone is proved by the data and page digests in it, a workbook alone by its
manifest. Neither proves who made it: someone who knows the program can make a file
that is true to itself. Only the ledger, or the digest on a signed page, shows that.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.manifest import digest_of
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.manifest_diff import differences
from desktop.core.manifest_match import located
from desktop.core.manifest_match import plain
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.progress import Steps
    from desktop.core.manifest import Envelope
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Place
    from desktop.core.manifest_match import Located
    from desktop.core.manifest_match import Sheet
    from desktop.intake.table import Source
    from desktop.intake.table import Table

LEDGER_ENDING: Final = ".taizhang"
_PDF: Final = b"%PDF-"
_OWN_WORDS: Final[Mapping[str, str]] = {
    "intake.empty_file": "verify.foreign",
    "intake.web_page": "verify.foreign",
    "intake.text_file": "verify.foreign",
    "intake.no_workbook": "verify.foreign",
    "intake.old_excel": "verify.foreign",
    "intake.other_office_format": "verify.foreign",
    "intake.password": "verify.locked",
    "intake.encrypted": "verify.locked",
}
"""What is said where intake would speak of importing."""
_SQLITE: Final = b"SQLite format 3\0"


class Verdict(Enum):
    """How a check ended."""

    AGREES = "agrees"
    DIFFERS = "differs"
    OLDER = "older"
    """True to itself, but there is a newer state."""
    UNKNOWN = "unknown"
    """It could not be checked."""


@frozen
class Check:
    """One thing that was held against another.

    `about` are the names of the files. `says` is the result in words; `sides` name what
    stands under `was` and `now` of the differences.
    """

    about: tuple[str, ...]
    verdict: Verdict
    says: tuple[Message, ...]
    differences: tuple[Difference, ...] = ()
    sides: tuple[Message, Message] = (
        message("verify.side-written"),
        message("verify.side-found"),
    )


@frozen
class Examined:
    """One file: its own check, and the manifest in it if there is one to go by.

    Of a file that may be signed, `envelope` is all that is wrapped round the manifest.
    """

    name: str
    check: Check
    manifest: Manifest | None = None
    digest: str = ""
    envelope: Envelope | None = None

    @property
    def altered(self) -> bool:
        """Whether the file is not as it was written."""
        return self.check.verdict is Verdict.DIFFERS


def examine(paths: Sequence[Path], reader: tuple[str, ...]) -> Steps[list[Examined]]:
    """Check each file by itself; `reader` starts a process that reads a workbook."""
    found = []
    names = [path.name for path in paths]
    for place, path in enumerate(paths):
        yield Progress(place, len(paths), message("verify.reading", file=path.name))
        one = examine_file(path, reader)
        if names.count(path.name) > 1:
            name = f"{path.parent.name}/{path.name}"
            one = replace(one, name=name, check=replace(one.check, about=(name,)))
        found.append(one)
    return found


def is_ledger(path: Path) -> bool:
    """Tell whether a file is a ledger and not something to be held against one."""
    if path.suffix.lower() == LEDGER_ENDING:
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def examine_file(path: Path, reader: tuple[str, ...]) -> Examined:
    """Check one file by itself; what it is decides, not what it is called."""
    try:
        with path.open("rb") as file:
            pdf = file.read(1024).lstrip().startswith(_PDF)
        if pdf or path.suffix.lower() == ".pdf":
            return _pdf(path)
    except OSError:
        return _unknown(path, message("verify.unreadable", file=path.name))
    return _workbook(path, reader)


def _unknown(path: Path, *says: Message) -> Examined:
    return Examined(path.name, Check((path.name,), Verdict.UNKNOWN, says))


# --- A PDF ---------------------------------------------------------------------


def _pdf(path: Path) -> Examined:
    # pikepdf is large; only somebody who drops a PDF waits for it.
    from desktop.export.pdf.archive_reading import read_archive  # noqa: PLC0415 - see above

    archive = read_archive(path)
    if isinstance(archive, Message):
        return _unknown(path, archive)
    manifest = read_data(archive.data)
    if isinstance(manifest, Message):
        return _unknown(path, *archive.remarks, manifest)
    verdict = Verdict.DIFFERS if archive.remarks else Verdict.AGREES
    says = (*_of(manifest), *(archive.remarks or (message("verify.pdf-whole"),)))
    check = Check((path.name,), verdict, says)
    return Examined(path.name, check, manifest, digest_of(archive.data))


def _of(manifest: Manifest) -> tuple[Message, ...]:
    """Say what a file is."""
    stamp = manifest.stamp
    return (
        message(
            "verify.shows",
            unit=stamp.unit_name,
            period=stamp.period_title,
            revision=stamp.revision,
            made=stamp.made[:16].replace("T", " "),
        ),
    )


# --- A workbook ----------------------------------------------------------------


def _workbook(path: Path, reader: tuple[str, ...]) -> Examined:
    from desktop.intake.source import read_source  # noqa: PLC0415 - as above

    source = read_source(path, reader)
    if isinstance(source, Message):
        own = _OWN_WORDS.get(source.code)
        if own is not None:
            return _unknown(path, message(own, file=path.name))
        return _unknown(path, source, message("verify.not-read"))
    envelope = envelope_of(source)
    if isinstance(envelope, Message):
        return _unknown(path, envelope)
    found = tuple(in_workbook(source, envelope))
    verdict = Verdict.DIFFERS if found else Verdict.AGREES
    result = message("verify.cells-differ", count=len(found))
    says = (*_of(envelope.manifest), result if found else message("verify.cells-agree"))
    check = by_signature(Check((path.name,), verdict, says, found), envelope)
    return Examined(path.name, check, envelope.manifest, envelope.digest, envelope)


def by_signature(check: Check, envelope: Envelope) -> Check:
    """Say, too, whether the signature of a file holds; whose it is, is not known."""
    signature = envelope.signature
    if signature is None:
        return check
    # Keys bring what few files need.
    from desktop.exchange.keys import fingerprint  # noqa: PLC0415 - see above
    from desktop.exchange.keys_known import unsound  # noqa: PLC0415 - see above

    said = unsound(signature, envelope.digest)
    if said is None:
        print_ = fingerprint(signature.scheme, signature.key)
        said = message("sign.holds", fingerprint=print_)
    broken = said.code == "sign.broken"
    verdict = Verdict.DIFFERS if broken else check.verdict
    return replace(check, verdict=verdict, says=(*check.says, said))


def envelope_of(source: Source) -> Envelope | Message:
    """Read the manifest of a workbook, or say why there is none to go by."""
    from desktop.export.manifest.sheet import SHEET  # noqa: PLC0415 - as above
    from desktop.export.manifest.sheet import read_sheet  # noqa: PLC0415 - as above

    for table in source.tables:
        if table.sheet == SHEET:
            return read_sheet([[cell.text for cell in row] for row in table.rows])
    return message("verify.no-manifest")


def in_workbook(source: Source, envelope: Envelope) -> Iterator[Difference]:
    """Hold every table of a workbook against its manifest."""
    return (found for _, (found, _) in in_tables(source, envelope))


def in_tables(source: Source, envelope: Envelope) -> Iterator[tuple[Place, Located]]:
    """Hold every table of a workbook against its manifest, and tell where it stands."""
    yield from in_sheets(
        {table.sheet: cells_of(table) for table in source.tables}, envelope
    )


def in_sheets(
    sheets: Mapping[str, Sheet], envelope: Envelope
) -> Iterator[tuple[Place, Located]]:
    """Hold sheets by name against a manifest, and tell where what differs stands."""
    from desktop.export.manifest.words import shown  # noqa: PLC0415 - as above

    manifest = envelope.manifest
    titles = {table.id: table.title for table in manifest.tables}
    for place in envelope.places:
        sheet = sheets.get(place.sheet)
        if sheet is not None:
            for found in located(manifest, place, sheet, shown):
                yield place, found
        elif place.table in titles:
            title = titles[place.table]
            gone = Difference(Kind.TABLE_GONE, title, where=place.sheet)
            yield place, (gone, None)


def cells_of(table: Table) -> Sheet:
    """Give the cells of a sheet as plain text, by row and column."""
    return {
        row[0].row: {
            cell.column: text
            for cell in row
            if cell.value is not None and (text := plain(cell.value))
        }
        for row in table.rows
    }


# --- Against each other ----------------------------------------------------------


def against_each_other(files: Sequence[Examined]) -> Iterator[Check]:
    """Hold the files that show one report against each other, the newest first."""
    from desktop.export.manifest.words import shown  # noqa: PLC0415 - as above

    groups: dict[tuple[str, str, str], list[tuple[Examined, Manifest]]] = {}
    for file in files:
        if file.manifest is not None:
            stamp = file.manifest.stamp
            key = (stamp.ledger, stamp.unit, stamp.period)
            groups.setdefault(key, []).append((file, file.manifest))
    for group in groups.values():
        group.sort(key=lambda pair: -pair[1].stamp.seq)
        (first, newest), *others = group
        for file, manifest in others:
            about = (first.name, file.name)
            sides = tuple(message("verify.side-file", file=name) for name in about)
            found = tuple(differences(newest, manifest, shown))
            verdict, said = _compared((first, newest), (file, manifest), found)
            says = (said, *_altered(first, file))
            yield Check(about, verdict, says, found, (sides[0], sides[1]))
    if len(groups) > 1:
        names = tuple(group[0][0].name for group in groups.values())
        yield Check(names, Verdict.UNKNOWN, (message("verify.other-report"),))


def _altered(one: Examined, other: Examined) -> Iterator[Message]:
    """Name the files that are not as they were written, lest others be doubted."""
    altered = [each for each in (one, other) if each.altered]
    if one.digest != other.digest:
        for each in altered:
            yield message("verify.was-altered", file=each.name)
    elif len(altered) > 1:
        yield message("verify.both-altered")
    elif altered:
        [which] = altered
        whole = other if which is one else one
        yield message("verify.one-altered", altered=which.name, whole=whole.name)


def _compared(
    one: tuple[Examined, Manifest],
    other: tuple[Examined, Manifest],
    found: Sequence[Difference],
) -> tuple[Verdict, Message]:
    (first, newest), (file, manifest) = one, other
    if first.digest == file.digest:
        if any(each.altered for each in (first, file)):
            return Verdict.DIFFERS, message("verify.same-origin")
        return Verdict.AGREES, message("verify.same-data")
    count = len(found)
    if newest.stamp.epoch != manifest.stamp.epoch:
        return Verdict.DIFFERS, message("verify.two-lines", count=count)
    if newest.stamp.seq > manifest.stamp.seq:
        said = message(
            "verify.older-file",
            older=file.name,
            newer=first.name,
            revision=manifest.stamp.revision,
            newest=newest.stamp.revision,
            count=count,
        )
        return Verdict.OLDER, said
    if not found:
        return Verdict.DIFFERS, message("verify.other-stamp")
    return Verdict.DIFFERS, message("verify.data-differ", count=count)
