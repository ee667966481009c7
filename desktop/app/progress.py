"""Long work in small steps, so that it can be watched, stopped and interleaved.

A use case that takes long is a generator: it yields a `Progress` after each slice of
a few milliseconds and returns its result. The command line runs it to the end; the
store thread lets waiting edits go between two slices.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Generator
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import TypeVar

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.core.messages import Message

T = TypeVar("T")


@frozen
class Progress:
    """How far work has come: `done` of `total` parts, and what it is at.

    `pause` asks the store thread to let that many seconds go by before going on.
    """

    done: int
    total: int
    doing: Message
    pause: float = 0.0


Steps: TypeAlias = Generator[Progress, None, T]
Watcher: TypeAlias = Callable[[Progress], bool]
"""Is told of progress; answers False to stop the work."""


class CancelledError(Exception):
    """The work was stopped by the person who started it."""


def run_steps(steps: Steps[T], watch: Watcher | None = None) -> T:
    """Run work to its end.

    Raises:
        CancelledError: The watcher asked to stop; the work has cleaned up.
    """
    while True:
        try:
            progress = next(steps)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if watch is not None and not watch(progress):
            steps.close()
            raise CancelledError
