from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QProgressDialog

from desktop.app.entry.pasting import BlockPlan
from desktop.app.entry.pasting import Edit
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.ui.desk import Place
from desktop.ui.entry import block_work
from desktop.ui.entry.block_work import SMALL
from desktop.ui.entry.block_work import BlockWork
from desktop.ui.entry.block_work import Waiting
from desktop.ui.entry.block_work import records_of
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import records
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from desktop.app.progress import Steps
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def names(records: Sequence[Record]) -> Steps[list[object]]:
    for number, _ in enumerate(records):
        yield Progress(number, len(records), message("app.copying"))
    return [record.cell("name") for record in records]


def test_small_blocks__are_dealt_with_at_once(hand: Hand) -> None:
    found: list[list[object]] = []
    BlockWork(hand.page).carry_out((0, 2), 2, names, found.append)
    assert found == [["好院", "缺院"]]


def test_large_blocks__wait_for_the_ledger(hand: Hand) -> None:
    found: list[list[object]] = []
    BlockWork(hand.page).carry_out((0, 1, 2), SMALL + 1, names, found.append)
    assert found == []
    hand.qtbot.waitUntil(lambda: bool(found))
    assert found == [["好院", "坏院", "缺院"]]
    assert every(hand.page, QProgressDialog) == [], "it was too short to show one"


def test_large_blocks__can_be_stopped(hand: Hand) -> None:
    found: list[list[object]] = []
    blocks, gate = BlockWork(hand.page), Event()
    hand.work.session.thread.call(lambda _: gate.wait(10))
    blocks.carry_out((0, 1, 2), SMALL + 1, names, found.append)
    [waiting] = every(hand.page, Waiting)
    waiting.show()
    [box] = every(hand.page, QProgressDialog)
    assert box.isVisible()
    box.canceled.emit()
    gate.set()
    hand.qtbot.waitUntil(lambda: blocks.idle)
    assert found == []
    hand.qtbot.waitUntil(lambda: every(hand.page, QProgressDialog) == [])


def test_large_blocks__one_after_the_other(hand: Hand) -> None:
    found: list[list[object]] = []
    blocks = BlockWork(hand.page)
    blocks.carry_out((0,), SMALL + 1, names, found.append)
    blocks.carry_out((1,), SMALL + 1, names, found.append)
    hand.qtbot.waitUntil(lambda: blocks.idle)
    assert found == [["好院"]]


def test_large_blocks__of_a_form_one_has_left_are_dropped(hand: Hand) -> None:
    found: list[list[object]] = []
    blocks = BlockWork(hand.page)
    blocks.carry_out((0, 1, 2), SMALL + 1, names, found.append)
    hand.work.desk.move(Place("area"))
    hand.qtbot.waitUntil(lambda: blocks.idle)
    assert found == []


def test_large_blocks__records_that_went_meanwhile_stop_it(hand: Hand) -> None:
    found: list[list[object]] = []
    blocks = BlockWork(hand.page)
    hand.choose(1, 1, "name")
    hand.work.desk.asked.emit("record.remove")
    blocks.carry_out((0, 1, 2), SMALL + 1, names, found.append)
    hand.qtbot.waitUntil(lambda: blocks.idle)
    drain(hand.work)
    assert found == []


def test_run__one_after_the_other(hand: Hand) -> None:
    found: list[str] = []
    blocks = BlockWork(hand.page)

    def steps(ledger: Ledger) -> Steps[str]:
        yield Progress(0, 1, message("app.finding"))
        return str(ledger.path.suffix)

    blocks.run(steps, found.append)
    blocks.run(steps, found.append)
    hand.qtbot.waitUntil(lambda: blocks.idle)
    assert found == [".taizhang"]


@pytest.mark.parametrize("small", [SMALL, 0])
def test_apply__says_so_when_it_is_kept(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(block_work, "SMALL", small)
    told: list[bool] = []
    blocks, [record, *_] = BlockWork(hand.page), records(hand.work, "eci")
    field = hand.model.form.by_id["name"]

    def rename(name: str) -> None:
        plan = BlockPlan((Edit(0, record, field, name),))
        blocks.apply(plan, "app.replace", told.append)
        hand.qtbot.wait(1)
        drain(hand.work)

    rename("新院")
    assert told == [True]
    # What stood there was another text by now: the ledger refuses the second one.
    rename("旧院")
    assert told == [True, False]
    assert hand.cells("name")[0] == "新院"


def test_records__of_neighbouring_rows_and_of_others(hand: Hand) -> None:
    ids = list(hand.model.ids)
    assert records_of(hand.model, (0, 1, 2)) == ids
    assert records_of(hand.model, (0, 2)) == [ids[0], ids[2]]
    assert records_of(hand.model, ()) == []


def test_waiting__tells_how_far_the_work_is(hand: Hand) -> None:
    waiting = Waiting(hand.work.say, hand.page)
    waiting.tell(Progress(3, 12, message("app.copying")))
    waiting.show()
    [box] = every(hand.page, QProgressDialog)
    assert (box.value(), box.maximum(), box.labelText()) == (3, 12, "正在复制…")
    waiting.tell(Progress(9, 12, message("app.copying")))
    assert box.value() == 9
    waiting.end()
    assert not box.isVisible()
