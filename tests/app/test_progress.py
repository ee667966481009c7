from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import Steps
from desktop.app.progress import run_steps
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

DOING = message("app.auditing")


def counting(cleaned: list[str]) -> Steps[int]:
    try:
        for done in range(3):
            yield Progress(done, 3, DOING)
    finally:
        cleaned.append("cleaned")
    return 42


def test_run__to_its_end() -> None:
    seen: list[int] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress.done)
        return True

    assert run_steps(counting([]), watch) == 42
    assert seen == [0, 1, 2]
    assert run_steps(counting([])) == 42


def test_run__stopped_work_cleans_up() -> None:
    cleaned: list[str] = []
    answers: Iterator[bool] = iter((True, False))
    with pytest.raises(CancelledError):
        run_steps(counting(cleaned), lambda _: next(answers))
    assert cleaned == ["cleaned"]
