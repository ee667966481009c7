"""催报: what is pasted says what is wanted, and no more."""

from __future__ import annotations

from dataclasses import replace

from desktop.app.handover.board.board_facts import BoardFacts
from desktop.app.handover.board.board_lines import Back
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_reminder import reminder
from desktop.app.handover.board.board_reminder import reminders
from desktop.app.handover.board.board_reminder import to_remind
from desktop.app.handover.board.expected import Expected
from desktop.app.handover.board.lateness import Timely
from tests.app.handover.board.test_board_words import LAST
from tests.app.handover.board.test_board_words import LINE
from tests.app.handover.board.test_board_words import SAY
from tests.app.handover.board.test_board_words import TODAY
from tests.app.handover.board.test_board_words import board
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import street

NOTHING = (FormCell(FormState.NOTHING),) * 2
MISSING = replace(
    LINE,
    expected=Expected(street(WEST)),
    name="江苏路街道",
    came=Came.NOTHING,
    timely=Timely.MISSING,
    late=3,
    first=None,
    counting=(),
    cells=NOTHING,
)
TITLE = "2025年"


def test_reminder__in_full() -> None:
    assert reminder(board(MISSING), MISSING, TITLE, SAY) == (
        "【催报】江苏路街道：\n"
        "长宁区尚未收到你单位2025年的报表。\n"
        "截止日为 2026-01-02，到今天（2026-01-05）已逾期 3 天，请尽快报送。\n"
        "所缺报表（2 张）：养老机构调查表、统计单元与人口表\n"
        "报送办法：在“民生台账”中打开本单位台账，进入“报送”页的“上报”，生成上报包，"
        "用 U 盘或邮件交来；确实没有业务的表，请先作“零报告”。\n"
        "如已报送，请告知报送时间和上报包编号，不必理会本通知。"
    )


def test_reminder__before_the_last_day_and_on_it() -> None:
    early = replace(MISSING, timely=Timely.WAITING, due=TODAY.replace(day=8))
    assert "还有 3 天" in reminder(board(early), early, TITLE, SAY)
    on_it = replace(MISSING, timely=Timely.WAITING, due=TODAY)
    assert "今天（2026-01-05）就是截止日" in reminder(board(on_it), on_it, TITLE, SAY)
    free = replace(MISSING, timely=Timely.NO_DEADLINE, due=None)
    told = reminder(board(free, facts=BoardFacts()), free, TITLE, SAY)
    assert "截止" not in told


def test_reminder__of_a_locked_period() -> None:
    told = board(MISSING, facts=BoardFacts(LAST, locked=True))
    assert "本期已锁定" in reminder(told, MISSING, TITLE, SAY)


def test_reminder__sent_back_with_and_without_a_day() -> None:
    back = replace(LINE, came=Came.RETURNED, back=Back(1, 4, "2026-01-20"))
    told = reminder(board(back), back, TITLE, SAY)
    assert "已退回修改" in told
    assert "待改 4 处，请于 2026-01-20 前改好。" in told
    assert "截止日" not in told
    free = replace(back, back=Back(1, 4))
    assert "待改 4 处。" in reminder(board(free), free, TITLE, SAY)
    none = replace(back, back=Back(1, 0))
    assert "待改" not in reminder(board(none), none, TITLE, SAY)


def test_reminder__forms_are_missing() -> None:
    cells = (FormCell(FormState.BLANK), FormCell(FormState.NOT_CARRIED))
    part = replace(LINE, cells=cells)
    told = reminder(board(part), part, TITLE, SAY)
    assert "已收到，但还缺表" in told
    assert "所缺报表（2 张）：养老机构调查表、统计单元与人口表" in told
    assert "其中交来时是空表、又没有作零报告的：养老机构调查表" in told


def test_reminders__only_where_something_is_wanted() -> None:
    blank = (FormCell(FormState.BLANK), FormCell(FormState.NIL))
    lines = (
        LINE,
        MISSING,
        replace(LINE, cells=blank),
        replace(LINE, came=Came.RETURNED),
        replace(LINE, came=Came.ACCEPTED, cells=blank),
        replace(LINE, came=Came.TYPED, cells=blank),
        replace(MISSING, expected=Expected(street(EAST), asked=False)),
        replace(MISSING, came=Came.BELOW),
    )
    told = board(*lines)
    assert to_remind(told) == (lines[1], lines[2], lines[3], lines[7])
    assert reminders(told, TITLE, SAY).count("【催报】") == 4
    assert "\n\n【催报】" in reminders(told, TITLE, SAY)
