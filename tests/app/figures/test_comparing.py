"""One ledger beside several plans, on the real packs; the arithmetic stands beside."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.compiled import CompiledPack
from desktop.app.figures.comparing import Comparison
from desktop.app.figures.comparing import Row
from desktop.app.figures.comparing import candidate
from desktop.app.figures.comparing import compare
from desktop.app.figures.comparing import own_candidate
from desktop.app.progress import run_steps
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.indicators.figures import Status
from desktop.indicators.meaning import Difference
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year
from tests.small import INDICATORS
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from desktop.core.period import Period
    from desktop.forms.model import Pack

pytestmark = pytest.mark.unmeasured

SAY = Words(CATALOGUE)
COUNTY = "621202"
UNITS = (
    unit(COUNTY, "县(市、区)"),
    unit("621202001", "街道", COUNTY),
    unit("621202002", "街道", COUNTY),
)


class Beside:
    """A ledger of one pack, and others to be held beside it."""

    def __init__(self, folder: Path, own: Pack, period: Period, *others: Pack) -> None:
        self._own, self._others, self._period = own, others, period
        path = folder / "one.taizhang"
        self.ledger = new_ledger(path, own, UNITS, [period.year])
        self._desk = Desk(self.ledger, count())

    def enter(self, form: str, unit_code: str, **cells: object) -> None:
        _, changes = self._desk.enter(form, self._period, unit_code, cells)
        self._desk.do(changes)

    def compared(self) -> Comparison:
        compiled = CompiledPack(self._own)
        candidates = [
            own_candidate(compiled),
            *(candidate(compiled, other) for other in self._others),
        ]
        steps = compare(self.ledger, self._period, COUNTY, candidates)
        try:
            return run_steps(steps)
        finally:
            self.ledger.close()


def row_of(found: Comparison, concept: str) -> Row:
    """Find the row of an indicator."""
    [row] = [
        row
        for row in found.rows
        if any(cell is not None and cell.indicator.id == concept for cell in row.cells)
    ]
    return row


def values(row: Row) -> list[Decimal | None]:
    return [
        None if cell is None or cell.figure is None else cell.figure.shown
        for cell in row.cells
    ]


def statuses(row: Row) -> list[Status | None]:
    return [
        None if cell is None or cell.figure is None else cell.figure.status
        for cell in row.cells
    ]


def test_county_template_beside_gansu_and_longnan(tmp_path: Path) -> None:
    """One county's ledger answers template, province and city.

    One of two subdistricts has a centre: 50 %, due in 2022 by template and province
    (Gansu's counties differ in nothing else), in 2025 by the city. Elderly care has
    600 of 1,000 万元 of lottery funds, 800 of which are for social welfare: 60 % of
    all, 75 % of those.
    """
    packs = [pack(name) for name in ("county_template", "gansu", "longnan")]
    beside = Beside(tmp_path, packs[0], year(2022), *packs[1:])
    for place in UNITS[1:]:
        beside.enter("area", place.code)
        beside.enter("cef", place.code, name="站", type="日间照料中心")
    beside.enter("cef", "621202001", name="中心", type="综合养老服务中心")
    beside.enter(
        "fin",
        COUNTY,
        lottery_elderly=600,
        lottery_total=1000,
        lottery_social_welfare=800,
    )
    found = beside.compared()

    assert [each.id for each in found.packs] == ["county_template", "gansu", "longnan"]
    centre = row_of(found, "street_integrated_elderly_center_coverage")
    assert values(centre) == [50, 50, 50]
    assert statuses(centre) == [Status.NOT_REACHED] * 3
    assert centre.differences == (Difference.YEAR,)
    assert not centre.meant_differently

    funds = row_of(found, "welfare_lottery_elderly_share")
    assert values(funds) == [60, 60, 75]
    assert funds.differences == (Difference.DENOMINATOR,)
    assert funds.meant_differently

    hardship = row_of(found, "tekun_disabled_centralized_support_rate")
    assert hardship.cells[:2] == (None, None)
    assert hardship.cells[2] is not None
    assert [SAY.message(each) for each in hardship.cells[2].lacking] == [
        "This ledger has no form 特困人员表."
    ]
    assert hardship.cells[2].figure is None
    assert hardship.cells[2].line.formula


def test_liaoning_beside_ningxia__the_same_words_mean_other_beds(
    tmp_path: Path,
) -> None:
    """200 of 400 institution beds and 10 of 100 community beds are for nursing.

    Liaoning: 210 ÷ 500 = 42 % of all beds. Ningxia: 200 ÷ 400 = 50 % of those in
    institutions. By both, fewer than wanted: 65 of 500 to 55 %, 40 of 400 to 60 %.
    """
    beside = Beside(tmp_path, pack("liaoning"), year(2025), pack("ningxia"))
    beside.enter("eci", COUNTY, name="院", beds_total=400, beds_nursing=200)
    beside.enter("cef", COUNTY, name="站", beds_total=100, beds_nursing=10)
    found = beside.compared()

    row = row_of(found, "nursing_bed_share")
    assert values(row) == [42, 50]
    assert row.differences == (
        Difference.NUMERATOR,
        Difference.DENOMINATOR,
        Difference.TARGET,
    )
    gaps = [
        None if cell is None or cell.figure is None else cell.figure.gap
        for cell in row.cells
    ]
    assert [gap and gap.amount for gap in gaps] == [65, 40]


def small(pack_id: str, *indicators: dict[str, Any], about: Sequence[str]) -> Pack:
    """Make a pack whose departments answer under some titles."""
    data = pack_data()
    form = {**ADM, "groups": [{**ADM["groups"][0]}]}
    key, stands = form["groups"][0]["fields"]
    form["groups"][0]["fields"] = [{**key, "choices": list(about)}, stands]
    data["forms"] = [*data["forms"], form]
    data["indicators"] = list(indicators)
    return pack_of({**data, "id": pack_id})


def test_concept__answered_under_the_ledgers_own_title(tmp_path: Path) -> None:
    mine = {**PROMISE, "concept": "promise"}
    number = {
        "title": "住房保障",
        "value": "COUNT(adm) FILTER (WHERE adm.about = '住房保障')",
    }
    theirs = {**mine, "title": "住房保障", "numerator": number}
    own = small("own", mine, about=["应保尽保"])
    beside = Beside(
        tmp_path, own, year(2025), small("other", theirs, about=["住房保障"])
    )
    beside.enter("adm", COUNTY, about="应保尽保", stands="已实现")
    [row] = beside.compared().rows
    assert statuses(row) == [Status.JUDGED, Status.JUDGED]
    cell = row.cells[1]
    assert cell is not None
    assert (cell.line.title, cell.line.status) == ("住房保障", "已实现")
    assert cell.figure is not None
    assert cell.figure.numerator.value == 1


def test_no_concept__another_title_was_never_asked_about(tmp_path: Path) -> None:
    theirs = {**PROMISE, "title": "住房保障"}
    own = small("own", {**PROMISE, "id": "mine"}, about=["应保尽保"])
    other = small("other", theirs, about=["住房保障"])
    found = Beside(tmp_path, own, year(2025), other).compared()
    assert [row.title for row in found.rows] == ["应保尽保", "住房保障"]
    cell = found.rows[1].cells[1]
    assert cell is not None
    assert [SAY.message(each) for each in cell.lacking] == [
        "The field 指标 of the form 部门行政数据 in this ledger has no choice 住房保障."
    ]


def test_rows__one_title_two_indicators_are_one_row_and_differ(tmp_path: Path) -> None:
    """The same words under different ids; a second of that name gets its own row."""
    share, years = INDICATORS
    below = {"title": "人", "value": "SUM(area.pop_60plus)"}
    own = small("own", share, about=["无"])
    same = {**share, "id": "another", "denominator": below}
    other = small("other", same, {**same, "id": "third"}, years, about=["无"])
    found = Beside(tmp_path, own, year(2025), other).compared()
    assert [
        [cell and cell.indicator.id for cell in row.cells] for row in found.rows
    ] == [
        ["nursing_share", "another"],
        [None, "third"],
        [None, "beds_in_years"],
    ]
    assert found.rows[0].differences == (Difference.DENOMINATOR,)
    assert found.rows[1].differences == ()


def test_rows__what_differs_stands_first(tmp_path: Path) -> None:
    packs = [pack(name) for name in ("county_template", "gansu", "longnan")]
    found = Beside(tmp_path, packs[0], year(2022), *packs[1:]).compared()
    ranks = [
        (not row.meant_differently, not row.differences, row.cells.count(None) == 2)
        for row in found.rows
    ]
    assert ranks == sorted(ranks)
    assert ranks[0] == (False, False, False)
    assert ranks[-1] == (True, True, True)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    broken = {**INDICATORS[0], "numerator": {"title": "床位", "value": "SUM(eci.bed)"}}
    own = small("own", INDICATORS[0], about=["无"])
    other = small("other", broken, about=["无"])
    [row] = Beside(tmp_path, own, year(2025), other).compared().rows
    cell = row.cells[1]
    assert cell is not None
    assert (cell.figure, len(cell.lacking)) == (None, 1)
