"""Ledgers of any size for the benchmarks: one roster of 30 fields with forty rules."""

from __future__ import annotations

import json
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final

from desktop.__main__ import person
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from pathlib import Path

FORM: Final = "home"
YEAR: Final = Period(PeriodKind.YEAR, 2025)
COUNTY: Final = UnitCode("210101")
TOWNSHIPS: Final = tuple(UnitCode(f"{COUNTY}{number}") for number in range(100, 130))
NUMBERS: Final = tuple(f"n{number:02d}" for number in range(27))
KINDS: Final = ("养老院", "敬老院", "护理院", "日间照料中心")


def make_ledger(folder: Path, records: int) -> Path:
    """Make a ledger; its rows are written past the log, which would take minutes."""
    path = folder / f"{records}.taizhang"
    pack = pack_from_json(json.dumps(pack_data(), ensure_ascii=False))
    if not isinstance(pack, Pack):
        raise SystemExit(str(pack))
    create_ledger(path, Beginning(pack, units(), YEAR), person())
    head = ["_period", "_facility", "_unit", "_revision", "_pack", "_digest"]
    columns = [*head, "name", "kind", "open", *NUMBERS]
    marks = ", ".join("?" * len(columns))
    into = f"INSERT INTO home ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    base = sqlite3.connect(path)
    with base:
        base.executemany(into, map(row, range(records)))
    base.close()
    return path


def row(number: int) -> tuple[object, ...]:
    """Give a record; one in a hundred breaks a rule."""
    mixed = number * 7919 % 100_003
    values = [(mixed + place * 31) % 300 for place in range(len(NUMBERS))]
    values[1] = values[0] + (5 if number % 100 == 0 else -(number % 3))
    unit = TOWNSHIPS[mixed % len(TOWNSHIPS)]
    head = (YEAR.code, f"f{number}", unit, 1, 1, "")
    kind = KINDS[mixed % len(KINDS)]
    return (*head, f"{chr(0x4E00 + mixed % 3000)}{number}院", kind, 1, *values)


def units() -> tuple[Unit, ...]:
    """Give a county with its townships."""
    level, class_ = UnitLevel.TOWNSHIP, UnitClass.TOWNSHIP
    return (
        Unit(COUNTY, "县", None, UnitLevel.COUNTY, UnitClass.COUNTY),
        *(Unit(code, f"{code}镇", COUNTY, level, class_) for code in TOWNSHIPS),
    )


def rules() -> list[dict[str, str]]:
    """Give forty rules of the kinds packs have; `home.within` fails now and then."""
    pairs = pairwise(NUMBERS[2:15])
    later = NUMBERS[2:16]
    asked = [
        ("within", "error", "n01 <= n00", "{n01} 大于 {n00}"),
        ("unique", "error", "IS_UNIQUE(name)", "{name} 已有"),
        ("kept", "warning", "n00 >= prev.n00 * 0.5", "{n00} 比上期少一半"),
        *(
            (f"sum_{one}", "warning", f"{one} + {other} <= 640", f"{{{one}}} 太大")
            for one, other in pairs
        ),
        *(
            (
                f"jump_{one}",
                "warning",
                f"{one} <= prev.{one} * 3 + 50",
                f"{{{one}}} 猛增",
            )
            for one in later[:8]
        ),
        *(
            (
                f"with_{one}",
                "error",
                f"IMPLIES(kind = '{KINDS[place % len(KINDS)]}' AND open, {one} < 500)",
                f"{{{one}}} 不合 {{kind}}",
            )
            for place, one in enumerate(NUMBERS[10:])
        ),
    ]
    return [
        {
            "id": f"home.{name}",
            "form": FORM,
            "level": level,
            "check": check,
            "says": says,
            "ours": "量速度用",
        }
        for name, level, check, says in asked
    ]


def pack_data() -> dict[str, object]:
    """Give a pack with one roster of 30 fields, forty rules and an indicator."""
    numbers = [
        {"id": name, "kind": "integer", "title": f"数 {name}", "measure": "张"}
        for name in NUMBERS
    ]
    own = [
        {"id": "name", "kind": "text", "title": "名称"},
        {"id": "kind", "kind": "choice", "title": "类型", "choices": list(KINDS)},
        {"id": "open", "kind": "yes_no", "title": "运营"},
    ]
    plan = {"title": "方案", "file": "plan.txt", "level": "省级", "region": "某省"}
    roster = {
        "kind": "roster",
        "id": FORM,
        "title": "机构表",
        "domain": "elderly_care",
        "record": "一家机构",
        "name": "name",
        "groups": [
            {"title": "机构", "fields": own},
            {"title": "床位", "fields": numbers},
        ],
    }
    indicator = {
        "id": "beds",
        "title": "床位",
        "domain": "elderly_care",
        "kind": "count",
        "measure": "张",
        "numerator": {"title": "床位", "value": "SUM(home.n00)", "measure": "张"},
        "ours": "量速度用",
    }
    return {
        "id": "large",
        "title": "制度",
        "version": "1.0.0",
        "region": "21",
        "period_kind": "year",
        "plan": {**plan, "starts": 2021, "ends": 2025},
        "forms": [roster],
        "rules": rules(),
        "indicators": [indicator],
        "report": {"title": "报告"},
    }
