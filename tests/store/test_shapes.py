from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.store import shapes
from desktop.store.columns import UnfitValueError
from desktop.store.columns import tidy
from desktop.store.columns import to_json
from desktop.store.columns import to_stored
from desktop.store.digest import lines_digest
from desktop.store.digest import record_digest
from desktop.store.shapes import FormShapes
from desktop.store.shapes import NewRow
from desktop.store.shapes import Shapes
from desktop.store.shelf import Kept
from desktop.store.tables import states_text
from desktop.store.tables import tables_of
from tests.store.cases import EAST
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell

HOME = tables_of(pack())["home"]
BROKEN_TEXT = '甲"乙\\丙\n丁'
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
CELLS: Mapping[str, st.SearchStrategy[Cell]] = {
    "name": TEXTS,
    "beds": st.integers(-999, 999),
    "area": st.decimals(-99, 99, places=2) | st.integers(-9, 9),
    "services": st.just(("餐", "医")),
    "order": st.dates(date(2000, 1, 1)),
    "public": st.booleans(),
}
ROWS = st.fixed_dictionaries(
    {},
    optional={
        field: cells | st.sampled_from(list(Absent)) for field, cells in CELLS.items()
    },
)


@given(st.lists(ROWS, max_size=4))
def test_row__is_what_each_cell_by_itself_comes_to(
    rows: list[dict[str, Cell]],
) -> None:
    known = FormShapes(HOME)
    codecs = HOME.codecs
    for row in rows:
        shapes_found = known.shaped(row.items())
        tidied = {field: shape.cell for field, shape in shapes_found.items()}
        new = known.row(shapes_found)

        alone = {field: tidy(codecs[field], cell) for field, cell in row.items()}
        alone = {field: cell for field, cell in alone.items() if cell is not BLANK}
        assert tidied == alone
        assert [*map(type, tidied.values())] == [*map(type, alone.values())]
        assert new.values == tuple(
            to_stored(codec, alone.get(field, BLANK)) for field, codec in codecs.items()
        )
        assert json.loads(f"{{{','.join(new.logged)}}}") == {
            field: [None, to_json(codecs[field], cell)] for field, cell in alone.items()
        }
        assert new.states == states_text(alone)
        digest = lines_digest(key("a"), EAST, new.lines)
        assert digest == record_digest(key("a"), EAST, alone)


def test_shaped__what_is_equal_to_python_is_not_to_a_field() -> None:
    known = FormShapes(HOME)
    found = known.shaped([("beds", 1), ("public", True), ("area", 1)])
    assert [shape.cell for shape in found.values()] == [1, True, Decimal(1)]
    with pytest.raises(UnfitValueError):
        known.shaped([("beds", True)])
    with pytest.raises(UnfitValueError):
        known.shaped([("public", 1)])
    with pytest.raises(UnfitValueError):
        known.shaped([("beds", Decimal(1))])
    with pytest.raises(KeyError):
        known.shaped([("other", 1)])
    with pytest.raises(TypeError):
        known.shaped([("area", Decimal("sNaN"))])


def test_row__a_form_with_one_field() -> None:
    table = tables_of(pack(only=[{"id": "name", "kind": "text", "title": "名称"}]))
    known = FormShapes(table["home"])
    assert known.row({}) == NewRow((None,))
    assert known.row(known.shaped([("name", BROKEN_TEXT)])).values == (BROKEN_TEXT,)
    assert known.row(known.shaped([("name", "甲")])) == NewRow(
        ("甲",), ('"name":[null,"甲"]',), ('"name=t:甲"',)
    )


def test_shapes__remember_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST", 2)
    known = FormShapes(HOME)
    for number in range(9):
        cells: dict[str, Cell] = {"beds": number}
        if number % 2:
            cells["name"] = f"{number}"
        if number % 3:
            cells["public"] = True
        found = known.shaped(cells.items())
        assert {field: shape.cell for field, shape in found.items()} == cells
        assert known.row(found).values[HOME.places["beds"]] == number


def test_of__one_for_each_form_of_a_pack() -> None:
    found = Shapes()
    one = Kept(1, pack(), tables_of(pack()))
    assert found.of(one, "home") is found.of(one, "home")
    assert found.of(Kept(2, pack(), tables_of(pack())), "home") is not found.of(
        one, "home"
    )
