"""The words of the board, in Chinese as they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import translation
from pathlib import Path

import pytest

from desktop.app.handover.board.board_facts import BoardFacts
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_facts import Who
from desktop.app.handover.board.board_lines import Arrived
from desktop.app.handover.board.board_lines import Back
from desktop.app.handover.board.board_lines import Board
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_lines import Line
from desktop.app.handover.board.board_lines import sums_of
from desktop.app.handover.board.board_words import facts_words
from desktop.app.handover.board.board_words import form_words
from desktop.app.handover.board.board_words import formula_words
from desktop.app.handover.board.board_words import rate
from desktop.app.handover.board.board_words import score_words
from desktop.app.handover.board.board_words import sign_of
from desktop.app.handover.board.board_words import state_words
from desktop.app.handover.board.board_words import sums_words
from desktop.app.handover.board.board_words import timely_words
from desktop.app.handover.board.expected import Expected
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.board.scoring import Open
from desktop.app.handover.board.scoring import score_of
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.store.journal_rows import Package
from tests.exchange.townships import EAST
from tests.exchange.townships import county_units
from tests.exchange.townships import street
from tests.small import YEAR
from tests.small import small_pack

LOCALE = Path(__file__).parents[4] / "resources" / "locale"
SAY = Words(CATALOGUE, translation("taizhang", LOCALE, ["zh_CN"]))
TODAY = date(2026, 1, 5)
LAST = date(2026, 1, 2)
FORMS = tuple(small_pack().forms)
MADE = "2025-12-30T18:00:00.000+08:00"
PACKAGE = Package("ab12", "east.xlsx", "2025", EAST, (EAST,), "l", "e", MADE, b"")
ARRIVED = Arrived(PACKAGE, "2026-01-04T09:10:00.000+08:00", 1, "李芳", counts=True)
LINE = Line(
    Expected(street(EAST)),
    "华阳路街道",
    Came.RECEIVED,
    Timely.LATE,
    2,
    LAST,
    (FormCell(FormState.RECORDS, 3), FormCell(FormState.NIL)),
    ARRIVED,
    (ARRIVED,),
)


def board(*lines: Line, facts: BoardFacts | None = None) -> Board:
    """Give a board with these lines."""
    told = facts or BoardFacts(LAST)
    recorded = {f"period.grace.{EAST}": Who("王主任", "2026-01-03T08:00:00+08:00")}
    root = county_units()[0]
    return Board(
        YEAR.code, TODAY, root, told, FORMS, lines, sums_of(lines), (), (), recorded
    )


def facts(line: Line) -> str:
    return "\n".join(facts_words(board(line), line, SAY))


def test_state__says_who_did_it() -> None:
    assert state_words(LINE, SAY) == "已接收"
    assert state_words(replace(LINE, by_other="江苏路街道"), SAY) == "已接收（代报）"
    assert state_words(replace(LINE, came=Came.TYPED), SAY) == "本级代录"
    excused = replace(LINE, expected=Expected(street(EAST), asked=False))
    assert state_words(excused, SAY) == "免报"
    assert timely_words(excused, SAY) == ""


@pytest.mark.parametrize("came", Came)
@pytest.mark.parametrize("timely", Timely)
def test_state__every_state_has_chinese_words(came: Came, timely: Timely) -> None:
    line = replace(LINE, came=came, timely=timely)
    told = state_words(line, SAY) + timely_words(line, SAY)
    assert not any("a" <= letter <= "z" for letter in told)


@pytest.mark.parametrize("state", FormState)
def test_form__a_sign_and_words(state: FormState) -> None:
    cell = FormCell(state, 7)
    assert sign_of(cell)
    assert (sign_of(cell) == "7") is (state is FormState.RECORDS)
    assert not any("a" <= letter <= "z" for letter in form_words(cell, SAY))


def test_rate__is_never_rounded_up_to_all() -> None:
    assert rate(1999, 2000) == "99.9%"
    assert rate(2000, 2000) == "100.0%"
    assert rate(0, 0) == "—"


def test_sums__with_what_they_are_made_of() -> None:
    missing = replace(LINE, came=Came.NOTHING, timely=Timely.MISSING, counting=())
    first, second = sums_words(board(LINE, missing), SAY)
    assert first == "上报率 50.0%：应报 2 个单位，已报 1 个，其中代报 0 个。"
    assert second.startswith("按时 0 个（及时率 0.0%），迟报 1 个，逾期未报 1 个")
    _, free = sums_words(board(LINE, facts=BoardFacts()), SAY)
    assert "及时率 —" in free


def test_facts__both_clocks() -> None:
    told = facts(LINE)
    assert "本级收到：2026-01-04 09:10，经手 李芳（本机时钟，以此为准）" in told
    assert "下级最后修改：2025-12-30 18:00（下级电脑的时钟，仅供参考）" in told


def test_facts__all_that_was_recorded() -> None:
    later = replace(ARRIVED, seq=2, at="2026-01-05T10:00:00.000+08:00")
    full = replace(
        LINE,
        expected=Expected(street(EAST), reason="直报", usual=False),
        counting=(ARRIVED, later),
        aside=1,
        instead=Instead("李科", "电脑坏了"),
        by_other="江苏路街道",
        grace=Grace(None, "请示过"),
    )
    told = facts(full)
    for words in (
        "另行要求上报：直报",
        "共收到 2 次，最近一次 2026-01-05 10:00：east.xlsx",
        "另有 1 个上报包没有计入",
        "代报：李科；电脑坏了",
        "由江苏路街道的台账报来。",
        "准许迟报至 不限日期：请示过；王主任 2026-01-03 08:00 登记",
    ):
        assert words in told
    excused = Expected(street(EAST), asked=False, reason="撤并")
    below = replace(
        LINE, expected=excused, came=Came.BELOW, first=None, counting=(), below=2
    )
    said = "下级单位直接报来 2 个上报包，本单位自己没有报。"
    assert facts(below) == f"免报：撤并\n{said}"
    dated = replace(LINE, grace=Grace(TODAY, "停电"))
    assert "准许迟报至 2026-01-05：停电" in facts(dated)


def test_score__says_its_sum() -> None:
    score = score_of(replace(LINE, back=Back(times=1)), Open(2, 3))
    assert score is not None
    assert score_words(score, SAY) == (
        "得分 73 = 及时分 40 + 质量分 33",
        "及时分 40 = 50 − 10（迟报天数 2）",
        (
            "质量分 33 = 50 − 10（退回次数 1） − 4（未改的强制性问题 2） − "
            "3（未说明的核实性问题 3） − 0（空着又没有零报告的表 0）"
        ),
    )


def test_score__none_in_all_without_a_last_day() -> None:
    score = score_of(replace(LINE, timely=Timely.NO_DEADLINE), Open())
    assert score is not None
    first, second = score_words(score, SAY)
    assert first.startswith("没有总分")
    assert second.startswith("质量分 50 = 50")


def test_score__nothing_handed_in() -> None:
    missing = replace(LINE, came=Came.NOTHING, timely=Timely.MISSING)
    score = score_of(missing, Open())
    assert score is not None
    assert score_words(score, SAY) == ("得分 0：截止日已过，没有报送。",)


def test_formula__is_ours_and_complete() -> None:
    told = "".join(formula_words(SAY))
    assert "本软件口径" in told
    for words in (
        "每迟 1 天扣 5 分",
        "退回次数每个扣 10 分，最多扣 20 分",
        "零报告视同已报",
    ):
        assert words in told
