"""二次录入: keyed blind, differences listed and settled, all of it undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.entry.second_dialog import SecondDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.workplace import Workplace


class Keyer:
    """Somebody who keys 总床位数 a second time."""

    def __init__(self, work: Workplace, qtbot: QtBot) -> None:
        self.work, self.qtbot = work, qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.dialog = SecondDialog(work, "eci", self.window)
        self.dialog.open()

    def choose(self, title: str) -> None:
        [item] = self.dialog.fields.findItems(title, Qt.MatchFlag.MatchExactly)
        item.setCheckState(Qt.CheckState.Checked)
        drain(self.work)

    def key(self, row: int, text: str, column: int = 1) -> None:
        table = self.dialog.table
        table.setFocus()
        table.setCurrentIndex(self.dialog.model.index(row, column))
        table.edit(table.currentIndex())
        [box] = every(table.viewport(), QLineEdit)
        box.setText(text)
        self.qtbot.keyClick(box, Qt.Key.Key_Return)
        drain(self.work)

    def row(self, name: str) -> int:
        model = self.dialog.model
        names = [model.index(row, 0).data() for row in range(model.rowCount())]
        return names.index(name)

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(
            child(self.dialog, QPushButton, name), Qt.MouseButton.LeftButton
        )
        drain(self.work)

    def text(self, name: str) -> str:
        return child(self.dialog, QLabel, name).text()

    @property
    def listed(self) -> list[tuple[str, ...]]:
        tree = self.dialog.differences
        items = map(tree.topLevelItem, range(tree.topLevelItemCount()))
        return [tuple(item.text(n) for n in range(4)) for item in items]

    def first(self, name: str) -> Cell:
        return record_named(self.work, "eci", name).cell("beds_total")


@pytest.fixture
def keyer(work: Workplace, qtbot: QtBot) -> Iterator[Keyer]:
    made = Keyer(work, qtbot)
    drain(work)
    yield made
    made.window.close()


def test_second__blind_then_different_then_settled(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    good, bad = keyer.row("好院"), keyer.row("坏院")
    assert keyer.dialog.model.index(good, 1).data() == ""
    keyer.key(good, "100")
    assert keyer.text("second.told") == "已录第二遍 1/3 格，其中 0 格不一致"
    assert keyer.listed[0][0] == "录过两遍的格子，两次都一致。"
    keyer.key(bad, "90")
    assert keyer.listed == [("坏院", "总床位数", "100", "90")]
    assert keyer.first("坏院") == 100
    keyer.press("second.take")
    assert keyer.first("坏院") == 90
    assert keyer.text("second.told") == "已录第二遍 2/3 格，其中 0 格不一致"
    keyer.work.session.undo().result()
    assert keyer.first("坏院") == 100


def test_second__the_first_is_kept(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    keyer.key(keyer.row("坏院"), "90")
    keyer.press("second.keep")
    assert keyer.first("坏院") == 100
    assert "0 格不一致" in keyer.text("second.told")


def test_second__only_the_chosen_differences(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    keyer.key(keyer.row("好院"), "1")
    keyer.key(keyer.row("坏院"), "2")
    keyer.dialog.differences.topLevelItem(0).setSelected(True)
    keyer.press("second.take")
    assert sorted(map(str, (keyer.first("好院"), keyer.first("坏院")))) in (
        ["1", "100"],
        ["100", "2"],
    )
    assert len(keyer.listed) == 1


def test_second__what_cannot_be_read_is_said(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    keyer.key(0, "许多")
    assert child(keyer.dialog, QLabel, "second.fault").isVisible()
    assert keyer.dialog.model.index(0, 1).data() == ""
    keyer.key(0, "5")
    assert not child(keyer.dialog, QLabel, "second.fault").isVisible()


def test_second__enter_goes_down(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    keyer.key(0, "5")
    assert keyer.dialog.table.currentIndex().row() == 1
    keyer.key(2, "5")
    assert keyer.dialog.table.currentIndex().row() == 2


def test_second__fields_are_remembered(keyer: Keyer, qtbot: QtBot) -> None:
    assert keyer.text("second.told") == "请先在左边勾选要录入两遍的指标项。"
    keyer.choose("总床位数")
    again = SecondDialog(keyer.work, "eci", keyer.window)
    assert [field.id for field in again.chosen] == ["beds_total"]


def test_second__names_and_headers(keyer: Keyer) -> None:
    keyer.choose("总床位数")
    model = keyer.dialog.model
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(0, horizontal) == "养老机构调查表"
    assert str(model.headerData(1, horizontal)).startswith("总床位数")
    assert model.headerData(0, vertical) == 1
    assert not model.setData(model.index(0, 0), "x")
    assert nameless(keyer.dialog) == []


def test_second__a_ledger_for_reading_takes_nothing(keyer: Keyer) -> None:
    from desktop.app.commands import Need

    keyer.work.desk.set_need(Need.WRITABLE, holds=False)
    keyer.choose("总床位数")
    model = keyer.dialog.model
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable


def test_second__closes_and_is_freed(keyer: Keyer, qtbot: QtBot) -> None:
    qtbot.keyClick(keyer.dialog, Qt.Key.Key_Escape)
    free(keyer.dialog)
    assert not isValid(keyer.dialog)
