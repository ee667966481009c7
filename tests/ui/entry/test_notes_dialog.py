from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.ui.desk import Place
from desktop.ui.entry.notes_dialog import NotesDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(window: QWidget, work: Workplace) -> NotesDialog:
    form = work.form("eci")
    good, bad = (record_named(work, "eci", name) for name in ("好院", "坏院"))
    beds, price = form.by_id["beds_total"], form.by_id["price"]
    for action in (
        comment(good, beds, "", "按床位证填\n院长确认"),
        flag(bad, price, flagged=True),
    ):
        work.session.apply(action).result()
    made = NotesDialog(work, window)
    made.open()
    drain(work)
    return made


def lines(dialog: NotesDialog) -> list[list[str]]:
    items = [
        dialog.table.topLevelItem(row)
        for row in range(dialog.table.topLevelItemCount())
    ]
    return [[item.text(column) for column in range(5)] for item in items]


def test_list__every_comment_and_flag(dialog: NotesDialog) -> None:
    assert sorted(lines(dialog)) == [
        ["养老机构调查表", "坏院", "月收费", "待核", ""],
        ["养老机构调查表", "好院", "总床位数", "", "按床位证填 院长确认"],
    ]
    assert child(dialog, QLabel, "notes.none").text() == "2 / 2 条"
    assert nameless(dialog) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [("院长", ["好院"]), ("坏", ["坏院"]), ("月收费", ["坏院"]), ("丙", [])],
)
def test_filter__by_any_word(dialog: NotesDialog, text: str, names: list[str]) -> None:
    dialog.search.setText(text)
    assert [line[1] for line in lines(dialog)] == names


def test_filter__flagged_only(dialog: NotesDialog) -> None:
    dialog.flagged.setChecked(True)
    assert [line[1] for line in lines(dialog)] == ["坏院"]


def test_go__enter_jumps_to_the_cell(
    qtbot: QtBot, dialog: NotesDialog, work: Workplace
) -> None:
    dialog.search.setText("坏院")
    place = Place("eci", record_named(work, "eci", "坏院").id, "price")
    with qtbot.waitSignal(work.desk.sought) as heard:
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert heard.args == [place]


def test_go__by_the_button_and_by_the_line(
    qtbot: QtBot, dialog: NotesDialog, work: Workplace
) -> None:
    with qtbot.waitSignal(work.desk.sought):
        child(dialog, QPushButton, "notes.go").click()
    with qtbot.waitSignal(work.desk.sought):
        dialog.table.itemActivated.emit(dialog.table.topLevelItem(0), 0)


def test_list__follows_what_is_written(dialog: NotesDialog, work: Workplace) -> None:
    bad = record_named(work, "eci", "坏院")
    price = work.form("eci").by_id["price"]
    work.session.apply(flag(bad, price, flagged=False)).result()
    drain(work)
    assert [line[1] for line in lines(dialog)] == ["好院"]


def test_empty__says_how_to_begin(window: QWidget, work: Workplace) -> None:
    made = NotesDialog(work, window)
    made.open()
    drain(work)
    assert "Shift+F2" in child(made, QLabel, "notes.none").text()
    made.go()
    assert made.isVisible(), "there is nowhere to go"
    made.close()
