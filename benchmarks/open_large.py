"""What a ledger of 100,000 records costs beside one of 1,000, and beside an empty one.

The same form of 30 fields, three ledgers. Each opening runs in a process of its own,
turn by turn, so that whatever else the machine does falls on all of them.

* Time from the process's start until the first rows are painted: large beside small.
* Peak memory once the period has been audited and the grid has been at both ends and
  sorted: the large ledger's window beside the window on the empty one (the baseline).
* The longest the main thread worked at a stretch while lists were sorted, filtered and
  shown again, its painting included, in milliseconds of its own time: for information.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.large_ledger import FORM
from benchmarks.large_ledger import make_ledger
from desktop.app.settings import Settings
from desktop.app.settings import save_settings

LARGE, SMALL = 100_000, 1_000
ROUNDS = 7
GOAL = 1.5

OPEN = """
import gc, os, resource, sys, time
gc.disable()  # as desktop.__main__.show does
from dataclasses import replace
from pathlib import Path
from desktop.__main__ import person, places, words
from desktop.ui.beginning import begin
from desktop.ui.workplace import UiStart
ledger, settings, records = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
here = replace(places(), settings=settings)
begun = begin(UiStart(here, person(), words(here.locale), ledger))
from PySide6.QtCore import QEventLoop, Qt, QTimer
from desktop.ui.application import Shell, make_application
from desktop.ui.desk import Page
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons
application = make_application(begun.start)
shell = Shell(begun.start, Icons(here.resources / "icons", Appearance()))
shell.begin(begun.opening)
def until(holds):
    while not holds():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
def page():
    return shell.window.page(Page.ENTRY)
until(lambda: shell.window is not None)
def first_rows():
    model = page().model
    ready = model is not None and len(model.ids) == records
    return ready and (not records or model.record_at(0) is not None)
until(first_rows)
page().grid.viewport().repaint()
sys.stdout.write("painted\\n"); sys.stdout.flush()
"""
AFTERWARDS = """
bridge = shell.window.work.bridge
until(lambda: bridge.figures is not None)
away, last = [0.0], [time.thread_time()]
def beat():
    now = time.thread_time()
    away[0] = max(away[0], now - last[0]); last[0] = now
timer = QTimer(); timer.setInterval(0); timer.timeout.connect(beat); timer.start()
from desktop.app.entry.listing import Listing
from desktop.store.conditions import Between
from desktop.store.records import Order
model, grid = page().model, page().grid
def listed(listing):
    done = []
    model.listed.connect(lambda: done.append(1), Qt.ConnectionType.SingleShotConnection)
    model.list_by(listing)
    until(lambda: done)
away[0], last[0] = 0.0, time.thread_time()
listed(Listing(order=Order("name")))
listed(Listing(order=Order("n00", descending=True)))
listed(Listing(columns=(("n01", Between("n01", 10, 200)),)))
listed(Listing())
if records:
    grid.choose(records - 1, 0)
    until(lambda: model.record_at(records - 1) is not None)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stdout.write(f"{memory} {away[0] * 1000:.0f}\\n"); sys.stdout.flush()
"""
LEAVE = "os._exit(0)\n"


def main() -> int:
    """Measure, print the ratios, and tell whether the goals are met."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledgers = {count: make_ledger(folder, count) for count in (0, SMALL, LARGE)}
        settings = Settings()
        for path in ledgers.values():
            settings = settings.left(path, "entry", FORM)
        save_settings(folder / "settings.json", settings)
        met = [opening(folder, ledgers, rounds), memory(folder, ledgers)]
        return 0 if all(met) else 1


def opening(folder: Path, ledgers: dict[int, Path], rounds: int) -> bool:
    """Hold the first picture of the large ledger against that of the small one."""
    taken: dict[int, list[float]] = {SMALL: [], LARGE: []}
    for warm in range(rounds + 1):
        for count, times in taken.items():
            seconds, _ = run(folder, ledgers[count], count, OPEN + LEAVE)
            if warm:
                times.append(seconds)
    small, large = (statistics.median(taken[count]) for count in (SMALL, LARGE))
    print(f"first rows of {SMALL:7,}   {small * 1000:6.0f} ms")
    print(f"first rows of {LARGE:7,}   {large * 1000:6.0f} ms")
    print(f"ratio                    {large / small:6.2f}  (goal ≤ {GOAL})")
    return large / small <= GOAL


def memory(folder: Path, ledgers: dict[int, Path]) -> bool:
    """Hold the peak with the large ledger open against that of the empty window."""
    peaks: dict[int, float] = {}
    busy: dict[int, str] = {}
    for count, path in ledgers.items():
        code = OPEN + AFTERWARDS + LEAVE
        _, told = run(folder, path, count, code)
        kibibytes, busy[count] = told.split()
        peaks[count] = int(kibibytes) / 1024
    ratio = peaks[LARGE] / peaks[0]
    print(f"peak, empty window       {peaks[0]:6.0f} MiB")
    print(f"peak, {LARGE:7,} records    {peaks[LARGE]:6.0f} MiB")
    print(f"ratio                    {ratio:6.2f}  (goal ≤ {GOAL})")
    for count in (SMALL, LARGE):
        print(f"main thread, {count:7,}     {busy[count]:>6} ms at a stretch")
    return ratio <= GOAL


def run(folder: Path, ledger: Path, records: int, code: str) -> tuple[float, str]:
    """Start a process; gives the seconds to its first picture, and what it told."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its bytecode; a checkout may be told not to write any.
    cache = folder / "bytecode"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    settings = folder / "settings.json"
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(ledger), str(settings), str(records)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**environment, "QT_QPA_PLATFORM": platform},
    ) as process:
        if process.stdout is None or process.stdout.readline() != "painted\n":
            raise SystemExit(1)
        return time.perf_counter() - begun, process.stdout.readline()


if __name__ == "__main__":
    sys.exit(main())
