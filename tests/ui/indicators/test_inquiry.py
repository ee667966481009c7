from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QPushButton

from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.ui.indicators.inquiry import Inquiry
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app.progress import Steps
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace


@pytest.fixture
def inquiry(qtbot: QtBot, work: Workplace) -> Inquiry:
    made = Inquiry(work, "asked")
    qtbot.addWidget(made)
    return made


def never() -> None:
    pytest.fail("was called")


def told(_ledger: Ledger) -> Steps[int]:
    yield Progress(1, 3, message("app.computing"))
    return 42


class Slow:
    """Work that goes on until it may end."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def __call__(self, _ledger: Ledger) -> Steps[int]:
        yield Progress(2, 5, message("app.computing"))
        self.go_on.wait(20)
        yield Progress(3, 5, message("app.computing"))
        return 7


def test_ask__hands_the_answer_over_and_hides(qtbot: QtBot, inquiry: Inquiry) -> None:
    found: list[int] = []
    inquiry.ask(told, found.append, never)
    assert inquiry.is_busy()
    assert not inquiry.isHidden()
    qtbot.waitUntil(lambda: found == [42])
    assert not inquiry.is_busy()
    assert inquiry.isHidden()


def test_progress__shown_and_stopped_by_the_person(
    qtbot: QtBot, inquiry: Inquiry
) -> None:
    slow = Slow()
    stopped: list[int] = []
    found: list[int] = []
    inquiry.ask(slow, found.append, lambda: stopped.append(1))
    [bar] = every(inquiry, QProgressBar)
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (2, 5))
    child(inquiry, QPushButton, "asked.stop").click()
    slow.go_on.set()
    assert stopped == [1]
    assert inquiry.isHidden()
    qtbot.wait(20)
    assert found == []


def test_ask__another_question_drops_the_first(
    qtbot: QtBot, inquiry: Inquiry, work: Workplace
) -> None:
    slow = Slow()
    found: list[int] = []
    inquiry.ask(slow, found.append, never)
    inquiry.ask(told, found.append, never)
    slow.go_on.set()
    qtbot.waitUntil(lambda: found == [42])
    drain(work)
    assert found == [42]


def test_fault__goes_to_the_handler_of_the_unexpected(
    qtbot: QtBot, inquiry: Inquiry
) -> None:
    def broken(_ledger: Ledger) -> Steps[int]:
        yield Progress(0, 1, message("app.computing"))
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        inquiry.ask(broken, lambda _: None, never)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
    assert not inquiry.is_busy()


def test_ask__nothing_of_a_closed_ledger(inquiry: Inquiry, work: Workplace) -> None:
    work.bridge.close()
    inquiry.ask(told, lambda _: None, never)
    assert not inquiry.is_busy()
