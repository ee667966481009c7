from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.pasting import BlockPlan
from desktop.app.entry.pasting import Target
from desktop.app.entry.pasting import action_of
from desktop.app.entry.pasting import plan_down
from desktop.app.entry.pasting import plan_fill
from desktop.app.entry.pasting import plan_paste
from desktop.app.entry.pasting import same_cell
from desktop.app.entry.pasting import to_the_right
from desktop.app.entry.pasting import with_new_records
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import CellChange
from desktop.core.changes import RecordAdded
from desktop.core.messages import message
from desktop.store.records import Applied
from tests import kinds
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

FIELDS = ("name", "area", "count", "kind", "double")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(kinds.make_kinds(tmp_path)) as opened:
        yield opened


def form(ledger: Ledger) -> Form:
    return ledger.pack().form_by_id["kinds"]


def records(ledger: Ledger) -> list[Record]:
    return ledger.rows("kinds", ledger.ids("kinds", small.YEAR.code))


def target(ledger: Ledger, *fields: str, first: int = 0) -> Target:
    made = form(ledger)
    choices = {one.id: ledger.pack().choices("kinds", one.id) for one in made.fields}
    units = {str(unit.code): unit for unit in ledger.units()}
    names = fields or FIELDS
    there = records(ledger)[first:]
    return Target(made, first, there, [made.by_id[n] for n in names], choices, units)


def plan(block: list[list[str]], where: Target) -> BlockPlan:
    return run_steps(plan_paste(block, where))


# --- Planning --------------------------------------------------------------------


def test_plan__reads_each_text_by_its_field(ledger: Ledger) -> None:
    made = plan(
        [["丙院", "", "１２", "乙类"], ["丁院", "", "不详", "2"]], target(ledger)
    )
    assert made.fits
    assert [(one.row, one.field.id, one.before, one.after) for one in made.edits] == [
        (0, "name", "甲院", "丙院"),
        (0, "count", 3, 12),
        (0, "kind", "甲类", "乙类"),
        (1, "name", "乙院", "丁院"),
        (1, "count", BLANK, Absent.UNKNOWN),
        (1, "kind", BLANK, "乙类"),
    ]


def test_plan__what_stands_there_already_is_no_change(ledger: Ledger) -> None:
    made = plan([["甲院", "", "3"]], target(ledger))
    assert (made.edits, made.same, made.fits) == ((), 3, True)


def test_plan__what_does_not_fit_is_named_with_its_reason(ledger: Ledger) -> None:
    made = plan([["x", "", "很多", "关门"]], target(ledger))
    assert [one.field.id for one in made.edits] == ["name"]
    [beds, kind] = made.refused
    assert (beds.row, beds.field, beds.text) == (
        0,
        form(ledger).by_id["count"],
        "很多",
    )
    assert beds.record == records(ledger)[0]
    assert beds.why.code == "forms.entry.whole"
    assert kind.text == "关门"
    assert not made.fits


def test_plan__locked_cells_pass_where_they_say_the_same(ledger: Ledger) -> None:
    unit = next(one.name for one in ledger.units() if one.code == small.STREET)
    made = plan([["甲院", unit, "3", "甲类", "6"]], target(ledger))
    assert (made.fits, made.same) == (True, 5)
    made = plan([["甲院", "别处", "3", "甲类", "7"]], target(ledger))
    assert [(one.text, one.why) for one in made.refused] == [
        ("别处", message("app.paste.locked")),
        ("7", message("app.paste.locked")),
    ]


def test_plan__beside_the_form_texts_are_refused_and_blanks_are_not(
    ledger: Ledger,
) -> None:
    made = plan([["1", "2", " "]], target(ledger, "count"))
    [beside] = made.refused
    assert (beside.field, beside.text) == (None, "2")
    assert beside.why == message("app.paste.beside")


