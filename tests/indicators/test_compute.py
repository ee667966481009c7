from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.entry.edits import add_record
from desktop.app.figures.figuring import figures_of_unit
from desktop.core.cells import BLANK
from desktop.indicators.compute import NOTHING
from desktop.indicators.compute import compile_indicators
from desktop.indicators.figures import Added
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Figure
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Path
from desktop.indicators.figures import Status
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.small import COUNTY
from tests.small import INDICATORS
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path as Folder

    from desktop.core.cells import Cell


def figures(folder: Folder, *beds: tuple[int | None, int | None]) -> dict[str, Figure]:
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


def test_figure__not_reached(tmp_path: Folder) -> None:
    share = figures(tmp_path, (1000, 500), (370, 217))["nursing_share"]
    assert share.status is Status.NOT_REACHED
    assert share.shown == Decimal("52.34")
    assert share.gap == Gap(Decimal(37), "张", Direction.MORE)
    assert (share.numerator.value, share.numerator.records) == (Decimal(717), 2)


def test_figure__reached(tmp_path: Folder) -> None:
    share = figures(tmp_path, (100, 55))["nursing_share"]
    assert (share.status, share.value, share.gap) == (
        Status.REACHED,
        Decimal(55),
        None,
    )


def test_figure__0_of_0_is_not_applicable(tmp_path: Folder) -> None:
    share = figures(tmp_path, (0, 0))["nursing_share"]
    assert (share.status, share.value) == (Status.NOT_APPLICABLE, None)


def test_figure__blank_is_missing_never_0(tmp_path: Folder) -> None:
    share = figures(tmp_path, (100, None), (50, None))["nursing_share"]
    assert (share.status, share.value) == (Status.MISSING, None)
    assert (share.numerator.value, share.numerator.blank) == (None, 2)


def test_figure__a_form_nobody_began_is_missing(tmp_path: Folder) -> None:
    share = figures(tmp_path)["nursing_share"]
    assert share.status is Status.MISSING
    assert not share.numerator.started


def test_figure__words_are_no_target(tmp_path: Folder) -> None:
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


def test_figure__a_share_above_the_whole_is_doubtful(tmp_path: Folder) -> None:
    data = pack_data()
    data["indicators"] = [{**INDICATORS[0], "over_100": False}]
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        put(ledger, "h1", beds_total=100, beds_nursing=125)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        [share] = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    assert (share.status, share.shown) == (Status.DOUBTFUL, Decimal("125.00"))


@pytest.mark.parametrize(
    ("region", "judges", "status"),
    [
        ("31", None, Status.REFERENCE),
        ("31", "county", Status.REFERENCE),
        ("310105", None, Status.NOT_REACHED),
        (None, "county", Status.NOT_REACHED),
        (None, "prefecture", Status.REFERENCE),
        (None, None, Status.REFERENCE),
    ],
)
def test_figure__a_count_binds_where_the_plan_sets_it(
    tmp_path: Folder, region: str | None, judges: str | None, status: Status
) -> None:
    """A province's 255,500 beds are no target of one county, a template's are."""
    target = {**INDICATORS[0]["targets"][0], "value": 255500}
    data = {**pack_data(), "region": region}
    data["plan"] = {**data["plan"], "judges": judges}
    data["indicators"] = [{**INDICATORS[1], "targets": [target]}, INDICATORS[0]]
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        put(ledger, "h1", beds_total=100, beds_nursing=40)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        beds, share = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    assert beds.status is status
    assert beds.target is not None
    assert (beds.gap is None) == (status is Status.REFERENCE)
    assert share.status is Status.NOT_REACHED


def changed(
    folder: Folder, over: Mapping[str, object], *beds: tuple[int, int]
) -> Figure:
    """Compute the share of nursing beds, its definition changed."""
    data = pack_data()
    data["indicators"] = [{**INDICATORS[0], **over}]
    with opened(make_ledger(folder, pack_of(data))) as ledger:
        for place, (total, nursing) in enumerate(beds):
            put(ledger, f"h{place}", beds_total=total, beds_nursing=nursing)
        pack = ledger.pack()
        plan = compile_indicators(pack)
        [share] = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    return share


BEDS = {**INDICATORS[0]["denominator"], "measure": "张"}


def test_gap__of_beds_in_beds_is_told_twice(tmp_path: Folder) -> None:
    share = changed(tmp_path, {"denominator": BEDS, "over_100": False}, (1370, 717))
    assert share.gap is not None
    assert (share.gap.amount, share.gap.added) == (
        Decimal(37),
        Added(Decimal(82)),
    )


