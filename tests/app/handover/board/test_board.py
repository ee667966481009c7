"""The board, from real files received by a real county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.slips.receipts import accept
from desktop.core.unit import UnitLevel
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.boards import TODAY
from tests.app.handover.boards import VILLAGE
from tests.app.handover.boards import board
from tests.app.handover.boards import by_the_clock
from tests.app.handover.boards import handed_in
from tests.app.handover.boards import last_day
from tests.app.handover.boards import line
from tests.app.handover.boards import record
from tests.app.handover.boards import village
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import county_units
from tests.exchange.townships import nil
from tests.exchange.townships import opened
from tests.exchange.townships import redo
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.receiving.reading import Read
    from desktop.store.ledger import Ledger

YESTERDAY = date(2026, 1, 1)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def county(desks: Desks) -> Iterator[Ledger]:
    with opened(desks.new(*county_units(), village())) as ledger:
        yield ledger


def of_east(desks: Desks, *homes: str) -> Read:
    with opened(desks.new(street(EAST))) as ledger:
        for home in homes:
            add(ledger, home, EAST, beds_total=10)
        return submit(ledger)


def states(told: Line) -> list[FormState]:
    return [cell.state for cell in told.cells]


def test_board__before_anything_came(county: Ledger) -> None:
    told = board(county)
    assert [one.came for one in told.lines] == [Came.NOTHING, Came.NOTHING]
    assert [one.timely for one in told.lines] == [Timely.NO_DEADLINE] * 2
    assert all(state is FormState.NOTHING for state in states(told.lines[0]))
    assert (told.sums.expected, told.sums.handed_in, told.sums.waiting) == (2, 0, 2)
    assert told.line("999") is None
    levels = [(one.level, one.units, one.present) for one in told.levels]
    assert levels == [(UnitLevel.TOWNSHIP, 2, 0), (UnitLevel.VILLAGE, 1, 0)]


def test_board__a_unit_that_is_no_more_is_in_no_number(desks: Desks) -> None:
    root, east, west = county_units()
    with opened(desks.new(root, east, replace(west, until="2024"))) as ledger:
        told = board(ledger)
    assert [str(one.unit.code) for one in told.lines] == [EAST]
    assert [one.units for one in told.levels] == [1]


def test_board__what_was_received(county: Ledger, desks: Desks) -> None:
    take(county, of_east(desks, "甲院", "乙院"))
    last_day(county, TODAY)
    told = board(county)
    east, west = told.lines
    assert (east.came, east.timely, east.late) == (Came.RECEIVED, Timely.ON_TIME, 0)
    assert states(east) == [FormState.RECORDS, FormState.RECORDS]
    assert east.cells[0].records == 2
    assert (west.came, west.timely) == (Came.NOTHING, Timely.WAITING)
    assert west.lacking(told.forms) == told.forms
    assert east.lacking(told.forms) == ()
    assert (told.sums.own, told.sums.others, told.sums.on_time) == (1, 0, 1)
    covered = [(one.form.id, one.answered, one.nil) for one in told.coverage]
    assert covered == [("eci", 1, 0), ("area", 1, 0)]


def test_board__the_countys_own_clock_counts(county: Ledger, desks: Desks) -> None:
    """A township's clock is years off, both ways; both times are told."""
    last_day(county, YESTERDAY)
    wrong = by_the_clock(of_east(desks, "甲院"), "1999-01-01T08:00:00.000+08:00")
    take(county, wrong)
    east = line(county, EAST)
    assert (east.timely, east.late) == (Timely.LATE, 1)
    assert east.first is not None
    assert east.first.at.startswith("2026-01-02")
    assert east.first.package.made.startswith("1999-01-01")
    west = line(county, WEST)
    assert (west.timely, west.late) == (Timely.MISSING, 1)
    assert board(county).sums.missing == 1


def test_board__an_update_came_later__but_the_first_was_on_time(
    county: Ledger, desks: Desks
) -> None:
    with opened(desks.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=10)
        take(county, submit(east))
        beds(east, "甲院", 20)
        second = submit(east)
    take(county, second)
    told = line(county, EAST)
    assert len(told.counting) == 2
    assert second.envelope is not None
    assert told.newest is not None
    assert told.newest.package.id == second.envelope.digest
    assert told.first is not told.newest


