"""Copies of returned workbooks with a comment on each cell that is to be mended."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import write_safely
from desktop.intake.annotate import Note
from desktop.intake.annotate import annotated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.collection.values import CellFault
    from desktop.app.collection.values import ReturnedBook
    from desktop.core.messages import Message
    from desktop.core.words import Words

AUTHOR: Final = "民生台账"
ENDING: Final = "-批注"
_MUST: Final = "【请改】"
_LOOK: Final = "【请核对】"
_MEND: Final = "填法："


def write_annotated(book: ReturnedBook, folder: Path, words: Words) -> Path:
    """Write a copy with comments into a folder; the file that came back is only read.

    Raises:
        ExportError: The file has changed since, takes no comments, or the disk does
            not take the copy; nothing was written.
    """
    try:
        data = book.path.read_bytes()
    except OSError as error:
        said = message("intake.unreadable", file=book.path.name)
        raise ExportError(said) from error
    if hashlib.sha256(data).hexdigest() != book.ready.source.digest:
        raise ExportError(message("collection.changed_since", file=book.path.name))
    made = annotated(data, tuple(_notes(book, words)), AUTHOR)
    if made is None:
        raise ExportError(message("collection.not_annotated", file=book.path.name))
    path = folder / f"{book.path.stem}{ENDING}.xlsx"

    def write(part: Path) -> None:
        part.write_bytes(made)

    def fault(part: Path) -> Message | None:
        whole = part.read_bytes() == made
        return None if whole else message("export.differs", name=path.stem, place="—")

    write_safely(path, write, fault)
    return path


def _notes(book: ReturnedBook, words: Words) -> Iterator[Note]:
    for fault in book.faults:
        yield Note(fault.sheet, fault.cell, comment(fault, words))


def comment(fault: CellFault, words: Words) -> str:
    """Say a fault to whoever filled the cell in."""
    begins = _MUST if fault.level is Level.ERROR else _LOOK
    said = f"{begins}{words.message(fault.why)}"
    return f"{said}\n{_MEND}{fault.mend}" if fault.mend else said
