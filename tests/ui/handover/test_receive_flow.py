"""What comes late of an earlier plan is not shown, and bugs are not swallowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from desktop.app.handover.receiving.taking_in import Received
from desktop.core.messages import message
from desktop.store.errors import DiskError
from desktop.ui.handover.receive_flow import ReceiveFlow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def flow(work: Workplace, owner: QObject) -> ReceiveFlow:
    return ReceiveFlow(work, owner)


def test_late_news__are_passed_over(flow: ReceiveFlow, qtbot: QtBot) -> None:
    flow.plan()
    flow.plan()
    with qtbot.waitSignal(flow.looked):
        pass
    assert flow.idle
    seen = flow.seen
    assert seen is not None
    with qtbot.assertNotEmitted(flow.looked):
        flow._have_looked(1, seen)  # noqa: SLF001 - what the ledger's thread brings
    with qtbot.assertNotEmitted(flow.asked):
        flow._have_asked(1, seen, None)  # noqa: SLF001 - same
    with qtbot.assertNotEmitted(flow.complained):
        flow._failed(RuntimeError(), 1)  # noqa: SLF001 - same


def test_an_outdated_answer_of_the_rules__is_asked_for_anew(
    flow: ReceiveFlow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(flow.looked):
        flow.plan()
    seen = flow.seen
    assert seen is not None
    with qtbot.waitSignal(flow.looked):
        flow._have_asked(1, seen, None)  # noqa: SLF001 - what the ledger's thread brings
    # Where nothing has moved on meanwhile, it is not asked for ever.
    with (
        qtbot.waitSignal(flow.complained) as said,
        qtbot.assertNotEmitted(flow.looked),
    ):
        flow._have_asked(2, seen, None)  # noqa: SLF001 - same
    assert "不能一起收" in said.args[0]
    assert flow.idle


def test_what_the_disk_refuses__is_said(flow: ReceiveFlow, qtbot: QtBot) -> None:
    said = message("store.disk_full", path="x")
    with qtbot.waitSignal(flow.complained) as told:
        flow._failed(DiskError(said))  # noqa: SLF001 - what the ledger's thread brings
    assert told.args is not None
    assert told.args[0]
    with pytest.raises(RuntimeError):
        flow._failed(RuntimeError())  # noqa: SLF001 - same


def test_nothing_left__nothing_is_shown(flow: ReceiveFlow, qtbot: QtBot) -> None:
    with qtbot.waitSignals([flow.wrote, flow.looked]):
        flow._have_taken(Received())  # noqa: SLF001 - what the ledger's thread brings
    assert flow.items == ()
