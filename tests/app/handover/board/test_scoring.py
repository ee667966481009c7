"""Scores: every one adds up to what its parts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.audit.auditing import audit_ledger
from desktop.app.compiled import compiled_for
from desktop.app.handover.board.board_lines import Back
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.board_lines import Line
from desktop.app.handover.board.expected import Expected
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.board.scoring import QUALITY
from desktop.app.handover.board.scoring import TIMELY
from desktop.app.handover.board.scoring import WEIGHTS
from desktop.app.handover.board.scoring import Open
from desktop.app.handover.board.scoring import Part
from desktop.app.handover.board.scoring import Score
from desktop.app.handover.board.scoring import open_by_unit
from desktop.app.handover.board.scoring import score_of
from desktop.app.progress import run_steps
from desktop.indicators.periods import period_parameters
from tests.app.handover.boards import VILLAGE
from tests.app.handover.boards import village
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import county_units
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import put
from tests.exchange.townships import street
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.findings import Finding
    from desktop.store.ledger import Ledger

LINE = Line(
    Expected(street(EAST)),
    "东",
    Came.RECEIVED,
    Timely.ON_TIME,
    0,
    date(2026, 1, 1),
    (FormCell(FormState.RECORDS, 3), FormCell(FormState.NIL)),
)


def points(score: Score | None) -> tuple[int | None, int | None, int]:
    assert score is not None
    return score.total, score.timely, score.quality


def test_score__nothing_to_take_off() -> None:
    assert points(score_of(LINE, Open())) == (100, 50, 50)


def test_score__every_part_by_itself() -> None:
    late = replace(LINE, timely=Timely.LATE, late=3)
    assert points(score_of(late, Open())) == (85, 35, 50)
    back = replace(LINE, back=Back(times=1))
    assert points(score_of(back, Open())) == (90, 50, 40)
    assert points(score_of(LINE, Open(errors=2))) == (96, 50, 46)
    assert points(score_of(LINE, Open(unexplained=2))) == (98, 50, 48)
    blank = replace(LINE, cells=(FormCell(FormState.BLANK), FormCell(FormState.NIL)))
    assert points(score_of(blank, Open())) == (95, 50, 45)


def test_score__no_part_costs_more_than_its_most() -> None:
    cells = (FormCell(FormState.NOT_CARRIED),) * 30
    bad = replace(LINE, timely=Timely.LATE, late=400, back=Back(times=9), cells=cells)
    assert points(score_of(bad, Open(99, 99))) == (0, 0, 0)


def test_score__without_a_last_day_there_is_none_in_all() -> None:
    free = replace(LINE, timely=Timely.NO_DEADLINE, due=None)
    assert points(score_of(free, Open())) == (None, None, 50)


@pytest.mark.parametrize(
    ("came", "timely", "score"),
    [
        (Came.NOTHING, Timely.MISSING, Score(0, 0, ())),
        (Came.BELOW, Timely.MISSING, Score(0, 0, ())),
        (Came.NOTHING, Timely.WAITING, None),
        (Came.NOTHING, Timely.NO_DEADLINE, None),
        (Came.TYPED, Timely.NOT_JUDGED, None),
    ],
)
def test_score__what_was_not_handed_in(
    came: Came, timely: Timely, score: Score | None
) -> None:
    assert score_of(replace(LINE, came=came, timely=timely), Open()) == score


def test_score__excused_has_none() -> None:
    excused = replace(LINE, expected=Expected(street(EAST), asked=False))
    assert score_of(excused, Open()) is None


@given(
    st.integers(0, 100),
    st.integers(0, 10),
    st.builds(Open, st.integers(0, 50), st.integers(0, 50)),
    st.lists(st.sampled_from(FormState), max_size=20),
)
def test_score__always_adds_up(
    late: int, times: int, found: Open, states: list[FormState]
) -> None:
    timely = Timely.LATE if late else Timely.ON_TIME
    cells = tuple(FormCell(state) for state in states)
    line = replace(LINE, late=late, timely=timely, cells=cells, back=Back(times=times))
    score = score_of(line, found)
    assert score is not None
    assert score.timely is not None
    off = {each.part: each.points for each in score.deductions}
    assert set(off) == set(Part)
    assert all(0 <= off[part] <= WEIGHTS[part].most for part in Part)
    assert score.timely == TIMELY - off[Part.LATE]
    others = sum(value for part, value in off.items() if part is not Part.LATE)
    assert score.quality == max(QUALITY - others, 0)
    assert score.total == score.timely + score.quality


def findings(ledger: Ledger) -> tuple[Finding, ...]:
    compiled = compiled_for(ledger, YEAR)
    parameters = period_parameters(compiled.pack, YEAR)
    return run_steps(audit_ledger(ledger, compiled.audit, parameters)).findings


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.mark.unmeasured
def test_open__errors_and_what_nobody_explained(desks: Desks) -> None:
    with opened(desks.new(*county_units(), village())) as county:
        add(county, "坏院", VILLAGE, beds_total=1, beds_nursing=2)
        put(county, area(EAST), "pop_60plus", 0)
        put(county, area(WEST), "pop_60plus", 0)
        found = open_by_unit(county, YEAR.code, findings(county))
        assert found[VILLAGE].errors == 1
        assert found[EAST] == Open(errors=1, unexplained=1)
        assert WEST not in found
        assert found[COUNTY].errors == 1
        assert "999" not in found


def test_open__what_is_explained_is_open_no_more(desks: Desks) -> None:
    from desktop.core.changes import NoteChange
    from tests.exchange.townships import do

    with opened(desks.new(*county_units())) as county:
        add(county, "大院", EAST, beds_total=5)
        put(county, area(EAST), "pop_60plus", 1)
        before = open_by_unit(county, YEAR.code, findings(county))
        assert before[EAST].unexplained == 1
        topic = "rule:area.beds_within_elders"
        text = "外地老人也住在这里，占 4 张床"
        do(county, NoteChange(area(EAST), topic, "", text))
        assert EAST not in open_by_unit(county, YEAR.code, findings(county))
        note(county, "大院", "rule:no.such", "没有这条")
        assert EAST not in open_by_unit(county, YEAR.code, findings(county))
