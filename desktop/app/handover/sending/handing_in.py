"""Hand a submission over: onto a stick, into a folder, or as drafts of mails.

Everything is made on this computer first, in a folder that goes when the work ends;
what leaves it are proved copies. A submission too large for one mail becomes several,
each with a workbook that can be received by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never

from desktop.app.handover.keeping.sealing import SEALED
from desktop.app.handover.keeping.sealing import seal_file
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.carrying import carry
from desktop.app.handover.sending.mailing import LARGEST
from desktop.app.handover.sending.mailing import Draft
from desktop.app.handover.sending.mailing import fits
from desktop.app.handover.sending.mailing import mailed
from desktop.app.handover.sending.mailing import write_draft
from desktop.app.handover.sending.splitting import halves
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.splitting import parted
from desktop.app.handover.sending.splitting import weight
from desktop.app.handover.sending.sticks import megabytes
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import noted
from desktop.app.handover.sending.submitting import submission_name
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports import exporting
from desktop.app.reports.stamping import made_at
from desktop.app.reports.unit_report import DOUBTS
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.exchange.lineage import not_carried
from desktop.export import delivery
from desktop.export import wording
from desktop.export.delivery import DeliveredFile
from desktop.export.delivery import DeliveryNote
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime

    from desktop.app.progress import Watcher
    from desktop.core.changes import Action
    from desktop.core.manifest import Signature
    from desktop.core.manifest import Stamp
    from desktop.export.report import FindingLine
    from desktop.export.report import FormTable
    from desktop.export.report import Report

SLIP: Final = "-slip"
TOTALS: Final = "-totals"
"""Ends the name of a submission that does not carry all forms."""


def unsigned(_digest: str) -> None:
    """Sign nothing."""


@frozen
class Mail:
    """Drafts: the file of the first, and how large each may be in bytes."""

    path: Path
    limit: int = LARGEST


Route: TypeAlias = Target | Mail
Signing: TypeAlias = "Callable[[str], Signature | Message | None]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to hand in: by whom and when, with what beside the workbook.

    `fonts` is the folder of font files, `titles` names the forms of the pack by id, and
    with a `password` the workbook is sealed. `sign` signs a digest, or says why not.
    """

    fonts: Path
    who: str
    at: datetime
    titles: tuple[tuple[str, str], ...] = ()
    pdf: bool = True
    slip: bool = True
    password: str = field(default="", repr=False)
    sign: Signing = unsigned


@frozen
class HandedIn:
    """What came of it: the files where they are now, and what was in them.

    `packages` are the digests of their data; by these the receiver knows them. `stick`
    is the name of one that can be taken out now.
    """

    paths: tuple[Path, ...]
    packages: tuple[str, ...]
    note: DeliveryNote
    stamp: Stamp
    remarks: tuple[Message, ...] = ()
    stick: str = ""


def noting(choices: Mapping[str, str], done: HandedIn, wanted: Wanted) -> Action:
    """Give the action that notes in the ledger what was handed in."""
    at = wanted.at.isoformat(timespec="seconds")
    where = (done.note.place,)
    own = (done.stamp.revision, done.stamp.seq, at, wanted.who, where, done.packages)
    return noted(choices, done.stamp.period, Submitted(*own))


def hand_in(report: Report, route: Route, wanted: Wanted, watch: Watcher) -> HandedIn:
    """Make the files of a submission and bring them on their way.

    Raises:
        ExportError: It did not come about; what was there before is as it was.
        CancelledError: `watch` said no; nothing half done is left.
    """
    stamp = report.stamp
    # For the type checker: a submission is stamped.
    assert stamp is not None  # noqa: S101 - see above
    with TemporaryDirectory(prefix="taizhang-") as folder:
        making = _Making(report, stamp, Path(folder), wanted, watch)
        match route:
            case Target():
                return _carried(making, route)
            case Mail():
                return _mailed(making, route)
            case _:
                assert_never(route)


@frozen
class _Book:
    """A workbook that was made, by its name and by the digest of what it says."""

    path: Path
    package: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@dataclass(slots=True)
