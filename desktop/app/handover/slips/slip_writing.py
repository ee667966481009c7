"""Write what travels back into a folder, and the page to be printed beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.slips.slip_pages import receipt_notice
from desktop.app.handover.slips.slip_pages import slip_notice
from desktop.app.handover.slips.slips import Issued
from desktop.app.progress import Progress
from desktop.core.manifest import digest_of
from desktop.core.messages import message
from desktop.exchange.slip_files import to_file
from desktop.export.pdf.notice import write_notice
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.handover.slips.receipts import Noted
    from desktop.app.progress import Steps
    from desktop.core.manifest import Signature
    from desktop.core.messages import Message


def write_back(
    out: Issued | Noted,
    folder: Path,
    fonts: Path,
    signature: Signature | None = None,
) -> tuple[Path, Path]:
    """Write a slip or receipt, read it back, and its page; gives both paths.

    Raises:
        ExportError: The disk did not take it; what was there before is as it was.
    """
    target = folder / out.name
    data = to_file(out.data, signature)

    def write(part: Path) -> None:
        part.write_bytes(data)

    def check(part: Path) -> Message | None:
        if part.read_bytes() == data:
            return None
        return message("export.damaged", name=target.name)

    write_safely(target, write, check)
    digest, page = digest_of(out.data), target.with_suffix(".pdf")
    if isinstance(out, Issued):
        notice = slip_notice(out.slip, digest)
    else:
        notice = receipt_notice(out.receipt, digest)
    write_notice(notice, page, fonts)
    return target, page


def write_all(
    outs: Sequence[tuple[Issued | Noted, Signature | None]],
    folder: Path,
    fonts: Path,
) -> Steps[list[Path]]:
    """Write many, one after the other; what is written when it is stopped is whole.

    Raises:
        ExportError: The disk did not take one of them.
    """
    paths: list[Path] = []
    for place, (out, signature) in enumerate(outs):
        yield Progress(place, len(outs), message("slips.writing", file=out.name))
        paths += write_back(out, folder, fonts, signature)
    return paths
