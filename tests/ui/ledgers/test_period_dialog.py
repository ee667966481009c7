from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.header import Header
from desktop.ui.ledgers.period_dialog import PeriodDialog
from desktop.ui.ledgers.period_dialog import offered
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace


@pytest.fixture
def dialog(qtbot: QtBot, work: Workplace) -> Iterator[PeriodDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = PeriodDialog(work, window)
    made.show()
    yield made
    window.close()


def press(qtbot: QtBot, dialog: PeriodDialog, name: str) -> None:
    qtbot.mouseClick(child(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def test_dialog__next_period_from_the_last(
    dialog: PeriodDialog, qtbot: QtBot, work: Workplace
) -> None:
    header = Header(work)
    qtbot.addWidget(header)
    assert child(dialog, QComboBox, "period.code").currentText() == "2026年"
    assert child(dialog, QComboBox, "period.source").currentText() == "2025年"
    assert nameless(dialog) == []
    before = work.session.thread.call(lambda ledger: ledger.count("eci", "2025"))
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, dialog, "period.add")
    assert work.period == "2026"
    after = work.session.thread.call(lambda ledger: ledger.count("eci", "2026"))
    assert after.result() == before.result() > 0
    listed = child(header, QComboBox, "period")
    qtbot.waitUntil(lambda: listed.count() == 2)
    assert listed.currentText() == "2026年"


def test_dialog__nothing_taken_over(
    dialog: PeriodDialog, qtbot: QtBot, work: Workplace
) -> None:
    source = child(dialog, QComboBox, "period.source")
    source.setCurrentIndex(source.count() - 1)
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, dialog, "period.add")
    after = work.session.thread.call(lambda ledger: ledger.count("eci", "2026"))
    assert after.result() == 0


def test_dialog__refused(dialog: PeriodDialog, qtbot: QtBot, work: Workplace) -> None:
    work.session.add_period(Period(PeriodKind.YEAR, 2026)).result()
    press(qtbot, dialog, "period.add")
    fault = child(dialog, QLabel, "period.fault")
    qtbot.waitUntil(fault.isVisible)
    assert "2026" in fault.text()
    assert child(dialog, QPushButton, "period.add").isEnabled()


def test_offered__after_the_last_and_in_between() -> None:
    def quarter(year: int, number: int) -> Period:
        return Period(PeriodKind.QUARTER, year, number)

    there = (quarter(2025, 1), quarter(2025, 4))
    assert [period.code for period in offered(there)] == [
        "2024Q4",
        "2025Q2",
        "2025Q3",
        "2026Q1",
        "2026Q2",
        "2026Q3",
        "2026Q4",
    ]


def test_window__opens_it_by_command(window: MainWindow) -> None:
    window.work.desk.asked.emit("file.period")
    assert child(window, PeriodDialog, "period.new").isVisible()
