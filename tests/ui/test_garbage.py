from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from desktop.ui import garbage
from desktop.ui.garbage import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Knot(QObject):
    """Part of a cycle, as a widget with a lambda of its own is."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    gc.enable()
    made = Collector()
    made.start()
    yield made
    made.stop()
    gc.disable()


def test_start__nobody_else_collects(collector: Collector) -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_stop__leaves_it_off_where_it_was_off(qtbot: QtBot) -> None:
    assert not gc.isenabled()
    made = Collector()
    made.start()
    made.stop()
    assert not gc.isenabled()


def test_tick__objects_of_another_thread_die_on_this_one(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(garbage, "YOUNG", 1)
    died: list[int] = []
    knot = weakref.finalize(Knot(), lambda: died.append(threading.get_ident()))

    def allocate() -> None:
        assert len([[n] for n in range(50_000)]) == 50_000

    other = threading.Thread(target=allocate)
    other.start()
    other.join()
    assert died == [], "nothing is collected where things are made"
    qtbot.waitUntil(lambda: not knot.alive)
    assert died == [threading.main_thread().ident]


def test_tick__few_new_objects_wait(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "YOUNG", 10_000_000)
    knot = weakref.ref(Knot())
    collector.tick()
    assert knot() is not None
    monkeypatch.setattr(garbage, "SURVIVED", 0)
    collector.tick()
    assert knot() is None


def test_tick__what_grew_old_goes_in_time(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Knot()
    gc.collect(1)
    knot = weakref.ref(made)
    del made
    collector.tick()
    assert knot() is not None
    monkeypatch.setattr(garbage, "OLD_EVERY", 1)
    collector.tick()
    assert knot() is None


def test_left__what_was_set_aside_goes_with_its_ledger(collector: Collector) -> None:
    made = Knot()
    gc.freeze()
    knot = weakref.ref(made)
    del made
    collector.left()
    assert knot() is None
    collector.stop()
    collector.left()
    assert gc.get_freeze_count() == 0
