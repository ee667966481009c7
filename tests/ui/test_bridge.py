from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QObject
from PySide6.QtCore import QThread
from PySide6.QtCore import Slot
from pytestqt.exceptions import capture_exceptions
from shiboken6 import isValid

from desktop.app.entry.edits import set_cell
from desktop.app.events import Event
from desktop.app.events import NotSaved
from desktop.app.events import RecordsChanged
from desktop.app.events import RefreshFailed
from desktop.app.events import Saved
from desktop.app.events import UndoChanged
from desktop.app.opening import open_session
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.errors import DiskFullError
from desktop.store.records import Applied
from desktop.store.records import Stale
from desktop.ui.bridge import Bridge
from tests import asked
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import free
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


class Ear(QObject):
    """A receiver as a widget is one."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, bool]] = []

    @Slot(object)
    def hear(self, event: object) -> None:
        self.heard.append((event, QThread.currentThread() is self.thread()))


def edit(work: Workplace, value: int = 61) -> None:
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    assert isinstance(
        work.session.apply(set_cell(record, field, value)).result(), Applied
    )


def test_bridge__says_what_was_saved_on_the_main_thread(work: Workplace) -> None:
    ear = Ear()
    work.bridge.saved.connect(ear.hear)
    work.bridge.records_changed.connect(ear.hear)
    work.bridge.undo_changed.connect(ear.hear)
    edit(work)
    assert ear.heard == [], "nothing is said on the ledger's thread"
    drain(work)
    assert [type(event) for event, _ in ear.heard] == [
        Saved,
        UndoChanged,
        RecordsChanged,
    ]
    assert all(main for _, main in ear.heard)


def test_bridge__a_dead_receiver_gets_nothing_and_breaks_nothing(
    work: Workplace,
) -> None:
    dead, alive = Ear(), Ear()
    work.bridge.saved.connect(dead.hear)
    work.bridge.saved.connect(alive.hear)
    heard = dead.heard
    dead.deleteLater()
    free(dead)
    assert not isValid(dead)
    edit(work)
    drain(work)
    assert heard == []
    assert len(alive.heard) == 1


def test_bridge__a_receiver_is_not_kept_alive(work: Workplace) -> None:
    ear = Ear()
    watch = weakref.ref(ear)
    work.bridge.saved.connect(ear.hear)
    del ear
    gc.collect()
    assert watch() is None
    edit(work)
    drain(work)


def test_bridge__the_board_is_filled_before_views_hear(
    qtbot: QtBot, work: Workplace
) -> None:
    seen: list[int] = []
    work.bridge.findings_changed.connect(
        lambda _: seen.append(len(work.bridge.board.all()))
    )
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    assert 1 in seen
    [finding] = work.bridge.board.all()
    assert finding.rule == "eci.nursing_within_total"


def test_bridge__figures_are_none_until_computed(qtbot: QtBot, work: Workplace) -> None:
    seen = [work.bridge.figures]
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    seen.append(work.bridge.figures)
    found = [[figure.indicator for figure in each or ()] for each in seen]
    assert found == [[], ["nursing_share", "beds_in_years"]]
    assert seen[0] is None


def test_bridge__another_period_forgets_what_the_first_one_said(
    open_work: Opener, small_ledger: Path
) -> None:
    earlier = Period(PeriodKind.YEAR, 2024)
    with small.opened(small_ledger) as ledger:
        ledger.add_period(earlier)
    work = open_work(small_ledger)
    refreshed(work)
    assert work.bridge.board.all()
    turned: list[tuple[object, int]] = []
    work.bridge.period_changed.connect(
        lambda: turned.append((work.bridge.figures, len(work.bridge.board.all())))
    )
    work.session.choose_period(earlier)
    QCoreApplication.processEvents()
    assert turned == [(None, 0)]


def refreshed(work: Workplace) -> None:
    """Audit and compute, and hear of it."""
    work.session.refresh()
    while work.bridge.figures is None:
        drain(work)


def test_bridge__what_was_not_saved_is_told_with_the_reason(work: Workplace) -> None:
    ear = Ear()
    work.bridge.not_saved.connect(ear.hear)
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    edit(work)
    assert isinstance(work.session.apply(set_cell(record, field, 5)).result(), Stale)
    drain(work)
    [(event, _)] = ear.heard
    assert isinstance(event, NotSaved)
    assert event.reason.code == "store.stale_cell"


def test_ask__reads_on_the_ledger_thread_and_answers_here(work: Workplace) -> None:
    owner, ear = QObject(), Ear()
    seen: list[object] = []

    def read(ledger: Ledger) -> int:
        seen.append(QThread.currentThread() is owner.thread())
        return ledger.count("eci", "2025")

    work.bridge.ask(read, owner, ear.hear)
    drain(work)
    assert seen == [False]
    assert ear.heard == [(3, True)]


def test_ask__an_owner_that_is_gone_gets_no_answer(work: Workplace) -> None:
    owner, ear = QObject(), Ear()
    work.bridge.ask(lambda ledger: ledger.count("eci", "2025"), owner, ear.hear)
    owner.deleteLater()
    free(owner)
    drain(work)
    assert ear.heard == []


def test_when__trouble_with_the_disk_is_told(work: Workplace) -> None:
    ear = Ear()
    work.bridge.courier.trouble.connect(ear.hear)

    def full(_: Ledger) -> None:
        raise DiskFullError(message("store.disk_full"))

    work.bridge.ask(full, QObject(work.bridge), lambda _: pytest.fail("no answer"))
    drain(work)
    assert ear.heard == [(message("store.disk_full"), True)]


def test_close__saves_what_was_typed_last_and_falls_silent(
    qtbot: QtBot, small_ledger: Path
) -> None:
    session = open_session(small_ledger, small.person())
    bridge, ear = Bridge(session), Ear()
    bridge.saved.connect(ear.hear)
    [first, *_] = asked.every(session, "eci")
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    session.apply(set_cell(first, field, 77))
    bridge.close()
    with small.opened(small_ledger) as ledger:
        record = ledger.record(first.key)
        assert record is not None
        assert record.cells["beds_nursing"] == 77


def test_close__nothing_keeps_a_closed_bridge(qtbot: QtBot, small_ledger: Path) -> None:
    """After closing, the session may not call a bridge that may be deleted."""
    session = open_session(small_ledger, small.person())
    bridge = Bridge(session)
    watch = weakref.ref(bridge)
    bridge.close()
    del bridge
    gc.collect()
    assert watch() is None


def test_bridge__an_audit_the_disk_stopped_is_trouble(work: Workplace) -> None:
    ear = Ear()
    work.bridge.courier.trouble.connect(ear.hear)
    fault = DiskFullError(message("store.disk_full"))
    tell(work, RefreshFailed(fault))
    drain(work)
    assert ear.heard == [(message("store.disk_full"), True)]


def test_bridge__an_audit_a_bug_stopped_reaches_the_handler_of_bugs(
    work: Workplace,
) -> None:
    tell(work, RefreshFailed(ZeroDivisionError("a bug")))
    with capture_exceptions() as caught:
        drain(work)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def tell(work: Workplace, event: Event) -> None:
    """Say something as the session does, on the ledger's thread."""
    listeners = vars(work.session)["_listeners"]
    work.session.thread.call(lambda _: [one(event) for one in listeners]).result()


