"""What makes a PDF an archive: PDF/A, with the data and the state of each page inside.

Beside its pages a document has a colour profile, a description in XMP and a language.
Into it go the data the pages show (`desktop.core.manifest`) and a digest of each page,
so that a changed page is found by the file alone. PDF/A-1 forbids attached files: the
data are a private stream of the document, as /PieceInfo provides. On request it is a
PDF/A-3b, whose data are an attached file that any reader of PDFs shows.

What is said here goes into a file that is being written (`pdf.pen`) and into one that
others made of ours (`pdf.joined`). The same pages and data give the same bytes.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.pdf.archive_colour import srgb_profile
from desktop.export.pdf.values import Name
from desktop.export.pdf.values import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.export.pdf.archive_words import Description
    from desktop.export.pdf.values import Entries
    from desktop.export.pdf.values import Objects
    from desktop.export.pdf.values import Ref
    from desktop.export.pdf.values import Value
    from desktop.export.report import Report

OWNER: Final = "Taizhang"
"""Under what name the data stand in the file."""
MAKER: Final = "民生台账 taizhang"
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

    @property
    def when(self) -> datetime | None:
        """Give the time of the data, where it is one."""
        with suppress(ValueError):
            return datetime.fromisoformat(self.made)
        return None


def kept_of(report: Report, archiving: Archiving) -> Kept:
    """Say what is kept with the pages of a report."""
    made = report.stamp.made if report.stamp else report.made_at
    return Kept(report.data, made, archiving)


def archived(
    objects: Objects, said: Description, kept: Kept, pages: Iterable[str]
) -> Entries:
    """Put what an archive has into a file; give the entries of its catalogue.

    `pages` are the digests of the pages in hexadecimal digits.
    """
    part, level, _ = kept.archiving.conformance.value
    entries = {"Type": Name("Metadata"), "Subtype": Name("XML")}
    words = objects.stream(entries, [said.xmp(part, level)])
    changed = said.info().get("ModDate", UNDATED)
    attaches = kept.archiving.conformance is Conformance.A3B
    file = _embedded(kept, changed) if attaches else {}
    data = objects.stream(file, pieces_of(kept.data))
    private = {"Data": data, "State": objects.stream({}, _state(kept, pages))}
    return {
        "OutputIntents": [_colours(objects)],
        "Lang": LANGUAGE,
        "ViewerPreferences": {"DisplayDocTitle": True},
        "Metadata": words,
        "PieceInfo": {OWNER: {"LastModified": changed, "Private": private}},
        **(_attached(objects, data, kept) if attaches else {}),
    }


def _colours(objects: Objects) -> Ref:
    """Say in which colour space the colours are meant."""
    profile = objects.stream({"N": 3}, [srgb_profile()])
    return objects.add(
        {
            "Type": Name("OutputIntent"),
            "S": Name("GTS_PDFA1"),
            "OutputConditionIdentifier": "sRGB",
            "Info": "sRGB IEC61966-2.1",
            "RegistryName": "http://www.color.org",
            "DestOutputProfile": profile,
        }
    )


def _state(kept: Kept, pages: Iterable[str]) -> Iterator[bytes]:
    """Write the digests of data and pages as JSON, page by page."""
    state = {
        "version": VERSION,
        "data": sha256(kept.data).hexdigest(),
        "workbook": kept.archiving.workbook,
    }
    yield json.dumps(state, separators=(",", ":"))[:-1].encode() + b',"pages":['
    for place, digest in enumerate(pages):
        yield f'{"," if place else ""}"{digest}"'.encode()
    yield b"]}"


def _embedded(kept: Kept, changed: str) -> dict[str, Value]:
    """Say of the data what is said of an attached file."""
    return {
        "Type": Name("EmbeddedFile"),
        "Subtype": Name("application/json"),
        "Params": {"Size": len(kept.data), "ModDate": changed},
    }


def _attached(objects: Objects, data: Ref, kept: Kept) -> dict[str, Value]:
    """Show the data as an attached file too."""
    words = f"本报告的数据（JSON）。SHA-256：{sha256(kept.data).hexdigest()}"
    if kept.archiving.workbook:
        words += f"；同时写出的工作簿 SHA-256：{kept.archiving.workbook}"
    file = objects.add(
        {
            "Type": Name("Filespec"),
            "F": ATTACHED,
            "UF": ATTACHED,
            "Desc": words,
            "AFRelationship": Name("Data"),
            "EF": {"F": data, "UF": data},
        }
    )
    return {"AF": [file], "Names": {"EmbeddedFiles": {"Names": [ATTACHED, file]}}}
