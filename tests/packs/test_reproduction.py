"""What the plans say of their own places, entered and computed."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figures.figuring import figures_of_unit
from desktop.export.building.figures import indicator_line
from desktop.indicators.figures import Status
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import IndicatorLine
    from desktop.indicators.figures import Figure


def computed(
    folder: Path, pack_id: str, place: tuple[str, str], number: int, **records: object
) -> dict[str, tuple[Figure, IndicatorLine]]:
    """Enter one record a form, given as its cells, and compute a unit."""
    code, class_ = place
    of = pack(pack_id)
    ledger = new_ledger(folder / "one.taizhang", of, [unit(code, class_)], [number])
    desk = Desk(ledger, count())
    for form, cells in records.items():
        assert isinstance(cells, dict)
        desk.do(desk.enter(form, year(number), code, cells)[1])
    plan = CompiledPack(of).figures
    figures = figures_of_unit(ledger, of, plan, year(number), code)
    ledger.close()
    return {
        figure.indicator: (
            figure,
            indicator_line(of, of.indicator_by_id[figure.indicator], figure, None),
        )
        for figure in figures
    }


def test_liaoning__20_000_beds_to_go(tmp_path: Path) -> None:
    """23.55 万张 at the start, 25.55 万张 wanted in 2025."""
    beds = {"name": "全省", "beds_total": 200000}
    cared = {"name": "全省", "beds_total": 35500}
    place = ("21", "省级")
    found = computed(tmp_path, "liaoning", place, 2025, eci=beds, cef=cared)
    figure, line = found["elderly_bed_total"]
    assert figure.value == 235500
    assert figure.status is Status.NOT_REACHED
    assert line.gap == "还差 20,000 张"
    assert line.target.startswith("≥255,500张（2025年")


def test_liaoning__half_way_there(tmp_path: Path) -> None:
    """2,000 of 20,000 a year too few: 2022 is two years after the assumed 2020."""
    beds = {"name": "全省", "beds_total": 241500}
    cared = {"name": "全省", "beds_total": 0}
    found = computed(tmp_path, "liaoning", ("21", "省级"), 2022, eci=beds, cef=cared)
    figure, line = found["elderly_bed_total"]
    assert figure.status is Status.BEHIND
    assert line.path == (
        "按直线进度，本年应达 243,500 张（原文未写起点年份，按规划开始前一年2020年算）"
    )
    assert line.gap == "还差 14,000 张"


def test_changning__nursing_beds_to_registered_elders(tmp_path: Path) -> None:
    """1.5 % of 200,000 registered elders are 3,000 beds; 2,900 are 1.45 %."""
    found = computed(
        tmp_path,
        "changning",
        ("310105", "县(市、区)"),
        2020,
        area={"pop_registered_60plus": 200000},
        eci={"name": "院", "beds_nursing": 2500},
        hos={"name": "医院", "beds_nursing": 300},
        chc={"name": "中心", "beds_nursing": 100},
    )
    figure, line = found["nursing_beds_to_registered_elderly_ratio"]
    assert figure.shown is not None
    assert str(figure.shown) == "1.45"
    assert figure.status is Status.NOT_REACHED
    assert line.gap == "还差 100 张"
