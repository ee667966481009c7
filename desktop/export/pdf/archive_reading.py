"""Reading what an archive PDF of ours carries, from a file that may be anybody's.

qpdf does the reading, within limits of memory; whatever is odd about the file is a
message and not an exception.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from logging import NullHandler
from logging import getLogger
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.messages import message
from desktop.export.pdf.archive import OWNER
from desktop.export.pdf.archive import VERSION
from desktop.export.pdf.archive_pages import PageCheck
from desktop.export.pdf.archive_pages import TooMuchError
from desktop.export.pdf.archive_pages import compare_pages
from desktop.export.pdf.archive_pages import page_digests

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Pdf

    from desktop.core.messages import Message

LARGEST_FILE: Final = 512 * 1024 * 1024
LARGEST_STREAM: Final = 256 * 1024 * 1024
"""Bytes one compressed part may grow to."""
MOST_PAGES: Final = 50_000
MOST_WARNINGS: Final = 1000
DIGEST: Final = 64
"""Digits of a SHA-256."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What a PDF of ours carries.

    `digest` is that of the data when they were written, `workbook` that of the workbook
    written with it, empty where it is not known. `pages` says which are not what was
    written.
    """

    data: bytes
    digest: str
    workbook: str
    pages: PageCheck

    @property
    def intact(self) -> bool:
        """Whether the data are what was written."""
        return sha256(self.data).hexdigest() == self.digest

    @property
    def remarks(self) -> tuple[Message, ...]:
        """Say what was changed since the file was written; nothing if nothing was."""
        pages = self.pages
        lost = tuple(number for number in pages.lost if number not in pages.altered)
        return (
            *(() if self.intact else (message("archive.data_changed"),)),
            *_told("archive.pages_altered", pages.altered),
            *_told("archive.pages_lost", lost),
            *((message("archive.pages_moved"),) if pages.moved else ()),
        )


def read_archive(path: Path) -> Archive | Message:
    """Read what a PDF carries, or say why nothing can be read from it.

    Raises:
        OSError: The file cannot be read.
    """
    import pikepdf

    if path.stat().st_size > LARGEST_FILE:
        return message("archive.too_large", name=path.name)
    _limit()
    _hush()
    try:
        with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as pdf:
            return _read(pdf, path.name)
    except pikepdf.PasswordError:
        return message("archive.locked", name=path.name)
    except TooMuchError:
        return message("archive.too_large", name=path.name)
    except _faults():
        return message("archive.unreadable", name=path.name)


def _read(pdf: Pdf, name: str) -> Archive | Message:
    if len(pdf.pages) > MOST_PAGES:
        return message("archive.too_large", name=name)
    pieces: Any = pdf.Root.get("/PieceInfo", {})
    if f"/{OWNER}" not in pieces:
        return message("archive.not_ours", name=name)
    private = pieces[f"/{OWNER}"].Private
    state = json.loads(private.State.read_bytes())
    if state["version"] > VERSION:
        return message("archive.newer", name=name)
    return Archive(
        private.Data.read_bytes(),
        _digest(state["data"]),
        _digest(state["workbook"]) if state["workbook"] else "",
        compare_pages(list(map(_digest, state["pages"])), list(page_digests(pdf))),
    )


def _digest(text: Any) -> str:  # noqa: ANN401 - whatever stood in the file
    if not isinstance(text, str) or len(text) != DIGEST:
        raise ValueError
    return text


def _limit() -> None:
    """Set how much qpdf may unpack; for the whole process, always the same."""
    from pikepdf.settings import set_qpdf_limits

    set_qpdf_limits(
        doc_max_warnings=MOST_WARNINGS,
        flate_max_memory=LARGEST_STREAM,
        run_length_max_memory=LARGEST_STREAM,
        png_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM,
        dct_max_memory=LARGEST_STREAM,
    )


def _hush() -> None:
    """Keep what qpdf remarks about an odd file off the screen: we say it ourselves."""
    logger = getLogger("pikepdf")
    if not logger.handlers:
        logger.addHandler(NullHandler())


def _faults() -> tuple[type[Exception], ...]:
    """Name what pikepdf and our own reading raise over a file that is not as it should.

    Which of them depends on where the file is odd: a number where a dictionary should
    be is an AttributeError or a TypeError.
    """
    from pikepdf import PdfError

    return (
        PdfError,
        AttributeError,
        KeyError,
        NotImplementedError,
        RecursionError,
        RuntimeError,
        TypeError,
        ValueError,
    )


def _told(code: str, pages: tuple[int, ...]) -> tuple[Message, ...]:
    """Name pages, those that follow each other together: 3、5—9."""
    if not pages:
        return ()
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    words = "、".join("—".join(map(str, run)) for run in runs)
    return (message(code, pages=words),)
