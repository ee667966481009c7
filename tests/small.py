"""A small pack and its ledgers: two forms, a handful of rules and indicators."""

from __future__ import annotations

import json
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any
from uuid import uuid4

from desktop.app.entry.edits import add_record
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.person import Person
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.store.records import Applied

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger

YEAR = Period(PeriodKind.YEAR, 2025)
COUNTY = "310105"
STREET = "310105001"

ECI: dict[str, Any] = {
    "kind": "roster",
    "id": "eci",
    "title": "养老机构调查表",
    "domain": "elderly_care",
    "record": "每个养老机构一条",
    "name": "name",
    "code": "code",
    "counted_when": "status = '运营'",
    "groups": [
        {
            "title": "基本情况",
            "fields": [
                {
                    "id": "name",
                    "kind": "text",
                    "title": "机构名称",
                    "blank": "required",
                },
                {"id": "code", "kind": "text", "title": "机构编号"},
                {
                    "id": "status",
                    "kind": "choice",
                    "title": "运营状态",
                    "choices": ["运营", "停业"],
                    "default": "运营",
                },
            ],
        },
        {
            "title": "床位",
            "fields": [
                {
                    "id": "beds_total",
                    "kind": "integer",
                    "title": "总床位数",
                    "measure": "张",
                    "minimum": 0,
                },
                {
                    "id": "beds_nursing",
                    "kind": "integer",
                    "title": "护理型床位数",
                    "measure": "张",
                },
                {
                    "id": "price",
                    "kind": "decimal",
                    "digits": 2,
                    "title": "月收费",
                    "measure": "元",
                },
            ],
        },
    ],
}
AREA: dict[str, Any] = {
    "kind": "unit",
    "id": "area",
    "title": "统计单元与人口表",
    "domain": "community",
    "record": "每个单元一条",
    "nesting": "each",
    "every_unit": True,
    "groups": [
        {
            "title": "人口",
            "fields": [
                {
                    "id": "level",
                    "kind": "text",
                    "title": "单元层级",
                    "binds": "unit.class",
                },
                {
                    "id": "pop_60plus",
                    "kind": "integer",
                    "title": "60岁及以上人口",
                    "measure": "人",
                },
            ],
        }
    ],
}
RULES: list[dict[str, Any]] = [
    {
        "id": "eci.nursing_within_total",
        "form": "eci",
        "level": "error",
        "check": "beds_nursing <= beds_total",
        "says": "护理型床位数（{beds_nursing}）不能大于总床位数（{beds_total}）",
        "ours": "常识",
    },
    {
        "id": "eci.price_jump",
        "form": "eci",
        "level": "warning",
        "check": "price <= prev.price * param.jump",
        "when": "status = '运营'",
        "says": "月收费由 {prev.price} 变为 {price}，请说明",
        "fields": ["price"],
        "ours": "常识",
    },
    {
        "id": "area.beds_within_elders",
        "form": "area",
        "level": "warning",
        "check": "SUM(eci.beds_total) <= pop_60plus",
        "says": "床位多于老年人",
        "needs": ["eci"],
        "ours": "常识",
    },
]
INDICATORS: list[dict[str, Any]] = [
    {
        "id": "nursing_share",
        "title": "护理型床位占比",
        "domain": "elderly_care",
        "kind": "ratio",
        "measure": "%",
        "multiplier": 100,
        "numerator": {
            "title": "护理型床位数",
            "value": "SUM(eci.beds_nursing)",
            "measure": "张",
        },
        "denominator": {"title": "总床位数", "value": "SUM(eci.beds_total)"},
        "targets": [
            {
                "operator": ">=",
                "value": 55,
                "year": 2025,
                "year_basis": "explicit",
                "basis": "numeric",
            }
        ],
        "ours": "演示",
    },
    {
        "id": "beds_in_years",
        "title": "历年床位",
        "domain": "elderly_care",
        "kind": "count",
        "measure": "张",
        "aggregation": "cumulative",
        "numerator": {
            "title": "床位",
            "value": "SUM(eci.beds_total)",
            "measure": "张",
        },
        "targets": [
            {"year_basis": "none", "basis": "text_only", "text": "大幅增加"},
        ],
        "ours": "演示",
    },
]


