from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit

from desktop.app.people.known import Known
from desktop.ui.ledgers.people_edit import Doing
from desktop.ui.ledgers.people_edit import PeopleEdit
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words

SEALED, OPEN = Known("李芳", "x"), Known("王强")


@pytest.fixture
def edit(qtbot: QtBot, say: Words) -> PeopleEdit:
    made = PeopleEdit(say)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("doing", "of", "asked"),
    [
        (Doing.ADD, None, ["name", "pin", "again"]),
        (Doing.PIN, OPEN, ["pin", "again"]),
        (Doing.PIN, SEALED, ["now", "pin", "again"]),
        (Doing.REMOVE, OPEN, []),
        (Doing.REMOVE, SEALED, ["now"]),
    ],
)
def test_edit__asks_only_for_what_it_needs(
    edit: PeopleEdit, doing: Doing, of: Known | None, asked: list[str]
) -> None:
    assert not edit.isVisible()
    edit.begin(doing, of)
    shown = [
        box.objectName().removeprefix("people.edit.")
        for box in every(edit, QLineEdit)
        if box.isVisible()
    ]
    assert sorted(shown) == sorted(asked)
    assert nameless(edit) == []
    title = child(edit, QLabel, "people.edit.title").text()
    assert of is None or of.name in title


def test_edit__escape_forgets_what_was_typed(edit: PeopleEdit, qtbot: QtBot) -> None:
    edit.begin(Doing.ADD)
    edit.pin.setText("2468")
    qtbot.keyClick(edit.pin, Qt.Key.Key_Escape)
    assert not edit.isVisible()
    assert edit.pin.text() == ""


def test_edit__enter_does_it(edit: PeopleEdit, qtbot: QtBot) -> None:
    edit.begin(Doing.PIN, OPEN)
    with qtbot.waitSignal(edit.wanted) as heard:
        qtbot.keyClick(edit.again, Qt.Key.Key_Return)
    assert heard.args == [Doing.PIN]
    qtbot.keyClick(edit, Qt.Key.Key_F5)
    assert edit.isVisible()
