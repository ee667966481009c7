"""The list of both sides of a return slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.ui.handover.slips_tree import ABOUT
from desktop.ui.handover.slips_tree import SlipsTree

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def tree(qtbot: QtBot, work: Workplace) -> SlipsTree:
    made = SlipsTree(work, "slips.some", ("单位", "原因", "期限"), (90, 0, 70))
    qtbot.addWidget(made)
    return made


def test_columns__the_one_of_no_width_takes_the_room(tree: SlipsTree) -> None:
    header = tree.header()
    modes = [header.sectionResizeMode(column) for column in range(3)]
    assert modes[1] is QHeaderView.ResizeMode.Stretch
    assert modes.count(QHeaderView.ResizeMode.Stretch) == 1
    assert tree.columnWidth(0) > tree.columnWidth(2)


def test_about__what_the_chosen_line_is_about(tree: SlipsTree) -> None:
    assert tree.line() is None
    assert tree.about() is None
    line = QTreeWidgetItem(tree, ["华阳路街道", "请核对", "2026-01-20"])
    line.setData(0, ABOUT, "about")
    tree.tell_in_full(line)
    tree.setCurrentItem(line)
    assert tree.about() == "about"
    assert [line.toolTip(n) for n in range(3)] == [line.text(n) for n in range(3)]
