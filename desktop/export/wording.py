"""The fixed Chinese words of official forms.

A report is an official Chinese document whatever language the windows speak, so these
words are part of the layout and not of the translations.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.manifest import PRINTED
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Status
from desktop.indicators.meaning import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.export.report import ChoiceLine
    from desktop.export.report import FormTable
    from desktop.export.report import Report
    from desktop.export.report import Rests

WORKING_SHEET: Final = "工作用表（非法定统计调查表）"
CONTINUED: Final = "（续表）"
GOES_ON: Final = "（续）"
SEALED: Final = "（盖章）："
LAPSED: Final = "（已过期）"
LEGEND: Final = "注：空格表示未填报，“—”表示不适用，“…”表示不详。"
NOTES: Final = "说明："
RULES: Final = "审核关系："
VALID_UNTIL: Final = "有效期至"
TOTAL: Final = "合计"
NO_VALUE: Final = "缺"
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
CHARTS: Final = "指标图"
CHARTS_NOTE: Final = (
    "有量化目标的指标才画图。本期没有数值的，不画与目标对照；只有一期数值的，不画逐期变化；"
    "有数值的下级单位不足两个、或数值都相同的，不画各单位排名。"
)
EXPLAINED: Final = "情况说明"

SEAL_HERE: Final = "填报单位（盖章）："
DAY: Final = "　　　　　　20　　年　　月　　日"
BY_RULE: Final = "同一审核关系的结果列在一起；行号、栏号是该报表中的序号。"
FIGURES_NOTE: Final = (
    "注：横条为本期值，竖线为目标，断开的竖线为按直线进度本年应达的数；"
    "括号内为所依据的记录数和其中的空白数。"
)
NOTES_BEHIND: Final = (
    "各指标的计算方法、依据的记录、情况说明和原文，见“指标定义与出处”中序号相同的一条。"
)
CODE_NOTES: Final = (
    "二维码的内容依次是：报表、单位代码、报告期、台账修订、数据摘要的前 16 位。",
    "各表末页也有二维码；这里的不分报表。台账没有改动，再导出的数据摘要不变。",
)

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


def page_number(page: int) -> str:
    """Write a page's number as official documents do."""
    return f"— {page} —"


def page_total(pages: int) -> str:
    """Say of how many pages a page is one."""
    return f"共 {pages} 页"


def signature(label: str) -> str:
    """Write what is signed, or dated, by hand."""
    day = "20　　年　　月　　日" if label.endswith("日期") else ""
    return f"{label}：{day}"


def identity(report: Report) -> str:
    """Say in one line which state of whose data a page shows."""
    parts = (
        f"{report.unit_name}（{report.unit_code}）",
        report.period_title,
        f"{report.pack.id} {report.pack.version}",
        f"台账修订 {report.revision}" if report.revision else "",
        f"数据摘要 {report.digest[:PRINTED]}" if report.digest else "",
    )
    return "　".join(filter(None, parts))


def provenance(report: Report) -> tuple[str, ...]:
    """Say what a table stands on: pack, unit and period; the ledger's state."""
    pack = f"制度包：{report.pack.title}（{report.pack.id} {report.pack.version}）"
    unit = f"单位：{report.unit_name}（{report.unit_code}）"
    state = f"台账修订：{report.revision}（{report.made_at}）"
    digest = f"数据摘要：{report.digest[:PRINTED]}" if report.digest else ""
    return (
        "　".join((pack, unit, f"报告期：{report.period_title}")),
        "　".join(filter(None, (state, digest))),
    )


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
        ("数据时间", report.made_at),
        ("报表数", str(len(report.tables))),
        ("报表行数", str(records)),
        ("审核结果数", str(len(report.findings))),
        *_sealed(report),
        *map(_choice, report.choices),
    )


def _sealed(report: Report) -> Iterator[tuple[str, str]]:
    """Give what proves the data: the end of the change log, and their digest."""
    if report.stamp is not None:
        yield "修改记录末尾", f"第 {report.stamp.seq} 条，{report.stamp.head}"
    if report.digest:
        yield "数据摘要", f"SHA-256 {report.digest}"


def as_of(report: Report) -> str:
    """Say of when the data are, by the ledger's last change."""
    if not report.revision:
        return ""
    return f"数据截至　{report.made_at}（台账第 {report.revision} 次修订）"


def lapsed_lines(report: Report) -> Iterator[str]:
    """Say of forms whose 有效期 had ended that they are void."""
    for form in report.forms:
        if form.lapsed:
            until = dict(form.marks).get(VALID_UNTIL, "")
            yield (
                f"《{form.title}》的有效期至{until}，填报时已过。"
                "有效期已过的调查表不再有效，请向制定机关索取现行的表。"
            )


def in_row(number: int) -> str:
    """Name a line of a printed form; nothing where it is not known."""
    return f"（第 {number} 行）" if number else ""


def lines_of(numbers: Iterable[int]) -> str:
    """Name lines of a printed form."""
    return f"第 {spans(numbers)} 行"


def shortened(text: str, length: int) -> str:
    """Cut a text that is too long to be read here, and say so."""
    return text if len(text) <= length else f"{text[:length]}……（从略）"


def and_more(count: int) -> str:
    """Say that a list was cut, and how many it has in all."""
    return f"……共 {count} 条，全部名单见工作簿。"


def spans(numbers: Iterable[int]) -> str:
    """Write numbers shortly: 1—3、5、8—10."""
    parts: list[str] = []
    ordered = enumerate(sorted(numbers))
    for _, run in groupby(ordered, key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        parts.append(str(found[0]))
        if len(found) > 1:
            parts[-1] += f"—{found[-1]}"
    return "、".join(parts)


def rests_words(form: FormTable, rests: Rests) -> str:
    """Name the lines, or columns, of a printed form that a term rests on."""
    kind = "栏" if form.across else "行"
    parts = [
        f"{label}第 {spans(numbers)} {kind}"
        for label, numbers in (
            ("", rests.records),
            ("没有填的：", rests.blank),
            ("无法判断是否计入的：", rests.undecided),
        )
        if numbers
    ]
    where = "；".join(parts) or "没有记录"
    return f"{rests.term}依据：{form.title}，{where}。"


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
