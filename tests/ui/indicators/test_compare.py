from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.indicators.compare import CompareDialog
from tests.ui.desks import child
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

WAIT = 30_000


@pytest.fixture
def dialog(qtbot: QtBot, changning_work: Workplace) -> Iterator[CompareDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = CompareDialog(changning_work, window)
    made.show()
    yield made
    window.close()


def packs(dialog: CompareDialog) -> QListWidget:
    return child(dialog, QListWidget, "compare.packs")


def listed(qtbot: QtBot, dialog: CompareDialog) -> list[str]:
    table = packs(dialog)
    qtbot.waitUntil(lambda: table.count() > 0, timeout=WAIT)
    return [table.item(row).text() for row in range(table.count())]


def tick(qtbot: QtBot, dialog: CompareDialog, title: str, *, on: bool = True) -> None:
    number = listed(qtbot, dialog).index(title)
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    packs(dialog).item(number).setCheckState(state)


def compared(qtbot: QtBot, dialog: CompareDialog, columns: int) -> None:
    qtbot.waitUntil(lambda: dialog.model.columnCount() == columns, timeout=WAIT)


def hint(dialog: CompareDialog) -> str:
    return child(dialog, QLabel, "compare.hint").text()


def test_dialog__offers_all_other_packs_and_says_what_to_do(
    qtbot: QtBot, dialog: CompareDialog, changning_work: Workplace
) -> None:
    say = changning_work.say
    assert hint(dialog) == say("Reading the packs…")
    titles = listed(qtbot, dialog)
    assert "辽宁省养老托育服务台账" in titles
    assert changning_work.pack.title not in titles
    assert hint(dialog) == say("Tick one or several packs on the left.")
    assert nameless(dialog) == []


def test_dialog__a_column_for_each_ticked_pack(
    qtbot: QtBot, dialog: CompareDialog
) -> None:
    tick(qtbot, dialog, "辽宁省养老托育服务台账")
    compared(qtbot, dialog, 4)
    assert child(dialog, QTableView, "compare.table").isVisible()
    assert child(dialog, QLabel, "compare.formulas").text()
    tick(qtbot, dialog, "宁夏普惠性生活服务台账")
    compared(qtbot, dialog, 5)


def test_dialog__an_answer_overtaken_by_another_choice_is_passed_over(
    qtbot: QtBot, dialog: CompareDialog, changning_work: Workplace
) -> None:
    tick(qtbot, dialog, "辽宁省养老托育服务台账")
    tick(qtbot, dialog, "宁夏普惠性生活服务台账")
    compared(qtbot, dialog, 5)
    tick(qtbot, dialog, "辽宁省养老托育服务台账", on=False)
    tick(qtbot, dialog, "宁夏普惠性生活服务台账", on=False)
    assert dialog.model.columnCount() == 0
    assert hint(dialog) == changning_work.say("Tick one or several packs on the left.")


def test_dialog__only_what_differs(qtbot: QtBot, dialog: CompareDialog) -> None:
    tick(qtbot, dialog, "辽宁省养老托育服务台账")
    compared(qtbot, dialog, 4)
    child(dialog, QCheckBox, "compare.differing").click()
    assert all(row.differences for row in dialog.model.rows)


def test_dialog__closed_while_packs_are_read(
    qtbot: QtBot, dialog: CompareDialog
) -> None:
    child(dialog, QPushButton, "compare.close").click()
    free(dialog)
    assert not isValid(dialog)


def test_dialog__no_other_pack(
    qtbot: QtBot, changning_work: Workplace, tmp_path: Path
) -> None:
    (tmp_path / "packs").mkdir()
    places = replace(changning_work.start.places, resources=tmp_path)
    work = replace(changning_work, start=replace(changning_work.start, places=places))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = CompareDialog(work, window)
    none = work.say("There is no other pack to compare with.")
    qtbot.waitUntil(lambda: hint(dialog) == none, timeout=WAIT)
