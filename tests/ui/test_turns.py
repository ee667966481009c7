from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from shiboken6 import isValid

from desktop.ui.turns import Turns
from tests.ui.desks import free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def steps(done: list[str]) -> Iterator[None]:
    for step in ("one", "two", "three"):
        done.append(step)
        yield


def test_turns__what_waits_comes_in_between(qtbot: QtBot) -> None:
    done: list[str] = []
    QTimer.singleShot(0, lambda: done.append("waited"))
    owner = QObject()
    turns = Turns(steps(done), owner)
    assert done == ["one"]
    qtbot.waitUntil(lambda: not isValid(turns))
    assert done.index("waited") < done.index("three")


def test_turns__the_rest_at_once(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    turns = Turns(steps(done), owner)
    turns.finish()
    assert done == ["one", "two", "three"]
    turns.finish()
    qtbot.waitUntil(lambda: not isValid(turns))


def test_turns__end_with_their_owner(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    Turns(steps(done), owner)
    owner.deleteLater()
    free(owner)
    qtbot.wait(1)
    assert done == ["one"]


def test_turns__error_ends_them(qtbot: QtBot) -> None:
    def failing() -> Iterator[None]:
        yield
        raise ValueError

    owner = QObject()
    turns = Turns(failing(), owner)
    with pytest.raises(ValueError, match=r"^$"):
        turns.finish()
    qtbot.waitUntil(lambda: not isValid(turns))
