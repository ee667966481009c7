"""Long rosters for the benchmarks of what is written: twelve columns and thirty.

The names, places and figures are made from their number alone, so that two runs have
the same rows; there are about as many characters as a county's institutions use.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.export.report import CellKind
from desktop.export.report import Column
from desktop.export.report import Row
from desktop.export.report import Shape

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.export.report import Report

ROOT: Final = Path(__file__).parents[1]
FIRST_DAY: Final = date(1998, 1, 1)
CHARACTERS: Final = (
    "定海普陀岱山嵊泗舟山白泉干览小沙双桥马岙金塘临城沈家门六横虾峙桃花登步朱家尖"
    "东极衢长涂高亭秀山菜园嵊山洋山枸杞黄龙花鸟五龙南北西东上中下大新古石桥港湾村"
    "福寿康宁颐乐怡和安泰祥瑞春秋晚晴夕阳红松柏鹤仁爱慈善敬老院养护理中心社区日间照料"
)
KINDS: Final = ("公建公营", "公建民营", "民办公助", "民办民营")

COLUMNS: Final = (
    ("name", "机构名称", Shape(), None),
    ("code", "登记号", Shape(CellKind.CODE), None),
    ("phone", "联系电话", Shape(CellKind.CODE), None),
    ("kind", "运营方式", Shape(choices=KINDS), None),
    ("opened", "投入运营日期", Shape(CellKind.DATE), None),
    ("beds", "床位总数", Shape(CellKind.INTEGER), "张"),
    ("nursing", "护理型床位", Shape(CellKind.INTEGER), "张"),
    ("people", "在院人数", Shape(CellKind.INTEGER), "人"),
    ("fee", "月均收费", Shape(CellKind.DECIMAL, 1), "元"),
    ("medical", "内设医疗机构", Shape(CellKind.YES_NO), None),
)
"""What follows the number of the line and the unit: twelve columns with them."""
STUB: Final = (Column("", "序号", "甲"), Column("", "填报单位", "乙"))


def long_report(count: int, figures: int = 0) -> Report:
    """Make a report whose one form is a roster, with more columns of figures."""
    sys.path.insert(0, str(ROOT))
    from tests.export.samples import sample_report  # noqa: PLC0415 - needs the path

    report = sample_report()
    more = [
        (f"n{n}", f"指标{n}", Shape(CellKind.INTEGER), "人") for n in range(figures)
    ]
    columns = tuple(
        Column(key, title, str(place), shape, measure)
        for place, (key, title, shape, measure) in enumerate((*COLUMNS, *more), 1)
    )
    roster = replace(
        report.forms[0],
        stub=STUB,
        wide_stub=1,
        columns=columns,
        rows=tuple(_row(place, figures) for place in range(1, count + 1)),
        totals=None,
    )
    return replace(report, forms=(roster,), findings=(), indicators=(), explanations=())


def with_data(report: Report) -> Report:
    """Give a report data to carry that are as large as one of its length has."""
    data = "\n".join(map(str, report.forms[0].rows)).encode()
    return replace(report, data=data)


def _row(place: int, figures: int) -> Row:
    beds = 30 + place * 7 % 411
    cells: tuple[Cell, ...] = (
        _words(place, 5) + ("敬老院" if place % 3 else "福利中心"),
        f"MJ{place * 7919 % 1_000_000:06d}",
        f"0580-{2_000_000 + place * 37 % 900_000}",
        KINDS[place % 4],
        FIRST_DAY + timedelta(days=place * 13 % 9000),
        beds,
        beds * (place % 9) // 10,
        beds * (place % 11) // 12,
        Decimal(12_000 + place * 17 % 38_000) / 10,
        place % 5 == 0,
    )
    numbers = tuple((place * (n + 3)) % 997 for n in range(figures))
    return Row((str(place), _words(place // 40, 2) + "镇"), cells + numbers)


def _words(place: int, length: int) -> str:
    size = len(CHARACTERS)
    return "".join(
        CHARACTERS[(place * 31 + step * step * 17 + place // 7 * step) % size]
        for step in range(length)
    )
