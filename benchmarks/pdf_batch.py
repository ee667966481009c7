"""The reports of many units as PDFs, and all of them joined into one.

    python benchmarks/pdf_batch.py [UNITS]

The same short reports are written with fonts that are handed on from one to the next,
as a batch does ("ours"), and with fonts that are read for each anew; then they are
joined, and the joined file is verified. Told are the seconds of the processor, and how
large the joined file is beside its parts. Exit 1 where a goal is missed.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.in_turn import ratios  # noqa: E402 - needs the path
from benchmarks.in_turn import seconds  # noqa: E402 - same
from benchmarks.pdf_rows import whole  # noqa: E402 - same
from benchmarks.rosters import long_report  # noqa: E402 - same
from benchmarks.rosters import with_data  # noqa: E402 - same
from desktop.export.pdf.fonts import Typefaces  # noqa: E402 - same
from desktop.export.pdf.merge import PdfPart  # noqa: E402 - same
from desktop.export.pdf.merge import Said  # noqa: E402 - same
from desktop.export.pdf.merge import merge_pdfs  # noqa: E402 - same
from desktop.export.pdf.writing import write_pdf  # noqa: E402 - same

if TYPE_CHECKING:
    from desktop.export.report import Report

FONTS: Final = ROOT / "resources" / "fonts"
UNITS: Final = 30
ROWS: Final = 40
"""Institutions of a unit."""
FASTER: Final = 2.0
SMALLER: Final = 2.0
SAID: Final = Said("合订", "测试", "2026-01-02T03:04:00+00:00")


def main() -> int:
    """Measure all; tell whether the goals are met."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    report = with_data(long_report(ROWS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faces = Typefaces(FONTS)
        write_all(report, folder, 1, faces)  # what is imported once
        print(f"{count} reports of {ROWS} institutions")
        ways = {
            "ours": lambda: seconds(lambda: write_all(report, folder, count, faces)),
            "each anew": lambda: seconds(
                lambda: write_all(report, folder, count, FONTS)
            ),
        }
        found = ratios(ways, 3)
        smaller = join(folder, count, faces)
    print(f"  goals: {FASTER:g} × faster, {SMALLER:g} × smaller")
    return 0 if found["each anew"] >= FASTER and smaller >= SMALLER else 1


def write_all(
    report: Report, folder: Path, count: int, fonts: Path | Typefaces
) -> None:
    """Write the reports of so many units, each with a name of its own."""
    for number in range(count):
        own = replace(report, unit_name=f"{chr(0x4E00 + 7 * number)}家桥街道")
        write_pdf(own, part(folder, number).path, fonts)


def join(folder: Path, count: int, faces: Typefaces) -> float:
    """Join the reports, and tell how much smaller that is than its parts."""
    parts = [part(folder, number) for number in range(count)]
    path = folder / "joined.pdf"
    took = seconds(lambda: merge_pdfs(parts, path, SAID, lambda *_: True, faces))
    apart = sum(each.path.stat().st_size for each in parts)
    together = path.stat().st_size
    print(f"  joined in {took:.2f} s: {together / apart:.2f} of the size of its parts")
    print(f"  {seconds(lambda: whole(path)):.2f} s to verify it")
    return apart / together


def part(folder: Path, number: int) -> PdfPart:
    """Name the report of a unit."""
    return PdfPart(folder / f"{number}.pdf", f"单位{number}")


if __name__ == "__main__":
    sys.exit(main())
