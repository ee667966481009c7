"""What auditing everything again costs the window: how long its thread stands still.

A ledger of 100,000 facilities, 40,000 of which break a rule, is audited anew while the
page 审核 is open, grouped, and shows them all; beside it, one of 1,000 with 400. A
heartbeat on the main thread notes what lies between two beats. The most work done at
once with the large ledger is held against the goal of a frame, and against the small.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from desktop.__main__ import person
from desktop.__main__ import places
from desktop.__main__ import words
from desktop.app.commands import Need
from desktop.app.entry.edits import add_record
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.opening import open_session
from desktop.core.changes import Action
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.ui.findings.page import AuditPage
    from desktop.ui.workplace import Workplace

SMALL, LARGE = 1_000, 100_000
WRONG = 0.4
FRAME_MS = 16.0
AT_ONCE = 20_000
YEAR = Period(PeriodKind.YEAR, 2025)
STREETS = 10
ROUNDS = 3
PATIENCE = 600.0


def pack() -> Pack:
    """Make a pack of one form with one rule of each level."""
    numbers = [
        {"id": name, "kind": "integer", "title": title, "measure": "张"}
        for name, title in (("beds", "床位数"), ("nursing", "护理型床位数"))
    ]
    name = {"id": "name", "kind": "text", "title": "机构名称"}
    form = {
        "kind": "roster",
        "id": "home",
        "title": "机构表",
        "domain": "elderly_care",
        "record": "每个机构一条",
        "name": "name",
        "groups": [{"title": "床位", "fields": [name, *numbers]}],
    }
    plan = {
        "title": "示例",
        "file": "plan.txt",
        "level": "省级",
        "region": "示例",
        "starts": 2021,
        "ends": 2025,
    }
    rules = [
        {
            "id": f"home.{level}",
            "form": "home",
            "level": level,
            "check": f"nursing <= beds + {more}",
            "says": "护理型床位数（{nursing}）大于总床位数（{beds}）",
            "ours": "示例",
        }
        for level, more in (("error", 50), ("warning", 0))
    ]
    document: dict[str, Any] = {
        "id": "reaudit",
        "title": "示例制度",
        "version": "1.0.0",
        "region": "31",
        "period_kind": "year",
        "plan": plan,
        "forms": [form],
        "rules": rules,
        "report": {"title": "示例报告"},
    }
    made = pack_from_json(json.dumps(document))
    if not isinstance(made, Pack):
        raise SystemExit(str(made))
    return made


def units() -> tuple[Unit, ...]:
    """Make a county of a few streets."""
    county = UnitCode("310105")
    return (
        Unit(county, "示例区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY),
        *(
            Unit(
                UnitCode(f"310105{number:03d}"),
                f"第{number}街道",
                county,
                UnitLevel.TOWNSHIP,
                UnitClass.SUBDISTRICT,
            )
            for number in range(1, STREETS + 1)
        ),
    )


def make(folder: Path, records: int) -> Path:
    """Make a ledger with so many facilities."""
    path = folder / f"{records}.taizhang"
    made, tree = pack(), units()
    create_ledger(path, Beginning(made, tree, YEAR), person())
    form = made.forms[0]
    with open_ledger(path, person()) as ledger:
        for start in range(0, records, AT_ONCE):
            changes: list[Change] = []
            for number in range(start, min(start + AT_ONCE, records)):
                wrong = number % 10 < 10 * WRONG
                beds = {"beds": 100, "nursing": 100 + number % 90 if wrong else 50}
                cells: dict[str, Cell] = {"name": f"第{number}院", **beds}
                unit = tree[1 + number % STREETS].code
                added = add_record(form, YEAR, unit, f"f{number}", cells)
                changes += added.changes
            ledger.apply(Action(message("app.backup"), tuple(changes)))
    return path


class Heart:
    """Beats on the main thread, and remembers what lay between two beats."""

    def __init__(self) -> None:
        """Begin to beat."""
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - see main

        self.begin()
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was."""
        self.longest = Pause(0.0, 0.0)
        self._last = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        stood, worked = (1000 * (a - b) for a, b in zip(now, self._last, strict=True))
        self._last = now
        self.longest = Pause(
            max(self.longest.stood, stood - 1), max(self.longest.worked, worked)
        )


class Pause(NamedTuple):
    """Milliseconds the window stood still, and of those, its thread was at work.

    The rest it waited: for Python's lock, or for a processor that others use.
    """

    stood: float
    worked: float


