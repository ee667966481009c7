from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.core.messages import Message
from desktop.intake.delimited import read_delimited
from desktop.intake.limits import LIMITS

if TYPE_CHECKING:
    from desktop.intake.table import Table


def read(data: bytes) -> tuple[list[list[str]], tuple[Message, ...]]:
    found = read_delimited(data, "a.csv", LIMITS)
    assert not isinstance(found, Message)
    table, notes = found
    assert not table.typed
    return [[cell.text for cell in row] for row in table.rows], notes


def read_as(data: bytes) -> tuple[str, str]:
    _, notes = read(data)
    known = dict(notes[0].params)
    return str(known["encoding"]), str(known["separator"])


TEXT = "名称,床位\n颐养院,110\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")],
)
def test_encoding__is_found_and_told(codec: str, name: str) -> None:
    data = TEXT.encode(codec)

    assert read(data)[0] == [["名称", "床位"], ["颐养院", "110"]]
    assert read_as(data) == (name, ",")


def test_encoding__rare_characters_survive_both() -> None:
    for codec in ("utf-8", "gb18030"):
        assert read("名称,数\n干𬒗镇,1\n".encode(codec))[0][1][0] == "干𬒗镇"


@pytest.mark.parametrize(("separator", "said"), [(",", ","), (";", ";"), ("\t", "Tab")])
def test_separator__is_found(separator: str, said: str) -> None:
    lines = ["名称,甲", "甲;乙", "丙"]
    text = "\n".join(separator.join([f'"{line}"', "1", "2"]) for line in lines)

    assert read_as(text.encode())[1] == said
    assert read(text.encode())[0][0] == ["名称,甲", "1", "2"]


def test_separator__a_single_column_needs_none() -> None:
    assert read("名称\n\n甲\n".encode())[0] == [["名称"], ["甲"]]


def test_rows__keep_their_numbers() -> None:
    found = read_delimited("标题\n\n,,\n甲,1,2\n".encode(), "a.csv", LIMITS)

    assert isinstance(found, tuple)
    assert [row[0].address for row in found[0].rows] == ["A1", "A4"]


def test_ragged__is_told() -> None:
    _, notes = read(b"a,b\n1,2\n3\n4,5\n6,7,8\n")

    assert notes[1].code == "intake.ragged"
    assert dict(notes[1].params) == {"file": "a.csv", "count": 2, "row": 3}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n ", "empty_file"),
        (b"a,b\n\0,1\n", "text_with_nul"),
        ("a,b".encode("utf-16"), "text_encoding"),
        (b"a,\xff\xff\n", "text_encoding"),
        (b'a,b\n1,"2\n', "text_quotes"),
        (b'a,b\n1,"2"3\n', "text_quotes"),
        (b"a,b,c,d,e,f\n", "too_many_cells"),
        (b"a,b\n" * 30, "too_many_cells"),
    ],
)
def test_refused__with_its_reason(data: bytes, code: str) -> None:
    found = read_delimited(data, "a.csv", replace(LIMITS, columns=5, cells=50))

    assert isinstance(found, Message)
    assert found.code == f"intake.{code}"


CELL = some.text(
    some.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff"
    ),
    max_size=8,
)


@given(some.lists(some.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_round_trip__in_both_encodings(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["名称", "床位"], *rows])

    for codec in ("utf-8", "utf-8-sig", "gb18030"):
        found = read_delimited(out.getvalue().encode(codec), "a.csv", LIMITS)

        assert isinstance(found, tuple)
        assert told(found[0]) == {
            (row, column): text
            for row, line in enumerate(rows, start=2)
            for column, text in enumerate(line, start=1)
            if text
        }


def told(table: Table) -> dict[tuple[int, int], str]:
    return {
        (cell.row, cell.column): cell.text
        for row in table.rows
        for cell in row
        if cell.row > 1
    }


@given(some.binary(max_size=200))
def test_any_bytes__give_a_table_or_a_reason(data: bytes) -> None:
    read_delimited(data, "a.csv", LIMITS)
