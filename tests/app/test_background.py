from __future__ import annotations

import threading

import pytest

from desktop.app.background import Stage
from desktop.app.background import Task
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import message

STEP = Progress(1, 2, message("app.writing-pdf"))


def test_task__gives_its_result_and_tells_progress() -> None:
    seen: list[Progress] = []

    def work(stage: Stage) -> int:
        stage.tell(STEP)
        return 42

    assert Task(work, seen.append).result.result() == 42
    assert seen == [STEP]


def test_task__a_fault_reaches_the_caller() -> None:
    def work(_: Stage) -> None:
        raise ValueError("no use")

    with pytest.raises(ValueError, match="no use"):
        Task(work).result.result()


def test_task__stops_at_its_next_word() -> None:
    asked = threading.Event()

    def work(stage: Stage) -> None:
        stage.tell(STEP)
        asked.wait()
        stage.tell(STEP)

    task = Task(work)
    task.cancel()
    asked.set()
    with pytest.raises(CancelledError):
        task.result.result()
