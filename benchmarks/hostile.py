"""Hostile and damaged submissions: how long each keeps a county, and what memory.

    python benchmarks/hostile.py

Two hundred files and more, each written to the disk and read as a received file is,
in processes of their own that all count. Exits with 1 where one takes longer than 10 s
or the peak is over 500 MB.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from desktop.app.handover.receiving.reading import read_one  # noqa: E402 - needs the path
from desktop.app.verify.verifying import envelope_of  # noqa: E402 - same
from desktop.core.manifest import to_data  # noqa: E402 - same
from desktop.core.manifest import to_envelope  # noqa: E402 - same
from desktop.core.messages import Message  # noqa: E402 - same
from desktop.intake.children import READER_COMMAND  # noqa: E402 - same
from desktop.intake.source import read_source  # noqa: E402 - same
from tests.app.handover.hostile import book_of  # noqa: E402 - same
from tests.app.handover.hostile import containers  # noqa: E402 - same
from tests.app.handover.hostile import sheets  # noqa: E402 - same
from tests.exchange.handed_in import hand_in  # noqa: E402 - same
from tests.intake.hostile import CASES  # noqa: E402 - same

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 10.0
MEGABYTES: Final = 500


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give all files by what is wrong with them."""
    first = hand_in(folder).first
    data = first.read_bytes()
    source = read_source(first)
    envelope = None if isinstance(source, Message) else envelope_of(source)
    if envelope is None or isinstance(envelope, Message):
        raise TypeError(envelope)
    for container in containers(data):
        yield container.name, container.make()
    for sheet in sheets(to_envelope(to_data(envelope.manifest), envelope.places)):
        yield sheet.name, book_of(data, sheet.make())
    for case in CASES:
        yield case.name, case.make()


def peak() -> float:
    """Give the largest process so far, this one or one it started, in megabytes."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def main() -> int:
    """Read each, and tell the slowest and the peak."""
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "上报.xlsx"
        for what, data in files(Path(name)):
            path.write_bytes(data)
            start = time.perf_counter()
            read_one(path, READER_COMMAND)
            taken[what] = time.perf_counter() - start
    slowest = max(taken, key=lambda each: taken[each])
    print(f"  {len(taken)} files, {sum(taken.values()):.0f} s together")
    print(f"  slowest: {slowest}, {taken[slowest]:.2f} s (goal < {SECONDS:g})")
    print(f"  peak of any process: {peak():.0f} MB (goal < {MEGABYTES})")
    return 0 if taken[slowest] < SECONDS and peak() < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
