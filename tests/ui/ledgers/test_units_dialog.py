from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.ledgers.units_dialog import UnitsDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

TOWN = "310105102"


@pytest.fixture
def dialog(qtbot: QtBot, changning_work: Workplace) -> Iterator[UnitsDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = UnitsDialog(changning_work, window)
    made.show()
    yield made
    window.close()


def tree(dialog: UnitsDialog) -> QTreeWidget:
    return child(dialog, QTreeWidget, "units.tree")


def items(dialog: UnitsDialog) -> dict[str, QTreeWidgetItem]:
    """Give the lines that can be seen by code."""
    found: dict[str, QTreeWidgetItem] = {}
    waiting = [tree(dialog).invisibleRootItem()]
    while waiting:
        inside = waiting.pop(0)
        below = [inside.child(place) for place in range(inside.childCount())]
        seen = [item for item in below if not item.isHidden()]
        found |= {item.text(1): item for item in seen}
        waiting += seen
    return found


def choose(dialog: UnitsDialog, code: str) -> None:
    tree(dialog).setCurrentItem(items(dialog)[code])


def press(qtbot: QtBot, dialog: UnitsDialog, name: str) -> None:
    button = child(dialog, QPushButton, name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: UnitsDialog) -> str:
    return child(dialog, QLabel, "units.said").text()


def do(qtbot: QtBot, dialog: UnitsDialog, work: Workplace) -> None:
    press(qtbot, dialog, "units.edit.do")
    drain(work)
    drain(work)


def names(work: Workplace) -> dict[str, str]:
    return {unit.code: unit.name for unit in work.session.units}


def test_dialog__shows_the_tree_and_narrows_it(
    dialog: UnitsDialog, changning_work: Workplace
) -> None:
    assert len(items(dialog)) == len(changning_work.session.units)

    type_text(child(dialog, QLineEdit, "units.filter"), "新泾镇")

    assert [item.text(0) for item in items(dialog).values()] == ["长宁区", "新泾镇"]


def test_dialog__rename_is_seen_at_once_and_undone(
    qtbot: QtBot, dialog: UnitsDialog, changning_work: Workplace
) -> None:
    choose(dialog, TOWN)
    press(qtbot, dialog, "units.rename")
    line = child(dialog, QLineEdit, "units.edit.name")
    assert line.text() == "新泾镇"
    type_text(line, "新泾街道")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    drain(changning_work)
    drain(changning_work)

    assert names(changning_work)[TOWN] == "新泾街道"
    assert items(dialog)[TOWN].text(0) == "新泾街道"
    assert "新泾镇" in items(dialog)[TOWN].text(2)
    assert "新泾街道" in said(dialog)
    changning_work.session.undo().result()
    drain(changning_work)
    assert items(dialog)[TOWN].text(0) == "新泾镇"


def test_dialog__a_zone_gets_a_free_code(
    qtbot: QtBot, dialog: UnitsDialog, changning_work: Workplace
) -> None:
    choose(dialog, "310105")
    press(qtbot, dialog, "units.add")
    type_text(child(dialog, QLineEdit, "units.edit.name"), "虹桥临空园区")
    child(dialog, QCheckBox, "units.edit.zone").setChecked(True)
    assert child(dialog, QLineEdit, "units.edit.code").text() == "310105401"
    do(qtbot, dialog, changning_work)

    assert names(changning_work)["310105401"] == "虹桥临空园区"
    assert items(dialog)["310105401"].text(2)


def test_dialog__merge_by_the_name_of_the_other(
    qtbot: QtBot, dialog: UnitsDialog, changning_work: Workplace
) -> None:
    choose(dialog, "310105001")
    press(qtbot, dialog, "units.merge")
    box = child(dialog, QComboBox, "units.edit.other")
    box.setEditText("新泾镇")
    do(qtbot, dialog, changning_work)

    unit = changning_work.unit("310105001")
    assert unit is not None
    assert (unit.parent, unit.until) == (TOWN, "2024")
    parent = items(dialog)["310105001"].parent()
    assert parent is not None
    assert parent.text(1) == TOWN


def test_dialog__move_and_statistics_code(
    qtbot: QtBot, dialog: UnitsDialog, changning_work: Workplace
) -> None:
    choose(dialog, TOWN)
    press(qtbot, dialog, "units.move")
    box = child(dialog, QComboBox, "units.edit.other")
    box.setCurrentIndex(box.findData("310105001"))
    do(qtbot, dialog, changning_work)
    press(qtbot, dialog, "units.describe")
    type_text(child(dialog, QLineEdit, "units.edit.code"), "310105103000")
    do(qtbot, dialog, changning_work)

    unit = changning_work.unit(TOWN)
    assert unit is not None
    assert (unit.parent, unit.statistics_code) == ("310105001", "310105103000")


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("add", ("abc", "某镇", "")),
        ("rename", ("", "", "")),
        ("merge", ("", "", "某镇")),
    ],
)
def test_dialog__what_cannot_be_is_said_and_changes_nothing(
    qtbot: QtBot,
    dialog: UnitsDialog,
    changning_work: Workplace,
    verb: str,
    typed: tuple[str, str, str],
) -> None:
    code, name, other = typed
    before = changning_work.session.units
    choose(dialog, TOWN)
    press(qtbot, dialog, f"units.{verb}")
    child(dialog, QLineEdit, "units.edit.code").setText(code)
    child(dialog, QLineEdit, "units.edit.name").setText(name)
    child(dialog, QComboBox, "units.edit.other").setEditText(other)
    do(qtbot, dialog, changning_work)

    assert said(dialog)
    assert child(dialog, QWidget, "units.edit").isVisible()
    assert changning_work.session.units == before


