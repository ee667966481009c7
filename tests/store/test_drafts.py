from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import BLANK
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.store.connection import connect
from desktop.store.drafts import Drafts
from desktop.store.drafts import read_nil
from desktop.store.drafts import read_note
from desktop.store.errors import UnfitChangeError
from desktop.store.shelf import Shelf
from tests.store.cases import EAST
from tests.store.cases import ROOT
from tests.store.cases import WEST
from tests.store.cases import added
from tests.store.cases import key
from tests.store.cases import pack
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger


@pytest.fixture
def drafts(filled: Ledger) -> Iterator[Drafts]:
    connection = connect(filled.path, "ro")
    yield Drafts(connection, Shelf((1,), {}, lambda _: pack()))
    connection.close()


def test_fold__each_change_meets_what_the_one_before_left(drafts: Drafts) -> None:
    drafts.fold(
        [
            set_cell("a", "beds", 10, 11),
            set_cell("a", "beds", 11, BLANK),
            set_cell("a", "beds", BLANK, 12),
            RecordMoved(key("a"), EAST, ROOT),
            RecordMoved(key("a"), ROOT, WEST),
        ]
    )

    draft = drafts.records[key("a")]
    assert drafts.conflicts == []
    assert (draft.old_unit, draft.unit) == (EAST, WEST)
    assert draft.cells == {"name": "甲院", "beds": 12}
    assert draft.differing() == ["beds"]


def test_fold__a_blank_among_the_cells_of_a_new_record(drafts: Drafts) -> None:
    drafts.fold([added("d", name="", beds=BLANK, area=1)])

    draft = drafts.records[key("d")]
    assert list(draft.cells) == ["area"]
    assert draft.differing() == ["area"]


def test_fold__removed_and_added_again_is_no_change(drafts: Drafts) -> None:
    cells = (("name", "甲院"), ("beds", 10))

    drafts.fold(
        [
            RecordRemoved(key("a"), EAST, cells),
            added("a", name="甲院", beds=10),
        ]
    )

    assert drafts.conflicts == []
    assert drafts.records[key("a")].differing() == []


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("beds", "ten", 11, "'ten'"),
        ("beds", 10, "eleven", "'eleven'"),
        ("nowhere", BLANK, BLANK, "nowhere"),
    ],
)
def test_fold__says_which_cell_a_field_cannot_hold__error(
    drafts: Drafts, name: str, before: Cell, after: Cell, said: str
) -> None:
    with pytest.raises(UnfitChangeError) as caught:
        drafts.fold([set_cell("a", name, before, after)])
    assert said in map(str, dict(caught.value.message.params).values())


def test_fold__cells_between_other_changes_keep_their_order(drafts: Drafts) -> None:
    cells = (("name", "甲院"), ("beds", 10))
    drafts.fold(
        [
            RecordRemoved(key("a"), EAST, cells),
            added("a", name="甲院", beds=1),
            set_cell("a", "beds", 1, 2),
        ]
    )
    draft = drafts.records[key("a")]
    assert drafts.conflicts == []
    assert draft.cells == {"name": "甲院", "beds": 2}
    assert draft.differing() == ["beds"]


def test_fold__notes_and_nil_returns_remember_the_first(drafts: Drafts) -> None:
    drafts.fold(
        [
            NoteChange(key("a"), "field:beds", "", "一"),
            NoteChange(key("a"), "field:beds", "一", "二"),
            NilChange("home", "2025", EAST, before=False, after=True),
            NilChange("home", "2025", EAST, before=True, after=False),
        ]
    )

    assert drafts.notes == {(key("a"), "field:beds"): ("", "二")}
    assert drafts.nils == {("home", "2025", EAST): (False, False)}


def test_read__notes_and_nil_returns_that_are_not_there(filled: Ledger) -> None:
    connection = connect(filled.path, "ro")

    assert read_note(connection, key("a"), "field:beds") == ""
    assert not read_nil(connection, ("home", "2025", EAST))
    connection.close()
