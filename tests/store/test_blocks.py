from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import CellChange
from desktop.core.changes import RecordMoved
from desktop.store import blocks
from desktop.store.blocks import FEWEST
from desktop.store.blocks import block_of
from desktop.store.connection import connect
from desktop.store.digest import record_digest
from desktop.store.records import Applied
from desktop.store.records import Stale
from desktop.store.shelf import Shelf
from tests.store.cases import EAST
from tests.store.cases import WEST
from tests.store.cases import Desk
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.store.blocks import Block
    from desktop.store.ledger import Ledger

MANY = FEWEST + 2
HOMES = [key(f"h{number}") for number in range(MANY)]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
CELLS: Mapping[str, st.SearchStrategy[Cell]] = {
    "name": TEXTS,
    "beds": st.integers(1 - 10**15, 10**15 - 1),
    "area": st.decimals(-99, 99, places=2),
    "services": st.sampled_from([("餐", "医"), ("餐",)]),
    "order": st.dates(date(2000, 1, 1)),
    "public": st.booleans(),
}


def other(field: str, was: Cell) -> st.SearchStrategy[Cell]:
    return CELLS[field].filter(lambda cell: cell != was)


def tables(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    names = ("home", "_log", "_actions")
    return [list(ledger.query(f"SELECT * FROM {name}")) for name in names]


def found(ledger: Ledger, changes: Sequence[Change]) -> Block | None:
    connection = connect(ledger.path, "ro")
    try:
        return block_of(connection, Shelf((1,), {}, lambda _: pack()), changes)
    finally:
        connection.close()


@pytest.fixture
def homes(ledger: Ledger) -> Ledger:
    """Give a ledger with homes of which each has beds, and every third a name."""
    records = []
    for at, home in enumerate(HOMES):
        cells: dict[str, Cell] = {"beds": at, "area": Decimal(at)}
        if not at % 3:
            cells |= {"name": f"{at}院", "order": date(2020, 1, 1)}
        records.append(added(home.facility, (EAST, WEST)[at % 2], **cells))
    do(ledger, *records)
    return ledger


def beds(after: int = 100) -> list[CellChange]:
    return [CellChange(home, "beds", at, at + after) for at, home in enumerate(HOMES)]


@given(st.data())
def test_block__is_written_as_record_by_record(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    fields = data.draw(st.lists(st.sampled_from([*CELLS]), min_size=1, unique=True))
    others = data.draw(st.lists(st.sampled_from([*CELLS]), unique=True))
    given_cells = [
        {field: data.draw(CELLS[field]) for field in others if data.draw(st.booleans())}
        for _ in HOMES
    ]
    blank = data.draw(st.sampled_from([*fields, ""]))
    changes: list[CellChange] = []
    for home, cells in zip(HOMES, given_cells, strict=True):
        for field in fields:
            before = cells.get(field, BLANK)
            after = BLANK if field == blank else data.draw(other(field, before))
            changes.append(CellChange(home, field, before, after))
    written = []
    for few in (FEWEST, MANY + 1):
        folder = tmp_path_factory.mktemp("ledger")
        with (
            pytest.MonkeyPatch.context() as patch,
            Desk().create(folder / "a.taizhang") as ledger,
        ):
            patch.setattr(blocks, "FEWEST", few)
            rows = zip(HOMES, given_cells, strict=True)
            do(ledger, *(added(home.facility, **cells) for home, cells in rows))
            answer = do(ledger, *changes)
            assert isinstance(answer, Applied)
            assert ledger.doctor().problems == ()
            written.append((answer, tables(ledger)))
    assert written[0] == written[1]


def test_block_of__fits(homes: Ledger) -> None:
    block = found(homes, beds())
    assert block is not None
    assert list(block.values) == ["beds"]
    assert block.values["beds"] == tuple(at + 100 for at in range(MANY))
    assert block.bodies[3] == '{"beds":[3,103]}'
    assert block.digests[:1] != block.digests[1:2]

    answer = do(homes, *beds())

    assert isinstance(answer, Applied)
    assert answer.records == set(HOMES)
    assert next(homes.query("SELECT SUM(beds), MAX(_revision) FROM home")) == (
        sum(range(100, 100 + MANY)),
        answer.revision,
    )
    assert homes.doctor().problems == ()


def test_block_of__several_fields_and_their_undo(homes: Ledger) -> None:
    there = tables(homes)[0]
    changes = [
        change
        for at, home in enumerate(HOMES)
        for change in (
            CellChange(home, "phone", BLANK, f"021-{at}"),
            CellChange(home, "area", Decimal(at), BLANK),
            CellChange(home, "public", BLANK, after=bool(at % 2)),
        )
    ]
    back = [
        CellChange(each.record, each.field, each.after, each.before)
        for each in reversed(changes)
    ]
    assert found(homes, changes) is not None
    do(homes, *changes)
    assert found(homes, back) is not None
    do(homes, *back)

    own = slice(5, 8)  # of the revision, the pack and the digest
    now = tables(homes)[0]
    assert [(*row[:5], *row[8:]) for row in now] == [
        (*row[:5], *row[8:]) for row in there
    ]
    assert [row[own][1:] for row in now] == [row[own][1:] for row in there]


def changed(change: CellChange, **parts: object) -> CellChange:
    names = ("record", "field", "before", "after")
    given_parts = {name: parts.get(name, getattr(change, name)) for name in names}
    return CellChange(**given_parts)  # type: ignore[arg-type]  # what the test says


@pytest.mark.parametrize(
    "parts",
    [
        {"before": 4},
        {"before": True},
        {"before": Decimal(5)},
        {"before": Absent.UNKNOWN},
        {"after": 5},
        {"after": "5"},
        {"after": 10**15},
        {"after": Absent.UNKNOWN},
        {"field": "area"},
        {"record": HOMES[4]},
        {"record": key("nobody")},
        {"record": key("h5", period="2026")},
    ],
)
def test_block_of__one_cell_is_in_the_way(
    homes: Ledger, parts: Mapping[str, object]
) -> None:
    changes = beds()
    changes[5] = changed(changes[5], **parts)
    assert found(homes, changes) is None


@pytest.mark.parametrize(
    ("parts", "fits"),
    [
        ({}, True),
        ({"field": "other"}, False),
        ({"field": "order"}, False),
    ],
)
def test_block_of__fields(
    homes: Ledger, parts: Mapping[str, object], *, fits: bool
) -> None:
    changes = [changed(change, **parts) for change in beds()]
    assert (found(homes, changes) is not None) == fits


def test_block_of__other_changes(homes: Ledger) -> None:
    assert found(homes, []) is None
    assert found(homes, beds()[: FEWEST - 1]) is None
    assert found(homes, [*beds(), RecordMoved(HOMES[0], EAST, WEST)]) is None
    twice = [
        change
        for at, home in enumerate(HOMES)
        for change in (
            CellChange(home, "beds", at, -1),
            CellChange(home, "beds", -1, at),
        )
    ]
    assert found(homes, twice) is None
    nowhere = [
        changed(change, record=change.record._replace(form="nowhere"))
        for change in beds()
    ]
    assert found(homes, nowhere) is None
    later = [
        changed(change, record=change.record._replace(period="2031"))
        for change in beds()
    ]
    assert found(homes, later) is None


def test_block_of__a_cell_of_the_records_is_not_known(homes: Ledger) -> None:
    do(homes, set_cell("h7", "phone", BLANK, Absent.UNKNOWN))
    assert found(homes, beds()) is None

    do(homes, *beds())

    record = homes.record(HOMES[7])
    assert record is not None
    assert (record.cell("beds"), record.cell("phone")) == (107, Absent.UNKNOWN)
    assert homes.doctor().problems == ()


def test_block_of__beside_numbers_that_some_have(homes: Ledger) -> None:
    do(homes, set_cell("h7", "beds", 7, BLANK))
    phones = [
        CellChange(home, "phone", BLANK, f"{at}") for at, home in enumerate(HOMES)
    ]
    assert found(homes, phones) is not None

    do(homes, *phones)

    assert homes.doctor().problems == ()


def test_block_of__what_is_in_the_way_is_told(homes: Ledger) -> None:
    do(homes, set_cell("h3", "beds", 3, 33), set_cell("h4", "beds", 4, 44))
    before = tables(homes)

    answer = do(homes, *beds())

    assert isinstance(answer, Stale)
    told = [(each.record, each.expected, each.found) for each in answer.conflicts]
    assert told == [(HOMES[3], 3, 33), (HOMES[4], 4, 44)]
    assert tables(homes) == before


def test_block_of__numbers_that_came_from_elsewhere(homes: Ledger) -> None:
    """A number no field can hold has the digest that others give it."""
    connection = connect(homes.path, "rw")
    connection.execute("UPDATE home SET beds = 10000000000000000 WHERE _id = 1")
    connection.close()
    names = [CellChange(home, "phone", BLANK, f"{at}") for at, home in enumerate(HOMES)]
    block = found(homes, names)
    assert block is not None
    record = homes.record(HOMES[0])
    assert record is not None
    now = {**dict(record.filled()), "phone": "0"}
    assert block.digests[0] == record_digest(record.key, record.unit, now)