def test_dialog__escape_leaves_the_edit_not_the_dialog(
    qtbot: QtBot, dialog: UnitsDialog
) -> None:
    choose(dialog, TOWN)
    press(qtbot, dialog, "units.rename")
    line = child(dialog, QLineEdit, "units.edit.name")
    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert not line.isVisible()
    assert dialog.isVisible()


def test_dialog__the_topmost_unit_goes_nowhere(dialog: UnitsDialog) -> None:
    choose(dialog, "310105")

    assert not child(dialog, QPushButton, "units.move").isEnabled()
    assert not child(dialog, QPushButton, "units.merge").isEnabled()
    assert child(dialog, QPushButton, "units.rename").isEnabled()


def test_dialog__a_list_is_shown_before_it_is_taken(
    qtbot: QtBot,
    dialog: UnitsDialog,
    changning_work: Workplace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = tmp_path / "名单.csv"
    table.write_text(
        f"代码,名称\n310105,长宁区\n{TOWN},新泾街道\n310105102001,某居委会\n9,坏\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(table), "")
    )
    take = child(dialog, QPushButton, "units.take")
    press(qtbot, dialog, "units.list")
    qtbot.waitUntil(take.isVisible)

    assert "9" in said(dialog)
    assert names(changning_work)[TOWN] == "新泾镇"
    press(qtbot, dialog, "units.take")
    drain(changning_work)
    drain(changning_work)
    assert names(changning_work)[TOWN] == "新泾街道"
    assert names(changning_work)["310105102001"] == "某居委会"


def test_dialog__a_table_that_is_no_list_is_refused(
    qtbot: QtBot, dialog: UnitsDialog, tmp_path: Path
) -> None:
    table = tmp_path / "别的.csv"
    table.write_text("机构,床位\n甲,1\n", encoding="utf-8")
    dialog.read(table)
    qtbot.waitUntil(lambda: "别的.csv" in said(dialog) and "代码" in said(dialog))

    dialog.read(tmp_path / "没有.csv")
    qtbot.waitUntil(lambda: child(dialog, QLabel, "units.said").text() != "")
    assert not child(dialog, QPushButton, "units.take").isVisible()


def test_dialog__is_freed_and_named_throughout(
    qtbot: QtBot, dialog: UnitsDialog
) -> None:
    assert nameless(dialog) == []
    press(qtbot, dialog, "units.close")
    free(dialog)
    assert not isValid(dialog)
