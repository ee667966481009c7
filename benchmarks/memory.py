"""The peak of memory while a long roster is written, beyond what the report takes.

    python benchmarks/memory.py [pdf|xlsx ROWS FIGURES]

Prints megabytes. A PDF carries data as large as a report of that length has. The
kernel's own high-water mark is set back once the report is there, so that only what
writing needs is counted; on Linux alone.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.rosters import long_report  # noqa: E402 - needs the path
from benchmarks.rosters import with_data  # noqa: E402 - same
from desktop.export.pdf.writing import write_pdf  # noqa: E402 - same
from desktop.export.xlsx.writing import write_xlsx  # noqa: E402 - same

if TYPE_CHECKING:
    from collections.abc import Sequence


def beyond(kind: str, rows: int, figures: int = 0) -> float:
    """Measure in a process of its own; gives megabytes."""
    command = [sys.executable, __file__, kind, str(rows), str(figures)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def growth(kind: str, growing: Sequence[int], figures: int, goal: float) -> bool:
    """Tell the peak beyond the report for growing rosters, and whether it stays."""
    found = [beyond(kind, rows, figures) for rows in growing]
    for rows, peak in zip(growing, found, strict=True):
        print(f"  {rows:7} rows: peak {peak:4.0f} MB beyond the report itself")
    grown = found[-1] - found[0]
    share = 100 * grown / found[0]
    print(f"  grown by {grown:.1f} MB, {share:.0f} % (goal ≤ {goal:g} MB)")
    return grown <= goal


def main() -> None:
    """Write a roster and tell the peak."""
    given = sys.argv[1:]
    kind, rows, figures = given + ["pdf", "1000", "0"][len(given) :]
    report = long_report(int(rows), int(figures))
    if kind == "pdf":
        report = with_data(report)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = status("VmRSS")
    with tempfile.TemporaryDirectory() as folder:
        if kind == "pdf":
            write_pdf(report, Path(folder, "a.pdf"), ROOT / "resources" / "fonts")
        else:
            write_xlsx(report, Path(folder, "a.xlsx"))
    print(status("VmHWM") - before)


def status(name: str) -> float:
    """Read a number of megabytes from what the kernel says of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = dict(line.split(":", 1) for line in lines)
    return int(found[name].split()[0]) / 1024


if __name__ == "__main__":
    main()
