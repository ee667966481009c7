from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import Steps
from desktop.app.store_thread import ClosedError
from desktop.app.store_thread import Operation
from desktop.app.store_thread import StoreThread
from desktop.core.messages import message
from desktop.store.errors import MissingLedgerError
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger

DOING = message("app.auditing")


@pytest.fixture
def thread(tmp_path: Path) -> StoreThread:
    path = make_ledger(tmp_path)
    return StoreThread(lambda: opened(path))


def test_call__on_the_ledgers_thread(thread: StoreThread) -> None:
    name = thread.call(lambda _: threading.current_thread().name)
    assert name.result() == "store"
    assert thread.call(lambda ledger: ledger.count("area", "2025")).result() == 2
    thread.close()


def test_call__a_fault_reaches_the_caller(thread: StoreThread) -> None:
    with pytest.raises(KeyError):
        thread.call(lambda ledger: ledger.count("nothing", "2025")).result()
    thread.close()


def test_open__a_fault_reaches_the_caller(tmp_path: Path) -> None:
    with pytest.raises(MissingLedgerError):
        StoreThread(lambda: opened(tmp_path / "none.taizhang"))


def test_start__edits_go_between_two_slices(thread: StoreThread) -> None:
    order: list[str] = []
    begun = threading.Event()
    asked = threading.Event()

    def work(_: Ledger) -> Steps[str]:
        begun.set()
        asked.wait()
        order.append("slice 1")
        yield Progress(1, 2, DOING)
        order.append("slice 2")
        return "done"

    seen: list[int] = []
    operation = thread.start(work, lambda progress: seen.append(progress.done))
    begun.wait()
    edit = thread.call(lambda _: order.append("edit"))
    asked.set()
    assert operation.result.result() == "done"
    edit.result()
    assert order == ["slice 1", "edit", "slice 2"]
    assert seen == [1]
    thread.close()


def forever(_: Ledger) -> Steps[None]:
    while True:
        yield Progress(0, 0, DOING)


def test_cancel__ends_the_work(thread: StoreThread) -> None:
    operation = thread.start(forever)
    operation.cancel()
    with pytest.raises(CancelledError):
        operation.result.result()
    thread.close()


def test_start__a_fault_reaches_the_caller(thread: StoreThread) -> None:
    def fail(_: Ledger) -> Steps[None]:
        yield Progress(0, 0, DOING)
        raise ValueError("no use")

    with pytest.raises(ValueError, match="no use"):
        thread.start(fail).result.result()
    thread.close()


def test_close__finishes_calls_stops_operations_and_closes(
    thread: StoreThread,
) -> None:
    ledgers: list[Ledger] = []
    thread.call(ledgers.append)
    operation = thread.start(forever)
    waiting = threading.Event()
    thread.call(lambda _: waiting.wait())
    last = thread.call(lambda ledger: ledger.count("area", "2025"))
    closing = threading.Thread(target=thread.close)
    closing.start()
    waiting.set()
    closing.join()
    assert last.result() == 2
    with pytest.raises(CancelledError):
        operation.result.result()
    opened(ledgers[0].path).close()
    with pytest.raises(ClosedError):
        thread.call(lambda _: None)
    with pytest.raises(ClosedError):
        thread.start(forever)


def ask_for_ever(thread: StoreThread) -> None:
    while True:
        thread.call(lambda _: None)


def test_start__by_the_last_call_while_it_closes_is_stopped(
    thread: StoreThread,
) -> None:
    closed = threading.Event()
    begun: list[Operation[None]] = []

    def begin(_: Ledger) -> None:
        closed.wait()
        begun.append(thread.start(forever))

    call = thread.call(begin)
    closing = threading.Thread(target=thread.close)
    closing.start()
    with pytest.raises(ClosedError):
        ask_for_ever(thread)
    closed.set()
    closing.join()
    call.result()
    with pytest.raises(CancelledError):
        begun[0].result.result()


def test_start__work_that_rests_lets_others_go_on(thread: StoreThread) -> None:
    order: list[str] = []

    def resting(_: Ledger) -> Steps[None]:
        yield Progress(0, 1, DOING, pause=0.05)
        order.append("rested")

    def busy(_: Ledger) -> Steps[None]:
        yield Progress(0, 1, DOING)
        order.append("busy")

    first, second = thread.start(resting), thread.start(busy)
    first.result.result()
    second.result.result()
    assert order == ["busy", "rested"]
    thread.close()


def test_close__work_that_rests_is_stopped_at_once(thread: StoreThread) -> None:
    resting = threading.Event()

    def work(_: Ledger) -> Steps[None]:
        resting.set()
        yield Progress(0, 1, DOING, pause=3600)

    operation = thread.start(work)
    resting.wait()
    thread.close()
    with pytest.raises(CancelledError):
        operation.result.result()


def test_call__a_long_question_gives_way(thread: StoreThread) -> None:
    asked, running = threading.Event(), threading.Event()
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT COUNT(*) FROM n"
    )

    def work(ledger: Ledger) -> Steps[object]:
        yield Progress(0, 1, DOING)
        running.set()
        asked.wait()
        return ledger.whole(endless)

    operation = thread.start(work)
    running.wait()
    call = thread.call(lambda _: "first")
    asked.set()
    assert call.result() == "first"
    assert operation.result.result() is None
    thread.close()
