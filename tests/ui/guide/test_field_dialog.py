"""指标解释 (F1): what the pack says of a field, its rules and its indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.guide.field_dialog import FieldDialog
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def texts(dialog: FieldDialog) -> list[str]:
    return [label.text() for label in every(dialog, QLabel)]


def opened(
    qtbot: QtBot, work: Workplace, window: QWidget, form: str, field: str
) -> FieldDialog:
    dialog = FieldDialog(work, form, field, window)
    dialog.open()
    head = work.say("Reading the rules and indicators…")
    qtbot.waitUntil(lambda: head not in texts(dialog), timeout=20000)
    return dialog


def test_field__what_it_is_where_it_comes_from_and_what_rests_on_it(
    qtbot: QtBot, changning_work: Workplace, window: QWidget
) -> None:
    dialog = opened(qtbot, changning_work, window, "eci", "beds_nursing")
    said = texts(dialog)
    assert said[0] == "护理型床位数"
    assert "计量单位：张" in said[1]
    assert "【强制性】护理型床位数 ≤ 总床位数" in said
    assert "护理床位达户籍老年人口比例" in said
    assert nameless(dialog) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    free(dialog)
    assert not isValid(dialog)


def test_field__its_own_words_are_there_at_once(
    changning_work: Workplace, window: QWidget
) -> None:
    dialog = FieldDialog(changning_work, "eci", "beds_nursing", window)
    explanation = changning_work.form("eci").by_id["beds_nursing"].explanation
    assert explanation
    assert explanation in texts(dialog)


def test_field__choices_and_conditions(
    qtbot: QtBot, kinds_work: Workplace, window: QWidget
) -> None:
    said = texts(opened(qtbot, kinds_work, window, "kinds", "reason"))
    assert "满足下列条件时才填" in said
    assert "制度没有对这一项作更多解释。" in said
    said = texts(opened(qtbot, kinds_work, window, "kinds", "kind"))
    assert "甲类、乙类、丙类" in said


def test_field__closed_while_it_is_reading(
    qtbot: QtBot, changning_work: Workplace, window: QWidget
) -> None:
    dialog = FieldDialog(changning_work, "eci", "beds_nursing", window)
    dialog.open()
    dialog.close()
    free(dialog)
    assert not isValid(dialog)
    changning_work.session.thread.call(lambda _: None).result()
    qtbot.wait(10)
