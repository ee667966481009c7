from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.ui.guide.search_box import STEPS
from desktop.ui.guide.search_box import SearchBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_box__arrows_and_enter_are_the_lists(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    steps: list[int] = []
    taken: list[bool] = []
    box.stepped.connect(steps.append)
    box.taken.connect(lambda: taken.append(True))
    for key in STEPS:
        qtbot.keyClick(box, Qt.Key(key))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "ab")
    qtbot.keyClick(box, Qt.Key.Key_Left)
    assert steps == [1, -1, 8, -8]
    assert taken == [True]
    assert (box.text(), box.cursorPosition()) == ("ab", 1)
