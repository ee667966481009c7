"""Time and memory of the workbook and the PDF of a long roster.

    python benchmarks/export_speed.py [ROWS]

Prints seconds, pages or rows a second, and the peak of memory beyond the report itself.
The PDF's memory must stay flat: it is told per thousand rows.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from desktop.export.pdf import write_pdf
from desktop.export.report import Row
from desktop.export.xlsx import write_xlsx

ROOT = Path(__file__).parents[1]


def peak_mb() -> float:
    """Give the peak of resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write a long roster in both formats and say how that went."""
    sys.path.insert(0, str(ROOT))
    from tests.export.samples import sample_report  # noqa: PLC0415 - needs the path

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    report = sample_report()
    roster = report.forms[0]
    first = roster.rows[0]
    rows = tuple(
        Row((str(place), *first.stub[1:]), first.cells) for place in range(1, count + 1)
    )
    long = replace(report, forms=(replace(roster, rows=rows), *report.forms[1:]))
    before = peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        pdf = write_pdf(long, Path(folder, "a.pdf"), ROOT / "resources" / "fonts")
        spent = time.perf_counter() - start
        pages = pdf.pages if pdf else 0
        grown = peak_mb() - before
        print(
            f"pdf: {count} rows, {pages} pages in {spent:.2f} s, "
            f"{pages / spent:.0f} pages/s, +{grown:.0f} MB, "
            f"{1000 * grown / count:.1f} MB a thousand rows"
        )
        start = time.perf_counter()
        write_xlsx(long, Path(folder, "a.xlsx"))
        spent = time.perf_counter() - start
        print(
            f"xlsx: {count} rows in {spent:.2f} s, {count / spent:.0f} rows/s, "
            f"peak {peak_mb():.0f} MB"
        )


if __name__ == "__main__":
    main()
