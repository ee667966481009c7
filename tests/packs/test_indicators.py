"""Every indicator of every pack, computed by hand.

A case in `indicator_cases/<pack>.yaml` gives the records of a small ledger, and what
follows from them; the arithmetic stands beside it. The county 甲县 is asked, in the
plan's last year, unless a case says `asked` or `year`.

    units     the units of the ledger besides the one that is asked
    records   records of the year by form; `unit` names theirs
    nil       units that have nothing to report, by form
    earlier   records of earlier years
    judged    how people judged a commitment in words, with how many did

`value` is the figure as it is shown; a term that is not written is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING
from typing import Final
from typing import cast

import pytest

from desktop.app.figures.figuring import figures_of_unit
from desktop.core.changes import Change
from desktop.core.changes import undo
from desktop.indicators.compute import FigurePlan
from desktop.indicators.compute import compile_indicators
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Status
from desktop.indicators.figures import TermValue
from tests.packs.worlds import PACKS
from tests.packs.worlds import Cells
from tests.packs.worlds import Desk
from tests.packs.worlds import Forms
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import read_cases
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.unit import Unit

CASED: Final = tuple(each for each in PACKS if each != "mianyang")
"""Packs whose indicators are tried here; Mianyang's are in `test_mianyang.py`."""
UNITS: Final[Mapping[str, tuple[str, str, str]]] = {
    "本省": ("21", "省级", ""),
    "本市": ("2101", "地级市", "21"),
    "二市": ("2102", "地级市", "21"),
    "甲市": ("2101", "地级市", "21"),
    "乙市": ("2102", "地级市", "21"),
    "甲县": ("210102", "县(市、区)", "21"),
    "乙县": ("210103", "县(市、区)", "21"),
    "一街": ("210102001", "街道", "210102"),
    "二街": ("210102002", "街道", "210102"),
    "一镇": ("210102101", "乡镇", "210102"),
    "二镇": ("210102102", "乡镇", "210102"),
    "一社区": ("210102001001", "社区", "210102001"),
    "二社区": ("210102002001", "社区", "210102002"),
    "一村": ("210102101201", "行政村", "210102101"),
    "二村": ("210102101202", "行政村", "210102101"),
}
STATUS: Final = {
    Status.REACHED: "达标",
    Status.NOT_REACHED: "未达标",
    Status.MISSING: "数据缺失",
    Status.NOT_APPLICABLE: "不适用",
    Status.NO_TARGET: "无目标",
    Status.ON_PATH: "进度正常",
    Status.BEHIND: "进度滞后",
    Status.JUDGED: "已评定",
    Status.UNJUDGED: "待评定",
    Status.ACHIEVED: "已有成绩",
}
DIRECTION: Final = {Direction.MORE: "还差", Direction.FEWER: "多出"}


@dataclass(frozen=True)
class Case:
    """A small ledger and what one indicator says of it."""

    indicator: str
    case: str
    status: str
    numerator: float | None
    denominator: float | None = None
    value: float | None = None
    gap: str | None = None
    judged: Mapping[str, int] | None = None
    asked: str = "甲县"
    year: int = 0
    units: Sequence[str] = ()
    records: Forms = field(default_factory=dict)
    nil: Mapping[str, Sequence[str]] = field(default_factory=dict)
    earlier: Mapping[int, Forms] = field(default_factory=dict)


def cases() -> list[tuple[str, Case]]:
    return [
        (name, Case(**cast("dict[str, str]", dict(case))))  # type: ignore[arg-type]  # YAML
        for name, case in read_cases("indicator_cases")
    ]


class Desks:
    """Ledgers of one pack, one for each set of units and years a case asks for."""

    def __init__(self, pack_id: str, folder: Path) -> None:
        self.pack = pack(pack_id)
        self.plan: FigurePlan = compile_indicators(self.pack)
        self._folder = folder
        self._desks: dict[tuple[object, ...], Desk] = {}

    def desk(self, case: Case) -> Desk:
        years = sorted({*case.earlier, self.year(case)})
        place = (case.asked, *case.units, *years)
        if place not in self._desks:
            path = self._folder / f"{len(self._desks)}.taizhang"
            ledger = new_ledger(path, self.pack, list(units(case)), years)
            self._desks[place] = Desk(ledger, count())
        return self._desks[place]

    def year(self, case: Case) -> int:
        return case.year or self.pack.plan.ends

    def close(self) -> None:
        for desk in self._desks.values():
            desk.ledger.close()