def test_ask__a_closed_ledger_is_asked_nothing(
    qtbot: QtBot, small_ledger: Path
) -> None:
    """A timer of a window on its way out may still fire."""
    bridge, ear = Bridge(open_session(small_ledger, small.person())), Ear()
    bridge.close()
    bridge.ask(lambda ledger: ledger.count("eci", "2025"), ear, ear.hear)
    QCoreApplication.processEvents()
    assert ear.heard == []


def test_watch__a_bug_in_an_action_reaches_the_handler_of_bugs(
    work: Workplace,
) -> None:
    with capture_exceptions() as caught:
        work.bridge.watch(work.session.thread.call(lambda _: 1 // 0))
        drain(work)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_watch__what_the_disk_refused_is_not_told_twice(work: Workplace) -> None:
    ear = Ear()
    work.bridge.courier.trouble.connect(ear.hear)

    def full(_: Ledger) -> None:
        raise DiskFullError(message("store.disk_full"))

    with capture_exceptions() as caught:
        work.bridge.watch(work.session.thread.call(full))
        drain(work)
    assert (caught, ear.heard) == ([], [])


def test_close__twice_is_harmless(work: Workplace) -> None:
    work.bridge.close()
    work.bridge.close()


def test_bridge__says_that_something_else_was_chosen(
    qtbot: QtBot, work: Workplace
) -> None:
    change = DefinitionChange("2025", "param.jump", "", "3")
    with qtbot.waitSignal(work.bridge.choices_changed):
        work.session.apply(Action(message("test"), (change,))).result()
