from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.store.records import Applied
from desktop.store.rehearsal import rehearsal
from tests.store.cases import YEAR
from tests.store.cases import added
from tests.store.cases import do

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


def emptied(ledger: Ledger) -> Action:
    """Take every home away."""
    records = ledger.rows("home", ledger.ids("home", YEAR.code))
    removed = (RecordRemoved(each.key, each.unit, each.filled()) for each in records)
    return Action(message("test"), tuple(removed))


def test_rehearsal__is_written_to_and_gone(filled: Ledger, path: Path) -> None:
    head, data = filled.head(), path.read_bytes()
    names = sorted(each.name for each in path.parent.iterdir())

    with closing(rehearsal(filled)) as tried:
        assert isinstance(tried.apply(emptied(tried)), Applied)
        assert tried.count("home", YEAR.code) == 0
        assert filled.count("home", YEAR.code) == 3
        assert tried.doctor().problems == ()
        do(filled, added("d", name="丁院"))
        assert tried.count("home", YEAR.code) == 0

    assert filled.count("home", YEAR.code) == 4
    assert filled.head().revision == head.revision + 1
    assert path.read_bytes() != data
    assert sorted(each.name for each in path.parent.iterdir()) == names


def test_rehearsal__of_a_ledger_that_is_only_read(
    filled: Ledger, path: Path, desk: Desk
) -> None:
    filled.close()
    with (
        desk.open(path, read_only=True) as read,
        closing(rehearsal(read)) as tried,
    ):
        assert isinstance(tried.apply(emptied(tried)), Applied)
        assert read.count("home", YEAR.code) == 3
