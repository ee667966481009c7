from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.board.board_facts import BoardFacts
from desktop.app.handover.board.board_facts import facts_of
from desktop.ui.handover.board_head import BoardHead
from desktop.ui.handover.board_head import Nobody
from tests.app.handover.board.test_board_words import LINE
from tests.app.handover.board.test_board_words import board
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import street
from tests.ui.desks import child

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def test_head__rates_and_the_last_day(work: Workplace, qtbot: QtBot) -> None:
    head = BoardHead(work)
    qtbot.addWidget(head)
    head.show()
    head.take(board(LINE))
    assert head.rates.text().startswith("上报率 100.0%")
    assert head.deadline.text() == "截止日：2026-01-02。"
    assert not head.damaged.isVisibleTo(head)
    head.take(board(LINE, facts=BoardFacts()))
    assert head.deadline.text() == "尚未设截止日。"


def test_head__what_is_damaged_is_said(work: Workplace, qtbot: QtBot) -> None:
    head = BoardHead(work)
    qtbot.addWidget(head)
    damaged = facts_of({"period.grace.1": "?"}).damaged
    facts = replace(BoardFacts(date(2026, 1, 2)), damaged=damaged)
    head.take(board(LINE, facts=facts))
    assert head.damaged.isVisibleTo(head)
    assert "period.grace.1" in head.damaged.text()


def test_nobody__a_township_is_told_where_to_go(
    open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(Desks(tmp_path).new(street(EAST)))
    nobody = Nobody(work, lambda: None)
    qtbot.addWidget(nobody)
    assert "请到旁边的“上报”" in child(nobody, QLabel, "board.nobody").text()
    more = child(nobody, QPushButton, "board.nobody.more")
    assert not more.isVisibleTo(nobody)


def test_nobody__a_county_without_units_is_told_how_to_add_them(
    open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(Desks(tmp_path).new(county_units()[0]))
    nobody = Nobody(work, lambda: None)
    qtbot.addWidget(nobody)
    assert "统计单元" in child(nobody, QLabel, "board.nobody").text()
