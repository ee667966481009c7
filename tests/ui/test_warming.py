"""What is wanted next is loaded while nobody waits, and then there is no more to do."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.ui import warming
from desktop.ui.courier import Courier
from desktop.ui.warming import PLAIN
from desktop.ui.warming import SEEN
from desktop.ui.warming import Warming

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("name", [*PLAIN, *SEEN])
def test_warming__every_module_is_there(name: str) -> None:
    assert find_spec(name) is not None


def test_warming__loads_all_and_goes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "BETWEEN_MS", 0)
    owner = QObject()
    made = Warming(Courier(owner), owner)
    qtbot.waitUntil(lambda: not isValid(made), timeout=20000)
    assert {*PLAIN, *SEEN} <= sys.modules.keys()


def test_warming__its_owner_may_go_first(qtbot: QtBot) -> None:
    owner = QObject()
    Warming(Courier(owner), owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not isValid(owner))
    qtbot.wait(50)