class OnDemand(dict[str, Desks]):
    """The desks of each pack, set up when a case first asks for them."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        super().__init__()
        self._folders = folders

    def __missing__(self, pack_id: str) -> Desks:
        self[pack_id] = Desks(pack_id, self._folders.mktemp(pack_id))
        return self[pack_id]


def units(case: Case) -> Iterator[Unit]:
    """Give the units of a case, those above first."""
    wanted = {case.asked, *case.units}
    if case.asked == "本省":
        wanted.add("甲县")
    for name, (code, class_, parent) in UNITS.items():
        if name in wanted:
            yield unit(code, class_, parent or None)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desks]]:
    made = OnDemand(tmp_path_factory)
    yield made
    for each in made.values():
        each.close()


def changes_of(case: Case, now: int, desk: Desk) -> Iterator[Change]:
    """Give what puts a case into a ledger."""
    for number, forms in {**case.earlier, now: case.records}.items():
        for form, records in forms.items():
            for record in records:
                cells: Cells = {k: record[k] for k in record if k != "unit"}
                code = UNITS[str(record.get("unit", case.asked))][0]
                yield from desk.enter(form, year(number), code, cells)[1]
    for form, names in case.nil.items():
        for name in names:
            yield desk.nil(form, year(now), UNITS[name][0])


def figure_of(desks: Desks, case: Case) -> Figure:
    """Enter a case, run the compiled SQL, and take the case back."""
    desk, now = desks.desk(case), desks.year(case)
    action = desk.do(list(changes_of(case, now, desk)))
    # The unit asked about stands for the plan's whole region.
    asked = UNITS[case.asked][0]
    plan = replace(desks.plan, region=asked)
    try:
        made = figures_of_unit(desk.ledger, desks.pack, plan, year(now), asked)
    finally:
        desk.do(undo(action))
    return next(each for each in made if each.indicator == case.indicator)


def test_every_indicator_has_its_cases__ok() -> None:
    wanted = {(each, found.id) for each in CASED for found in pack(each).indicators}
    found = {(name, case.indicator) for name, case in cases() if name in CASED}
    assert found == wanted


@pytest.mark.parametrize("pack_id", CASED)
def test_every_ratio_has_nothing_of_nothing_and_a_blank__ok(pack_id: str) -> None:
    """A commitment in words stands as it is judged; its terms are shown as well."""
    ratios = {
        each.id
        for each in pack(pack_id).indicators
        if each.denominator and each.denominator.value
    }
    mine = [case for name, case in cases() if name == pack_id]
    blank = {c.indicator for c in mine if None in {c.numerator, c.denominator}}
    assert ratios <= {case.indicator for case in mine if case.denominator == 0}
    assert ratios <= blank
    judged = {each.id for each in pack(pack_id).indicators if each.judged_by}
    for status in ("不适用", "数据缺失"):
        found = {case.indicator for case in mine if case.status == status}
        assert ratios - judged <= found


@pytest.mark.parametrize("pack_id", PACKS)
def test_indicators_compile__ok(desks: dict[str, Desks], pack_id: str) -> None:
    assert desks[pack_id].plan.broken == ()


@pytest.mark.parametrize(
    ("pack_id", "case"),
    cases(),
    ids=lambda each: each if isinstance(each, str) else f"{each.indicator}-{each.case}",
)
def test_indicator_cases__ok(desks: dict[str, Desks], pack_id: str, case: Case) -> None:
    figure = figure_of(desks[pack_id], case)
    assert STATUS[figure.status] == case.status
    assert figure.numerator.value == number(case.numerator)
    assert term(figure.denominator) == number(case.denominator)
    assert figure.shown == number(case.value)
    assert gap_text(figure.gap) == case.gap
    if case.judged is not None:
        assert figure.judgement is not None
        assert dict(figure.judgement.counts) == case.judged


def number(written: float | None) -> Decimal | None:
    return None if written is None else Decimal(str(written))


def term(found: TermValue | None) -> Decimal | None:
    return None if found is None else found.value


def gap_text(gap: Gap | None) -> str | None:
    if gap is None:
        return None
    return f"{DIRECTION[gap.direction]} {gap.amount} {gap.measure}"
