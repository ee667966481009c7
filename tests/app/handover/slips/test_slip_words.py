from __future__ import annotations

from dataclasses import replace

from desktop.app.handover.slips.returning import Tracked
from desktop.app.handover.slips.slip_words import answer_of
from desktop.app.handover.slips.slip_words import before_of
from desktop.app.handover.slips.slip_words import item_state
from desktop.app.handover.slips.slip_words import now_of
from desktop.app.handover.slips.slip_words import package_state
from desktop.app.handover.slips.slip_words import what_of
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import PackageState
from tests.exchange.test_slip_files import ITEM
from tests.exchange.test_slip_files import SLIP

SAY = Words(CATALOGUE)
OURS = Tracked(SLIP, ITEM, ItemState.OPEN, ("n:2", "", ""), ours=True)


def test_item_state__who_has_to_do_something() -> None:
    theirs = replace(OURS, ours=False)
    draft = replace(OURS, item=replace(ITEM, since=2))
    told = [
        item_state(replace(one, state=state), SAY)
        for one in (OURS, theirs, draft)
        for state in ItemState
    ]
    assert told == [
        "to be corrected",
        "corrected, to be checked",
        "checked",
        "to be corrected",
        "corrected, to be handed in",
        "checked",
        *["not sent yet"] * 3,
    ]


def test_package_state() -> None:
    assert [package_state(state, SAY) for state in PackageState] == [
        "received",
        "sent back",
        "accepted",
    ]


def test_what_of__a_cell_and_a_finding() -> None:
    cell = replace(ITEM, field_title="床位")
    assert what_of(cell) == "床位"
    found = replace(cell, field="", rule="r", says="太多")
    assert what_of(found) == "床位：太多"
    assert what_of(replace(found, field_title="")) == "太多"


def test_before_and_now() -> None:
    assert before_of(ITEM, SAY) == "1"
    assert before_of(replace(ITEM, returned=()), SAY) == "the record was not there"
    assert now_of(OURS, SAY) == "2"
    assert now_of(replace(OURS, now=()), SAY) == "the record is gone"
    blank = replace(OURS, now=("", "", "漏报"))
    assert now_of(blank, SAY) == "（空） (right: 漏报)"
    many = replace(OURS, item=replace(ITEM, fields=tuple("abcde")), now=("n:1",) * 7)
    assert now_of(many, SAY) == " (right: n:1)"
    assert answer_of(ITEM, ()) == ""
