"""The heartbeat that `benchmarks/heartbeat.py` measures with notices a block."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.heartbeat import Heartbeat

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_beat__the_longest_stretch_of_everything_done(qtbot: QtBot) -> None:
    heart = Heartbeat()
    beats = []
    heart.beat()
    heart.doing = "block"
    until = time.thread_time() + 0.05
    while time.thread_time() < until:
        pass
    qtbot.waitUntil(lambda: "block" in heart.longest)
    longest = heart.longest["block"]
    assert longest.own >= 50
    assert longest.clock >= 50
    for _ in range(3):
        heart.beat()
        beats.append(heart.longest["block"])
    assert beats == [longest] * 3, "a shorter one does not count"
