"""Proving files side by side, each in one of a few processes that read many."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Event
from threading import Timer
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.receiving.proving import LENGTH
from desktop.app.handover.receiving.proving import NO_PROOF
from desktop.core.manifest_read import LARGEST
from desktop.intake.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType
    from typing import IO
    from typing import Self

WORD: Final = "handed-in"
"""What makes a reading process one that proves."""
MOST: Final = 4
"""Processes at a time; each is a reader that holds one workbook."""
_KEEPING: Final[Mapping[str, str]] = {
    f"MALLOC_{name}_": str(1 << 25)
    for name in ("MMAP_THRESHOLD", "TRIM_THRESHOLD", "TOP_PAD")
}
"""Has glibc keep the memory of one file for the next: a seventh of the time."""
_FLAGS: Final = 0x08004000 if sys.platform == "win32" else 0
"""No window, and below normal priority: what `confine.give_way` does elsewhere."""


class Provers:
    """Processes that prove files; they end with the block.

    `command` starts a reading process. Where one cannot be started or dies, what it was
    asked has no proof, and the next file starts another.
    """

    def __init__(self, command: tuple[str, ...], paths: Sequence[Path]) -> None:
        """Begin with the first files; which those are is known beforehand."""
        count = min(os.cpu_count() or 1, MOST, len(paths))
        self._free: SimpleQueue[_Prover] = SimpleQueue()
        self._all = [_Prover((*command, WORD)) for _ in range(count)]
        for each in self._all:
            self._free.put(each)
        self._pool = ThreadPoolExecutor(max(count, 1))
        self._asked: dict[Path, Future[bytes]] = {
            path: self._pool.submit(self._prove, path) for path in paths
        }

    def __enter__(self) -> Self:
        """Nothing is left to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes; files that nobody waits for any more are left alone."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for each in self._all:
            each.stop()
        self._pool.shutdown()
        for each in self._all:
            each.end()

    def envelope(self, path: Path) -> bytes:
        """Wait for the envelope of a file that proved itself; no bytes otherwise."""
        asked = self._asked.pop(path, None)
        return asked.result() if asked else NO_PROOF

    def _prove(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                data = file.read(LIMITS.file_bytes + 1)
        except OSError:
            return NO_PROOF
        if len(data) > LIMITS.file_bytes or not data.startswith(b"PK\x03\x04"):
            return NO_PROOF
        prover = self._free.get()
        try:
            return prover.ask(data)
        finally:
            self._free.put(prover)


class _Prover:
    """One process, started when it is first asked."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._answered = False
        self._over = Event()
        """No other process is to be started."""

    def ask(self, data: bytes) -> bytes:
        """Have a file proved, within the time a reader has."""
        try:
            child = self._child or self._start()
        except OSError:
            return NO_PROOF
        clock = Timer(LIMITS.seconds, child.kill)
        clock.start()
        try:
            answer = _converse(child, data)
        except (OSError, ValueError):
            # What never answered will not do so when it is started again.
            if not self._answered:
                self._over.set()
            self.end()
            return NO_PROOF
        finally:
            clock.cancel()
        self._answered = True
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._over.is_set():
            raise ProcessLookupError
        # The command is ours; of a file only its bytes go in, on standard input.
        self._child = subprocess.Popen(  # noqa: S603
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_FLAGS,
            env={**os.environ, **_KEEPING},
        )
        if self._over.is_set():
            # Somebody broke off just now, and saw no process yet.
            self._child.kill()
        return self._child

    def stop(self) -> None:
        """Break off what the process is at."""
        self._over.set()
        if (child := self._child) is not None:
            child.kill()

    def end(self) -> None:
        """End the process, and let go of it."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with suppress(OSError, ValueError):
                child.communicate()


def _converse(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Ask and take the answer.

    Raises:
        OSError: The process is gone.
        ValueError: It answered with more than it may, or less than it said.
    """
    # For the type checker: both were asked for as pipes.
    given, said = child.stdin, child.stdout
    if given is None or said is None:  # pragma: no cover
        raise AssertionError
    given.write(len(data).to_bytes(LENGTH) + data)
    given.flush()
    length = int.from_bytes(_exactly(said, LENGTH))
    if length > LARGEST:
        raise ValueError(length)
    return _exactly(said, length)


def _exactly(said: IO[bytes], length: int) -> bytes:
    found = said.read(length)
    if len(found) < length:
        raise ValueError(length)
    return found
