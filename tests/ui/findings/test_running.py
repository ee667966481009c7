from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QPushButton

from desktop.app.events import FindingsChanged
from desktop.ui.findings.running import RunBar
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def test_bar__tells_how_many_forms_are_done(qtbot: QtBot, work: Workplace) -> None:
    made = RunBar(work)
    qtbot.addWidget(made)
    made.show()
    [bar] = every(made, QProgressBar)
    said = child(made, QLabel, "audit.progress")
    assert not bar.isVisible()
    made.run()
    assert bar.isVisible()
    assert not child(made, QPushButton, "audit.run").isVisible()
    work.bridge.findings_changed.emit(FindingsChanged("eci", {}, all_records=True))
    assert said.text() == work.say("{done} of {of} forms", done=1, of=2)
    with qtbot.waitSignal(work.bridge.figures_changed):
        drain(work)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert said.text() == ""
    assert nameless(made) == []


def test_tell__stands_beside_the_button(qtbot: QtBot, work: Workplace) -> None:
    made = RunBar(work)
    qtbot.addWidget(made)
    made.tell("已保存")
    assert child(made, QLabel, "audit.progress").text() == "已保存"