DEFINITIONS: list[dict[str, Any]] = [
    {
        "id": "beds",
        "title": "养老服务床位",
        "explanation": "原文没有说停业机构的床位算不算。",
        "default": "all",
        "options": [
            {
                "id": "all",
                "title": "运营中的床位",
                "value": "SUM(eci.beds_total)",
                "ours": "演示",
            },
            {
                "id": "closed_too",
                "title": "连同停业的床位",
                "value": (
                    "SUM(eci.beds_total) FILTER (WHERE eci.status IN ('运营', '停业'))"
                ),
                "ours": "演示",
            },
        ],
    }
]
PARAMETERS: list[dict[str, Any]] = [
    {
        "id": "jump",
        "title": "涨幅",
        "value": 2,
        "adjustable": True,
        "minimum": 1,
        "maximum": 3,
        "measure": "倍",
        "ours": "演示",
    },
    {"id": "free", "title": "界限", "value": 0.5, "adjustable": True, "ours": "演示"},
    {"id": "fixed", "title": "规划定的数", "value": 2, "ours": "演示"},
]


def pack_data() -> dict[str, Any]:
    """Give the pack as JSON data, to be bent by a test."""
    return {
        "id": "small",
        "title": "小制度",
        "version": "1.0.0",
        "region": "31",
        "period_kind": "year",
        "plan": {
            "title": "方案",
            "file": "plan.txt",
            "level": "省级",
            "region": "上海市",
            "starts": 2021,
            "ends": 2025,
        },
        "forms": [ECI, AREA],
        "parameters": [{"id": "jump", "title": "涨幅", "value": 2, "ours": "演示"}],
        "rules": RULES,
        "indicators": INDICATORS,
        "report": {"title": "小报告"},
    }


def pack_of(data: dict[str, Any]) -> Pack:
    """Read a pack that must be sound."""
    pack = pack_from_json(json.dumps(data, ensure_ascii=False))
    assert isinstance(pack, Pack), pack
    return pack


def small_pack() -> Pack:
    """Give the small pack."""
    return pack_of(pack_data())


def choosing_pack() -> Pack:
    """Give the small pack with a definition and two parameters to choose."""
    data = pack_data()
    share, *others = INDICATORS
    below = {**share["denominator"], "value": "definition.beds"}
    indicators = [{**share, "denominator": below}, *others]
    return pack_of(
        {
            **data,
            "parameters": PARAMETERS,
            "definitions": DEFINITIONS,
            "indicators": indicators,
        }
    )


def units() -> tuple[Unit, ...]:
    """Give a county with one street."""
    county, street = UnitCode(COUNTY), UnitCode(STREET)
    return (
        Unit(county, "长宁区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY),
        Unit(street, "华阳路街道", county, UnitLevel.TOWNSHIP, UnitClass.SUBDISTRICT),
    )


def person() -> Person:
    """Give somebody whose clock stands still."""
    now = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    return Person("张三", lambda: now, lambda: uuid4().hex)


def make_ledger(folder: Path, pack: Pack | None = None) -> Path:
    """Make a ledger file of the small pack, or of another."""
    path = folder / "长宁区.taizhang"
    create_ledger(path, Beginning(pack or small_pack(), units(), YEAR), person())
    return path


def opened(path: Path) -> Ledger:
    """Open a ledger for writing."""
    return open_ledger(path, person())


def put(ledger: Ledger, facility: str, unit: str = STREET, **cells: Cell) -> RecordKey:
    """Add a facility of the small pack."""
    form = ledger.pack().form_by_id["eci"]
    action = add_record(form, YEAR, unit, facility, {"name": facility, **cells})
    assert isinstance(ledger.apply(action), Applied)
    return RecordKey("eci", YEAR.code, FacilityId(facility))


def make_filled(folder: Path) -> Path:
    """Make a small ledger: one facility in order, one with a fault, one with a gap."""
    path = make_ledger(folder)
    with opened(path) as ledger:
        put(ledger, "好院", beds_total=100, beds_nursing=60)
        put(ledger, "坏院", beds_total=100, beds_nursing=120)
        put(ledger, "缺院", unit=COUNTY, beds_total=100)
    return path
