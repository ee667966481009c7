from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.forms.model import Pack
from desktop.forms.sheets_read import BookCell
from desktop.forms.sheets_read import ReadPack
from desktop.forms.sheets_read import pack_from_sheets

if TYPE_CHECKING:
    from desktop.forms.problems import Problem
    from desktop.forms.sheets_read import Held

Rows = dict[str, list[list["Held | None"]]]


def small() -> Rows:
    """Give the sheets of a small pack, as a person would type them."""
    return {
        "pack": [
            ["key", "value"],
            ["id", "demo"],
            ["title", "示范县养老"],
            ["version", "1.0.0"],
            ["region", Decimal(210100)],
            ["period_kind", "year"],
            ["plan.title", "方案"],
            ["plan.file", "plan.txt"],
            ["plan.level", "县级"],
            ["plan.region", "示范县"],
            ["plan.starts", Decimal(2021)],
            ["plan.ends", "2025"],
            ["report.title", "报告"],
            ["report.preface", "第一段。\n第二段。"],
        ],
        "forms": [
            ["id", "kind", "title", "domain", "record", "name"],
            ["home", "roster", "养老机构表", "elderly_care", "一家机构", "title"],
        ],
        "fields": [
            ["form", "group", "id", "kind", "title", "blank", "code_list", "minimum"],
            ["home", "基本", "title", "text", "名称", "required", None, None],
            ["home", "基本", "status", "choice", "状态", None, "states", None],
            ["home", "床位", "beds", "integer", "床位数", None, None, Decimal(0)],
        ],
        "choices": [
            ["code_list", "title", "choice"],
            ["states", "状态", "运营"],
            ["states", None, "停业"],
        ],
        "rules": [
            ["id", "form", "level", "check", "says", "ours"],
            ["home.many", "home", "warning", "beds <= 999", "{beds} 太多", "常识"],
        ],
        "indicators": [
            ["id", "title", "domain", "kind", "numerator.title", "numerator.value"],
            ["beds", "床位", "elderly_care", "count", "床位", "SUM(home.beds)"],
        ],
        "targets": [
            ["indicator", "operator", "value", "year", "year_basis", "basis"],
            ["beds", ">=", Decimal("100.5"), Decimal(2025), "explicit", "numeric"],
        ],
    }


def read(rows: Rows) -> ReadPack | tuple[Problem, ...]:
    rows["indicators"][0] += ["ours"]
    rows["indicators"][1] += ["演示"]
    tables = {
        name: [
            [
                BookCell(number, place, value)
                for place, value in enumerate(row, 1)
                if value is not None
            ]
            for number, row in enumerate(sheet, 1)
        ]
        for name, sheet in rows.items()
    }
    return pack_from_sheets("包.xlsx", tables)


def faults(rows: Rows) -> list[tuple[str, str, int, int]]:
    found = read(rows)
    assert isinstance(found, tuple), found
    return [(each.message.code, each.file, each.line, each.column) for each in found]


def test_sheets__typed_by_a_person() -> None:
    found = read(small())

    assert isinstance(found, ReadPack), found
    pack = found.pack
    assert isinstance(pack, Pack)
    assert pack.region == "210100"
    assert pack.plan.ends == 2025
    assert pack.report.preface == ("第一段。", "第二段。")
    assert pack.choices("home", "status") == ("运营", "停业")
    [home] = pack.forms
    assert [group.title for group in home.groups] == ["基本", "床位"]
    assert pack.indicators[0].targets[0].value == Decimal("100.5")


def test_sheets__a_key_that_must_be_there_may_be_null() -> None:
    rows = small()
    del rows["pack"][4]
    rows["pack"] += [[None, None, "旁注"]]

    found = read(rows)

    assert isinstance(found, ReadPack), found
    assert found.pack.region is None


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "expected"),
    [
        ("fields", 0, 2, "idd", ("forms.key_misspelt", "包.xlsx[fields]", 1, 3)),
        ("fields", 3, 0, "hom", ("forms.value_misspelt", "包.xlsx[fields]", 4, 1)),
        ("targets", 1, 0, "x", ("forms.value_unknown", "包.xlsx[targets]", 2, 1)),
        ("pack", 2, 0, "titel", ("forms.value_misspelt", "包.xlsx[pack]", 3, 1)),
        ("fields", 3, 3, "intger", ("forms.value_misspelt", "包.xlsx[fields]", 4, 1)),
        ("fields", 3, 7, "没有", ("forms.wants_number", "包.xlsx[fields]", 4, 8)),
        ("rules", 1, 3, "bedz <= 9", ("forms.name", "包.xlsx[rules]", 2, 4)),
        ("forms", 1, 3, None, ("forms.key_missing", "包.xlsx[forms]", 2, 1)),
    ],
)
def test_sheets__a_fault_is_told_with_its_cell(
    sheet: str,
    row: int,
    column: int,
    value: str | None,
    expected: tuple[str, str, int, int],
) -> None:
    rows = small()
    rows[sheet][row][column] = value

    [(code, *where), *_] = faults(rows)

    assert where == list(expected[1:])
    assert code.partition(".")[0] in {"forms", "expr"}


def test_sheets__an_unknown_sheet_is_refused() -> None:
    rows = small()
    rows["feilds"] = [["id"]]

    assert ("forms.sheet_misspelt", "包.xlsx[feilds]", 1, 1) in faults(rows)


def test_sheets__what_cells_hold() -> None:
    rows = small()
    rows["fields"][0] += ["carried", "not_applicable", "adds", "value_aliases"]
    rows["fields"][1] += [None, "否", None, None]
    rows["fields"][2] += [True, None, None, "开业=运营\n歇=停业|运营"]
    rows["fields"][3] += [None, "也许", None, None]
    rows["rules"][1][4] = date(2025, 1, 2)

    found = faults(rows)

    assert [where[2:] for _, *where in [found[0]]] != []
    rows["fields"][3][9] = "是"
    read_again = read({**rows, "indicators": [row[:-1] for row in rows["indicators"]]})
    assert isinstance(read_again, ReadPack), read_again
    title, status, beds = read_again.pack.forms[0].fields
    assert (title.not_applicable, beds.not_applicable) == (False, True)
    assert status.carried is True
    assert dict(status.value_aliases) == {"开业": ("运营",), "歇": ("停业", "运营")}  # type: ignore[union-attr]
    assert read_again.pack.rules[0].says == "2025-01-02"
