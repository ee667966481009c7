"""上报: what goes along, and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton

from desktop.ui.handover.submit_options import SubmitOptions
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def options(qtbot: QtBot, work: Workplace) -> SubmitOptions:
    made = SubmitOptions(work)
    qtbot.addWidget(made)
    made.show()
    return made


def test_options__remember_what_goes_along_but_not_how(
    options: SubmitOptions, work: Workplace, qtbot: QtBot
) -> None:
    assert (options.pdf.isChecked(), options.slip.isChecked()) == (True, True)
    for name in ("pdf", "totals", "seal"):
        child(options, QCheckBox, f"submit.{name}").click()

    again = SubmitOptions(work)
    qtbot.addWidget(again)

    assert (again.pdf.isChecked(), again.slip.isChecked()) == (False, True)
    assert (again.totals.isChecked(), again.seal.isChecked()) == (False, False)
    assert nameless(options) == []


def test_seal__waits_for_a_password_typed_twice(options: SubmitOptions) -> None:
    first = child(options, QLineEdit, "submit.password")
    second = child(options, QLineEdit, "submit.again")
    assert not first.isVisible()
    waits = [not options.ready]
    options.seal.click()
    assert first.isVisible()
    assert not options.pdf.isEnabled()
    waits.append(not options.ready)
    typed = "很长的密码 2026"
    first.setText(typed)
    second.setText("很长的密码")
    waits.append(not options.ready)
    second.setText(typed)
    waits.append(not options.ready)
    assert waits == [False, True, True, False]
    assert options.password == typed

    options.forget()
    assert options.ready
    assert not options.password
    assert first.text() == ""


def test_keys__are_asked_for(
    options: SubmitOptions, work: Workplace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(work.desk.asked) as asked:
        child(options, QPushButton, "submit.keys").click()

    assert asked.args == ["file.keys"]
