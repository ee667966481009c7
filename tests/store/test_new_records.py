from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import UnitChange
from desktop.store import new_records
from desktop.store.connection import connect
from desktop.store.new_records import FEWEST
from desktop.store.new_records import new_records_of
from desktop.store.records import Applied
from desktop.store.records import Stale
from desktop.store.shapes import Shapes
from desktop.store.shelf import Shelf
from tests.store.cases import EAST
from tests.store.cases import UNITS
from tests.store.cases import WEST
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.store.ledger import Ledger
    from desktop.store.new_records import NewRecords

MANY = FEWEST + 2
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
CELLS: Mapping[str, st.SearchStrategy[Cell]] = {
    "name": TEXTS,
    "beds": st.integers(-3, 3),
    "area": st.decimals(-99, 99, places=2),
    "services": st.sampled_from([("餐", "医"), ("餐",), ()]),
    "order": st.dates(date(2000, 1, 1)),
    "public": st.booleans(),
}
ROWS = st.fixed_dictionaries(
    {},
    optional={
        field: cells | st.sampled_from([*Absent]) for field, cells in CELLS.items()
    },
)


def homes(count: int = MANY) -> list[RecordAdded]:
    return [
        added(f"h{at}", (EAST, WEST)[at % 2], name=f"{at}院", beds=at)
        for at in range(count)
    ]


def tables(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    names = ("home", "people", "_facilities", "_notes", "_log", "_actions")
    return [list(ledger.query(f"SELECT * FROM {name}")) for name in names]


def found(ledger: Ledger, changes: Sequence[Change]) -> NewRecords | None:
    connection = connect(ledger.path, "ro")
    shelf = Shelf((1,), {YEAR.code: 1}, lambda _: pack())
    try:
        return new_records_of(connection, shelf, Shapes(), changes)
    finally:
        connection.close()


@given(st.lists(ROWS, min_size=2, max_size=6))
def test_new_records__are_written_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Cell]]
) -> None:
    changes: list[Change] = [
        added(f"h{at}", (EAST, WEST)[at % 2], **dict(sorted(row.items(), key=place)))
        for at, row in enumerate(rows)
    ]
    changes.append(NoteChange(key("h0"), "flag", "", "再问"))
    written = []
    for few in (1, len(rows) + 1):
        folder = tmp_path_factory.mktemp("ledger")
        with (
            pytest.MonkeyPatch.context() as patch,
            Desk().create(folder / "a.taizhang") as ledger,
        ):
            patch.setattr(new_records, "FEWEST", few)
            answer = do(ledger, *changes)
            assert isinstance(answer, Applied)
            assert ledger.doctor().problems == ()
            written.append((answer, tables(ledger)))
    assert written[0] == written[1]


def place(pair: tuple[str, Cell]) -> int:
    return [*pack().form_by_id["home"].by_id].index(pair[0])


def test_new_records_of__what_else_is_done_is_left(ledger: Ledger) -> None:
    note = NoteChange(key("h1"), "flag", "", "再问")
    new = found(ledger, [*homes(), note])
    assert new is not None
    assert list(new.rest) == [note]
    assert [len(form.rows) for form in new.forms] == [MANY]

    answer = do(ledger, *homes(), note)

    assert isinstance(answer, Applied)
    assert answer.records == {change.record for change in homes()}
    assert answer.notes == {key("h1")}
    assert ledger.doctor().problems == ()


@pytest.mark.parametrize(
    "more",
    [
        added("h0"),
        added("there"),
        added("new", "310105999"),
        RecordAdded(key("new", period="2031"), EAST, ()),
        added("new", beds="十"),
        added("new", beds=True),
        added("new", nothing=1),
        RecordAdded(key("new"), EAST, (("beds", 1), ("beds", 1))),
        RecordAdded(key("new")._replace(form="nowhere"), EAST, ()),
        RecordMoved(key("h0"), EAST, WEST),
        UnitChange(EAST, UNITS[1], UNITS[1]),
    ],
    ids=str,
)
def test_new_records_of__one_is_in_the_way(ledger: Ledger, more: Change) -> None:
    do(ledger, added("there"))
    assert found(ledger, homes()) is not None
    assert found(ledger, [*homes(), more]) is None


def test_new_records_of__few(ledger: Ledger) -> None:
    assert found(ledger, homes(FEWEST)) is not None
    assert found(ledger, homes(FEWEST - 1)) is None


def test_new_records__nothing_stays_of_an_action_that_is_stale(ledger: Ledger) -> None:
    before = tables(ledger)
    note = NoteChange(key("h1"), "flag", "anders", "再问")
    assert found(ledger, [*homes(), note]) is not None
    assert isinstance(do(ledger, *homes(), note), Stale)
    assert tables(ledger) == before


def test_new_records__blanks_alone(ledger: Ledger) -> None:
    do(ledger, *(added(f"h{at}", name="", beds=BLANK) for at in range(MANY)))
    assert ledger.count("home", YEAR.code) == MANY
    assert ledger.doctor().problems == ()
