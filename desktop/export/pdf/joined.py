"""Making an archive of a PDF that was put together of others, with pikepdf.

A document of ours is an archive as it is written; one that was joined has to be opened
for it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf.archive import archived
from desktop.export.pdf.archive_pages import page_digests
from desktop.export.pdf.file import BRANCH
from desktop.export.pdf.saving import save_pdf
from desktop.export.pdf.values import Name
from desktop.export.pdf.values import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pikepdf import Pdf

    from desktop.export.pdf.archive import Kept
    from desktop.export.pdf.archive_words import Description
    from desktop.export.pdf.values import Entries
    from desktop.export.pdf.values import Value


LONGEST: Final = 8191
"""Entries a list may have in PDF/A-1."""


def archive_pdf(joined: Path, target: Path, said: Description, kept: Kept) -> None:
    """Write the archive of a PDF.

    Raises:
        OSError: The disk refused.
    """
    import pikepdf

    with pikepdf.open(joined, access_mode=pikepdf.AccessMode.stream) as pdf:
        there = _There(pdf)
        pdf.trailer.Info = there.object(there.add(said.info()))
        # The digests are asked for last: making them reads every page.
        for name, value in archived(there, said, kept, page_digests(pdf)).items():
            pdf.Root[f"/{name}"] = there.changed(value)
        _branch_out(pdf)
        save_pdf(pdf, target, kept.archiving.conformance.value[2])


def _branch_out(pdf: Pdf) -> None:
    """Hang very many pages on branches, for pikepdf keeps them in one list."""
    import pikepdf

    root = pdf.Root.Pages
    pages: list[Any] = [page.obj for page in pdf.pages]
    if len(pages) <= LONGEST:
        return
    branches = []
    for start in range(0, len(pages), BRANCH):
        some = pages[start : start + BRANCH]
        branch = pikepdf.Dictionary(
            Type=pikepdf.Name.Pages,
            Parent=root,
            Kids=pikepdf.Array(some),
            Count=len(some),
        )
        branches.append(pdf.make_indirect(branch))
        for page in some:
            page.Parent = branches[-1]
    root.Kids = pikepdf.Array(branches)


class _There:
    """Objects of a file that pikepdf holds."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf

    def add(self, value: Value) -> Ref:
        """Put a value there as an object."""
        return Ref(self._pdf.make_indirect(self.changed(value)).objgen[0])

    def stream(self, entries: Entries, pieces: Iterable[bytes]) -> Ref:
        """Put bytes there; they are packed as the file is saved."""
        stream = self._pdf.make_stream(b"".join(pieces))
        for name, value in entries.items():
            stream[f"/{name}"] = self.changed(value)
        return Ref(stream.objgen[0])

    def object(self, there: Ref) -> Any:  # noqa: ANN401 - pikepdf's
        """Give an object that was put there."""
        return self._pdf.get_object(there.number, 0)

    def changed(self, value: Value) -> Any:  # noqa: ANN401 - pikepdf's
        """Give a value as pikepdf knows it."""
        import pikepdf

        match value:
            case str() | bytes():
                return pikepdf.String(value)
            case Name():
                return pikepdf.Name(f"/{value.text}")
            case Ref():
                return self.object(value)
            case Mapping():
                pairs = value.items()
                return pikepdf.Dictionary({f"/{k}": self.changed(v) for k, v in pairs})
            case bool() | int() | float():
                return value
            case _:
                return pikepdf.Array(map(self.changed, value))
