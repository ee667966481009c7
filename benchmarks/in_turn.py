"""Ways of doing one thing, timed in turn and held against ours."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping


def seconds(work: Callable[[], object]) -> float:
    """Give how long something keeps the processor, without what ran before."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def ratios(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Take the times of all ways in turn; gives each median by that of "ours"."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(way())
    medians = {name: statistics.median(times) for name, times in taken.items()}
    found = {name: median / medians["ours"] for name, median in medians.items()}
    for name, median in medians.items():
        print(
            f"  {name:10} {median:7.2f} s of the processor, {found[name]:5.1f} × ours"
        )
    return found
