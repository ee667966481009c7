from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.figuring import figures_of_unit
from desktop.core.cells import BLANK
from desktop.indicators.compute import compile_indicators
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Status
from tests.small import COUNTY
from tests.small import INDICATORS
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path


def figures(folder: Path, *beds: tuple[int | None, int | None]) -> dict[str, Figure]:
    """Compute the small pack over facilities given as (all beds, nursing beds)."""
    with opened(make_ledger(folder)) as ledger:
        for place, (total, nursing) in enumerate(beds):
            put(
                ledger,
                f"h{place}",
                beds_total=BLANK if total is None else total,
                beds_nursing=BLANK if nursing is None else nursing,
            )
        pack = ledger.pack()
        found = figures_of_unit(ledger, pack, compile_indicators(pack), YEAR, COUNTY)
    return {figure.indicator: figure for figure in found}


def test_figure__not_reached(tmp_path: Path) -> None:
    share = figures(tmp_path, (1000, 500), (370, 217))["nursing_share"]
    assert share.status is Status.NOT_REACHED
    assert share.shown == Decimal("52.34")
    assert share.gap == Gap(Decimal(37), "张", Direction.MORE)
    assert (share.numerator.value, share.numerator.records) == (Decimal(717), 2)


def test_figure__reached(tmp_path: Path) -> None:
    share = figures(tmp_path, (100, 55))["nursing_share"]
    assert (share.status, share.value, share.gap) == (
        Status.REACHED,
        Decimal(55),
        None,
    )


def test_figure__0_of_0_is_not_applicable(tmp_path: Path) -> None:
    share = figures(tmp_path, (0, 0))["nursing_share"]
    assert (share.status, share.value) == (Status.NOT_APPLICABLE, None)


def test_figure__blank_is_missing_never_0(tmp_path: Path) -> None:
    share = figures(tmp_path, (100, None), (50, None))["nursing_share"]
    assert (share.status, share.value) == (Status.MISSING, None)
    assert (share.numerator.value, share.numerator.blank) == (None, 2)


def test_figure__a_form_nobody_began_is_missing(tmp_path: Path) -> None:
    share = figures(tmp_path)["nursing_share"]
    assert share.status is Status.MISSING
    assert not share.numerator.started


def test_figure__words_are_no_target(tmp_path: Path) -> None:
    beds = figures(tmp_path, (100, None))["beds_in_years"]
    assert (beds.status, beds.value, beds.target) == (
        Status.NO_TARGET,
        Decimal(100),
        None,
    )


@pytest.mark.parametrize("term", ["numerator", "denominator"])
def test_compile__a_faulty_indicator_is_broken_and_the_rest_compute(term: str) -> None:
    faulty = {**INDICATORS[0], term: {"title": "床位", "value": "SUM(eci.bed)"}}
    plan = compile_indicators(
        pack_of({**pack_data(), "indicators": [faulty, INDICATORS[1]]})
    )
    assert [broken.indicator.id for broken in plan.broken] == ["nursing_share"]
    assert [ready.indicator.id for ready in plan.indicators] == ["beds_in_years"]


def test_figure__a_share_above_the_whole_is_doubtful(tmp_path: Path) -> None:
    data = pack_data()
    data["indicators"] = [{**INDICATORS[0], "over_100": False}]
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        put(ledger, "h1", beds_total=100, beds_nursing=125)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        [share] = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    assert (share.status, share.shown) == (Status.DOUBTFUL, Decimal("125.00"))


@pytest.mark.parametrize(
    ("region", "status"),
    [
        ("31", Status.REFERENCE),
        ("310105", Status.NOT_REACHED),
        (None, Status.NOT_REACHED),
    ],
)
def test_figure__a_count_binds_the_plans_region_only(
    tmp_path: Path, region: str | None, status: Status
) -> None:
    """A province's 255,500 beds are no target of one county."""
    target = {**INDICATORS[0]["targets"][0], "value": 255500}
    data = {**pack_data(), "region": region}
    data["indicators"] = [{**INDICATORS[1], "targets": [target]}]
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        put(ledger, "h1", beds_total=100)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        [beds] = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    assert beds.status is status
    assert beds.target is not None
    assert (beds.gap is None) == (status is Status.REFERENCE)
