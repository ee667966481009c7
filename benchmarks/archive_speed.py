"""What it costs to make an archive of a PDF, and to read it again.

    python benchmarks/archive_speed.py [ROWS]

Writes a long roster once and takes the time of the two halves apart: drawing the pages,
and opening what was drawn, giving each page its digest and saving all as PDF/A. Then
the pages are held against their digests, as the verify mode does. Told are the ratios,
the peak of memory beyond the drawing, and what the archive does to the file's size.
Seconds are those of the processor, so that a busy machine tells the same ratio.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.rosters import long_report  # noqa: E402 - needs the path
from desktop.export.pdf import archive as pdf_archive  # noqa: E402 - same
from desktop.export.pdf.archive_reading import Archive  # noqa: E402 - same
from desktop.export.pdf.archive_reading import read_archive  # noqa: E402 - same
from desktop.export.pdf.writing import write_pdf  # noqa: E402 - same

if TYPE_CHECKING:
    from desktop.export.report import Report

MB = 1024 * 1024


@dataclass
class Spent:
    """What the second half took: seconds, MB of memory, bytes before."""

    seconds: float = 0.0
    memory: float = 0.0
    drawn: int = 0


def peak_mb() -> float:
    """Give the peak of resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def with_data(report: Report) -> Report:
    """Give a report data as large as one of its length has."""
    data = "\n".join(str(row) for row in report.forms[0].rows).encode()
    return replace(report, data=data)


def main() -> None:
    """Write the archive, read it, and say how that went."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    report = with_data(long_report(count))
    spent = Spent()
    archive = pdf_archive.archive_pdf

    def timed(drawn: Path, target: Path, kept: pdf_archive.Kept) -> None:
        before, start = peak_mb(), time.process_time()
        archive(drawn, target, kept)
        spent.seconds = time.process_time() - start
        spent.memory, spent.drawn = peak_mb() - before, drawn.stat().st_size

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        start = time.process_time()
        with patch.object(pdf_archive, "archive_pdf", timed):
            written = write_pdf(report, path, ROOT / "resources" / "fonts")
        whole = time.process_time() - start
        pages = written.pages if written else 0
        drawing = whole - spent.seconds
        size = path.stat().st_size
        print(
            f"archive: {pages} pages with {len(report.data) / MB:.1f} MB of data in "
            f"{spent.seconds:.2f} s beside {drawing:.2f} s of drawing, "
            f"{100 * spent.seconds / drawing:.0f} % more, +{spent.memory:.0f} MB, "
            f"{size / spent.drawn:.2f} of the size drawn"
        )
        start = time.process_time()
        found = read_archive(path)
        took = time.process_time() - start
        whole_still = isinstance(found, Archive) and not found.remarks
        print(f"reading: {pages} pages in {took:.2f} s, unchanged: {whole_still}")


if __name__ == "__main__":
    main()
