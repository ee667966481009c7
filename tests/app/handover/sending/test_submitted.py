from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.sending.submitted import SUBMITTED
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import changed_since
from desktop.app.handover.sending.submitted import noted
from desktop.app.handover.sending.submitted import read_submitted
from desktop.app.handover.sending.submitted import submitted_revision
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.store.records import Applied
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import remove
from tests.exchange.townships import street
from tests.small import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.store.ledger import Ledger

FIRST = Submitted(4, 9, "2026-01-10T14:05:00+08:00", "李梅", ("U盘 K",), ("ab" * 32,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(Desks(tmp_path).new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST, beds_total=20)
        yield ledger


def since(ledger: Ledger, seq: int) -> int:
    return run_steps(changed_since(ledger, YEAR.code, seq))


def test_noted__is_read_as_it_was_written(ledger: Ledger) -> None:
    assert read_submitted(ledger.choices(YEAR.code)) is None
    action = noted(ledger.choices(YEAR.code), YEAR.code, FIRST)

    assert isinstance(ledger.apply(action), Applied)
    assert read_submitted(ledger.choices(YEAR.code)) == FIRST
    assert submitted_revision(ledger.choices(YEAR.code)) == FIRST.revision


def test_noted__the_same_revision_went_to_two_places(ledger: Ledger) -> None:
    ledger.apply(noted({}, YEAR.code, FIRST))
    choices = ledger.choices(YEAR.code)
    mail = Submitted(4, 9, "2026-01-11", "王芳", ("邮件",), ("cd" * 32,))
    later = Submitted(5, 12, "2026-01-12", "王芳", ("邮件",), ("ef" * 32,))

    both = dict_of(noted(choices, YEAR.code, mail))
    assert isinstance(both, Submitted)
    assert (both.where, both.who) == (("U盘 K", "邮件"), "王芳")
    assert both.packages == ("ab" * 32, "cd" * 32)
    assert dict_of(noted(choices, YEAR.code, later)) == later


def dict_of(action: Action) -> Submitted | Message | None:
    (change,) = action.changes
    assert isinstance(change, DefinitionChange)
    return read_submitted({SUBMITTED: change.after})


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"revision":true,"seq":1,"at":"","who":"","where":[],"packages":[]}',
        '{"revision":"1","seq":1,"at":"","who":"","where":[],"packages":[]}',
        '{"revision":1,"seq":1,"at":2,"who":"","where":[],"packages":[]}',
        '{"revision":1,"seq":1,"at":"","who":"","where":[1],"packages":[]}',
        '{"revision":1,"seq":1,"at":"","who":"","where":3,"packages":[]}',
    ],
)
def test_read__damaged(text: str) -> None:
    assert read_submitted({SUBMITTED: text}) == message("carrying.damaged_fact")
    assert submitted_revision({SUBMITTED: text}) == 0


def test_changed_since__counts_places_that_are_another_now(ledger: Ledger) -> None:
    seq = ledger.head().seq
    assert since(ledger, seq) == 0

    beds(ledger, "甲院", 11)
    beds(ledger, "甲院", 12)
    assert since(ledger, seq) == 1
    beds(ledger, "甲院", 10)
    assert since(ledger, seq) == 0
    note(ledger, "甲院", "field:beds_total", "盘点过")
    note(ledger, "甲院", "flag:beds_total", "再看")
    assert since(ledger, seq) == 1
    add(ledger, "丙院", EAST, beds_total=3)
    assert since(ledger, seq) == 2
    beds(ledger, "丙院", 4)
    assert since(ledger, seq) == 2
    remove(ledger, "丙院")
    assert since(ledger, seq) == 1
    remove(ledger, "乙院")
    nil(ledger, EAST, now=True)
    assert since(ledger, seq) == 3


def test_changed_since__other_periods_and_facts_are_no_changes(ledger: Ledger) -> None:
    seq = ledger.head().seq
    ledger.apply(noted({}, YEAR.code, FIRST))

    assert since(ledger, seq) == 0
    beds(ledger, "甲院", 11)
    assert run_steps(changed_since(ledger, "2024", seq)) == 0
