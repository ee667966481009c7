"""Making an archive of a PDF: PDF/A, with the data and the state of each page inside.

What reportlab drew is opened once more and saved as PDF/A-1b: with a colour profile, a
description in XMP, a language, and streams laid out as the standard asks. Into it go
the data the pages show (`desktop.core.manifest`) and a digest of each page, so that a
changed page is found by the file alone. PDF/A-1 forbids attached files: the data are a
private stream of the document, as /PieceInfo provides. On request it is a PDF/A-3b,
whose data are an attached file that any reader of PDFs shows.

The same pages and data give the same bytes.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf.archive_colour import srgb_profile
from desktop.export.pdf.archive_pages import page_digests
from desktop.export.pdf.archive_words import Description
from desktop.export.pdf.saving import save_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pikepdf import Object
    from pikepdf import Pdf

    from desktop.export.report import Report

OWNER: Final = "/Taizhang"
"""Under what name the data stand in the file."""
VERSION: Final = 1
ATTACHED: Final = "taizhang-data.json"
LANGUAGE: Final = "zh-CN"
PRINTED: Final = 4
"""Flag of what is on the page for readers: to be printed, not hidden."""
UNDATED: Final = "D:20000101000000Z"
"""What stands where PDF demands a time and the report has none."""


class Conformance(Enum):
    """The parts and levels of PDF/A that are written, and the versions of PDF."""

    A1B = ("1", "B", "1.4")
    A3B = ("3", "B", "1.7")


@dataclass(frozen=True, slots=True)
class Archiving:
    """How a PDF is to be kept.

    `workbook` is the SHA-256 of the workbook of the same report, in hexadecimal digits,
    where it is known.
    """

    conformance: Conformance = Conformance.A1B
    workbook: str = ""


USUAL: Final = Archiving()
ATTACHING: Final = Archiving(Conformance.A3B)
"""The data are an attached file too, for whoever may take that."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept with the pages.

    `data` are the manifest's canonical bytes, none if there are none. `made` is the
    time of the data as ISO 8601 writes it; without it the file says nothing of when.
    """

    data: bytes = b""
    made: str = ""
    archiving: Archiving = USUAL


def kept_of(report: Report, archiving: Archiving) -> Kept:
    """Say what is kept with the pages of a report."""
    made = report.stamp.made if report.stamp else report.made_at
    return Kept(report.data, made, archiving)


def write_archived(part: Path, draw: Callable[[Path], None], kept: Kept) -> None:
    """Let `draw` make a PDF beside `part`, and make `part` its archive.

    Raises:
        OSError: The disk refused.
    """
    drawn = part.with_name(f"{part.name}.drawn")
    try:
        draw(drawn)
        archive_pdf(drawn, part, kept)
    finally:
        with suppress(OSError):
            drawn.unlink(missing_ok=True)


def archive_pdf(drawn: Path, target: Path, kept: Kept) -> None:
    """Write the archive of a drawn PDF.

    Raises:
        OSError: The disk refused.
    """
    import pikepdf

    with pikepdf.open(drawn, access_mode=pikepdf.AccessMode.stream) as pdf:
        for page in pdf.pages:
            _settle(page.obj)
        said = _describe(pdf, kept)
        pdf.Root.OutputIntents = pikepdf.Array([_colours(pdf)])
        pdf.Root.Lang = pikepdf.String(LANGUAGE)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _carry(pdf, kept, said.info().get("/ModDate", UNDATED))
        save_pdf(pdf, target, kept.archiving.conformance.value[2])


def _settle(page: Object) -> None:
    """Have a page's links count as printed, which PDF/A asks of all that is on it."""
    for note in page.get("/Annots", ()):
        note.F = PRINTED


def _describe(pdf: Pdf, kept: Kept) -> Description:
    """Say the same in Info and XMP, from what was said when the pages were drawn."""
    from pikepdf import Dictionary
    from pikepdf import Name
    from pikepdf import String

    info: Any = pdf.trailer.get("/Info", {})
    made: datetime | None = None
    with suppress(ValueError):
        made = datetime.fromisoformat(kept.made)
    said = Description(
        title=str(info.get("/Title", "")),
        author=str(info.get("/Author", "")),
        subject=str(info.get("/Subject", "")),
        keywords=str(info.get("/Keywords", "")),
        creator=str(info.get("/Creator", "")),
        producer=str(info.get("/Producer", "")),
        made=made,
    )
    entries = {name: String(text) for name, text in said.info().items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))
    part, level, _ = kept.archiving.conformance.value
    xmp = pdf.make_stream(said.xmp(part, level))
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = xmp
    return said


def _colours(pdf: Pdf) -> Object:
    """Say in which colour space the colours are meant."""
    from pikepdf import Dictionary
    from pikepdf import Name
    from pikepdf import String

    profile = pdf.make_stream(srgb_profile())
    profile.N = 3
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"),
            RegistryName=String("http://www.color.org"),
            DestOutputProfile=profile,
        )
    )


def _carry(pdf: Pdf, kept: Kept, changed: str) -> None:
    """Put the data, their digest and those of the pages into the document."""
    from pikepdf import Dictionary
    from pikepdf import String

    state = {
        "version": VERSION,
        "data": sha256(kept.data).hexdigest(),
        "workbook": kept.archiving.workbook,
        "pages": list(page_digests(pdf)),
    }
    data = pdf.make_stream(kept.data)
    private = Dictionary(
        Data=data,
        State=pdf.make_stream(json.dumps(state, separators=(",", ":")).encode()),
    )
    pdf.Root.PieceInfo = Dictionary(
        {OWNER: Dictionary(LastModified=String(changed), Private=private)}
    )
    if kept.archiving.conformance is Conformance.A3B:
        _attach(pdf, data, kept, changed)


def _attach(pdf: Pdf, data: Object, kept: Kept, changed: str) -> None:
    """Show the data as an attached file too."""
    from pikepdf import Array
    from pikepdf import Dictionary
    from pikepdf import Name
    from pikepdf import String

    data.Type = Name.EmbeddedFile
    data.Subtype = Name("/application/json")
    data.Params = Dictionary(Size=len(kept.data), ModDate=String(changed))
    words = f"本报告的数据（JSON）。SHA-256：{sha256(kept.data).hexdigest()}"
    if kept.archiving.workbook:
        words += f"；同时写出的工作簿 SHA-256：{kept.archiving.workbook}"
    file = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(ATTACHED),
            UF=String(ATTACHED),
            Desc=String(words),
            AFRelationship=Name.Data,
            EF=Dictionary(F=data, UF=data),
        )
    )
    pdf.Root.AF = Array([file])
    names = Array([String(ATTACHED), file])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
