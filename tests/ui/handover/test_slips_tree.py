"""The list of both sides of a return slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.ui.handover.slips_tree import ABOUT
from desktop.ui.handover.slips_tree import LEAST_WIDTH
from desktop.ui.handover.slips_tree import SlipsTree

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def tree(qtbot: QtBot, work: Workplace) -> SlipsTree:
    made = SlipsTree(work, "slips.some", ("单位", "原因", "期限"), (90, 0, 70))
    qtbot.addWidget(made)
    return made


def room(tree: SlipsTree) -> int:
    """Tell how much room the columns leave; less than none where they scroll."""
    return tree.viewport().width() - tree.header().length()


def test_columns__the_one_of_no_width_takes_the_room(tree: SlipsTree) -> None:
    tree.resize(900, 300)
    tree.show()
    assert room(tree) == 0
    wide = tree.columnWidth(1)
    tree.setColumnWidth(0, tree.columnWidth(0) + 50)
    assert (room(tree), tree.columnWidth(1)) == (0, wide - 50)


def test_columns__it_can_be_read_however_little_room_there_is(
    tree: SlipsTree, work: Workplace
) -> None:
    tree.resize(300, 300)
    tree.show()
    assert tree.columnWidth(1) == work.look.px(LEAST_WIDTH)
    assert room(tree) < 0


def test_about__what_the_chosen_line_is_about(tree: SlipsTree) -> None:
    assert tree.line() is None
    assert tree.about() is None
    line = QTreeWidgetItem(tree, ["华阳路街道", "请核对", "2026-01-20"])
    line.setData(0, ABOUT, "about")
    tree.tell_in_full(line)
    tree.setCurrentItem(line)
    assert tree.about() == "about"
    assert [line.toolTip(n) for n in range(3)] == [line.text(n) for n in range(3)]
