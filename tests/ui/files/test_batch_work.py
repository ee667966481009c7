"""A batch reads on the ledger's thread, and is stopped from the main one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from desktop.app.batch.running import Result
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.ui.files.batch_work import start_batch

if TYPE_CHECKING:
    from desktop.app.batch.running import Reading
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

AT = Progress(1, 2, message("app.reading"))


def names(ledger: Ledger) -> Steps[str]:
    yield AT
    return f"{threading.current_thread().name} {ledger.units()[0].name}"


def test_start__reads_where_the_ledger_lives(work: Workplace) -> None:
    told: list[Progress] = []
    found: list[str] = []

    def write(reading: Reading, watch: Watcher) -> Result:
        found.append(reading(names, watch))
        return Result(())

    start_batch(work.session, write, told.append).result.result(60)
    assert found == ["store 长宁区"]
    assert told == [AT]


def test_start__stopped_while_reading(work: Workplace) -> None:
    begun, go = threading.Event(), threading.Event()

    def write(reading: Reading, watch: Watcher) -> Result:
        begun.set()
        go.wait(60)
        reading(names, watch)
        raise AssertionError

    task = start_batch(work.session, write, lambda _: None)
    begun.wait(60)
    task.cancel()
    go.set()
    with pytest.raises(CancelledError):
        task.result.result(60)


def test_start__of_a_closed_ledger_nothing_is_read(work: Workplace) -> None:
    work.session.thread.close()

    def write(reading: Reading, watch: Watcher) -> Result:
        reading(names, watch)
        raise AssertionError

    with pytest.raises(CancelledError):
        start_batch(work.session, write, lambda _: None).result.result(60)
