"""A long roster as a PDF, beside reportlab's LongTable of the same rows.

    python benchmarks/pdf_rows.py [--quick]

Ours is the program's own way: `write_pdf` of a report whose one form is the roster,
from the first page measured to the finished file read back, with the archive's data
and digests. The others get the words of the same rows ready made: a LongTable with the
same font and type size, and rows drawn one by one on reportlab's canvas, which is the
fastest of the peers (typst, weasyprint, fpdf2 and LibreOffice are slower). What stands
in our file is read by pdftotext and qpdf, and held against its own digests as verifying
does. The peak of memory beyond the report is told
for growing rosters, each in a process of its own.

Times are of the processor, in turn; exit 1 where a goal is missed. --quick takes fewer
rows, where what any report costs (fonts, cover, contents) weighs more.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pagesizes import landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import TableStyle

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.in_turn import ratios  # noqa: E402 - needs the path
from benchmarks.in_turn import seconds  # noqa: E402 - needs the path
from benchmarks.memory import growth  # noqa: E402 - needs the path
from benchmarks.rosters import long_report  # noqa: E402 - needs the path
from benchmarks.rosters import with_data  # noqa: E402 - needs the path
from desktop.export.pdf.archive_reading import Archive  # noqa: E402 - needs the path
from desktop.export.pdf.archive_reading import read_archive  # noqa: E402 - same
from desktop.export.pdf.form import table_of  # noqa: E402 - needs the path
from desktop.export.pdf.writing import write_pdf  # noqa: E402 - needs the path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.export.report import Report

FONTS = ROOT / "resources" / "fonts"
FONT = FONTS / "NotoSerifSC-Regular.ttf"
WIDTHS = (30, 40, 90, 60, 70, 50, 60, 40, 45, 45, 45, 45)
ROW = 17.5
SIZE = 9


class Size(NamedTuple):
    """How much is measured, and what must be reached."""

    rows: int
    rounds: int
    long_table: float
    canvas: float
    growing: tuple[int, ...]
    growth: float


FULL = Size(20_000, 3, 10, 1.5, (2_000, 20_000, 200_000), 5)
QUICK = Size(3_000, 1, 4, 1, (500, 5_000), 3)
"""`growth`: megabytes more for the longest roster than for the shortest.

A page costs some 400 bytes: where it stands, what is on it, its digest; and there are
10,000.
"""


def main() -> int:
    """Measure all; tell whether the goals are met."""
    size = QUICK if "--quick" in sys.argv else FULL
    met = [speed(size), growth("pdf", size.growing, 0, size.growth)]
    return 0 if all(met) else 1


def speed(size: Size) -> bool:
    """Write the same roster three ways, in turn."""
    report = with_data(long_report(size.rows))
    table = table_of(report.forms[0])
    rows = [tuple(map(str, row)) for row in table.rows(0, table.count)]
    heads = [head.title.replace("\n", "") for head in table.heads]
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.pdf"), Path(folder, "theirs.pdf")
        lined = [tuple(heads), *rows]
        ways = {
            "ours": lambda: seconds(lambda: write_pdf(report, ours, FONTS)),
            "LongTable": lambda: seconds(lambda: by_long_table(lined, theirs)),
            "canvas": lambda: seconds(lambda: by_canvas(heads, rows, theirs)),
        }
        write_pdf(long_report(5), ours, FONTS)  # what is imported once
        print(f"{size.rows} rows, {len(heads)} columns")
        found = ratios(ways, size.rounds)
        print(f"  {proved(ours, report)} pages of ours")
        print(f"  {seconds(lambda: whole(ours)):.2f} s to verify them")
    print(f"  goals: LongTable ≥ {size.long_table:g} ×, canvas ≥ {size.canvas:g} ×")
    return found["LongTable"] >= size.long_table and found["canvas"] >= size.canvas


def by_long_table(rows: Sequence[tuple[str, ...]], path: Path) -> None:
    """Let reportlab's platypus lay the rows out."""
    name = _register()
    document = SimpleDocTemplate(
        str(path), pagesize=landscape(A4), pageCompression=1, initialFontName=name
    )
    table = LongTable(rows, colWidths=WIDTHS, repeatRows=1)
    everywhere = ((0, 0), (-1, -1))
    table.setStyle(
        TableStyle(
            [
                ("FONT", *everywhere, name, SIZE),
                ("GRID", *everywhere, 0.35, colors.black),
                ("TOPPADDING", *everywhere, 3),
                ("BOTTOMPADDING", *everywhere, 3),
            ]
        )
    )
    document.build([table])


def by_canvas(heads: Sequence[str], rows: Sequence[Sequence[str]], path: Path) -> None:
    """Draw rows of one line each on reportlab's canvas, with rules."""
    name = _register()
    size = (842, 595)
    canvas: Any = Canvas(str(path), pagesize=size, pageCompression=1)
    edges = [100 + sum(WIDTHS[:place]) for place in range(len(WIDTHS) + 1)]
    each = int((size[1] - 200) / ROW)
    for start in range(0, len(rows), each):
        canvas.setFont(name, SIZE)
        canvas.setLineWidth(0.35)
        y = size[1] - 100.0
        for row in (heads, *rows[start : start + each]):
            canvas.line(edges[0], y, edges[-1], y)
            y -= ROW
            for x, text in zip(edges, row, strict=False):
                canvas.drawString(x + 3, y + 6, text)
        for x in edges:
            canvas.line(x, y, x, size[1] - 100)
        canvas.showPage()
    canvas.save()


def _register() -> str:
    """Load the font anew, as each document of reportlab's needs it."""
    pdfmetrics.registerFont(TTFont("Song", str(FONT), shapable=False))
    return "Song"


def proved(path: Path, report: Report) -> int:
    """Read our file with other programs; every name must be there, in order."""
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], check=True, capture_output=True
    ).stdout.decode()
    place = 0
    for row in report.forms[0].rows:
        words = (row.stub[0], str(row.cells[0]), str(row.cells[1]), str(row.cells[2]))
        for word in words:
            place = text.index(word, place)
    return text.count("\f")


def whole(path: Path) -> None:
    """Hold our file against what it says of itself."""
    found = read_archive(path)
    if not isinstance(found, Archive) or found.remarks:
        raise SystemExit(str(found))


if __name__ == "__main__":
    sys.exit(main())
