"""Setting, changing and taking away the deadline of a period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.home_board import deadline_of
from desktop.app.ledgers.home_board import set_deadline
from desktop.ui.home.deadline_dialog import DeadlineDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
DAY = date(2026, 1, 31)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(work: Workplace, parent: QWidget) -> DeadlineDialog:
    dialog = DeadlineDialog(work, parent)
    dialog.show()
    drain(work)
    return dialog


def kept(work: Workplace) -> date | None:
    asked = work.session.thread.call(lambda ledger: ledger.choices("2025"))
    return deadline_of(asked.result())


def test_set__by_keyboard(work: Workplace, parent: QWidget, qtbot: QtBot) -> None:
    dialog = opened(work, parent)
    assert nameless(dialog) == []
    assert not child(dialog, QPushButton, "deadline.none").isEnabled()
    box = child(dialog, QDateEdit, "deadline.day")
    box.setDate(QDate(2026, 1, 31))
    with qtbot.waitSignals([work.bridge.saved, dialog.destroyed]):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert kept(work) == DAY


def test_open__nothing_is_set_by_looking(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(work, parent)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.mouseClick(child(dialog, QPushButton, "deadline.cancel"), LEFT)
    assert kept(work) is None


def test_take_away__and_undo_brings_it_back(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    work.session.apply(set_deadline(work.session.period, None, DAY)).result()
    dialog = opened(work, parent)
    assert child(dialog, QDateEdit, "deadline.day").date() == QDate(2026, 1, 31)
    with qtbot.waitSignals([work.bridge.saved, dialog.destroyed]):
        qtbot.mouseClick(child(dialog, QPushButton, "deadline.none"), LEFT)
    assert kept(work) is None
    work.session.undo().result()
    assert kept(work) == DAY


def test_set__the_same_day_writes_nothing(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    work.session.apply(set_deadline(work.session.period, None, DAY)).result()
    revision = work.session.thread.call(lambda ledger: ledger.head().revision)
    dialog = opened(work, parent)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.mouseClick(child(dialog, QPushButton, "deadline.set"), LEFT)
    now = work.session.thread.call(lambda ledger: ledger.head().revision)
    assert now.result() == revision.result()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-1-31", date(2027, 1, 31)),
        ("2027/3/5", date(2027, 3, 5)),
        ("20271130", date(2027, 11, 30)),
    ],
)
def test_day__typed_as_it_is_written(
    qtbot: QtBot, work: Workplace, parent: QWidget, typed: str, day: date
) -> None:
    dialog = opened(work, parent)
    box = child(dialog, QDateEdit, "deadline.day")
    box.setSelectedSection(QDateEdit.Section.YearSection)
    qtbot.keyClicks(box, typed)
    assert box.date().toPython() == day
