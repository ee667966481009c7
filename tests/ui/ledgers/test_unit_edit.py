from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.ui.ledgers.unit_edit import UnitEdit
from desktop.ui.ledgers.unit_edit import Verb
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def test_edit__shows_the_boxes_its_verb_needs(
    qtbot: QtBot, changning_work: Workplace
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    edit = UnitEdit(changning_work, window)
    window.show()
    seen = {}
    for verb in Verb:
        edit.begin(verb, changning_work.session.root)
        names = ("name", "code", "other", "zone")
        seen[verb] = {
            name
            for name in names
            if child(edit, QWidget, f"units.edit.{name}").isVisible()
        }

    assert seen == {
        Verb.ADD: {"name", "code", "zone"},
        Verb.RENAME: {"name"},
        Verb.MOVE: {"other"},
        Verb.MERGE: {"other"},
        Verb.DESCRIBE: {"code", "zone"},
    }
    assert child(edit, QLineEdit, "units.edit.code").text() == "310105000000"
