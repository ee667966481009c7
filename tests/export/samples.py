"""A small pack with every kind of field, and a report made from it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from desktop.core.cells import Absent
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.export.building.forms import RecordLine
from desktop.export.building.whole import Contents
from desktop.export.building.whole import Explained
from desktop.export.building.whole import Spoken
from desktop.export.building.whole import build_report
from desktop.forms.model import Pack
from desktop.forms.strict import checked_json
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Status
from desktop.indicators.figures import TermValue

if TYPE_CHECKING:
    from desktop.export.report import Report

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
RARE = Path(__file__).parents[1] / "data" / "rare_township_chars.csv"
PERIOD = Period(PeriodKind.YEAR, 2025)

ECI: dict[str, Any] = {
    "id": "eci",
    "kind": "roster",
    "title": "养老机构调查表",
    "domain": "elderly_care",
    "record": "一家养老机构在一个统计年度的情况",
    "name": "name",
    "code": "code",
    "notes": ["统计范围：已登记的养老机构。"],
    "groups": [
        {
            "title": "基本情况",
            "fields": [
                {"id": "name", "kind": "text", "title": "机构名称"},
                {"id": "code", "kind": "credit_code", "title": "统一社会信用代码"},
                {"id": "phone", "kind": "telephone", "title": "联系电话"},
                {
                    "id": "type",
                    "kind": "choice",
                    "title": "运营方式",
                    "choices": ["公建公营", "公建民营"],
                },
                {"id": "opened", "kind": "date", "title": "投入运营日期"},
                {
                    "id": "year",
                    "kind": "integer",
                    "title": "统计年度",
                    "binds": "period.year",
                },
            ],
        },
        {
            "title": "床位",
            "fields": [
                {
                    "id": "beds",
                    "kind": "integer",
                    "title": "床位总数",
                    "measure": "张",
                    "explanation": "实际可供老年人使用的床位。",
                    "explanation_source": "民政统计制度",
                },
                {
                    "id": "nursing",
                    "kind": "integer",
                    "title": "护理型床位数",
                    "measure": "张",
                    "explanation": "配备护理条件的床位。",
                },
                {
                    "id": "fee",
                    "kind": "decimal",
                    "digits": 1,
                    "title": "月均收费",
                    "measure": "元",
                },
                {"id": "medical", "kind": "yes_no", "title": "是否内设医疗机构"},
                {
                    "id": "services",
                    "kind": "choices",
                    "title": "服务内容",
                    "choices": ["全托", "日托"],
                },
            ],
        },
    ],
}

AREA: dict[str, Any] = {
    "id": "area",
    "kind": "unit",
    "title": "行政区基本情况表",
    "domain": "elderly_care",
    "record": "一个行政区",
    "legal": {
        "form_number": "示例01表",
        "authority": "某某局",
        "approval_authority": "某某统计局",
        "approval_number": "示统审字(2025)1号",
        "valid_until": "2027年12月",
    },
    "groups": [
        {
            "title": "单位",
            "fields": [
                {
                    "id": "unit_code",
                    "kind": "unit",
                    "title": "单位代码",
                    "binds": "unit.code",
                },
                {
                    "id": "unit_name",
                    "kind": "text",
                    "title": "单位名称",
                    "binds": "unit.name",
                },
                {
                    "id": "parent",
                    "kind": "unit",
                    "title": "上级单位",
                    "binds": "unit.parent",
                },
            ],
        },
        {
            "title": "人口",
            "fields": [
                {
                    "id": "people",
                    "kind": "integer",
                    "title": "常住人口",
                    "measure": "人",
                },
                {
                    "id": "area",
                    "kind": "decimal",
                    "digits": 2,
                    "title": "面积",
                    "measure": "平方公里",
                },
                {"id": "urban", "kind": "yes_no", "title": "是否城区"},
            ],
        },
    ],
}

PLAIN: dict[str, Any] = {
    "id": "plain",
    "kind": "unit",
    "title": "简表",
    "domain": "childcare",
    "record": "一个单位",
    "groups": [
        {"title": "全部", "fields": [{"id": "words", "kind": "text", "title": "备注"}]}
    ],
}

PACK_DATA: dict[str, Any] = {
    "id": "sample",
    "title": "示例制度",
    "version": "1.2.0",
    "region": None,
    "period_kind": "year",
    "plan": {
        "title": "示例方案",
        "file": "plan.txt",
        "level": "县级",
        "region": "示例县",
        "starts": 2021,
        "ends": 2025,
    },
    "forms": [ECI, AREA, PLAIN],
    "rules": [
        {
            "id": "eci.nursing_within_total",
            "form": "eci",
            "level": "error",
            "check": "nursing <= beds",
            "says": "护理型床位数（{nursing}）不能大于床位总数（{beds}）",
        }
    ],
    "indicators": [
        {
            "id": "share",
            "title": "护理型床位占比",
            "domain": "elderly_care",
            "kind": "ratio",
            "measure": "%",
            "numerator": {
                "title": "护理型床位数",
                "value": "SUM(eci.nursing)",
                "measure": "张",
            },
            "denominator": {
                "title": "床位总数",
                "value": "SUM(eci.beds)",
                "measure": "张",
            },
            "multiplier": "100",
            "source": {
                "plan": "sample",
                "file": "plan.txt",
                "quote": "护理型床位占比不低于55%",
            },
            "targets": [
                {
                    "operator": ">=",
                    "value": "55",
                    "year": 2025,
                    "year_basis": "explicit",
                    "basis": "numeric",
                    "binding": True,
                }
            ],
        },
        {
            "id": "beds",
            "title": "床位总数",
            "domain": "elderly_care",
            "kind": "count",
            "numerator": {"title": "床位总数", "value": "SUM(eci.beds)"},
            "ours": "按全部机构计",
        },
    ],
    "report": {
        "title": "示例台账报告",
        "preface": ["一、本报告据实填报。", "二、空白不等于零。"],
    },
}

PACK = checked_json(Pack, json.dumps(PACK_DATA))
SPOKEN = Spoken(
    rules={"eci.nursing_within_total": "护理型床位数 ≤ 床位总数"},
    formulas={"share": "护理型床位数之和 ÷ 床位总数之和 × 100"},
)

HOME = RecordLine(
    "330902105",
    "干𬒗镇",
    {
        "name": "干𬒗镇敬老院",
        "code": "52330902MJ8765432X",
        "phone": "0580-1234567",
        "type": "公建公营",
        "opened": date(2018, 10, 19),
        "beds": 208,
        "nursing": 120,
        "fee": Decimal("2300.5"),
        "medical": True,
        "services": ("全托", "日托"),
    },
)
OTHER = RecordLine(
    "330902106",
    "白泉镇",
    {
        "name": '=HYPERLINK("http://x")',
        "opened": date(1899, 12, 31),
        "beds": 100,
        "nursing": Absent.UNKNOWN,
        "fee": Absent.NOT_APPLICABLE,
        "medical": False,
    },
)
AREA_LINE = RecordLine(
    "330902", "定海区", {"people": 500000, "area": Decimal("568.8"), "urban": True}
)

TARGET = PACK.indicators[0].targets[0]
SHARE = Figure(
    indicator="share",
    unit="330902",
    period="2025",
    numerator=TermValue(Decimal(120), 2, 1, started=True),
    denominator=TermValue(Decimal(308), 2, 0, started=True),
    value=Decimal("38.961038961"),
    shown=Decimal("38.96"),
    status=Status.NOT_REACHED,
    target=TARGET,
    overdue=False,
    gap=Gap(Decimal(50), "张", Direction.MORE),
)
FOUND = Explained(
    Finding(
        rule="eci.nursing_within_total",
        level=Level.ERROR,
        outcome=Outcome.FAILED,
        form="eci",
        unit="330902105",
        period="2025",
        record=RecordId(1),
        fields=("nursing", "beds", "gone"),
        text="护理型床位数（209）不能大于床位总数（208）",
    ),
    "干𬒗镇",
    "干𬒗镇敬老院",
    "已核实，次月更正。",
)
CONTENTS = Contents(
    period=PERIOD,
    unit_code="330902",
    unit_name="定海区",
    records={"eci": (HOME, OTHER), "area": (AREA_LINE,)},
    nil=frozenset({"plain"}),
    findings=(FOUND,),
    figures=(SHARE,),
    revision="128",
    made_at="2026-01-08 09:30",
)


def sample_report(**changes: Any) -> Report:  # noqa: ANN401 - any part of the contents
    """Make the sample report, with some of its contents changed."""
    return build_report(PACK, "ab12", replace(CONTENTS, **changes), SPOKEN)


def judged_report() -> Report:
    """Give a report whose first indicator is a commitment in words, and on its way."""
    report = sample_report()
    first, *rest = report.indicators
    changed = replace(
        first,
        numerator=replace(first.numerator, asked=False),
        denominator=None,
        status="已评定",
        left="已实现 3、未实现 1",
        judgement="已实现 3、未实现 1",
        path="按直线进度，本年应达 48%",
        baseline="基期：30%（2020年）",
        departments="民政局、卫生健康委",
        definitions=("床位包括哪些：全部床位",),
    )
    return replace(report, indicators=(changed, *rest))