def test_board__what_was_taken_back_counts_no_more(
    county: Ledger, desks: Desks
) -> None:
    read = of_east(desks, "甲院")
    take(county, read)
    undo(county, read)
    told = line(county, EAST)
    assert (told.came, told.aside, told.first) == (Came.NOTHING, 1, None)
    redo(county, read)
    assert line(county, EAST).came is Came.RECEIVED


def test_board__what_was_left_aside(county: Ledger, desks: Desks) -> None:
    take(county, of_east(desks, "甲院"), wish=skipped)
    assert (line(county, EAST).came, line(county, EAST).aside) == (Came.NOTHING, 1)


def test_board__nil_and_blank_are_not_the_same(county: Ledger, desks: Desks) -> None:
    with opened(desks.new(street(EAST))) as east:
        nil(east, EAST, now=True)
        take(county, submit(east))
    with opened(desks.new(street(WEST))) as west:
        take(county, submit(west))
    told = board(county)
    assert states(told.lines[0])[0] is FormState.NIL
    assert states(told.lines[1])[0] is FormState.BLANK
    assert [form.id for form in told.lines[1].lacking(told.forms)] == ["eci"]
    assert (told.coverage[0].answered, told.coverage[0].nil) == (1, 1)


def test_board__sums_alone__and_forms_that_did_not_come(
    county: Ledger, desks: Desks
) -> None:
    path = desks.new(street(EAST))
    with opened(path) as east:
        add(east, "甲院", EAST, beds_total=10)
    take(county, handed_in(path, frozenset({"area"})))
    assert states(line(county, EAST)) == [FormState.TOTALS, FormState.RECORDS]
    other = desks.new(street(WEST))
    take(county, handed_in(other, frozenset({"eci"}), totals=False))
    assert states(line(county, WEST)) == [FormState.BLANK, FormState.NOT_CARRIED]


def test_board__sums_after_records_change_nothing_of_them(
    county: Ledger, desks: Desks
) -> None:
    """A later file without rosters says nothing of them: nobody is removed by it."""
    path = desks.new(street(EAST))
    with opened(path) as east:
        add(east, "甲院", EAST, beds_total=10)
    take(county, handed_in(path))
    with opened(path) as east:
        add(east, "乙院", EAST, beds_total=5)
    later = handed_in(path, frozenset({"area"}))
    take(county, later)
    told = line(county, EAST)
    assert states(told) == [FormState.RECORDS, FormState.RECORDS]
    assert told.cells[0].records == 1
    undo(county, later)
    assert line(county, EAST).cells[0].records == 1


def test_board__returned_and_accepted(county: Ledger, desks: Desks) -> None:
    read = of_east(desks, "甲院")
    take(county, read)
    sent_back(county, read, "eci/甲院/beds_total")
    assert line(county, EAST).came is Came.RECEIVED
    assert line(county, EAST).back.times == 0
    issued(county)
    told = line(county, EAST)
    assert (told.came, told.back.times, told.back.open) == (Came.RETURNED, 1, 1)
    assert board(county).sums.returned == 1
    with opened(desks.new(street(WEST))) as west:
        add(west, "西院", WEST, beds_total=1)
        other = submit(west)
    take(county, other)
    done(county, accept(county, package_of(county, other), "2026-01-02"))
    assert line(county, WEST).came is Came.ACCEPTED
    assert board(county).sums.accepted == 1


def test_board__typed_in_here_is_counted_apart(county: Ledger) -> None:
    add(county, "东院", EAST, beds_total=1)
    last_day(county, YESTERDAY)
    told = board(county)
    east = told.lines[0]
    assert (east.came, east.timely) == (Came.TYPED, Timely.NOT_JUDGED)
    assert states(east) == [FormState.RECORDS, FormState.NOTHING]
    assert (told.sums.own, told.sums.others, told.sums.missing) == (0, 1, 1)
    assert east.for_it
    assert not east.waiting


