from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.files.importing import read_file
from desktop.app.packs.books import PackFromBook
from desktop.app.packs.books import pack_of_book
from desktop.core.messages import Message
from desktop.export.xlsx.pack_book import write_pack_book
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.sheets import sheets_of
from desktop.forms.written import pack_to_json
from desktop.intake.children import READER_COMMAND
from desktop.intake.table import RawCell
from desktop.intake.table import Source
from desktop.intake.table import Table

if TYPE_CHECKING:
    from desktop.intake.table import RawValue

PACKS = Path(__file__).parents[3] / "resources" / "packs"


def table(sheet: str, *rows: tuple[RawValue, ...]) -> Table:
    return Table(
        sheet,
        tuple(
            tuple(
                RawCell(number, place, value)
                for place, value in enumerate(row, 1)
                if value != ""
            )
            for number, row in enumerate(rows, 1)
        ),
    )


@pytest.mark.unmeasured
def test_pack_of_book__through_a_real_workbook(tmp_path: Path) -> None:
    pack = load_pack(PACKS, "jilin")
    assert isinstance(pack, Pack), pack
    path = tmp_path / "吉林.xlsx"
    write_pack_book(path, sheets_of(pack))
    source = read_file(path, READER_COMMAND)
    assert isinstance(source, Source), source

    found = pack_of_book(source, "jilin", 2026)

    assert isinstance(found, PackFromBook), found
    assert found.left == ()
    assert pack_to_json(found.pack) == pack_to_json(pack)


def test_pack_of_book__faults_have_sheet_row_and_column() -> None:
    pages = (
        table("pack", ("key", "value"), ("id", "demo"), ("version", Decimal(1))),
        table("forms", ("id", "kind"), ("a", datetime(2025, 1, 2))),  # noqa: DTZ001
        table("rules", ("id", None, "says")),
    )

    found = pack_of_book(Source("包.xlsx", "", pages), "demo", 2026)

    assert isinstance(found, tuple)
    assert {(each.file, each.line) for each in found} >= {("包.xlsx[forms]", 2)}


SURVEY = (
    ("type", "name", "label", "relevant", "constraint", "calculation"),
    ("text", "title", "名称", "", "", ""),
    ("integer", "beds", "床位", "ROUND(title)", ". >= 0", ""),
    ("integer", "more", "更多", "", "title + 1", "beds + TITLE"),
    ("calculate", "sum", "合计", "", "", "SUM(beds)"),
)


def test_pack_of_book__an_xlsform_keeps_what_can_be_read() -> None:
    source = Source("表.xlsx", "", (table("survey", *SURVEY), table("empty")))

    found = pack_of_book(source, "demo", 2026)

    assert isinstance(found, PackFromBook), found
    [form] = found.pack.forms
    assert [field.id for field in form.fields] == ["title", "beds", "more", "sum"]
    assert form.by_id["beds"].visible_when is None
    assert [rule.check for rule in found.pack.rules] == ["beds >= 0"]
    told = [str(dict(each.params).get("column", "")) for each in found.left]
    assert sorted(filter(None, told)) == [
        "calculation",
        "calculation",
        "constraint",
        "relevant",
    ]
    assert found.pack.plan.starts == 2026


def test_pack_of_book__an_xlsform_nothing_can_be_made_of() -> None:
    source = Source("表.xlsx", "", (table("survey", ("type", "name")),))

    found = pack_of_book(source, "demo", 2026)

    assert isinstance(found, tuple)
    assert all(isinstance(each.message, Message) for each in found)
    assert re.match(r"forms", found[0].path)


def test_pack_of_book__a_rule_with_two_faults_is_listed_once() -> None:
    rows = (
        *SURVEY[:2],
        ("integer", "n", "数", "", "title > 1 and ROUND(title) > 2", ""),
    )
    source = Source("表.xlsx", "", (table("survey", *rows),))

    found = pack_of_book(source, "demo", 2026)

    assert isinstance(found, PackFromBook), found
    assert found.pack.rules == ()
    assert len(found.left) == 2


def test_pack_of_book__an_xlsform_with_two_choices_alike__error() -> None:
    survey = table("survey", ("type", "name", "label"), ("select_one s", "a", "甲"))
    choices = table(
        "choices", ("list_name", "name", "label"), ("s", "x", "同"), ("s", "y", "同")
    )

    found = pack_of_book(Source("表.xlsx", "", (survey, choices)), "demo", 2026)

    assert isinstance(found, tuple)
    assert [each.message.code for each in found] == ["forms.duplicate_choice"]
