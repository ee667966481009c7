from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.ui.handover.board_dialogs import Answered
from desktop.ui.handover.board_dialogs import Question
from desktop.ui.handover.board_dialogs import ReasonDialog
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

DAY = date(2026, 1, 5)
PLAIN = Question("q", "标题", "说明", "登记")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def ask(
    work: Workplace, question: Question, parent: QWidget
) -> tuple[ReasonDialog, list[Answered]]:
    found: list[Answered] = []
    dialog = ReasonDialog(work, question, found.append, parent)
    dialog.show()
    return dialog, found


def test_ask__by_keyboard(work: Workplace, parent: QWidget, qtbot: QtBot) -> None:
    dialog, found = ask(work, PLAIN, parent)
    assert nameless(dialog) == []
    type_text(dialog.reason, "撤并")
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert found == [Answered("撤并")]


def test_ask__nothing_without_a_reason(
    work: Workplace, parent: QWidget, qtbot: QtBot
) -> None:
    dialog, found = ask(work, PLAIN, parent)
    type_text(dialog.reason, "  ")
    child(dialog, QPushButton, "q.do").click()
    assert found == []
    assert "请先写明理由" in child(dialog, QLabel, "q.told").text()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert found == []


def test_ask__a_day_and_who(work: Workplace, parent: QWidget, qtbot: QtBot) -> None:
    question = Question("q", "标题", "说明", "登记", until=DAY, who="李芳")
    dialog, found = ask(work, question, parent)
    assert nameless(dialog) == []
    type_text(dialog.reason, "停电")
    child(dialog, QPushButton, "q.do").click()
    assert found == [Answered("停电", DAY, "李芳")]


def test_ask__any_day(work: Workplace, parent: QWidget) -> None:
    dialog, found = ask(work, Question("q", "", "", "登记", until=DAY), parent)
    dialog.limited.click()
    assert not dialog.until.isEnabled()
    type_text(dialog.reason, "停电")
    child(dialog, QPushButton, "q.do").click()
    assert found == [Answered("停电")]


def test_ask__one_of_several(work: Workplace, parent: QWidget) -> None:
    among = {"a": "甲", "b": "乙"}
    question = Question("q", "", "", "要求", among=among, of="单位")
    dialog, found = ask(work, question, parent)
    assert nameless(dialog) == []
    dialog.among.setCurrentIndex(1)
    type_text(dialog.reason, "直报")
    child(dialog, QPushButton, "q.do").click()
    assert found == [Answered("直报", chosen="b")]


def test_ask__what_is_free_needs_no_reason(work: Workplace, parent: QWidget) -> None:
    among, free = {"a": "甲", "b": "乙"}, frozenset({"b"})
    question = Question("q", "", "", "要求", among=among, of="表", free=free)
    dialog, found = ask(work, question, parent)
    child(dialog, QPushButton, "q.do").click()
    assert found == []
    dialog.among.setCurrentIndex(1)
    child(dialog, QPushButton, "q.do").click()
    assert found == [Answered("", chosen="b")]
