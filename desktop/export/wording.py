"""The fixed Chinese words of official forms.

A report is an official Chinese document whatever language the windows speak, so these
words are part of the layout and not of the translations.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Status
from desktop.indicators.meaning import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.export.report import ChoiceLine
    from desktop.export.report import Report

WORKING_SHEET: Final = "工作用表（非法定统计调查表）"
CONTINUED: Final = "（续表）"
LEGEND: Final = "注：空格表示未填报，“—”表示不适用，“…”表示不详。"
NOTES: Final = "说明："
RULES: Final = "审核关系："
TOTAL: Final = "合计"
NIL_RETURN: Final = "零报告：本单位本期没有此类对象。"
NOT_STARTED: Final = "本期尚未填报。"
NO_FINDINGS: Final = "本期没有未通过的审核关系。"
NO_INDICATORS: Final = "本制度没有评价指标。"
NO_UNITS_BELOW: Final = "本单位没有下级单位。"

BY_UNIT: Final = "分地区汇总表"
INDICATORS_BY_UNIT: Final = "分地区指标表"
ROLLUPS: Final = "分地区汇总"

COVER: Final = "封面"
PREFACE: Final = "报送说明"
CONTENTS: Final = "目录"
FORMS: Final = "报表"
INDICATORS: Final = "评价指标"
FINDINGS: Final = "审核结果与情况说明"
DEFINITIONS: Final = "指标定义与出处"
EXPLANATIONS: Final = "指标解释"
VERSION: Final = "数据版本"

BASELINE: Final = "基期"
ACHIEVED: Final = "已有成绩"
LINE: Final = (
    "目标年份之前的进度，按基期到目标的直线推算，原文没有这条线，是本系统的取法。"
)
"""Stands wherever a report says how far things should be by now."""

ABSENT: Final[Mapping[Absent, str]] = {
    Absent.BLANK: "",
    Absent.NOT_APPLICABLE: "—",
    Absent.UNKNOWN: "…",
}

LEVELS: Final[Mapping[Level, str]] = {
    Level.ERROR: "强制性",
    Level.WARNING: "核实性",
    Level.INFO: "提示",
}

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.PASSED: "通过",
    Outcome.FAILED: "未通过",
    Outcome.MISSING: "缺数据",
    Outcome.BROKEN: "无法运算",
}

STATUSES: Final[Mapping[Status, str]] = {
    Status.REACHED: "达标",
    Status.ON_PATH: "进度正常",
    Status.BEHIND: "进度滞后",
    Status.NOT_REACHED: "未达标",
    Status.JUDGED: "已评定",
    Status.UNJUDGED: "待评定",
    Status.MISSING: "数据缺失",
    Status.NOT_APPLICABLE: "不适用",
    Status.DOUBTFUL: "数据存疑",
    Status.REFERENCE: "仅供参考",
    Status.ACHIEVED: "已有成绩",
    Status.NO_TARGET: "无量化目标",
}

DIRECTIONS: Final[Mapping[Direction, str]] = {
    Direction.MORE: "还差",
    Direction.FEWER: "超出",
}

DIFFERENCES: Final[Mapping[Difference, str]] = {
    Difference.NUMERATOR: "分子",
    Difference.DENOMINATOR: "分母",
    Difference.MULTIPLIER: "计量倍数",
    Difference.AGGREGATION: "统计时段",
    Difference.OPERATOR: "目标的方向",
    Difference.TARGET: "目标值",
    Difference.YEAR: "目标年份",
    Difference.BINDING: "约束性或预期性",
}

OPERATORS: Final[Mapping[str, str]] = {
    ">=": "≥",
    "<=": "≤",
    ">": "＞",
    "<": "＜",
    "=": "＝",
    "between": "～",
}

COUNTING_MEASURES: Final = frozenset("张人个名家所处户位台辆间班座套")
"""Measures of things that can be added up over facilities (our reading)."""

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def letters() -> Iterator[str]:
    """Give the marks of text columns: 甲 to 癸, 子 to 亥, then 甲1 and so on."""
    yield from _STEMS
    number = 0
    while True:
        number += 1
        yield from (f"{stem}{number}" for stem in _STEMS)


def page_of(page: int, pages: int) -> str:
    """Say which page of how many."""
    return f"第 {page} 页  共 {pages} 页"


def number(value: Decimal | int, digits: int) -> str:
    """Write a number with a count of decimals, halves rounded away from zero."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:f}"


def amount(cell: Cell) -> str:
    """Write a number without needless zeros: 5285, 12.5; words as they are."""
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return f"{cell.quantize(Decimal(1)) if whole else cell.normalize():f}"
    return say(cell, Shape(CellKind.INTEGER))


def version_lines(report: Report) -> tuple[tuple[str, str], ...]:
    """Say what a report's figures stand on, label by label."""
    records = sum(len(form.rows) for form in report.tables)
    return (
        ("填报单位", f"{report.unit_name}（{report.unit_code}）"),
        ("报告期", report.period_title),
        ("制度包", f"{report.pack.title}（{report.pack.id}）"),
        ("制度包版本", report.pack.version),
        ("制度包摘要", report.pack.digest),
        ("台账修订", report.revision),
        ("制表时间", report.made_at),
        ("报表数", str(len(report.tables))),
        ("报表行数", str(records)),
        ("审核结果数", str(len(report.findings))),
        *map(_choice, report.choices),
    )


def _choice(line: ChoiceLine) -> tuple[str, str]:
    own = "（本台账选定）" if line.own else ""
    return "参数" if line.number else "口径", f"{line.title}：{line.value}{own}"


def say(cell: Cell, shape: Shape) -> str:
    """Write a cell as a reader sees it on paper."""
    match cell:
        case Absent():
            return ABSENT[cell]
        case bool():
            return "是" if cell else "否"
        case int() | Decimal():
            digits = shape.digits if shape.kind is CellKind.DECIMAL else 0
            return number(cell, digits) if shape.numeric else f"{Decimal(cell):f}"
        case date():
            return cell.isoformat()
        case tuple():
            return "、".join(cell)
        case str():
            return cell
        case _:
            assert_never(cell)
