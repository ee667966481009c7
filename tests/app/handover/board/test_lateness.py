from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import BoardFacts
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.board.lateness import due
from desktop.app.handover.board.lateness import judge
from desktop.app.handover.board.lateness import lineage_of
from desktop.app.handover.board.lateness import lock_verdict
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import VILLAGE
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.app.handover.boards import village
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

LAST = date(2026, 1, 1)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def county(desks: Desks) -> Iterator[Ledger]:
    """Give a county whose last day is over, locked."""
    with opened(desks.new(*county_units(), village())) as ledger:
        last_day(ledger, LAST)
        record(ledger, lambda to: to.lock(TODAY, locked=True))
        yield ledger


@pytest.mark.parametrize(
    ("last", "received", "found"),
    [
        (None, "2026-01-02T03:04:00+08:00", (Timely.NO_DEADLINE, 0)),
        (LAST, "2026-01-01T23:59:59+08:00", (Timely.ON_TIME, 0)),
        (LAST, "2026-01-02T00:00:00+08:00", (Timely.LATE, 1)),
        (LAST, "", (Timely.MISSING, 1)),
        (TODAY, "", (Timely.WAITING, 0)),
    ],
)
def test_judge(last: date | None, received: str, found: tuple[Timely, int]) -> None:
    assert judge(last, received, TODAY) == found


def test_due__an_exception_only_ever_gives_more_time() -> None:
    later, earlier = date(2026, 3, 1), date(2025, 12, 1)
    grace = {"a": Grace(later, ""), "b": Grace(earlier, ""), "c": Grace(None, "")}
    facts = BoardFacts(LAST, grace=grace)
    assert [due(facts, unit) for unit in "abcd"] == [later, LAST, LAST, LAST]
    assert due(BoardFacts(grace=grace), "a") is None


def test_lock__takes_nothing_late(county: Ledger) -> None:
    said = lock_verdict(county, YEAR.code, EAST, TODAY)
    assert said is not None
    assert said.code == "board.locked"
    assert dict(said.params) == {"unit": "华阳路街道", "deadline": "2026-01-01"}
    unknown = lock_verdict(county, YEAR.code, "310105099", TODAY)
    assert unknown is not None
    assert dict(unknown.params)["unit"] == "310105099"


def test_lock__in_time_or_unlocked(county: Ledger) -> None:
    assert lock_verdict(county, YEAR.code, EAST, LAST) is None
    record(county, lambda to: to.lock(TODAY, locked=False))
    assert lock_verdict(county, YEAR.code, EAST, TODAY) is None


def test_lock__without_a_last_day_nothing_is_late(county: Ledger) -> None:
    last_day(county, None)
    assert lock_verdict(county, YEAR.code, EAST, TODAY) is None


def test_lock__an_exception_up_to_its_day__for_what_is_below_too(
    county: Ledger,
) -> None:
    record(county, lambda to: to.grace(EAST, "东", Grace(date(2026, 1, 5), "停电")))
    for unit in (EAST, VILLAGE):
        assert lock_verdict(county, YEAR.code, unit, date(2026, 1, 5)) is None
        assert lock_verdict(county, YEAR.code, unit, date(2026, 1, 6)) is not None
    assert lock_verdict(county, YEAR.code, WEST, TODAY) is not None
    record(county, lambda to: to.grace(WEST, "西", Grace(None, "请示过")))
    assert lock_verdict(county, YEAR.code, WEST, date(2030, 1, 1)) is None


def test_lock__being_excused_is_no_exception(county: Ledger) -> None:
    record(county, lambda to: to.asked(EAST, "东", Asked(False, "撤并")))
    assert lock_verdict(county, YEAR.code, EAST, TODAY) is not None


def test_lock__what_was_sent_back_may_come_again(county: Ledger, desks: Desks) -> None:
    with opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=1)
        read = submit(east)
    record(county, lambda to: to.lock(TODAY, locked=False))
    take(county, read)
    record(county, lambda to: to.lock(TODAY, locked=True))
    sent_back(county, read, "eci/甲院/beds_total")
    assert lock_verdict(county, YEAR.code, EAST, TODAY) is not None
    issued(county)
    assert lock_verdict(county, YEAR.code, EAST, TODAY) is None
    assert lock_verdict(county, YEAR.code, WEST, TODAY) is not None


def test_lock__what_was_sent_back_only_up_to_its_day(
    county: Ledger, desks: Desks
) -> None:
    from desktop.app.handover.slips.returning import tracked
    from desktop.app.handover.slips.slips import set_due

    with opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=1)
        read = submit(east)
    take(county, read)
    sent_back(county, read, "eci/甲院/beds_total")
    (one,) = tracked(county, YEAR.code)
    done(county, set_due(county, one.slip, "2026-01-10"))
    issued(county)
    assert lock_verdict(county, YEAR.code, EAST, date(2026, 1, 10)) is None
    assert lock_verdict(county, YEAR.code, EAST, date(2026, 1, 11)) is not None


def test_lineage__nearest_first(county: Ledger) -> None:
    units = {str(unit.code): unit for unit in county.units()}
    assert lineage_of(units, VILLAGE) == [VILLAGE, EAST, "310105"]
    assert lineage_of(units, "999") == []
