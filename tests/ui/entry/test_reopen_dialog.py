from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.entry.facilities import Gone
from desktop.app.entry.facilities import close_facilities
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.entry.reopen_dialog import ReopenDialog
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def later(open_work: Opener, small_ledger: Path) -> Workplace:
    """Give a period without the roster of the one before, one home closed in it."""
    with small.opened(small_ledger) as ledger:
        ledger.add_period(NEXT, small.YEAR)
        form = ledger.pack().form_by_id["eci"]
        first, *others = ledger.ids("eci", NEXT.code)
        ledger.apply(close_facilities(ledger, form, [first], date(2026, 5, 1), "合并"))
        ledger.apply(close_facilities(ledger, form, others, date(2026, 5, 1), "搬迁"))
    return open_work(small_ledger)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def ask(work: Workplace, host: QWidget) -> ReopenDialog:
    made = ReopenDialog(work, work.form("eci"), host)
    made.open()
    drain(work)
    return made


def listed(dialog: ReopenDialog) -> list[str]:
    found = child(dialog, QListWidget, "reopen.list")
    return [found.item(row).text() for row in range(found.count())]


def tick(dialog: ReopenDialog, row: int) -> None:
    found = child(dialog, QListWidget, "reopen.list")
    found.itemActivated.emit(found.item(row))


def test_reopen__who_left_when_and_why(later: Workplace, host: QWidget) -> None:
    dialog = ask(later, host)
    assert listed(dialog) == [
        "坏院（华阳路街道），本期已停用：2026-05-01 搬迁",
        "好院（华阳路街道），本期已停用：2026-05-01 合并",
        "缺院（长宁区），本期已停用：2026-05-01 搬迁",
    ]
    assert not child(dialog, QPushButton, "reopen.do").isEnabled()
    assert nameless(dialog) == []


def test_reopen__of_an_earlier_period(
    open_work: Opener, small_ledger: Path, host: QWidget
) -> None:
    with small.opened(small_ledger) as ledger:
        ledger.add_period(NEXT)
    dialog = ask(open_work(small_ledger), host)
    assert listed(dialog)[0] == "坏院（华阳路街道），最后一次填报：2025年"


def test_reopen__what_is_ticked_stays_so_while_one_looks_for_more(
    later: Workplace, host: QWidget, qtbot: QtBot
) -> None:
    dialog = ask(later, host)
    tick(dialog, 0)
    child(dialog, QLineEdit, "reopen.filter").setText("缺")
    assert [text[:2] for text in listed(dialog)] == ["缺院"]
    tick(dialog, 0)
    child(dialog, QLineEdit, "reopen.filter").setText("坏")
    item = child(dialog, QListWidget, "reopen.list").item(0)
    assert item.checkState() == Qt.CheckState.Checked
    told: list[list[Gone]] = []
    dialog.chosen.connect(told.append)
    with qtbot.waitSignal(dialog.destroyed):
        child(dialog, QPushButton, "reopen.do").click()
    assert [[one.name for one in chosen] for chosen in told] == [["坏院", "缺院"]]


def test_reopen__nothing_ticked_is_nothing_to_do(
    later: Workplace, host: QWidget, qtbot: QtBot
) -> None:
    dialog = ask(later, host)
    tick(dialog, 1)
    tick(dialog, 1)
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.accept()
    assert dialog.isVisible()


def test_reopen__says_when_nobody_is_gone(work: Workplace, host: QWidget) -> None:
    dialog = ask(work, host)
    assert listed(dialog) == []
    hint = child(dialog, QLabel, "reopen.hint").text()
    assert hint == "以前各期的机构都在本期，没有需要恢复的。"
