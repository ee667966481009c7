"""The indicators of a unit and of those directly below it, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.manifest import NAME
from desktop.core.manifest import UNIT
from desktop.export import wording
from desktop.export.report import CellKind
from desktop.export.report import Column
from desktop.export.report import FormTable
from desktop.export.report import Row
from desktop.export.report import Shape
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.core.unit import Unit
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure

NOTES: Final = (
    "1．各单位的数按该单位和以下各级的记录计算；比率不能由下级相加得到。",
    "2．空格表示数据缺失，没有按 0 计。",
)


def indicators_by_unit(
    pack: Pack, root: Unit, below: Sequence[Unit], figures: Iterable[Figure]
) -> FormTable:
    """Lay indicators out as 分地区指标表: a line a unit, the whole at its foot."""
    found = {(figure.unit, figure.indicator): figure for figure in figures}
    shown = [one for one in pack.indicators if _computed(one)]
    columns = tuple(
        Column(
            one.id,
            one.title,
            str(place),
            Shape(CellKind.DECIMAL, one.digits),
            one.measure,
        )
        for place, one in enumerate(shown, 1)
    )

    def row(unit: Unit, label: str) -> Row:
        cells = (_cell(found.get((unit.code, one.id))) for one in shown)
        return Row((label, unit.code), tuple(cells))

    return FormTable(
        id="indicators-by-unit",
        title=wording.INDICATORS_BY_UNIT,
        marks=(),
        header=(f"综合机关名称：{root.name}", f"行政区划代码：{root.code}"),
        measure="见各栏",
        stub=(Column(NAME, "单位名称", "甲"), Column(UNIT, "行政区划代码", "乙")),
        columns=columns,
        rows=tuple(row(unit, unit.name) for unit in below),
        notes=NOTES,
        totals=row(root, root.name) if below else None,
        empty=None if below else wording.NO_UNITS_BELOW,
    )


def _computed(indicator: Indicator) -> bool:
    """Leave commitments in words out, which have no number."""
    return indicator.numerator.value is not None


def _cell(figure: Figure | None) -> Cell:
    if figure is None:
        return BLANK
    if figure.status is Status.NOT_APPLICABLE:
        return Absent.NOT_APPLICABLE
    return BLANK if figure.shown is None else figure.shown
