from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.board.board_facts import facts_of
from desktop.ui.handover.board_dialogs import ReasonDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.handover.board_desks import EXCUSED
from tests.ui.handover.board_desks import HERE
from tests.ui.handover.board_desks import LATE
from tests.ui.handover.board_desks import MISSING
from tests.ui.handover.board_desks import NIL
from tests.ui.handover.board_desks import OTHERS
from tests.ui.handover.board_desks import busy_county
from tests.ui.handover.test_board_tab import choose
from tests.ui.handover.test_board_tab import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.handover.board.board_facts import BoardFacts
    from desktop.app.handover.board.board_lines import Line
    from desktop.ui.handover.board_tab import BoardTab
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return busy_county(tmp_path_factory.mktemp("county")).read_bytes()


@pytest.fixture
def tab(open_work: Opener, template: bytes, tmp_path: Path, qtbot: QtBot) -> BoardTab:
    path = tmp_path / "county.taizhang"
    path.write_bytes(template)
    return shown(open_work(path), qtbot)


def line(tab: BoardTab, unit: str) -> Line:
    assert tab.told is not None
    found = tab.told.board.line(unit)
    assert found is not None
    return found


def facts(work: Workplace) -> BoardFacts:
    asked = work.session.thread.call(lambda ledger: ledger.choices("2025"))
    return facts_of(asked.result())


def answer(tab: BoardTab, name: str, reason: str) -> None:
    """Give the reason a dialog asks for."""
    dialog = child(tab, ReasonDialog, name)
    dialog.reason.setText(reason)
    child(dialog, QPushButton, f"{name}.do").click()
    drain(tab.work)


def said(tab: BoardTab) -> str:
    return child(tab, QLabel, "board.told").text()


def test_excuse__with_a_reason__and_back(tab: BoardTab, qtbot: QtBot) -> None:
    tab.actions_.excuse(line(tab, MISSING))
    answer(tab, "board.excuse", "撤并")
    asked = facts(tab.work).asked[MISSING]
    assert (asked.asked, asked.reason) == (False, "撤并")
    tab.actions_.excuse(line(tab, EXCUSED))
    drain(tab.work)
    assert EXCUSED not in facts(tab.work).asked
    with qtbot.waitSignal(tab.work.bridge.saved):
        tab.work.session.undo()
    assert EXCUSED in facts(tab.work).asked


def test_spare__a_form__and_ask_for_it_again(tab: BoardTab, qtbot: QtBot) -> None:
    child(tab, QPushButton, "board.spare").click()
    answer(tab, "board.spare", "由县里填")
    qtbot.waitUntil(lambda: tab.told is not None and bool(tab.told.board.spared))
    assert tab.told is not None
    assert [form.id for form in tab.told.board.forms] == ["area"]
    assert "不要求下级报送：养老机构调查表（由县里填）" in tab.head.levels.text()
    tab.actions_.spare(tab.told.board)
    qtbot.waitUntil(lambda: len(every(tab, ReasonDialog, "board.spare")) == 1)
    dialog = child(tab, ReasonDialog, "board.spare")
    dialog.among.setCurrentIndex(dialog.among.findData("eci"))
    assert dialog.among.currentText() == "养老机构调查表（现不要求；选它恢复）"
    child(dialog, QPushButton, "board.spare.do").click()
    drain(tab.work)
    assert facts(tab.work).forms == {}


def test_grace__with_a_day__and_back(tab: BoardTab) -> None:
    tab.actions_.grace(line(tab, MISSING))
    answer(tab, "board.grace", "停电")
    grace = facts(tab.work).grace[MISSING]
    assert (grace.until, grace.reason) == (date(2025, 11, 22), "停电")
    tab.actions_.grace(line(tab, LATE))
    drain(tab.work)
    assert LATE not in facts(tab.work).grace


def test_instead__who_and_why__and_back(tab: BoardTab) -> None:
    here = line(tab, HERE)
    assert here.newest is not None
    tab.actions_.instead(here)
    answer(tab, "board.instead", "电脑坏了")
    fact = facts(tab.work).instead[here.newest.package.id]
    assert (fact.who, fact.reason) == ("李芳", "电脑坏了")
    other = line(tab, OTHERS)
    assert other.newest is not None
    tab.actions_.instead(other)
    drain(tab.work)
    assert other.newest.package.id not in facts(tab.work).instead
    tab.actions_.instead(line(tab, MISSING))
    assert every(tab, ReasonDialog, "board.instead") == []


def test_lock__what_may_not_be_is_said(tab: BoardTab) -> None:
    from desktop.app.ledgers.home_board import set_deadline

    action = set_deadline(tab.work.session.period, date(2025, 11, 20), None)
    tab.work.session.apply(action).result()
    tab.actions_.lock(locked=True)
    drain(tab.work)
    assert said(tab).startswith("本期还没有设截止日")


def test_copy__nothing_is_wanted(tab: BoardTab) -> None:
    assert tab.told is not None
    tab.actions_.copy(tab.told, line(tab, NIL))
    assert said(tab).endswith("不需要催报。")
    board = replace(tab.told.board, lines=(line(tab, NIL),))
    tab.actions_.copy_all(replace(tab.told, board=board))
    assert said(tab) == "没有需要催报的单位。"


def test_copy__is_ready_to_be_pasted(tab: BoardTab) -> None:
    assert tab.told is not None
    choose(tab, MISSING)
    tab.actions_.copy(tab.told, line(tab, MISSING))
    assert QGuiApplication.clipboard().text() == tab.detail.text.toPlainText()


@pytest.mark.parametrize("name", ["board", "board.xlsx", "board.csv"])
def test_save__as_the_name_says(
    tab: BoardTab,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert tab.told is not None
    tab.actions_.choose_file(tab.told)
    qtbot.waitUntil(lambda: said(tab).startswith("已保存"), timeout=10_000)
    made = target if target.suffix else target.with_suffix(".xlsx")
    assert made.is_file()
    if made.suffix == ".csv":
        with made.open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == 10


def test_save__not_if_nobody_chose(
    tab: BoardTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert tab.told is not None
    tab.actions_.choose_file(tab.told)
    drain(tab.work)
    assert said(tab) == ""


def test_save__where_nothing_can_be_written(
    tab: BoardTab, tmp_path: Path, qtbot: QtBot
) -> None:
    assert tab.told is not None
    with qtbot.waitSignal(tab.work.bridge.courier.trouble):
        tab.actions_.save(tab.told, tmp_path / "nowhere" / "board.csv")


def test_save__a_bug_is_no_trouble_of_the_disk(
    tab: BoardTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.app.handover.board.board_table.write_board", write)
    assert tab.told is not None
    with qtbot.captureExceptions() as caught:
        tab.actions_.save(tab.told, tmp_path / "board.csv")
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
