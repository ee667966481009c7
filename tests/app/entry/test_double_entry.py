from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.double_entry import SecondCell
from desktop.app.entry.double_entry import Standing
from desktop.app.entry.double_entry import key_again
from desktop.app.entry.double_entry import second_cells
from desktop.app.entry.double_entry import second_topic
from desktop.app.entry.double_entry import settle_second
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger

FIELDS = ("beds_total", "beds_nursing")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with small.opened(small.make_filled(tmp_path)) as opened:
        yield opened


def cells(ledger: Ledger) -> dict[tuple[str, str], SecondCell]:
    pack = ledger.pack()
    found = second_cells(ledger, pack, "eci", "2025", FIELDS)
    return {(str(one.record.cell("name")), one.field.id): one for one in found}


def apply(ledger: Ledger, action: Action) -> None:
    assert isinstance(ledger.apply(action), Applied)


def key(ledger: Ledger, name: str, field: str, second: Cell) -> Standing:
    apply(ledger, key_again(cells(ledger)[name, field], second))
    return cells(ledger)[name, field].standing


def test_second_cells__all_wait_at_first(ledger: Ledger) -> None:
    assert {one.standing for one in cells(ledger).values()} == {Standing.WAITING}
    assert len(cells(ledger)) == 3 * len(FIELDS)


@pytest.mark.parametrize(
    ("second", "standing"),
    [
        (100, Standing.AGREEING),
        (101, Standing.DIFFERENT),
        (Absent.UNKNOWN, Standing.DIFFERENT),
        (Absent.NOT_APPLICABLE, Standing.DIFFERENT),
        (BLANK, Standing.WAITING),
    ],
)
def test_key_again__stands_beside_the_first(
    ledger: Ledger, second: Cell, standing: Standing
) -> None:
    assert key(ledger, "好院", "beds_total", second) is standing
    assert cells(ledger)["好院", "beds_total"].first == 100


def test_key_again__can_be_taken_back(ledger: Ledger) -> None:
    action = key_again(cells(ledger)["好院", "beds_total"], 7)
    apply(ledger, action)
    apply(ledger, Action(action.title, undo(action)))
    assert cells(ledger)["好院", "beds_total"].standing is Standing.WAITING


def test_settle__each_way_and_in_one_step(ledger: Ledger) -> None:
    assert key(ledger, "好院", "beds_total", 99) is Standing.DIFFERENT
    assert key(ledger, "坏院", "beds_nursing", 12) is Standing.DIFFERENT
    found = cells(ledger)
    action = settle_second(
        [found["好院", "beds_total"]], [found["坏院", "beds_nursing"]]
    )
    apply(ledger, action)
    after = cells(ledger)
    assert after["好院", "beds_total"].first == 100
    assert after["坏院", "beds_nursing"].first == 12
    assert after["好院", "beds_total"].standing is Standing.AGREEING
    assert after["坏院", "beds_nursing"].standing is Standing.AGREEING
    apply(ledger, Action(action.title, undo(action)))
    assert cells(ledger)["坏院", "beds_nursing"].first == 120


def test_settle__a_first_entry_that_is_blank_waits_again(ledger: Ledger) -> None:
    assert key(ledger, "缺院", "beds_nursing", 5) is Standing.DIFFERENT
    apply(ledger, settle_second([cells(ledger)["缺院", "beds_nursing"]], []))
    assert cells(ledger)["缺院", "beds_nursing"].standing is Standing.WAITING


def test_second_cells__what_cannot_be_read_any_more_waits(ledger: Ledger) -> None:
    record = cells(ledger)["好院", "beds_total"].record
    topic = second_topic("beds_total")
    note = NoteChange(record.key, topic, "", "一百")
    apply(ledger, Action(message("app.explain"), (note,)))
    assert cells(ledger)["好院", "beds_total"].standing is Standing.WAITING
    assert key(ledger, "好院", "beds_total", 100) is Standing.AGREEING
