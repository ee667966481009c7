"""What every step of the assistant has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.ledgers.new_ledger_step import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_step__is_not_answered_before_it_is_asked(qtbot: QtBot) -> None:
    step = Step()
    qtbot.addWidget(step)
    step.begin()
    assert not step.ready
