"""Last step: last year's data, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QPushButton

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger_bring import BringStep
from desktop.ui.ledgers.new_ledger_bring import TableToImport
from tests.small import small_pack
from tests.small import units
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import UiStart

SLOW = 20_000
NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def step(qtbot: QtBot, start: UiStart) -> Iterator[BringStep]:
    courier = Courier()
    made = BringStep(start, courier)
    qtbot.addWidget(made)
    made.begin_for(small_pack(), units(), NEXT)
    made.show()
    yield made
    made.panel.stop()
    courier.close()


def test_none__is_what_enter_takes(step: BringStep) -> None:
    assert step.ready
    assert (step.plan, step.to_import) == (None, None)
    assert nameless(step) == []


def test_ledger__ready_when_the_plan_is_there(
    step: BringStep, qtbot: QtBot, small_ledger: Path
) -> None:
    with qtbot.waitSignal(step.changed):
        step.ways["ledger"].setChecked(True)
    assert not step.ready
    step.panel.file.setText(str(small_ledger))
    step.panel.read()
    qtbot.waitUntil(lambda: step.ready, timeout=SLOW)
    assert step.plan is not None
    step.ways["none"].setChecked(True)
    assert step.plan is None, "the person thought better of it"


def test_table__a_file_and_a_roster(
    step: BringStep, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "名单.csv"
    table.write_text("机构名称", encoding="utf-8")
    step.ways["table"].setChecked(True)
    offered = [step.form.itemData(row) for row in range(step.form.count())]
    assert offered == ["eci"], "a unit form has no list"
    step.table.setText(str(tmp_path / "none.csv"))
    assert step.to_import is None
    choose = child(step, QPushButton, "new.bring.choose")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert step.to_import is None
    names = (str(table), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: names)
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert step.ready
    assert step.to_import == TableToImport("eci", table)


def test_begin__with_what_is_chosen(step: BringStep, qtbot: QtBot) -> None:
    step.activateWindow()
    step.ways["table"].setChecked(True)
    step.begin()
    qtbot.waitUntil(step.ways["table"].hasFocus)
