"""What an action comes to can be looked at before the disk has answered."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.messages import message
from desktop.store.records import Applied
from tests.store.cases import key
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger


def test_apply__can_be_looked_at_before_it_is_on_the_disk(filled: Ledger) -> None:
    seen = []

    def look(answer: Applied) -> None:
        record = filled.record(key("a"))
        assert record is not None
        with sqlite3.connect(filled.path) as other:
            [[beds]] = other.execute("SELECT beds FROM home WHERE _facility = 'a'")
        seen.append((answer.records, record.cells["beds"], beds))

    filled.apply(Action(message("test"), (set_cell("a", "beds", 10, 11),)), look)
    assert seen == [(frozenset({key("a")}), 11, 10)]


def test_apply__what_a_look_made_sqlite_take_back_is_tried_again(
    filled: Ledger,
) -> None:
    looks = []

    def look(_: Applied) -> None:
        looks.append(1)
        if len(looks) == 1:
            filled._connection.execute("ROLLBACK")  # noqa: SLF001 - as after an error

    action = Action(message("test"), (set_cell("a", "beds", 10, 11),))
    assert isinstance(filled.apply(action, look), Applied)
    assert len(looks) == 2
    found = filled.record(key("a"))
    assert found is not None
    assert found.cells["beds"] == 11
    assert filled.doctor().problems == ()
