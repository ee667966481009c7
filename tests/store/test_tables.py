from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import Absent
from desktop.store.columns import UnfitValueError
from desktop.store.tables import read_states
from desktop.store.tables import states_text
from desktop.store.tables import tables_of
from tests.store.cases import EAST
from tests.store.cases import key
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.core.cells import Cell

HOME = tables_of(pack())["home"]
VALUES = ("甲", 3, None, None, None, None, None, None, None, None)


def row(states: str | None) -> tuple[int | str | None, ...]:
    return (1, "2025", "a", EAST, states, 7, *VALUES, 6)


def test_tables_of__sorts_the_fields_by_where_they_come_from() -> None:
    assert list(HOME.codecs)[:3] == ["name", "beds", "area"]
    assert list(HOME.computed) == ["double"]
    assert len(HOME.bound) == 5
    assert HOME.roster
    assert not tables_of(pack())["people"].roster


def test_select_insert_update__quote_names() -> None:
    assert '"order"' in HOME.select()
    assert HOME.insert().count("?") == len(HOME.codecs) + 7
    assert HOME.update(["order"]).endswith('"order" = ? WHERE _id = ?')
    assert '"order"' in HOME.seek(HOME.columns())


def test_record__from_a_row() -> None:
    record = HOME.record(row('{"phone":"unknown"}'), lambda *_: "bound")

    assert record.key == key("a")
    assert record.filled() == (("name", "甲"), ("beds", 3), ("phone", Absent.UNKNOWN))
    assert record.cell("double") == 6
    assert record.cell("in_name") == "bound"


@pytest.mark.parametrize(
    ("states", "fit"),
    [
        (None, True),
        ('{"phone":"unknown"}', True),
        ('{"beds":"unknown"}', False),
        ('{"rooms":"unknown"}', False),
    ],
)
def test_states_fit(states: str | None, *, fit: bool) -> None:
    assert HOME.states_fit(row(states)) is fit


def test_states__there_and_back() -> None:
    cells: dict[str, Cell] = {"b": Absent.NOT_APPLICABLE, "a": Absent.UNKNOWN, "c": 1}

    text = states_text(cells)

    assert text == '{"a":"unknown","b":"not_applicable"}'
    assert read_states(text) == {"a": Absent.UNKNOWN, "b": Absent.NOT_APPLICABLE}
    assert states_text({"c": 1}) is None


@pytest.mark.parametrize("text", ["", "[]", '{"a":"blank"}', '{"a":1}'])
def test_read_states__damaged__error(text: str) -> None:
    with pytest.raises((UnfitValueError, JSONDecodeError)):
        read_states(text)
