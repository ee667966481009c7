from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.entry.beside import beside
from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.cell_notes import marks_by_field
from desktop.ui.entry.comment_dialog import CommentDialog
from tests import asked
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


class Desk:
    """A person who comments on a cell."""

    def __init__(self, qtbot: QtBot, work: Workplace) -> None:
        self.qtbot, self.work = qtbot, work
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()

    def open(self) -> CommentDialog:
        record = record_named(self.work, "eci", "好院").id
        read = self.work.session.thread.call(
            lambda ledger: beside(ledger, "eci", [record], ())
        )
        field = self.work.form("eci").by_id["beds_total"]
        made = CommentDialog(self.work, read.result()[record], field, self.window)
        made.open()
        return made

    def marks(self) -> CellMarks | None:
        drain(self.work)
        record = record_named(self.work, "eci", "好院")
        notes = asked.notes(self.work.session, record.key)
        return marks_by_field(notes).get("beds_total")


@pytest.fixture
def desk(qtbot: QtBot, work: Workplace) -> Desk:
    return Desk(qtbot, work)


def press(dialog: CommentDialog, name: str) -> None:
    child(dialog, QPushButton, name).click()


def test_save__and_change_and_take_away(desk: Desk) -> None:
    for text, expected in (
        ("按床位证填", CellMarks("按床位证填")),
        ("院长确认", CellMarks("院长确认")),
        ("  ", None),
    ):
        dialog = desk.open()
        dialog.text.setPlainText(text)
        press(dialog, "comment.save")
        assert desk.marks() == expected


def test_save_and_flag__is_one_step(desk: Desk) -> None:
    dialog = desk.open()
    dialog.text.setPlainText("等街道回话")
    press(dialog, "comment.flag")
    assert desk.marks() == CellMarks("等街道回话", flagged=True)
    desk.work.session.undo().result()
    assert desk.marks() is None


def test_flag__is_not_offered_twice(desk: Desk) -> None:
    dialog = desk.open()
    press(dialog, "comment.flag")
    assert desk.marks() == CellMarks(flagged=True)
    again = desk.open()
    assert not child(again, QPushButton, "comment.flag").isVisible()
    again.close()


def test_keys__ctrl_enter_saves_enter_is_a_line(desk: Desk) -> None:
    dialog = desk.open()
    desk.qtbot.keyClicks(dialog.text, "a")
    desk.qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    desk.qtbot.keyClicks(dialog.text, "b")
    control = Qt.KeyboardModifier.ControlModifier
    desk.qtbot.keyClick(dialog.text, Qt.Key.Key_Return, control)
    assert desk.marks() == CellMarks("a\nb")


def test_cancel__and_the_same_again_write_nothing(desk: Desk) -> None:
    with desk.qtbot.assertNotEmitted(desk.work.bridge.saved):
        dialog = desk.open()
        dialog.text.setPlainText("不要")
        press(dialog, "comment.cancel")
        press(desk.open(), "comment.save")
        assert desk.marks() is None


def test_dialog__every_part_has_a_name(desk: Desk) -> None:
    dialog = desk.open()
    assert nameless(dialog) == []
    dialog.close()
