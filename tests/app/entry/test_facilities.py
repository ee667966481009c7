from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.edits import remove_records
from desktop.app.entry.facilities import CLOSED
from desktop.app.entry.facilities import Gone
from desktop.app.entry.facilities import close_facilities
from desktop.app.entry.facilities import gone_facilities
from desktop.app.entry.facilities import reopen_facilities
from desktop.core.changes import Action
from desktop.core.changes import FacilityId
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordKey
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.records import Applied
from tests import small
from tests.kinds import make_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)
THIRD = Period(PeriodKind.YEAR, 2027)
DAY = date(2026, 3, 31)
WHY = "房屋租约到期，老人已全部安置"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


@pytest.fixture
def form(ledger: Ledger) -> Form:
    return ledger.pack().form_by_id["eci"]


def names(ledger: Ledger, period: Period) -> list[object]:
    rows = ledger.rows("eci", ledger.ids("eci", period.code))
    return [row.cell("name") for row in rows]


def do(ledger: Ledger, action: Action) -> None:
    assert isinstance(ledger.apply(action), Applied)


def close(ledger: Ledger, form: Form, period: Period, *wanted: str) -> Action:
    rows = ledger.rows("eci", ledger.ids("eci", period.code))
    ids = [row.id for row in rows if row.cell("name") in wanted]
    action = close_facilities(ledger, form, ids, DAY, f" {WHY} ")
    do(ledger, action)
    return action


def gone(ledger: Ledger, form: Form, period: Period) -> dict[str, Gone]:
    return {each.name: each for each in gone_facilities(ledger, form, period.code)}


def key(facility: str, period: Period) -> RecordKey:
    return RecordKey("eci", period.code, FacilityId(facility))


def test_close__out_of_this_period_with_the_reason_and_not_in_the_next(
    ledger: Ledger, form: Form
) -> None:
    ledger.add_period(NEXT, small.YEAR)

    action = close(ledger, form, NEXT, "坏院")

    assert action.title == message("app.close-one", name="坏院")
    assert names(ledger, NEXT) == ["好院", "缺院"]
    assert names(ledger, small.YEAR) == ["好院", "坏院", "缺院"]
    said = f"2026-03-31 {WHY}"
    assert ledger.notes(key("坏院", NEXT)) == {CLOSED: said}
    ledger.add_period(THIRD, NEXT)
    assert names(ledger, THIRD) == ["好院", "缺院"]


def test_close__several_are_one_step_that_can_be_undone(
    ledger: Ledger, form: Form
) -> None:
    action = close(ledger, form, small.YEAR, "好院", "坏院")
    assert action.title == message("app.close", count=2)
    assert names(ledger, small.YEAR) == ["缺院"]

    do(ledger, Action(action.title, undo(action)))

    assert set(names(ledger, small.YEAR)) == {"好院", "坏院", "缺院"}
    assert ledger.notes(key("好院", small.YEAR)) == {}
    back = ledger.record(key("好院", small.YEAR))
    assert back is not None
    assert back.cell("beds_nursing") == 60


def test_gone__those_of_earlier_periods_and_those_closed_in_this_one(
    ledger: Ledger, form: Form
) -> None:
    assert gone(ledger, form, small.YEAR) == {}
    ledger.add_period(NEXT)
    small.put(ledger, "新院", beds_total=30)
    do(
        ledger,
        reopen_facilities(
            ledger, form, NEXT, [gone(ledger, form, NEXT)[name] for name in ("好院",)]
        ),
    )
    close(ledger, form, NEXT, "好院")

    found = gone(ledger, form, NEXT)

    assert {name: one.last for name, one in found.items()} == {
        "坏院": "2025",
        "新院": "2025",
        "缺院": "2025",
        "好院": "2026",
    }
    assert found["好院"].said.startswith("2026-03-31")
    assert found["坏院"].said == ""


def test_reopen__closed_in_this_period_comes_back_whole(
    ledger: Ledger, form: Form
) -> None:
    close(ledger, form, small.YEAR, "坏院")
    one = gone(ledger, form, small.YEAR)["坏院"]

    action = reopen_facilities(ledger, form, small.YEAR, [one])
    do(ledger, action)

    assert action.title == message("app.reopen-one", name="坏院")
    back = ledger.record(key("坏院", small.YEAR))
    assert back is not None
    assert (back.unit, back.cell("beds_nursing")) == (small.STREET, 120)
    assert ledger.notes(back.key) == {}
    assert gone(ledger, form, small.YEAR) == {}
    close(ledger, form, small.YEAR, "坏院")
    assert list(gone(ledger, form, small.YEAR)) == ["坏院"], "and again"


def test_reopen__of_an_earlier_period_with_what_stands_still(
    ledger: Ledger, form: Form
) -> None:
    ledger.add_period(NEXT)
    ledger.add_period(THIRD)
    found = gone(ledger, form, THIRD)

    action = reopen_facilities(ledger, form, THIRD, [found["坏院"], found["缺院"]])
    do(ledger, action)

    assert action.title == message("app.reopen", count=2)
    back = ledger.record(key("坏院", THIRD))
    assert back is not None
    assert back.filled() == (("name", "坏院"), ("status", "运营"))
    assert list(gone(ledger, form, THIRD)) == ["好院"]


def test_close__a_note_left_behind_by_an_earlier_closing_gives_way(
    ledger: Ledger, form: Form
) -> None:
    note = NoteChange(key("好院", small.YEAR), CLOSED, "", "2024-01-01 改造")
    do(ledger, Action(message("app.explain"), (note,)))
    close(ledger, form, small.YEAR, "好院")
    assert gone(ledger, form, small.YEAR)["好院"].said.startswith("2026-03-31")


def test_gone__one_that_was_only_removed_is_not_a_closed_one(
    ledger: Ledger, form: Form
) -> None:
    [record] = ledger.rows("eci", ledger.ids("eci", "2025")[:1])
    do(ledger, remove_records(form, [record]))
    assert gone(ledger, form, small.YEAR) == {}


def test_gone__a_note_of_something_never_there_is_none(
    ledger: Ledger, form: Form
) -> None:
    note = NoteChange(key("没有的", small.YEAR), CLOSED, "", "2024-01-01 改造")
    do(ledger, Action(message("app.explain"), (note,)))
    assert gone(ledger, form, small.YEAR) == {}


def test_gone__without_a_name_goes_by_its_unit(ledger: Ledger, form: Form) -> None:
    small.put(ledger, "无名", name="暂名")
    close(ledger, form, small.YEAR, "暂名")
    assert list(gone(ledger, form, small.YEAR)) == ["暂名"]


def test_reopen__of_one_form_brings_nothing_of_another(tmp_path: Path) -> None:
    with small.opened(make_kinds(tmp_path)) as ledger:
        small.put(ledger, "好院", beds_total=30)
        ledger.add_period(NEXT)
        form = ledger.pack().form_by_id["kinds"]
        found = gone_facilities(ledger, form, NEXT.code)

        action = reopen_facilities(ledger, form, NEXT, found)

        assert [one.name for one in found] == ["乙院", "甲院"]
        do(ledger, action)
        assert ledger.count("kinds", NEXT.code) == 2
        assert ledger.count("eci", NEXT.code) == 0
