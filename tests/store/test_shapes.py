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
from desktop.store.tables import recoded
from desktop.store.tables import states_text
from desktop.store.tables import tables_of
from tests.store.cases import EAST
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.cells import Cell

HOME = tables_of(pack())["home"]
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
def test_rows__are_what_each_cell_by_itself_comes_to(
    rows: list[dict[str, Cell]],
) -> None:
    codecs = HOME.codecs
    found = [*FormShapes(HOME).rows(rows)]
    assert len(found) == len(rows)
    for row, new in zip(rows, found, strict=True):
        alone = {field: tidy(codecs[field], cell) for field, cell in row.items()}
        alone = {
            field: alone[field]
            for field in codecs
            if alone.get(field, BLANK) is not BLANK
        }
        assert new.values == tuple(
            to_stored(codec, alone.get(field, BLANK)) for field, codec in codecs.items()
        )
        logged = json.loads(f'{{"":null{new.logged}}}')
        assert [*logged.items()][1:] == [
            (field, [None, to_json(codecs[field], cell)])
            for field, cell in alone.items()
        ]
        assert new.states == states_text(alone)
        digest = lines_digest(key("a"), EAST, new.lines)
        assert digest == record_digest(key("a"), EAST, alone)


def test_rows__what_is_equal_to_python_is_not_to_a_field() -> None:
    known = FormShapes(HOME)
    (found,) = known.rows([{"beds": 1, "public": True, "area": 1}])
    assert found.logged == ',"beds":[null,1],"area":[null,1.0],"public":[null,true]'
    with pytest.raises(UnfitValueError):
        known.rows([{"beds": True}])
    with pytest.raises(UnfitValueError):
        known.rows([{"public": True}, {"public": 1}])
    with pytest.raises(UnfitValueError):
        known.rows([{"beds": Decimal(1)}])
    with pytest.raises(KeyError):
        known.rows([{"beds": 1}, {"other": 1}])
    with pytest.raises(TypeError):
        known.rows([{"area": Decimal("sNaN")}])


def test_rows__a_form_with_one_field_or_none() -> None:
    table = tables_of(pack(only=[{"id": "name", "kind": "text", "title": "名称"}]))
    known = FormShapes(table["home"])
    assert [*known.rows([{}, {"name": "甲"}, {"name": BLANK}])] == [
        NewRow((None,), "", "", None),
        NewRow(("甲",), ',"name":[null,"甲"]', ',"name=t:甲"', None),
        NewRow((None,), "", "", None),
    ]
    bare = FormShapes(recoded(table["home"], {}))
    assert [*bare.rows([{}, {}])] == [NewRow((), "", "", None)] * 2


def test_rows__a_column_of_several_types() -> None:
    rows: list[dict[str, Cell]] = [{"area": 1}, {"area": Decimal("1.5")}, {}]
    rows += [{"area": Absent.UNKNOWN, "beds": Absent.NOT_APPLICABLE}]
    found = [*FormShapes(HOME).rows(rows)]
    place = [*HOME.codecs].index("area")
    assert [row.values[place] for row in found] == [1.0, 1.5, None, None]
    assert [row.states for row in found] == [
        None,
        None,
        None,
        '{"area":"unknown","beds":"not_applicable"}',
    ]


def test_rows__shapes_are_remembered_only_so_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shapes, "MOST", 2)
    known = FormShapes(HOME)
    place = [*HOME.codecs].index("beds")
    for number in range(9):
        rows: list[dict[str, Cell]] = [{"beds": number}, {}, {"beds": number + 1}]
        found = [row.values[place] for row in known.rows(rows)]
        assert found == [number, None, number + 1]


def test_of__one_for_each_form_of_a_pack() -> None:
    found = Shapes()
    one = Kept(1, pack(), tables_of(pack()))
    assert found.of(one, "home") is found.of(one, "home")
    assert found.of(Kept(2, pack(), tables_of(pack())), "home") is not found.of(
        one, "home"
    )
