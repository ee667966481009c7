from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.board.board_whole import ScoredBoard
from desktop.app.handover.board.scoring import Open
from desktop.app.handover.board.scoring import score_of
from desktop.ui.handover.board_detail import BoardDetail
from tests.app.handover.board.test_board_reminder import MISSING
from tests.app.handover.board.test_board_words import LINE
from tests.app.handover.board.test_board_words import board
from tests.small import YEAR
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app.handover.board.board_lines import Line
    from desktop.ui.workplace import Workplace


@pytest.fixture
def detail(work: Workplace, qtbot: QtBot) -> BoardDetail:
    made = BoardDetail(work)
    qtbot.addWidget(made)
    made.show()
    return made


def scored(*lines: Line) -> ScoredBoard:
    scores = {str(line.unit.code): score_of(line, Open(1, 0)) for line in lines}
    return ScoredBoard(YEAR, board(*lines), scores)


def test_detail__of_one_that_handed_in(detail: BoardDetail) -> None:
    detail.take(scored(LINE), LINE)
    assert detail.unit.text() == "华阳路街道（310105001）"
    assert detail.state.text() == "已接收 · 迟报 2 天"
    assert "本机时钟，以此为准" in detail.facts.text()
    assert "得分 88 = 及时分 40 + 质量分 48" in detail.score.text()
    assert "本软件口径" in detail.formula.text()
    assert not detail.text.isVisibleTo(detail)
    assert nameless(detail) == []


def test_detail__of_one_that_is_missing(detail: BoardDetail) -> None:
    detail.take(scored(MISSING), MISSING)
    assert detail.text.toPlainText().startswith("【催报】江苏路街道：")
    assert detail.text.isVisibleTo(detail)
    assert not detail.facts.isVisibleTo(detail)


def test_detail__before_the_audit_is_through(detail: BoardDetail) -> None:
    told = replace(scored(LINE), audited=False)
    detail.take(told, LINE)
    assert detail.score.text() == "审核完成后才有得分。"


def test_detail__without_a_score(detail: BoardDetail) -> None:
    told = replace(scored(LINE), scores={})
    detail.take(told, LINE)
    assert not detail.score.isVisibleTo(detail)


def test_detail__of_nobody(detail: BoardDetail) -> None:
    told = scored(MISSING)
    detail.take(told, MISSING)
    detail.take(told, None)
    assert detail.unit.text() == "还没有选单位。"
    assert not detail.text.isVisibleTo(detail)
    assert not detail.score.isVisibleTo(detail)