def test_board__made_on_its_behalf(county: Ledger, desks: Desks) -> None:
    read = of_east(desks, "甲院")
    take(county, read)
    id_ = package_of(county, read).id
    record(county, lambda to: to.instead(id_, "东", Instead("李科", "电脑坏了")))
    told = board(county)
    assert told.lines[0].instead == Instead("李科", "电脑坏了")
    assert (told.sums.own, told.sums.others, told.sums.handed_in) == (0, 1, 1)


def test_board__a_village_past_its_street(county: Ledger, desks: Desks) -> None:
    with opened(desks.new(village())) as ledger:
        add(ledger, "村院", VILLAGE, beds_total=1)
        take(county, submit(ledger))
    east = line(county, EAST)
    assert (east.came, east.below) == (Came.BELOW, 1)
    assert east.waiting
    record(county, lambda to: to.asked(VILLAGE, "东村", Asked(True, "直报")))
    below = line(county, VILLAGE)
    assert (below.came, below.by_other) == (Came.RECEIVED, "")
    assert below.cells[0].records == 1


def test_board__a_street_that_answers_for_its_village(
    county: Ledger, desks: Desks
) -> None:
    record(county, lambda to: to.asked(VILLAGE, "东村", Asked(True, "直报")))
    with opened(desks.new(street(EAST), village())) as ledger:
        add(ledger, "村院", VILLAGE, beds_total=1)
        take(county, submit(ledger))
    below = line(county, VILLAGE)
    assert (below.came, below.by_other) == (Came.RECEIVED, "华阳路街道")
    assert below.for_it


def test_board__of_units_this_ledger_does_not_know(desks: Desks) -> None:
    """A ledger of the street names a village that the county has not."""
    with opened(desks.new(street(EAST), village())) as ledger:
        add(ledger, "村院", VILLAGE, beds_total=1)
        read = submit(ledger)
    with opened(desks.new(*county_units())) as county:
        take(county, read)
        assert line(county, EAST).cells[0].records == 1


def test_board__excused_is_in_no_number(county: Ledger) -> None:
    record(county, lambda to: to.asked(WEST, "西", Asked(False, "撤并")))
    told = board(county)
    assert (told.sums.expected, told.sums.excused) == (1, 1)
    assert told.coverage[0].expected == 1
    west = told.line(WEST)
    assert west is not None
    assert not west.waiting


def test_board__a_form_that_is_not_asked_is_in_no_number(
    county: Ledger, desks: Desks
) -> None:
    record(county, lambda to: to.form("eci", "养老", Asked(False, "县里填")))
    take(county, of_east(desks))
    told = board(county)
    assert [form.id for form in told.forms] == ["area"]
    assert [form.id for form in told.spared] == ["eci"]
    east = told.lines[0]
    assert states(east) == [FormState.RECORDS]
    assert east.lacking(told.forms) == ()
    record(county, lambda to: to.form("eci", "养老", None))
    assert [form.id for form in board(county).forms] == ["eci", "area"]


def test_board__an_exception_gives_more_time(county: Ledger) -> None:
    last_day(county, YESTERDAY)
    record(county, lambda to: to.grace(EAST, "东", Grace(TODAY, "停电")))
    east = line(county, EAST)
    assert (east.timely, east.due) == (Timely.WAITING, TODAY)
    assert east.grace == Grace(TODAY, "停电")


def test_board__who_recorded_what(county: Ledger) -> None:
    record(county, lambda to: to.grace(EAST, "东", Grace(TODAY, "停电")))
    assert board(county).recorded[f"period.grace.{EAST}"].who == "张三"


def test_board__of_a_prefecture__with_the_counties_levels(desks: Desks) -> None:
    from tests.app.handover.prefecture import city_units

    with opened(desks.new(*city_units())) as city:
        told = board(city)
    assert [str(one.unit.code) for one in told.lines] == [COUNTY, "310106"]
    assert [one.level for one in told.levels] == [UnitLevel.COUNTY, UnitLevel.TOWNSHIP]
