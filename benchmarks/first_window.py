"""Time to the first painted window: a ledger of 1,000 institutions, and a bare table.

Both run in processes of their own, turn by turn, so that whatever else the machine
does falls on both. The ratio of the medians is what counts; the goal is below 2.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.__main__ import person
from desktop.__main__ import places
from desktop.app.entry.edits import add_record
from desktop.app.ledgers.regions import load_regions
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.packs.available import open_pack
from desktop.app.settings import Settings
from desktop.app.settings import save_settings
from desktop.core.changes import Action
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.forms.model import Pack

INSTITUTIONS = 1000
ROUNDS = 9
GOAL = 2.0

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
application = QApplication([])
window = QMainWindow()
table = QTableWidget(1000, 40)
window.setCentralWidget(table)
window.resize(1366, 728)
window.show()
application.processEvents()
table.viewport().repaint()
sys.stdout.write("painted"); sys.stdout.flush()
import os; os._exit(0)
"""

OURS = """
import gc, os, sys
gc.disable()  # as desktop.__main__.show does
from dataclasses import replace
from pathlib import Path
from desktop.__main__ import person, places, words
from desktop.ui.beginning import begin
from desktop.ui.workplace import UiStart
ledger, settings = Path(sys.argv[1]), Path(sys.argv[2])
here = replace(places(), settings=settings)
begun = begin(UiStart(here, person(), words(here.locale), ledger))
from PySide6.QtCore import QEventLoop
from desktop.ui.application import Shell, make_application
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.icons import Icons
application = make_application(begun.start)
shell = Shell(begun.start, Icons(here.resources / "icons", Appearance()))
shell.begin(begun.opening)
while True:
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window = shell.window
    if window is not None:
        page = window.page(window.work.desk.page)
        if page.model is not None and page.model.record_at(0) is not None:
            break
page.grid.viewport().repaint()
sys.stdout.write("painted"); sys.stdout.flush()
os._exit(0)
"""


def main() -> int:
    """Measure, print the ratio, and tell whether the goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "bench.taizhang"
        make_ledger(ledger)
        settings = Path(folder) / "settings.json"
        # The window opens where the person left off: here in the table.
        save_settings(settings, Settings().left(ledger, "entry", "eci"))
        cache = Path(folder) / "bytecode"
        bare, ours = [], []
        for warm in range(ROUNDS + 1):
            one = run(BARE, cache)
            other = run(OURS, cache, str(ledger), str(settings))
            if warm:
                bare.append(one)
                ours.append(other)
    middle, base = statistics.median(ours), statistics.median(bare)
    ratio = middle / base
    print(f"bare window      {base * 1000:6.0f} ms")
    print(f"ledger of {INSTITUTIONS}   {middle * 1000:6.0f} ms")
    print(f"ratio            {ratio:6.2f}  (goal < {GOAL})")
    return 0 if ratio < GOAL else 1


def run(code: str, cache: Path, *arguments: str) -> float:
    """Start a process and wait for its first picture, in seconds."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its bytecode; a checkout may be told not to write any.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "QT_QPA_PLATFORM": platform},
    ) as process:
        if process.stdout is None or process.stdout.read(7) != b"painted":
            raise SystemExit(1)
        return time.perf_counter() - begun


def make_ledger(path: Path) -> None:
    """Make a ledger with many institutions in one action."""
    here, who = places(), person()
    pack = open_pack(here.packs, "changning")
    if not isinstance(pack, Pack):
        raise SystemExit(1)
    units = load_regions(here.regions).subtree("310105")
    period = Period(PeriodKind.YEAR, 2025)
    create_ledger(path, Beginning(pack, units, period), who)
    form = pack.form_by_id["eci"]
    made = [
        add_record(
            form,
            period,
            units[1 + number % (len(units) - 1)].code,
            who.new_id(),
            {"name": f"第{number}养老院", "beds_total": 20 + number % 300},
        )
        for number in range(INSTITUTIONS)
    ]
    changes = tuple(change for action in made for change in action.changes)
    with open_ledger(path, who) as ledger:
        ledger.apply(Action(made[0].title, changes))


if __name__ == "__main__":
    sys.exit(main())
