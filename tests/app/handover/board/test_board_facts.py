from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.board.board_facts import EXPECTED
from desktop.app.handover.board.board_facts import GRACE
from desktop.app.handover.board.board_facts import INSTEAD
from desktop.app.handover.board.board_facts import LOCK
from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_facts import Recording
from desktop.app.handover.board.board_facts import facts_of
from desktop.app.handover.board.board_facts import recorded_by
from tests.app.handover.back_and_forth import refused
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import last_day
from tests.app.handover.boards import record
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

DAY = date(2026, 2, 1)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Ledger]:
    with opened(Desks(tmp_path).new(*county_units())) as ledger:
        yield ledger


def test_facts__nothing_recorded(county: Ledger) -> None:
    facts = facts_of(county.choices(YEAR.code))
    assert (facts.deadline, facts.locked, facts.damaged) == (None, False, ())
    assert [facts.asked, facts.grace, facts.instead] == [{}, {}, {}]


def test_recording__is_read_back_as_it_was_recorded(county: Ledger) -> None:
    record(county, lambda to: to.asked(EAST, "东", Asked(False, "撤并")))
    record(county, lambda to: to.grace(WEST, "西", Grace(DAY, "停电")))
    record(county, lambda to: to.grace(EAST, "东", Grace(None, "请示过")))
    record(county, lambda to: to.instead("ab12", "东", Instead("李科", "电脑坏了")))
    last_day(county, date(2026, 1, 1))
    record(county, lambda to: to.lock(TODAY, locked=True))

    facts = facts_of(county.choices(YEAR.code))
    assert facts.asked == {EAST: Asked(False, "撤并")}
    assert facts.grace == {WEST: Grace(DAY, "停电"), EAST: Grace(None, "请示过")}
    assert facts.instead == {"ab12": Instead("李科", "电脑坏了")}
    assert facts.locked
    who = recorded_by(county, YEAR.code)
    assert who[EXPECTED + EAST].who == "张三"
    assert who[LOCK].at.startswith("2026-01-02")


def test_recording__back_to_nothing(county: Ledger) -> None:
    record(county, lambda to: to.asked(EAST, "东", Asked(True, "直报")))
    record(county, lambda to: to.grace(EAST, "东", Grace(None, "请示过")))
    record(county, lambda to: to.instead("ab12", "东", Instead("李科", "电脑坏了")))
    record(county, lambda to: to.asked(EAST, "东", None))
    record(county, lambda to: to.grace(EAST, "东", None))
    record(county, lambda to: to.instead("ab12", "东", None))
    record(county, lambda to: to.lock(TODAY, locked=False))
    assert county.choices(YEAR.code) == {}


def test_recording__not_without_a_reason(county: Ledger) -> None:
    to = Recording(YEAR.code, county.choices(YEAR.code))
    assert refused(to.asked(EAST, "东", Asked(False, "  "))) == "board.reason_wanted"
    assert refused(to.grace(EAST, "东", Grace(None, ""))) == "board.reason_wanted"


def test_lock__only_once_the_last_day_is_over(county: Ledger) -> None:
    to = Recording(YEAR.code, county.choices(YEAR.code))
    assert refused(to.lock(TODAY, locked=True)) == "board.no_deadline"
    last_day(county, TODAY)
    to = Recording(YEAR.code, county.choices(YEAR.code))
    assert refused(to.lock(TODAY, locked=True)) == "board.lock_early"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (EXPECTED + EAST, "no JSON"),
        (EXPECTED + EAST, '"text"'),
        (EXPECTED + EAST, json.dumps({"asked": "yes", "reason": ""})),
        (GRACE + EAST, json.dumps({"until": "morgen", "reason": ""})),
        (GRACE + EAST, json.dumps({"until": 7, "reason": ""})),
        (INSTEAD + "ab", json.dumps({"who": "x"})),
    ],
)
def test_facts__what_is_damaged_is_said_and_does_not_count(
    name: str, value: str
) -> None:
    facts = facts_of({name: value})
    assert [said.code for said in facts.damaged] == ["board.damaged_fact"]
    assert [facts.asked, facts.grace, facts.instead] == [{}, {}, {}]


def test_facts__a_damaged_lock_still_locks() -> None:
    assert facts_of({LOCK: "??"}).locked