class _Making:
    """Makes the files of one submission in a folder."""

    report: Report
    stamp: Stamp
    folder: Path
    wanted: Wanted
    watch: Watcher
    remarks: list[Message] = field(default_factory=list)

    @property
    def name(self) -> str:
        whole = not not_carried(manifest_in(self.report))
        return submission_name(self.stamp) + ("" if whole else TOTALS)

    def books(self, groups: Sequence[Sequence[str]]) -> list[_Book]:
        """Make a workbook of each group of forms."""
        parts = parted(self.report, groups)
        count = len(parts)
        ends = [f"-{n}of{count}" if count > 1 else "" for n in range(1, count + 1)]
        return [
            self._book(part, self.name + end)
            for part, end in zip(parts, ends, strict=True)
        ]

    def _book(self, part: Report, name: str) -> _Book:
        signature = self.wanted.sign(part.digest)
        if isinstance(signature, Message):
            raise ExportError(signature)
        (path,) = self._written(replace(part, signature=signature), name, pdf=False)
        if not self.wanted.password:
            return _Book(path, part.digest)
        target = path.with_suffix(SEALED)
        seal_file(path, target, self.wanted.password, self.watch)
        path.unlink()
        return _Book(target, part.digest)

    def pdf(self) -> _Book | None:
        """Make the PDF, unless anybody could read in it what is sealed."""
        if not self.wanted.pdf:
            return None
        if self.wanted.password:
            self.remarks.append(message("carrying.no_pdf_sealed"))
            return None
        (path,) = self._written(self.report, self.name, pdf=True)
        return _Book(path, self.report.digest)

    def _written(self, report: Report, name: str, *, pdf: bool) -> tuple[Path, ...]:
        files = exporting.Wanted(
            self.folder, name, self.wanted.fonts, xlsx=not pdf, pdf=pdf
        )
        written = exporting.write(report, files, self.watch)
        self.remarks += [each for each in written.remarks if each not in self.remarks]
        return written.paths

    def note(
        self, books: Sequence[_Book], place: str, before: str = ""
    ) -> DeliveryNote:
        """Say what is handed over, for paper and for mails.

        `before` begins the names that the files have where they go.
        """
        report, stamp = self.report, self.stamp
        left = [dict(self.wanted.titles)[f] for f in not_carried(manifest_in(report))]
        files = (
            DeliveredFile(
                before + each.path.name, megabytes(each.size), letters(each.package)
            )
            for each in books
        )
        return DeliveryNote(
            unit=report.unit_name,
            unit_code=report.unit_code,
            period=report.period_title,
            pack=report.pack.title,
            revision=stamp.revision,
            made=made_at(stamp),
            handed=f"{self.wanted.at:%Y-%m-%d %H:%M}",
            who=self.wanted.who,
            place=place,
            files=tuple(files),
            forms=tuple((form.title, records_in(form)) for form in report.forms),
            errors=sum(line.level is Level.ERROR for line in report.findings),
            unexplained=sum(map(unexplained, report.findings)),
            remarks=(delivery.left_rosters(left),) if left else (),
            code=report.code(),
        )

    def slip(self, note: DeliveryNote) -> list[Path]:
        """Make the paper that goes along, if it is wanted."""
        if not self.wanted.slip:
            return []
        # reportlab costs a third of a second; only who writes a PDF waits for it.
        from desktop.export.pdf.delivery import write_delivery  # noqa: PLC0415 - see above

        self.go_on("carrying.slip")
        path = self.folder / f"{self.name}{SLIP}.pdf"
        write_delivery(note, path, self.wanted.fonts)
        return [path]

    def go_on(self, code: str) -> None:
        """Tell what is done next.

        Raises:
            CancelledError: Somebody wants it stopped.
        """
        if not self.watch(Progress(0, 0, message(code))):
            raise CancelledError

    def done(
        self, paths: Sequence[Path], books: Sequence[_Book], note: DeliveryNote
    ) -> HandedIn:
        """Say what came of it."""
        packages = tuple(dict.fromkeys(each.package for each in books))
        remarks = tuple(self.remarks)
        return HandedIn(tuple(paths), packages, note, self.stamp, remarks)


