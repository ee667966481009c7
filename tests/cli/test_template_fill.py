from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from desktop.core.changes import Action
from desktop.core.changes import NilChange
from desktop.core.messages import message
from desktop.forms.yaml_out import layout_to_yaml
from tests.cli.desks import Typed
from tests.cli.desks import typed
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.export.template_books import stress_parts
from tests.forms.layouts import CONTINUED
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import layout
from tests.forms.layouts import with_layouts
from tests.small import COUNTY
from tests.small import STREET
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = packed(roster_parts())
SHA = hashlib.sha256(TEMPLATE).hexdigest()
KNOWN = {**LAYOUT, "sha256": SHA, "continued": [CONTINUED]}


def ledger_of(folder: Path, count: int = 2) -> Path:
    path = make_ledger(folder, with_layouts(KNOWN))
    with opened(path) as ledger:
        for place in range(count):
            put(ledger, f"{place}院", beds_total=10 * place)
    return path


def fill(folder: Path, ledger: Path, *words: str | Path) -> Typed:
    out = folder / "out"
    return typed(
        folder, "template", "fill", ledger, "--form", "eci", "--to", out, *words
    )


def test_fill__the_template_beside_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "花名册.xlsx").write_bytes(TEMPLATE)
    (tmp_path / "花名册.xlsx").write_bytes(b"another")
    done = fill(tmp_path, ledger_of(tmp_path))
    assert (done.code, done.err) == (0, "")
    path = tmp_path / "out" / "长宁区-2025年-养老机构调查表.xlsx"
    assert done.out == (
        f"Written and read back: {path}\n"
        "  records: 2; sheets: 首页、续表; anchors that held: 3\n"
    )
    with path.open("rb") as file:
        book = load_workbook(file, data_only=True)
    assert [book["首页"][f"B{row}"].value for row in (2, 4, 5, 6)] == [
        *("长宁区", "0院", "1院", None)
    ]
    assert (book["首页"]["C7"].value, book["首页"]["C8"].value) == (10, 10)


def test_fill__in_json_with_copies_a_unit_and_another_file(tmp_path: Path) -> None:
    parts = roster_parts()
    parts["docProps/more.xml"] = b"<x/>"
    (tmp_path / "新表.xlsx").write_bytes(packed(parts))
    ledger = ledger_of(tmp_path, 7)
    words = ("--template", tmp_path / "新表.xlsx", "--unit", STREET, "--json")
    done = fill(tmp_path, ledger, *words)
    facts = done.facts
    assert {key: facts[key] for key in facts if key not in {"file", "remarks"}} == {
        "form": "eci",
        "unit": STREET,
        "period": "2025",
        "records": 7,
        "sheets": ["首页", "续表", "续表(2)"],
        "copies": 1,
        "anchors": 4,
        "same_template": False,
    }
    assert [text.split()[0] for text in facts["remarks"]] == [
        "新表.xlsx",
        "Sheets",
        "首页:",
    ]


def test_fill__a_layout_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own" / "layouts"
    own.mkdir(parents=True)
    text = layout_to_yaml(layout(signers={"填表人": "B9"}, header={"date": "C9"}))
    (own / "eci.yaml").write_text(text, "utf-8")
    (tmp_path / "own" / "templates").mkdir()
    (tmp_path / "own" / "templates" / "花名册.xlsx").write_bytes(TEMPLATE)
    words = ("--layout", own / "eci.yaml", "--signer", "填表人=李四")
    done = fill(tmp_path, ledger_of(tmp_path), *words, "--date", "2026-02-03")
    assert done.code == 0, done.err
    with next((tmp_path / "out").iterdir()).open("rb") as file:
        sheet = load_workbook(file)["首页"]
    assert (sheet["B9"].value, sheet["C9"].value) == ("李四", "2026年2月3日")


def test_fill__nothing_to_fill_in_is_said(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(TEMPLATE)
    ledger = ledger_of(tmp_path, 0)
    assert "has no records in 2025年" in fill(tmp_path, ledger).out
    with opened(ledger) as book:
        title = message("app.nil")
        change = NilChange("eci", "2025", COUNTY, before=False, after=True)
        book.apply(Action(title, (change,)))
    assert "a nil return" in fill(tmp_path, ledger).out


def test_fill__a_unit_without_a_record(tmp_path: Path) -> None:
    area = {
        "form": "area",
        "template": "综合.xlsx",
        "sha256": SHA,
        "sheet": "综合表",
        "anchors": {"A4": "床位总数"},
        "fields": {"pop_60plus": "B4"},
    }
    (tmp_path / "综合.xlsx").write_bytes(packed(stress_parts()))
    ledger = make_ledger(tmp_path, with_layouts(area))
    done = typed(
        tmp_path, "template", "fill", ledger, "--form", "area", "--to", tmp_path
    )
    assert done.code == 0, done.err
    assert "records: 1; sheets: 综合表" in done.out


def test_fill__error_a_template_that_was_changed(tmp_path: Path) -> None:
    parts = roster_parts()
    sheet = parts["xl/worksheets/sheet1.xml"]
    moved = sheet.replace(b'"D3"', b'"E3"').replace(b'"C3"', b'"D3"')
    parts["xl/worksheets/sheet1.xml"] = moved
    (tmp_path / "花名册.xlsx").write_bytes(packed(parts))
    done = fill(tmp_path, ledger_of(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1:] == [
        "首页: “总床位数（张）” was expected in C3, now it is in D3."
    ]
    assert not [*(tmp_path / "out").iterdir()]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\3\4", "was not used"),
        (packed({**roster_parts(), "xl/vbaProject.bin": b"x"}), "contains macros (xl/"),
    ],
)
def test_fill__error_a_template_that_is_refused(
    tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(data)
    done = fill(tmp_path, ledger_of(tmp_path))
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--template", "none.xlsx"], "The template none.xlsx cannot be opened."),
        ([], "The template 花名册.xlsx was not found; looked in: "),
        (["--layout", "none.yaml"], "The template none.yaml cannot be opened."),
        (["--signer", "甲=乙"], "The layout has no place for 甲; it has: —."),
        (["--date", "2026年"], "2026年 is no day"),
        (["--form", "ecj"], "The pack has no form ecj; it has: eci、area."),
        (["--form", "area"], "nothing of where the figures of 统计单元与人口表"),
    ],
)
def test_fill__error_says_what_is_missing(
    tmp_path: Path, words: list[str], said: str
) -> None:
    done = fill(tmp_path, ledger_of(tmp_path), *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_fill__error_more_records_than_room(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(TEMPLATE)
    (tmp_path / "l.yaml").write_text(layout_to_yaml(layout()), "utf-8")
    done = fill(tmp_path, ledger_of(tmp_path, 4), "--layout", tmp_path / "l.yaml")
    assert "There are 4 records, and the template has room for 3." in done.err


def test_fill__error_a_faulty_layout(tmp_path: Path) -> None:
    text = layout_to_yaml(layout(sums={"bed": "C9"}))
    (tmp_path / "l.yaml").write_text(text, "utf-8")
    done = fill(tmp_path, ledger_of(tmp_path), "--layout", tmp_path / "l.yaml")
    assert done.code == 2
    assert "The layout l.yaml has faults." in done.err
    assert "the form has no field bed" in done.out
