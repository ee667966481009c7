from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.cell_notes import NO_MARKS
from desktop.app.entry.cell_notes import CellMarks
from desktop.ui.entry.marks_block import MarksBlock
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def block(qtbot: QtBot, work: Workplace) -> MarksBlock:
    made = MarksBlock(work)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("marks", "flag", "comment", "buttons"),
    [
        (NO_MARKS, False, "", ["批注…", "标记待核"]),
        (CellMarks("等回话"), False, "批注：等回话", ["改批注…", "标记待核"]),
        (CellMarks(flagged=True), True, "", ["批注…", "取消待核"]),
        (
            CellMarks("等回话", flagged=True),
            True,
            "批注：等回话",
            ["改批注…", "取消待核"],
        ),
    ],
)
def test_marks__in_words_with_what_can_be_done(
    block: MarksBlock, marks: CellMarks, flag: bool, comment: str, buttons: list[str]
) -> None:
    block.show_marks(marks)
    assert child(block, QLabel, "side.flag").isVisible() is flag
    assert child(block, QLabel, "side.comment").text() == comment
    found = [child(block, QPushButton, f"side.{one}") for one in ("write", "turn")]
    assert [one.text() for one in found] == buttons


def test_marks__a_reader_cannot_write(
    qtbot: QtBot, open_work: Opener, work: Workplace
) -> None:
    path = work.session.path
    work.bridge.close()
    made = MarksBlock(open_work(path, read_only=True))
    qtbot.addWidget(made)
    made.show()
    assert not child(made, QPushButton, "side.write").isVisible()
