from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.entry.arrangement import Arrangement
from desktop.store.records import Order
from desktop.ui.entry.column_chooser import ColumnChooser
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

SORT = Order("price")
NOW = Arrangement(
    hidden=("price",), identity=("beds_total",), widths={"name": 90}, sort=SORT
)


@pytest.fixture
def chooser(qtbot: QtBot, work: Workplace) -> ColumnChooser:
    host = QWidget()
    qtbot.addWidget(host)
    made = ColumnChooser(work, work.form("eci"), NOW, host)
    vars(made)["host"] = host
    made.open()
    return made


def listed(chooser: ColumnChooser) -> list[str]:
    found = child(chooser, QListWidget, "columns.list")
    return [
        found.item(row).text().split("　")[0]
        + ("" if found.item(row).checkState() == Qt.CheckState.Checked else "×")
        for row in range(found.count())
    ]


def done(qtbot: QtBot, chooser: ColumnChooser) -> Arrangement:
    with qtbot.waitSignal(chooser.chosen) as told:
        child(chooser, QPushButton, "columns.keep").click()
    found = told.args[0]
    assert isinstance(found, Arrangement)
    return found


def test_list__as_arranged_without_the_name(chooser: ColumnChooser) -> None:
    assert listed(chooser) == [
        "总床位数",
        "机构编号",
        "运营状态",
        "护理型床位数",
        "月收费×",
    ]
    assert nameless(chooser) == []


def test_done__order_and_ticks(chooser: ColumnChooser, qtbot: QtBot) -> None:
    found = child(chooser, QListWidget, "columns.list")
    found.setCurrentRow(4)
    found.itemActivated.emit(found.item(4))
    for _ in range(3):
        child(chooser, QPushButton, "columns.up").click()
    found.itemActivated.emit(found.item(0))
    made = done(qtbot, chooser)
    assert made.order == ("beds_total", "price", "code", "status", "beds_nursing")
    assert made.hidden == ("beds_total",)
    assert made.identity == (), "what is not seen does not stay at the left"
    assert (made.widths, made.sort) == ({"name": 90}, SORT)


def test_move__not_beyond_the_ends(chooser: ColumnChooser) -> None:
    found = child(chooser, QListWidget, "columns.list")
    before = listed(chooser)
    child(chooser, QPushButton, "columns.up").click()
    assert listed(chooser) == before
    found.setCurrentRow(4)
    child(chooser, QPushButton, "columns.down").click()
    assert listed(chooser) == before
    child(chooser, QPushButton, "columns.up").click()
    assert found.currentRow() == 3


def test_reset__as_the_form_has_them(chooser: ColumnChooser, qtbot: QtBot) -> None:
    child(chooser, QPushButton, "columns.reset").click()
    assert listed(chooser) == [
        "机构编号",
        "运营状态",
        "总床位数",
        "护理型床位数",
        "月收费",
    ]
    made = done(qtbot, chooser)
    assert (made.hidden, made.identity, made.widths) == ((), (), {})
    assert made.sort == SORT


def test_cancel__arranges_nothing(chooser: ColumnChooser, qtbot: QtBot) -> None:
    told: list[object] = []
    chooser.chosen.connect(told.append)
    with qtbot.waitSignal(chooser.destroyed):
        child(chooser, QPushButton, "columns.cancel").click()
    assert told == []
