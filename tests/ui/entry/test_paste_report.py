from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.messages import message
from desktop.ui.blocks import PastePlan
from desktop.ui.blocks import Refused
from desktop.ui.entry.paste_report import SHOWN
from desktop.ui.entry.paste_report import PasteReport
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def refused(work: Workplace, count: int = 1) -> tuple[Refused, ...]:
    field = work.form("eci").by_id["beds_total"]
    reason = message("forms.entry.whole", text="很多")
    return tuple(Refused(row, field, "很多", reason) for row in range(count))


def texts(report: PasteReport) -> str:
    return "\n".join(label.text() for label in every(report, QLabel))


def table(report: PasteReport) -> QTreeWidget:
    return child(report, QTreeWidget, "paste.refused")


def test_report__names_row_item_text_and_reason(
    work: Workplace, window: QWidget
) -> None:
    locked = Refused(6, work.form("area").by_id["level"], "街道", None)
    plan = PastePlan((), (*refused(work), locked), 0)
    report = PasteReport(work, plan, 12, window)
    lines = [table(report).topLevelItem(n) for n in range(2)]
    assert lines[0] is not None
    assert lines[1] is not None
    assert [lines[0].text(n) for n in range(3)] == ["1", "总床位数", "很多"]
    reason = work.say.message(message("forms.entry.whole", text="很多"))
    assert lines[0].text(3) == lines[0].toolTip(3) == reason
    assert lines[1].text(0) == "7", "rows are counted as the grid numbers them"
    assert lines[1].text(3) not in {"", reason}
    assert "12" in texts(report)


def test_report__counts_what_fell_outside(work: Workplace, window: QWidget) -> None:
    inside = PasteReport(work, PastePlan((), refused(work, 2), 0), 0, window)
    outside = PasteReport(work, PastePlan((), refused(work, 2), 41), 0, window)
    assert "43" in texts(outside), "refused and outside together"
    assert "41" in texts(outside)
    assert len(every(outside, QLabel)) == len(every(inside, QLabel)) + 1


def test_report__a_huge_paste_lists_the_first(work: Workplace, window: QWidget) -> None:
    plan = PastePlan((), refused(work, SHOWN + 50), 0)
    report = PasteReport(work, plan, 0, window)
    assert table(report).topLevelItemCount() == SHOWN
    assert str(SHOWN + 50) in texts(report)


def test_report__closes_and_is_freed(
    work: Workplace, window: QWidget, qtbot: QtBot
) -> None:
    report = PasteReport(work, PastePlan((), refused(work), 0), 0, window)
    report.show()
    close = child(report, QPushButton, "paste.close")
    assert close.isDefault()
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    free(report)
    assert not isValid(report)
