"""How long after Enter the cell shows what the audit now says of it.

A clerk goes down a column of the real window and types a value and Enter in each row;
a rule fails and passes in turn, while all that goes on behind (records audited anew,
forms counted, indicators computed, the panel beside filled) goes on. The clock begins
when the key is let go, which here is the moment it was pressed, and stops when the
event loop has painted the cell with its new mark: in between lie the entry, the write
to the disk, the audit, and two paintings. Measured in a form of 1,000 records and in
one of 100,000; each in a process of its own.

Of the same stretch the processor's time is told beside it (both threads): what else the
machine does does not count there.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from benchmarks.large_ledger import make_ledger
from benchmarks.open_window import OpenWindow
from desktop.ui.entry.cell_view import CellView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

SMALL, LARGE = 1_000, 100_000
EDITS = 400
ROWS = 100
"""Rows the clerk goes down before beginning again at the top."""
WARM = 10
"""Entries that only fill the caches."""
RULE = "home.within"
GOAL_MS = 16.0
RATIO = 1.5
PAUSES = (0.04, 0.25)
"""Seconds between two entries, from one to the other by chance."""


class Taken(NamedTuple):
    """Milliseconds from the key to the mark: by the clock, and of the processor."""

    clock: float
    busy: float


def main() -> int:
    """Measure, print the figures, and tell whether the goals are met."""
    options = argparse.ArgumentParser()
    options.add_argument("--edits", type=int, default=EDITS)
    options.add_argument("--child", nargs=2, metavar=("LEDGER", "RECORDS"))
    chosen = options.parse_args()
    if chosen.child:
        ledger, records = chosen.child
        clerk = Clerk(Path(ledger))
        clerk.wait(int(records))
        for one in clerk.work(chosen.edits):
            print(f"{one.clock} {one.busy}")
        sys.stdout.flush()
        os._exit(0)
    middles, met = [], True
    with tempfile.TemporaryDirectory() as folder:
        for records in (SMALL, LARGE):
            taken = run(make_ledger(Path(folder), records), records, chosen.edits)
            middle, late = told(records, taken)
            middles.append(middle)
            met = met and late <= GOAL_MS
    ratio = middles[1] / middles[0]
    print(f"goal for the 99th percentile: {GOAL_MS:.0f} ms")
    print(f"ratio of the medians: {ratio:.2f}, goal below {RATIO}")
    return 0 if met and ratio < RATIO else 1


def run(ledger: Path, records: int, edits: int) -> list[Taken]:
    """Have a process of its own do it."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    child = [sys.executable, __file__, "--edits", str(edits), "--child"]
    done = subprocess.run(
        [*child, str(ledger), str(records)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": platform},
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return [Taken(float(clock), float(busy)) for clock, busy in lines]


def told(records: int, taken: list[Taken]) -> tuple[float, float]:
    """Print a ledger's figures; gives the median and the 99th percentile."""
    found = []
    for what, times in zip(("clock", "busy"), zip(*taken, strict=True), strict=True):
        at = statistics.quantiles(times, n=100)
        found.append((at[49], at[98]))
        print(
            f"{records:>7,} records, {what}: median {at[49]:5.1f} ms, "
            f"90th {at[89]:5.1f}, 99th percentile {at[98]:5.1f}, most {max(times):5.1f}"
        )
    return found[0]


class Clerk(OpenWindow):
    """Goes down a column of the window on a ledger."""

    _wanted = (-1, -1, False)
    """The row and column to be painted, and whether with the mark of the rule."""
    _seen = False

    def work(self, edits: int) -> list[Taken]:
        """Type so many entries; gives how long each took."""
        self._watch()
        chance = random.Random(1)  # noqa: S311 - the same pauses each time
        taken = []
        column = self.model.column_of("n01") or 0
        for number in range(edits + WARM):
            row = number % ROWS
            if row == 0:
                self.grid.choose(0, column)
            self.until(partial(self._is_read, row))
            one = self._enter(row, column)
            if number >= WARM:
                taken.append(one)
            self.pause(chance.uniform(*PAUSES))
        return taken

    def _enter(self, row: int, column: int) -> Taken:
        """Type what turns the rule round, and wait for the mark to say so."""
        record = self.model.record_at(row)
        if record is None:
            raise SystemExit(1)
        n00, n01 = int(str(record.cell("n00"))), int(str(record.cell("n01")))
        wrong = n01 <= n00
        text = str(n00 + (7 if wrong else 0))
        self._wanted, self._seen = (row, column, wrong), False
        QTest.keyClicks(self.grid, text[0])
        box = cast("QWidget", self.application.focusWidget())
        QTest.keyClicks(box, text[1:])
        self.application.processEvents()
        busy, begun = time.process_time(), time.perf_counter()
        QTest.keyPress(box, Qt.Key.Key_Return)
        QTest.keyRelease(self.grid, Qt.Key.Key_Return)
        self.until(lambda: self._seen)
        ended = time.perf_counter()
        return Taken((ended - begun) * 1000, (time.process_time() - busy) * 1000)

    def _is_read(self, row: int) -> bool:
        return self.model.record_at(row) is not None

    def _watch(self) -> None:
        """Notice when the cell wanted is painted as wanted."""
        paint = CellView.paintEvent

        def watched(view: CellView, event: QPaintEvent) -> None:
            paint(view, event)
            row, column, wrong = self._wanted
            index = self.model.index(row, column)
            where = view.visualRect(index)
            if index.isValid() and event.region().contains(where.center()):
                [look] = self.model.looks(row, (column,))
                if any(each.rule == RULE for each in look.findings) is wrong:
                    self._seen = True

        CellView.paintEvent = watched  # type: ignore[method-assign, assignment] # only here


if __name__ == "__main__":
    sys.exit(main())