def opened(path: Path) -> Workplace:
    """Open a ledger as a window does, at the page 审核."""
    from desktop.ui.bridge import Bridge  # noqa: PLC0415 - see main
    from desktop.ui.desk import Desk  # noqa: PLC0415 - see main
    from desktop.ui.desk import Page  # noqa: PLC0415 - see main
    from desktop.ui.look.appearance import Appearance  # noqa: PLC0415 - see main
    from desktop.ui.look.icons import Icons  # noqa: PLC0415 - see main
    from desktop.ui.workplace import Habits  # noqa: PLC0415 - see main
    from desktop.ui.workplace import UiStart  # noqa: PLC0415 - see main
    from desktop.ui.workplace import Workplace  # noqa: PLC0415 - see main

    here = places()
    bridge = Bridge(open_session(path, person()))
    desk = Desk("home", bridge, Page.AUDIT)
    desk.set_need(Need.WRITABLE, holds=True)
    icons = Icons(here.resources / "icons", Appearance())
    start = UiStart(here, person(), words(here.locale))
    return Workplace(start, bridge, desk, icons, Habits(path.with_suffix(".json")))


def audit_again(work: Workplace, page: AuditPage) -> None:
    """Let the loop run until the audit is done and the list has come."""
    for signal, begin in (
        (work.bridge.figures_changed, work.session.refresh),
        (page.model.modelReset, page.read),
    ):
        done: list[object] = []
        seen = signal.connect(partial(done.append, 1))
        begin()
        until(partial(bool, done))
        signal.disconnect(seen)


def measure(path: Path) -> tuple[Pause, float, int]:
    """Audit a ledger again with the page open.

    Returns:
        The longest pause, the seconds it all took, and the findings.
    """
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - see main

    from desktop.ui.findings.page import AuditPage  # noqa: PLC0415 - see main
    from desktop.ui.garbage import Collector  # noqa: PLC0415 - see main

    work = opened(path)
    bridge = work.bridge
    page = AuditPage(work)
    page.resize(1366, 700)
    page.show()
    collector = Collector()
    collector.start()

    audit_again(work, page)
    heart = Heart()
    settle()
    pauses: list[Pause] = []
    took: list[float] = []
    for _ in range(ROUNDS):
        heart.begin()
        begun = time.perf_counter()
        audit_again(work, page)
        open_all(page)
        settle()
        took.append(time.perf_counter() - begun)
        pauses.append(heart.longest)
    found = sum(len(group.findings) for group in page.model.list.groups)
    collector.stop()
    page.close()
    bridge.close()
    QApplication.processEvents()
    pause = Pause(*(min(each) for each in zip(*pauses, strict=True)))
    return pause, min(took), found


def open_all(page: AuditPage) -> None:
    """Open and close each group, and go to the last line."""
    for _ in range(2):
        for row in reversed(page.model.heads):
            page.model.set_open(row, opened=not page.model.is_open_at(row))
            settle(0.02)
    page.list.scrollToBottom()
    settle(0.1)
    page.list.scrollToTop()


def until(there: Any) -> None:  # noqa: ANN401 - a question without arguments
    """Let the event loop run until something is so."""
    from PySide6.QtCore import QEventLoop  # noqa: PLC0415 - see main
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - see main

    end = time.monotonic() + PATIENCE
    while not there() and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def settle(seconds: float = 0.3) -> None:
    """Let the event loop run for a while."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)


def main() -> int:
    """Measure, and hold the large ledger against the goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--records", type=int, default=LARGE)
    options = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.ui.application import UiStart  # noqa: PLC0415 - the platform is set
    from desktop.ui.application import make_application  # noqa: PLC0415 - see above

    here = places()
    application = make_application(UiStart(here, person(), words(here.locale)))
    with tempfile.TemporaryDirectory() as folder:
        paths = [make(Path(folder), count) for count in (SMALL, options.records)]
        results = [measure(path) for path in paths]
    for records, (pause, took, found) in zip(
        (SMALL, options.records), results, strict=True
    ):
        print(
            f"{records:>9,} records, {found:>7,} findings: audited and shown in "
            f"{took:6.2f} s, longest pause of the window {pause.stood:5.1f} ms, of "
            f"which it worked {pause.worked:5.1f} ms"
        )
    small, large = (result[0].worked for result in results)
    print(f"ratio of the work: {large / small:.1f}; goal: at most {FRAME_MS:g} ms")
    application.processEvents()
    return 0 if large <= FRAME_MS else 1


if __name__ == "__main__":
    sys.exit(main())
