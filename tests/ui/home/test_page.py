"""工作台 on a small ledger: what it shows, and that it follows what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.app.entry.edits import set_cell
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import noted
from desktop.app.ledgers.backing_up import BACKUPS
from desktop.app.ledgers.backing_up import back_up
from desktop.app.ledgers.home_board import set_deadline
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.home.forms_model import Column
from desktop.ui.home.page import HomePage
from tests.ui.conftest import CLOCK
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

SLOW = 20_000


@pytest.fixture
def page(audited: Workplace, qtbot: QtBot) -> HomePage:
    audited.desk.turn_to(Page.HOME)
    made = HomePage(audited)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.facts is not None and made.facts.audited)
    return made


def cell(page: HomePage, row: int, column: Column) -> str:
    return str(page.forms.forms.index(row, column).data())


def step(page: HomePage) -> str:
    return child(page, QLabel, "home.next.sentence").text()


def test_first_picture__is_told_of_once(work: Workplace, qtbot: QtBot) -> None:
    work.desk.turn_to(Page.HOME)
    pictured: list[bool] = []
    work.desk.pictured.connect(lambda: pictured.append(True))
    page = HomePage(work)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: bool(pictured))
    page.read()
    drain(work)
    assert pictured == [True]
    assert "正在核对" in step(page), "nothing is promised before the audit"


def test_page__forms_counts_and_the_next_step(page: HomePage) -> None:
    assert cell(page, 0, Column.STATE) == "有错"
    assert cell(page, 0, Column.RECORDS) == "3"
    assert cell(page, 0, Column.ERRORS) == "1"
    assert "养老机构调查表" in step(page)
    assert "完成 1" in child(page, QLabel, "home.counts").text()


def test_page__the_next_step_has_the_focus(page: HomePage, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.waitUntil(page.next.button.hasFocus)
    qtbot.keyClick(page.next.button, Qt.Key.Key_Return)
    assert page.work.desk.page is Page.AUDIT


def test_page__a_screen_reader_has_a_name_for_all(page: HomePage) -> None:
    assert nameless(page) == []


def test_page__follows_an_edit(page: HomePage, qtbot: QtBot) -> None:
    work = page.work
    record = record_named(work, "eci", "坏院")
    action = set_cell(record, work.form("eci").by_id["beds_nursing"], 10)
    work.session.apply(action)
    qtbot.waitUntil(lambda: cell(page, 0, Column.ERRORS) == "", timeout=SLOW)
    assert cell(page, 0, Column.STATE) == "完成"


def test_page__follows_the_deadline(page: HomePage, qtbot: QtBot) -> None:
    label = child(page, QLabel, "home.deadline")
    assert label.text() == "未设定报送截止日"
    action = set_deadline(page.work.session.period, None, CLOCK.date())
    page.work.session.apply(action)
    qtbot.waitUntil(lambda: label.text() == "今天截止", timeout=SLOW)


def test_page__follows_another_period(page: HomePage, qtbot: QtBot) -> None:
    page.work.session.add_period(Period(PeriodKind.YEAR, 2026))
    qtbot.waitUntil(lambda: cell(page, 0, Column.RECORDS) == "0", timeout=SLOW)
    assert "2026年" in child(page, QLabel, "home.pack").text()


def test_page__rests_while_another_is_before_the_person(
    page: HomePage, qtbot: QtBot
) -> None:
    work = page.work
    drain(work)
    work.desk.turn_to(Page.ENTRY)
    before = page.facts
    work.bridge.saved.emit(None)
    work.desk.move(Place("area"))
    drain(work)
    assert page.facts is before
    work.desk.turn_to(Page.HOME)
    qtbot.waitUntil(lambda: page.facts is not before, timeout=SLOW)
    assert page.forms.currentIndex().row() == 1, "where the person was"


def test_page__finds_the_copy_in_the_folder_that_was_chosen(
    page: HomePage, qtbot: QtBot, tmp_path: Path
) -> None:
    work, stick = page.work, tmp_path / "stick"
    back_up(work.session, stick, lambda _: None).result()
    work.habits.keep(work.habits.now.arranged(BACKUPS, str(stick)))
    work.desk.backed_up.emit()
    where = child(page, QLabel, "home.backup.where")
    qtbot.waitUntil(lambda: where.toolTip() == str(stick), timeout=SLOW)


def test_page__done_handed_in_backed_up(page: HomePage, qtbot: QtBot) -> None:
    """The steps at the end of the road, one after the other."""
    work = page.work
    record = record_named(work, "eci", "坏院")
    action = set_cell(record, work.form("eci").by_id["beds_nursing"], 10)
    work.session.apply(action)
    qtbot.waitUntil(lambda: "可以上报" in step(page), timeout=SLOW)
    assert page.facts is not None
    last = Submitted(page.facts.revision, 1, "2026-01-10", "李梅", (), ())
    work.session.note_fact(
        lambda ledger: noted(ledger.choices(work.period), work.period, last)
    )
    qtbot.waitUntil(lambda: "备份一份" in step(page), timeout=SLOW)
    back_up(work.session, work.session.path.parent / "民生台账备份", lambda _: None)
    work.desk.backed_up.emit()
    qtbot.waitUntil(lambda: "已备份" in step(page), timeout=SLOW)
