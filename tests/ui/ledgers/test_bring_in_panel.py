"""The plan of what another ledger would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton

from desktop.app.ledgers.bringing_in import Arriving
from desktop.app.ledgers.bringing_in import BringPlan
from desktop.app.ledgers.bringing_in import Receiver
from desktop.core.changes import Action
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.courier import Courier
from desktop.ui.ledgers import bring_in_panel
from desktop.ui.ledgers.bring_in_panel import BringInPanel
from desktop.ui.ledgers.bring_in_panel import told
from tests.small import YEAR
from tests.small import small_pack
from tests.small import units
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import UiStart

SLOW = 20_000
NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def panel(qtbot: QtBot, start: UiStart) -> Iterator[BringInPanel]:
    courier = Courier()
    made = BringInPanel(start, courier)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.stop()
    courier.close()


def receiver(period: Period = NEXT) -> Receiver:
    return Receiver({period.code: small_pack()}, units(), period)


def text(panel: BringInPanel) -> str:
    return child(panel, QPlainTextEdit, "bring.plan").toPlainText()


def fault(panel: BringInPanel) -> QLabel:
    return child(panel, QLabel, "bring.fault")


def test_plan__is_shown_when_a_file_is_chosen(
    panel: BringInPanel,
    qtbot: QtBot,
    small_ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert nameless(panel) == []
    panel.receive(receiver())
    choose = child(panel, QPushButton, "bring.choose")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert panel.file.text() == ""
    names = (str(small_ledger), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: names)
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=SLOW)
    assert text(panel).splitlines()[:2] == [
        "将带入2025年的 5 条记录；原台账文件不作任何改动。",
        "· 养老机构调查表：3 条",
    ]


def test_plan__read_once_for_one_file(
    panel: BringInPanel, qtbot: QtBot, small_ledger: Path
) -> None:
    panel.receive(receiver())
    panel.file.setText(str(small_ledger))
    panel.read()
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=SLOW)
    plan = panel.plan
    panel.file.editingFinished.emit()
    assert panel.plan is plan
    panel.read()
    assert panel.plan is None, "asked again: the file may be another by now"


def test_plan__of_another_ledger_to_be_made_is_another(
    panel: BringInPanel, qtbot: QtBot, small_ledger: Path
) -> None:
    panel.file.setText(str(small_ledger))
    panel.read()
    assert panel.plan is None, "nobody is there to receive it"
    panel.receive(receiver())
    qtbot.waitUntil(lambda: panel.plan is not None, timeout=SLOW)
    panel.receive(receiver(YEAR))
    assert panel.plan is None
    qtbot.waitUntil(fault(panel).isVisible, timeout=SLOW)
    assert "没有早于2025年" in fault(panel).text()


def test_fault__no_ledger_at_all(
    panel: BringInPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.receive(receiver())
    panel.file.setText(str(tmp_path / "none.taizhang"))
    qtbot.keyClick(panel.file, Qt.Key.Key_Return)
    qtbot.waitUntil(fault(panel).isVisible, timeout=SLOW)
    assert panel.plan is None


def test_fault__what_nobody_foresaw_goes_to_the_handler(
    panel: BringInPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bring_in_panel, "plan_bringing", broken)
    panel.receive(receiver())
    panel.file.setText("x")
    with qtbot.captureExceptions() as caught:
        panel.read()
        qtbot.waitUntil(lambda: bool(caught), timeout=SLOW)
    assert caught[0][0] is ZeroDivisionError


def test_told__what_stays_and_what_to_know(say: Words, tmp_path: Path) -> None:
    plan = BringPlan(
        tmp_path,
        YEAR,
        Action(message("app.bring", period="2025年"), ()),
        (Arriving("eci", "养老机构调查表", 3),),
        (message("app.bring.no-form", form="旧表", count=2),),
        (message("app.bring.version", old="0.9.0", new="1.0.0"),),
    )
    lines = told(say, plan).splitlines()
    assert "0.9.0" in lines[2]
    assert lines[3:] == ["不带入的内容：", "· 《旧表》的 2 条不带入：本台账没有这张表"]
