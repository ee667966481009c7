"""What is wanted next is loaded while nobody waits."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.ui.courier import Courier
from desktop.ui.warming import PLAIN
from desktop.ui.warming import SEEN
from desktop.ui.warming import Warming

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_warming__everything_is_loaded_and_it_goes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("desktop.ui.warming.import_module", loaded.append)
    monkeypatch.setattr("desktop.ui.warming.BETWEEN_MS", 0)
    owner = QObject()
    warming = Warming(Courier(owner), owner)
    qtbot.waitUntil(lambda: not isValid(warming))
    # A window of another test may be loading the same at this moment.
    assert {*PLAIN, *SEEN} <= {*loaded}


def test_names__there_are_such_modules() -> None:
    for name in (*PLAIN, *SEEN):
        import_module(name)
        assert name in sys.modules
