from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_lines import Line
from desktop.app.handover.board.board_lines import sums_of
from desktop.app.handover.board.expected import Expected
from desktop.app.handover.board.lateness import Timely
from tests.app.handover.board.test_board_words import FORMS
from tests.app.handover.board.test_board_words import LINE
from tests.app.handover.board.test_board_words import board
from tests.exchange.townships import EAST
from tests.exchange.townships import street

LINES = st.builds(
    replace,
    st.just(LINE),
    expected=st.builds(Expected, st.just(street(EAST)), asked=st.booleans()),
    came=st.sampled_from(Came),
    timely=st.sampled_from(Timely),
    instead=st.none() | st.just(Instead("李科", "电脑坏了")),
)


@given(st.lists(LINES, max_size=12))
def test_sums__every_unit_is_counted_once(lines: list[Line]) -> None:
    sums = sums_of(lines)
    assert sums.expected + sums.excused == len(lines)
    assert sums.expected == sums.handed_in + sums.missing + sums.waiting
    assert sums.handed_in == sums.own + sums.others
    assert min(sums.own, sums.others, sums.missing, sums.waiting) >= 0
    assert sums.on_time + sums.late <= sums.handed_in
    assert sums.returned + sums.accepted <= sums.handed_in


@pytest.mark.parametrize(
    ("state", "answered"),
    [
        (FormState.RECORDS, True),
        (FormState.NIL, True),
        (FormState.TOTALS, True),
        (FormState.BLANK, False),
        (FormState.NOT_CARRIED, False),
        (FormState.NOTHING, False),
    ],
)
def test_lacking__what_is_no_answer(state: FormState, *, answered: bool) -> None:
    line = replace(LINE, cells=(FormCell(state), FormCell(FormState.NIL)))
    assert (line.lacking(FORMS) == ()) is answered


def test_newest__is_the_last_that_counts() -> None:
    assert LINE.newest is LINE.first
    assert replace(LINE, counting=()).newest is None


def test_board__finds_a_line_by_its_unit() -> None:
    told = board(LINE)
    assert told.line(EAST) is LINE
    assert told.line("999") is None
