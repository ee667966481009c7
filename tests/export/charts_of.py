"""Charts the tests share, with every mark there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.export.chart.data import Goal
from desktop.export.chart.data import Mark
from desktop.export.chart.data import RankBar
from desktop.export.chart.data import RankChart
from desktop.export.chart.data import Sign
from desktop.export.chart.data import TargetChart
from desktop.export.chart.data import TrendChart
from desktop.export.chart.data import TrendDot


def mark(number: float, words: str = "") -> Mark:
    return Mark(Decimal(str(number)), words)


TARGET = TargetChart(
    title="护理型床位占比（长宁区2025年）",
    sentence="长宁区护理型床位占比：52.30%，未达标。",
    sign=Sign.BAD,
    status="未达标",
    value=mark(52.3, "52.30%"),
    start=mark(30, "基期 30%"),
    path=mark(48, "按直线进度，本年应达 48%"),
    targets=(mark(55, "目标 ≥55%（2025年）"),),
    full=Decimal(100),
)
TREND = TrendChart(
    title="护理型床位占比逐期变化（长宁区）",
    sentence="各期：2023 40.00，2025 52.30。",
    dots=(
        TrendDot(2021, "2021", mark(20, "20.00"), joined=False),
        TrendDot(2022, "2022", mark(40, "40.00")),
        TrendDot(2023, "2023", mark(45, "45.00")),
        TrendDot(2024, "2024", None),
        TrendDot(2025, "2025", mark(52.3, "52.30"), now=True),
    ),
    goals=(Goal(2027, mark(55, "目标 ≥55%")),),
    path=(Goal(2020, mark(30, "30%")), Goal(2027, mark(55))),
    measure="%",
)
SIGNS = ("达标", "未达标", "进度滞后", "已评定", "无量化目标")
RANK = RankChart(
    title="2025年各单位护理型床位占比（长宁区，由高到低）",
    sentence="第1 街道0 90.00%。",
    bars=tuple(
        RankBar(n + 1, f"街道{n}", mark(90 - 9 * n, f"{90 - 9 * n}.00%"), sign, words)
        for n, (sign, words) in enumerate(zip(Sign, SIGNS, strict=True))
    ),
    target=mark(55, "目标 ≥55%（2025年）"),
    apart=("数据缺失（不参加排名）：新泾镇",),
    full=Decimal(100),
)


def shapes(drawing: Any, kind: str) -> list[Any]:  # noqa: ANN401 - reportlab's stubs lack shapes
    """Give the shapes of a kind, by the name of reportlab's class."""
    return [each for each in drawing.contents if type(each).__name__ == kind]


def texts(drawing: Any) -> list[str]:  # noqa: ANN401 - see above
    """Give all words of a drawing."""
    return [each.text for each in shapes(drawing, "String")]