def records_in(form: FormTable) -> str:
    """Say how many records a form has, or that there is nothing to report."""
    if form.rows:
        rows = form.columns if form.across else form.rows
        return f"{len(rows)} 条"
    return delivery.NIL if form.empty == wording.NIL_RETURN else "0 条"


def unexplained(line: FindingLine) -> bool:
    """Tell whether a finding waits for an explanation, or for a better one."""
    doubtful = line.explanation.startswith(tuple(DOUBTS.values()))
    return line.level is Level.WARNING and (not line.explanation or doubtful)


# --- Stick and folder ------------------------------------------------------------


def _carried(making: _Making, target: Target) -> HandedIn:
    books = making.books((_forms(making.report),))
    pdf = making.pdf()
    files = [*books, *([pdf] if pdf else [])]
    place = f"U 盘　{target.name}" if target.stick else f"文件夹　{target.folder.name}"
    note = making.note(files, place)
    paths = [each.path for each in files] + making.slip(note)
    done = making.done(carry(paths, target, making.watch), files, note)
    return replace(done, stick=target.stick.name if target.stick else "")


def _forms(report: Report) -> tuple[str, ...]:
    return tuple(form.id for form in report.forms)


# --- Mail --------------------------------------------------------------------------


def _mailed(making: _Making, mail: Mail) -> HandedIn:
    books = _fitting(making, mail.limit)
    pdf = making.pdf()
    if pdf is not None and not fits([pdf.size], mail.limit):
        size = megabytes(mailed(pdf.size))
        making.remarks.append(message("carrying.pdf_left_out", size=size))
        pdf = None
    files = [*books, *([pdf] if pdf else [])]
    before = f"{making.report.unit_name}-"
    note = making.note(files, "电子邮件", before)
    slip = making.slip(note)
    mails = _together([*slip, *(each.path for each in files)], mail.limit)
    making.go_on("carrying.mailing")
    paths = []
    for place, attached in enumerate(mails, 1):
        stem = mail.path.stem + (f"-{place}" if place > 1 else "")
        path = mail.path.with_name(f"{stem}.eml")
        subject = delivery.subject(note, place, len(mails))
        named = tuple((before + each.name, each) for each in attached)
        body = delivery.in_words(note, len(mails))
        write_draft(Draft(subject, body, named), path)
        paths.append(path)
    # It lies beside the drafts, too: to be printed here.
    paths += carry(slip, Target(mail.path.parent), making.watch) if slip else ()
    return making.done(paths, files, note)


def _fitting(making: _Making, limit: int) -> list[_Book]:
    """Make workbooks of as many forms as go into a mail.

    Raises:
        ExportError: One form alone is too large.
    """
    weights = {form.id: weight(form) for form in making.report.forms}
    groups: list[tuple[str, ...]] = [_forms(making.report)]
    while True:
        books = making.books(groups)
        pairs = list(zip(groups, books, strict=True))
        large = [group for group, book in pairs if not fits([book.size], limit)]
        if not large:
            return books
        for form, *others in large:
            if not others:
                _too_large(making.report, form, books[groups.index((form,))], limit)
        for book in books:
            book.path.unlink()
        groups = [
            half
            for group in groups
            for half in (halves(group, weights) if group in large else (group,))
        ]


def _too_large(report: Report, form: str, book: _Book, limit: int) -> None:
    title = next(each.title for each in report.forms if each.id == form)
    said = message(
        "carrying.form_too_large",
        form=title,
        size=megabytes(mailed(book.size)),
        limit=megabytes(limit),
    )
    raise ExportError(said)


def _together(paths: Sequence[Path], limit: int) -> list[list[Path]]:
    """Put files into as few mails as they fit into, in their order."""
    mails: list[list[Path]] = []
    for path in paths:
        for mail in mails:
            if fits([each.stat().st_size for each in (*mail, path)], limit):
                mail.append(path)
                break
        else:
            mails.append([path])
    return mails