@pytest.mark.parametrize(
    "over",
    [
        {"denominator": BEDS},
        {"denominator": {**BEDS, "measure": "人"}, "over_100": False},
        {"denominator": BEDS, "over_100": False, "kind": "mean"},
        {
            "denominator": {**BEDS, "value": "SUM(area.pop_60plus)"},
            "numerator": {**BEDS, "value": "1 - 1"},
            "over_100": False,
        },
    ],
    ids=["over 100", "other measure", "no share", "of people"],
)
def test_gap__is_told_once_where_nothing_new_joins_the_whole(
    tmp_path: Folder, over: dict[str, object]
) -> None:
    data = pack_data()
    data["indicators"] = [{**INDICATORS[0], **over}]
    [ready] = compile_indicators(pack_of(data)).indicators
    assert not ready.grows


def test_figure__on_the_way(tmp_path: Folder) -> None:
    """From 30 % in 2020 to 55 % in 2030: 42.5 % in 2025."""
    over = {
        "targets": [{**INDICATORS[0]["targets"][0], "year": 2030}],
        "baseline": {"value": 30, "basis": "numeric"},
    }
    ahead, behind = tmp_path / "ahead", tmp_path / "behind"
    ahead.mkdir()
    behind.mkdir()
    share = changed(ahead, over, (1000, 425))
    assert share.status is Status.ON_PATH
    assert share.path == Path(Decimal("42.5"), Decimal(30), 2020, assumed=True)
    assert share.gap == Gap(Decimal(125), "张", Direction.MORE)
    assert changed(behind, over, (1000, 424)).status is Status.BEHIND


def judged(
    folder: Folder, promise: dict[str, Any], *said: tuple[str, str, str | None]
) -> Figure:
    """Judge a commitment by records given as (unit, indicator, choice)."""
    data = pack_data()
    data["forms"] = [*data["forms"], ADM]
    data["indicators"] = [promise]
    with opened(make_ledger(folder, pack_of(data))) as ledger:
        form = ledger.pack().form_by_id["adm"]
        for place, (unit, about, stands) in enumerate(said):
            cells: dict[str, Cell] = {"about": about, "stands": stands or BLANK}
            ledger.apply(add_record(form, YEAR, unit, f"r{place}", cells))
        pack = ledger.pack()
        plan = compile_indicators(pack)
        [figure] = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    return figure


def test_judged__by_all_alike(tmp_path: Folder) -> None:
    said = ((STREET, "应保尽保", "已实现"), (COUNTY, "应保尽保", "已实现"))
    figure = judged(tmp_path, PROMISE, *said, (COUNTY, "其他", "未实现"))
    assert (figure.status, figure.value) == (Status.JUDGED, None)
    assert figure.judgement == Judgement((("已实现", 2),), 0)


def test_judged__differently_and_not_by_all(tmp_path: Folder) -> None:
    choices = ("未实现", "已实现", "未实现", None)
    figure = judged(tmp_path, PROMISE, *((STREET, "应保尽保", c) for c in choices))
    assert figure.status is Status.JUDGED
    assert figure.judgement == Judgement((("已实现", 1), ("未实现", 2)), 1)


@pytest.mark.parametrize("said", [(), ((COUNTY, "应保尽保", None),)])
def test_judged__by_nobody_yet(
    tmp_path: Folder, said: tuple[tuple[str, str, str | None], ...]
) -> None:
    figure = judged(tmp_path, PROMISE, *said)
    assert (figure.status, figure.judgement) == (Status.UNJUDGED, None)
    assert (figure.numerator, figure.denominator) == (NOTHING, None)


def test_judged__with_a_number_beside_it(tmp_path: Folder) -> None:
    terms = {
        "numerator": {"title": "条数", "value": "COUNT(adm)"},
        "denominator": None,
        "multiplier": 1,
    }
    figure = judged(tmp_path, {**PROMISE, **terms}, (COUNTY, "应保尽保", "基本实现"))
    assert (figure.status, figure.value) == (Status.JUDGED, Decimal(1))
    assert figure.judgement == Judgement((("基本实现", 1),), 0)


def test_compile__a_title_that_is_no_choice_is_broken() -> None:
    """Compiled for a ledger whose department form does not know the indicator."""
    data = pack_data()
    data["forms"] = [
        *data["forms"],
        {**ADM, "answers": {**ADM["answers"], "key": "no"}},
    ]
    data["indicators"] = [PROMISE]
    plan = compile_indicators(pack_of(data))
    assert [broken.indicator.id for broken in plan.broken] == ["promise"]