def test_plan__rows_below_the_last_record_could_be_new_ones(ledger: Ledger) -> None:
    block = [["乙院"], ["丙院", "别处", "x", ""], ["", " "], ["丁院", "", "7"]]
    made = plan(block, target(ledger, first=1))
    assert made.edits == ()
    assert made.surplus == ((("name", "丙院"),), (("name", "丁院"), ("count", 7)))
    assert made.added == 3
    assert [(one.row, one.record, one.text) for one in made.refused] == [
        (2, None, "别处"),
        (2, None, "x"),
    ]


def test_plan__a_unit_form_takes_no_new_records(ledger: Ledger) -> None:
    area = ledger.pack().form_by_id["area"]
    choices = {one.id: ledger.pack().choices("area", one.id) for one in area.fields}
    where = Target(area, 0, (), area.stored, choices, {})
    made = plan([["7", ""]], where)
    assert made.surplus == ()
    assert [one.why for one in made.refused] == [message("app.paste.below")]


def test_plan__tells_how_far_it_is(ledger: Ledger) -> None:
    steps = plan_paste([["1"]] * 401, target(ledger, "count"))
    assert [progress.done for progress in steps] == [0, 200, 400]


def test_same_cell__one_is_not_yes_and_blank_is_not_nought() -> None:
    assert same_cell(1, 1)
    assert not same_cell(1, True)
    assert not same_cell(BLANK, 0)
    assert not same_cell(Absent.UNKNOWN, Absent.NOT_APPLICABLE)


# --- Filling ---------------------------------------------------------------------


def test_fill__where_the_field_takes_it(ledger: Ledger) -> None:
    fields = form(ledger).fields
    made = plan_fill((4, 7), records(ledger), fields, Absent.UNKNOWN)
    assert {one.row for one in made.edits} == {4, 7}
    assert {one.field.id for one in made.edits} == {
        one.id for one in form(ledger).stored
    }
    cleared = plan_fill((4, 7), records(ledger), fields, BLANK)
    assert {one.field.id for one in cleared.edits} == {"name", "count", "kind"}
    marked = plan_fill((4, 7), records(ledger), fields, Absent.NOT_APPLICABLE)
    takes = {one.id for one in form(ledger).stored if one.not_applicable}
    assert {one.field.id for one in marked.edits} == takes


def test_down__repeats_the_first_record(ledger: Ledger) -> None:
    made = plan_down((0, 1), records(ledger), form(ledger).fields)
    assert {(one.row, one.field.id, one.after) for one in made.edits} == {
        (1, "name", "甲院"),
        (1, "count", 3),
        (1, "kind", "甲类"),
    }


def test_right__repeats_the_first_field_as_text(ledger: Ledger) -> None:
    fields = [form(ledger).by_id[name] for name in ("count", "share", "name")]
    assert to_the_right(records(ledger), fields, {}) == [["3"] * 3, [""] * 3]


# --- Actions ---------------------------------------------------------------------


def test_action__is_named_by_what_it_changes_and_can_be_done(ledger: Ledger) -> None:
    made = plan([["丙院", "", "12"], ["丁院", "", "13"]], target(ledger))
    action = action_of(made, "app.paste")
    assert action.title == message("app.paste", count=4)
    assert all(isinstance(change, CellChange) for change in action.changes)
    assert isinstance(ledger.apply(action), Applied)
    assert [one.cells["count"] for one in records(ledger)] == [12, 13]


def test_action__with_new_records_is_one_step(ledger: Ledger) -> None:
    numbers = count(1)
    made = plan([["丁院", "", "9"], ["戊院", "", "8"]], target(ledger, first=1))
    action = with_new_records(
        made,
        form(ledger),
        (small.YEAR, small.COUNTY),
        lambda: f"n{next(numbers)}",
    )
    assert action.title == message("app.paste-and-add", count=4, records=1)
    assert isinstance(ledger.apply(action), Applied)
    [_, changed, new] = records(ledger)
    assert (changed.cells["name"], changed.cells["count"]) == ("丁院", 9)
    assert (new.cells["name"], new.cells["count"], new.unit) == (
        "戊院",
        8,
        small.COUNTY,
    )
    [added] = [one for one in action.changes if isinstance(one, RecordAdded)]
    assert added.record.facility == "n1"
