"""Bringing last year's ledger into one that is open."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.ledgers.bring_in_dialog import BringInDialog
from tests.small import person as somebody
from tests.small import small_pack
from tests.small import units
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

SLOW = 20_000
LEFT = Qt.MouseButton.LeftButton
NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def fresh(open_work: Opener, tmp_path: Path) -> Workplace:
    """Give a ledger of 2026 that nobody has filled in."""
    path = tmp_path / "今年.taizhang"
    create_ledger(path, Beginning(small_pack(), units(), NEXT), somebody())
    return open_work(path)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(fresh: Workplace, parent: QWidget) -> BringInDialog:
    made = BringInDialog(fresh, parent)
    made.show()
    drain(fresh)
    return made


def apply(dialog: BringInDialog) -> QPushButton:
    return child(dialog, QPushButton, "bring.apply")


def choose(dialog: BringInDialog, path: Path, qtbot: QtBot) -> None:
    dialog.panel.file.setText(str(path))
    dialog.panel.read()
    qtbot.waitUntil(apply(dialog).isEnabled, timeout=SLOW)


def test_bring_in__the_year_before_and_this_years_roster(
    dialog: BringInDialog, fresh: Workplace, small_ledger: Path, qtbot: QtBot
) -> None:
    assert nameless(dialog) == []
    assert dialog.height() <= 560
    assert not apply(dialog).isEnabled()
    choose(dialog, small_ledger, qtbot)
    signals = [dialog.destroyed, fresh.bridge.saved, fresh.bridge.period_changed]
    with qtbot.waitSignals(signals, timeout=SLOW):
        qtbot.mouseClick(apply(dialog), LEFT)
    assert [period.code for period in fresh.session.periods] == ["2025", "2026"]
    asked = fresh.session.thread.call(lambda ledger: ledger.count("eci", "2026"))
    assert asked.result() == 3


def test_bring_in__without_a_plan_nothing_happens(
    dialog: BringInDialog, fresh: Workplace
) -> None:
    dialog.apply()
    drain(fresh)
    assert len(fresh.session.periods) == 1


def test_bring_in__refused_by_the_ledger(
    dialog: BringInDialog, fresh: Workplace, small_ledger: Path, qtbot: QtBot
) -> None:
    """The year was begun by hand while the dialog stood open."""
    choose(dialog, small_ledger, qtbot)
    year = Period(PeriodKind.YEAR, 2025)
    fresh.session.thread.call(lambda ledger: ledger.add_period(year)).result()
    qtbot.mouseClick(apply(dialog), LEFT)
    refused = child(dialog, QLabel, "bring.refused")
    qtbot.waitUntil(refused.isVisible, timeout=SLOW)
    assert "2025" in refused.text()


def test_cancel__changes_nothing(
    dialog: BringInDialog, small_ledger: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.taizhang"
    shutil.copy(small_ledger, copy)
    choose(dialog, copy, qtbot)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.mouseClick(child(dialog, QPushButton, "bring.cancel"), LEFT)
    assert copy.read_bytes() == small_ledger.read_bytes()
