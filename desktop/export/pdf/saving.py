"""Saving a PDF with pikepdf so that a full disk is an error and not the end.

Where writing fails, qpdf throws while it is already clearing up, and the whole process
is ended (seen with pikepdf 10.17). So it writes into memory, which is emptied into the
file a hundred times on the way; what the disk refuses is raised once qpdf has done.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import Final

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Pdf

USUAL: Final = "1.4"
"""The version of PDF that PDF/A-1 rests on."""


class _Basin(BytesIO):
    """What is written and not in the file yet; keeps the file's first refusal."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.refusal: OSError | None = None

    def empty(self, _percent: int = 100) -> None:
        """Write what has gathered into the file."""
        if self.refusal is None:
            try:
                self._file.write(self.getvalue())
            except OSError as error:
                self.refusal = error
        self.seek(0)
        self.truncate()


def save_pdf(pdf: Pdf, target: Path, version: str = USUAL) -> None:
    """Save a PDF in plain order: every object by itself, the same bytes each time.

    Raises:
        OSError: The disk refused.
    """
    from pikepdf import ObjectStreamMode

    with target.open("wb") as file:
        basin = _Basin(file)
        pdf.save(
            basin,
            min_version=version,
            force_version=version,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.disable,
            deterministic_id=True,
            progress=basin.empty,
        )
        basin.empty()
        if basin.refusal is not None:
            raise basin.refusal
