from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.store.digest import cell_line
from desktop.store.digest import compact
from desktop.store.digest import compact_texts
from desktop.store.digest import lines_digest
from desktop.store.digest import record_digest
from desktop.store.digest import text_digest
from desktop.store.digest import units_digest
from tests.store.cases import EAST
from tests.store.cases import UNITS
from tests.store.cases import WEST
from tests.store.cases import key

CELLS: dict[str, Cell] = {"name": "é", "beds": 10, "area": Decimal("1.50")}
WHOLE = record_digest(key("a"), EAST, CELLS)


def test_record_digest__same_content_same_digest() -> None:
    other: dict[str, Cell] = {"area": Decimal("1.5"), "beds": 10, "name": "e\u0301"}

    assert record_digest(key("a"), EAST, other) == WHOLE


@pytest.mark.parametrize(
    "digest",
    [
        record_digest(key("b"), EAST, CELLS),
        record_digest(key("a", "people"), EAST, CELLS),
        record_digest(key("a", period="2026"), EAST, CELLS),
        record_digest(key("a"), WEST, CELLS),
        record_digest(key("a"), EAST, {**CELLS, "beds": 11}),
        record_digest(key("a"), EAST, {**CELLS, "beds": "10"}),
        record_digest(key("a"), EAST, {**CELLS, "beds": Absent.UNKNOWN}),
        record_digest(key("a"), EAST, {**CELLS, "phone": "1"}),
    ],
)
def test_record_digest__other_content_other_digest(digest: str) -> None:
    assert digest != WHOLE


def test_lines_digest__of_the_lines_of_all_cells() -> None:
    lines = [cell_line(field, CELLS[field]) for field in sorted(CELLS)]

    assert lines_digest(key("a"), EAST, "".join(f",{line}" for line in lines)) == WHOLE
    assert lines == ['"area=n:1.5"', '"beds=n:10"', '"name=t:é"']


def test_units_digest__sees_order_and_every_part() -> None:
    assert units_digest(UNITS) != units_digest(UNITS[::-1])
    assert units_digest(UNITS) == units_digest(list(UNITS))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_compact_texts__writes_what_compact_writes(texts: list[str]) -> None:
    assert compact_texts(texts) == compact(texts)
    assert json.loads(compact(texts)) == texts


def test_text_digest() -> None:
    assert text_digest("") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
