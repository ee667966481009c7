from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.sheets import FIELDS
from desktop.forms.sheets import PACK
from desktop.forms.sheets import RULES
from desktop.forms.sheets import SHEETS
from desktop.forms.sheets import Shape
from desktop.forms.sheets import escaped
from desktop.forms.sheets import lines
from desktop.forms.sheets import pairs
from desktop.forms.sheets import parted
from desktop.forms.sheets import sheets_of
from desktop.forms.sheets import unescaped
from desktop.forms.sheets_read import BookCell
from desktop.forms.sheets_read import ReadPack
from desktop.forms.sheets_read import pack_from_sheets
from desktop.forms.written import pack_to_json

if TYPE_CHECKING:
    from desktop.forms.sheets import Value
    from desktop.forms.sheets_read import Held

PACKS = Path(__file__).parents[2] / "resources" / "packs"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
WORDS = st.text("甲乙a=|\\\n n", min_size=1).filter(lambda text: text == text.strip())


def held(value: Value) -> Held | None:
    """Give what a workbook holds of a value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


def book(pack: Pack) -> dict[str, list[list[BookCell]]]:
    """Write a pack as the rows that reading a workbook gives."""
    tables = {}
    for part in sheets_of(pack):
        heads = tuple(column.head for column in part.sheet.columns)
        tables[part.sheet.name] = [
            [
                BookCell(row, place, cell)
                for place, value in enumerate(values, 1)
                if (cell := held(value)) is not None
            ]
            for row, values in enumerate((heads, *part.rows), 1)
        ]
    return tables


@pytest.mark.parametrize("pack_id", ["changning", "mianyang"])
def test_sheets__a_pack_comes_back_as_it_was(pack_id: str) -> None:
    pack = load_pack(PACKS, pack_id)
    assert isinstance(pack, Pack), pack

    found = pack_from_sheets("包.xlsx", book(pack))

    assert isinstance(found, ReadPack), found
    assert pack_to_json(found.pack) == pack_to_json(pack)


def test_columns__follow_from_the_model() -> None:
    assert [column.head for column in FIELDS.columns][:6] == [
        "form",
        "group",
        "id",
        "kind",
        "title",
        "title_en",
    ]
    shapes = {column.head: column.shape for column in FIELDS.columns}
    assert shapes["adds"] is Shape.YES_NO
    assert shapes["digits"] is Shape.NUMBER
    assert shapes["aliases"] is Shape.LINES
    assert shapes["value_aliases"] is Shape.PAIRS
    assert {column.head for column in RULES.columns} >= {"check", "source.quote"}
    assert [column.head for column in PACK.columns] == ["key", "value"]
    assert len({sheet.name for sheet in SHEETS}) == len(SHEETS)


@given(st.lists(WORDS))
def test_lines__round_trip(items: list[str]) -> None:
    assert lines("\n".join(escaped(item, "\n") for item in items)) == items


@given(st.dictionaries(WORDS, st.lists(WORDS, min_size=1)))
def test_pairs__round_trip(meant: dict[str, list[str]]) -> None:
    told = "\n".join(
        f"{escaped(word, '=' + chr(10))}="
        + "|".join(escaped(each, "\n|") for each in several)
        for word, several in meant.items()
    )

    assert pairs(told) == meant


@given(TEXTS)
def test_unescaped__takes_back_what_escaped_did(text: str) -> None:
    assert unescaped(escaped(text, "=|\n")) == text
    assert list(parted(escaped(text, "|"), "|")) == [escaped(text, "|")]


def test_pairs__an_escaped_line_end_and_a_line_without_a_word() -> None:
    assert unescaped("a\\nb\\=c") == "a\nb=c"
    assert pairs("=乙\n甲=乙") == {"甲": ["乙"]}
