from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.close_dialog import CloseDialog
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def ask(work: Workplace, host: QWidget, *names: str) -> CloseDialog:
    made = CloseDialog(work, names, host)
    made.open()
    return made


def do(dialog: CloseDialog) -> list[tuple[date, str]]:
    told: list[tuple[date, str]] = []
    dialog.given.connect(lambda when, why: told.append((when, why)))
    child(dialog, QPushButton, "close.do").click()
    return told


def test_close__today_and_the_reason(work: Workplace, host: QWidget) -> None:
    dialog = ask(work, host, "好院")
    assert nameless(dialog) == []
    child(dialog, QLineEdit, "close.why").setText(" 合并到城东院 ")
    assert do(dialog) == [(date(2025, 11, 22), "合并到城东院")]


@pytest.mark.parametrize(
    ("when", "why", "said", "focus"),
    [
        ("去年", "合并", "日期请写成", "close.when"),
        ("2025-02-30", "合并", "日期请写成", "close.when"),
        ("2025-02-28", "  ", "请写明停用原因", "close.why"),
    ],
)
def test_close__says_what_is_missing(
    work: Workplace, host: QWidget, when: str, why: str, said: str, focus: str
) -> None:
    host.show()
    dialog = ask(work, host, "好院")
    child(dialog, QLineEdit, "close.when").setText(when)
    child(dialog, QLineEdit, "close.why").setText(why)
    assert do(dialog) == []
    assert child(dialog, QLabel, "close.said").text().startswith(said)
    assert dialog.isVisible()
    focused = dialog.focusWidget()
    assert focused is not None
    assert focused.objectName() == focus


def test_close__names_a_few_and_counts_the_rest(work: Workplace, host: QWidget) -> None:
    dialog = ask(work, host, "甲", "乙", "丙", "丁", "戊")
    texts = [label.text() for label in every(dialog, QLabel)]
    assert any(text.startswith("甲、乙、丙等 5 家机构将不再列入本期") for text in texts)
