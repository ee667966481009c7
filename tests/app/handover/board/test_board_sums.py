"""Roll up and hand on: at every level the whole is the sum of what was handed in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.app.compiled import compiled_for
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.handover.board.board_sums import HandedSums
from desktop.app.handover.board.board_sums import handed_sums
from desktop.app.handover.receiving.reading import read_one
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.splitting import parted
from desktop.app.handover.sending.submitting import submission
from desktop.app.handover.sending.submitting import without_rosters
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import write
from desktop.core.manifest import TableKind
from desktop.exchange.content import UNIT
from tests.app.handover.boards import board
from tests.app.handover.boards import handed_in
from tests.app.handover.prefecture import NORTH
from tests.app.handover.prefecture import OTHER
from tests.app.handover.prefecture import SOUTH
from tests.app.handover.prefecture import city_units
from tests.app.handover.prefecture import far
from tests.app.handover.prefecture import near
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import content_of
from tests.exchange.townships import names
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import read_of
from tests.exchange.townships import take
from tests.exchange.townships import undo
from tests.small import YEAR
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger

BEDS = "nursing_share.denominator"
NURSING = "nursing_share.numerator"
UNITS_ONLY = without_rosters(small_pack())
Homes = dict[str, list[tuple[int, int]]]
"""Total and nursing beds of the homes of each street."""
HOMES: Homes = {
    EAST: [(100, 60), (30, 10)],
    WEST: [(55, 0)],
    NORTH: [(8, 8), (9, 1), (10, 2)],
    SOUTH: [],
}


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def sums(ledger: Ledger) -> HandedSums:
    compiled = compiled_for(ledger, YEAR)
    return run_steps(handed_sums(ledger, compiled, YEAR, board(ledger)))


def terms(ledger: Ledger) -> dict[str, Decimal | None]:
    """Compute the sums from the records a ledger holds."""
    compiled = compiled_for(ledger, YEAR)
    root = ledger.units()[0].code
    plan_ = compiled.figures
    found = figures_of_unit(ledger, compiled.pack, plan_, YEAR, root)
    share = next(one for one in found if one.indicator == "nursing_share")
    assert share.denominator is not None
    return {BEDS: share.denominator.value, NURSING: share.numerator.value}


def of_street(desks: Desks, unit: Unit, homes: list[tuple[int, int]]) -> Path:
    """Make the ledger of a street."""
    path = desks.new(unit)
    with opened(path) as ledger:
        for place, (total, nursing) in enumerate(homes):
            name = f"{unit.code}院{place}"
            add(ledger, name, unit.code, beds_total=total, beds_nursing=nursing)
        if not homes:
            nil(ledger, unit.code, now=True)
    return path


def of_county(
    desks: Desks, units: tuple[Unit, ...], homes: Homes
) -> tuple[Path, dict[str, Decimal]]:
    """Let a county receive its streets; gives it with what their workbooks say."""
    path = desks.new(*units)
    said = {BEDS: Decimal(0), NURSING: Decimal(0)}
    for unit in units[1:]:
        read = handed_in(of_street(desks, unit, homes[unit.code]))
        with opened(path) as county:
            take(county, read)
        for id_, value in own_totals(read).items():
            said[id_] += value
    return path, said


def own_totals(read: Read) -> dict[str, Decimal]:
    """Give the line of sums that a workbook itself prints below its homes."""
    assert read.envelope is not None
    table = next(t for t in read.envelope.manifest.tables if t.id == "eci")
    if table.totals is None:
        return {}
    fields = [field for field, _ in table.fields]
    found = {}
    for id_, field in ((BEDS, "beds_total"), (NURSING, "beds_nursing")):
        text = table.totals.cells[fields.index(field)]
        found[id_] = Decimal(text.removeprefix("n:")) if text else Decimal(0)
    return found


def check_levels(desks: Desks, homes: Homes) -> None:
    """Hand on twice, once with and once without rosters; the sums must agree."""
    made = [of_county(desks, units, homes) for units in (near(), far())]
    whole = {BEDS: Decimal(0), NURSING: Decimal(0)}
    for path, said in made:
        with opened(path) as county:
            assert {k: v or 0 for k, v in terms(county).items()} == said
            assert {one.id: one.total for one in sums(county).figures}[BEDS] == (
                said[BEDS]
            )
        whole = {id_: value + said[id_] for id_, value in whole.items()}
    for forms in (None, UNITS_ONLY):
        with opened(desks.new(*city_units())) as city:
            for path, _ in made:
                take(city, handed_in(path, forms))
            told = sums(city)
            figures = {one.id: one for one in told.figures}
            assert {id_: figures[id_].total for id_ in whole} == whole
            if forms is None:
                assert {k: v or 0 for k, v in terms(city).items()} == whole
                assert told.totals == ()
            else:
                assert terms(city) == {BEDS: None, NURSING: None}
                totals = {one.id: one.total for one in told.totals}
                assert totals.get("eci.beds_total", 0) == whole[BEDS]
                assert totals.get("eci.beds_nursing", 0) == whole[NURSING]


@pytest.mark.unmeasured
def test_levels__the_whole_is_the_sum_of_its_parts(desks: Desks) -> None:
    check_levels(desks, HOMES)


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.fixed_dictionaries(
        {
            unit: st.lists(
                st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=3
            )
            for unit in HOMES
        }
    )
)
def test_levels__whatever_the_streets_have(desks: Desks, homes: Homes) -> None:
    check_levels(desks, homes)


def test_without_rosters__nothing_names_anybody(desks: Desks) -> None:
    path, _ = of_county(desks, near(), HOMES)
    with opened(path) as county:
        note(county, f"{EAST}院0", "field:beds_total", "电话问过张院长")
        add(county, "坏院", EAST, beds_total=1, beds_nursing=2)
    read = handed_in(path, UNITS_ONLY)
    assert read.envelope is not None
    text = str(read.envelope.manifest)
    assert "张院长" not in text
    assert "坏院" not in text
    assert "院0" not in text
    kinds = {table.id: table.kind for table in read.envelope.manifest.tables}
    assert kinds["rollup-eci"] is TableKind.UNITS
    assert "eci" not in kinds


def test_without_rosters__after_them__takes_nobody_away(desks: Desks) -> None:
    """The prefecture has the homes; later the county sends its sums alone."""
    path, _ = of_county(desks, near(), HOMES)
    with opened(desks.new(*city_units())) as city:
        take(city, handed_in(path))
        before = content_of(city)
        with opened(path) as county:
            beds(county, f"{EAST}院0", 200)
        later = handed_in(path, UNITS_ONLY)
        (item,) = plan(city, later)
        assert names([item]) == ["update"]
        assert item.plan is not None
        assert not item.plan.taken.removed
        said = [left.code for left in item.left]
        assert said
        take(city, later)
        homes = [k for k in content_of(city) if k.form == "eci"]
        assert homes == [k for k in before if k.form == "eci"]
        # The sums are of now, the homes of then: both are told, side by side.
        found = {one.id: one for one in sums(city).figures}[BEDS]
        assert (found.total, found.here) == (Decimal(285), Decimal(185))
        undo(city, later)
        assert content_of(city) == before


def test_without_rosters__then_with_them__of_the_same_state(desks: Desks) -> None:
    path, said = of_county(desks, near(), HOMES)
    with opened(desks.new(*city_units())) as city:
        take(city, handed_in(path, UNITS_ONLY))
        assert terms(city)[BEDS] is None
        whole = handed_in(path)
        take(city, whole)
        assert terms(city)[BEDS] == said[BEDS]
        units = {
            slots[UNIT] for key, slots in content_of(city).items() if key.form == "eci"
        }
        assert units == {EAST, WEST}


def test_levels_may_be_skipped__a_street_to_the_prefecture(desks: Desks) -> None:
    street = far()[1]
    with opened(desks.new(*city_units())) as city:
        take(city, handed_in(of_street(desks, street, HOMES[NORTH])))
        found = sums(city)
        assert terms(city)[BEDS] == Decimal(27)
        assert found.missing == ("长宁区", "静安区")
        line = board(city).line(OTHER)
        assert line is not None
        assert line.below == 1


@pytest.mark.unmeasured
def test_sums__of_parts__the_figures_of_the_one_that_has_them(desks: Desks) -> None:
    path, said = of_county(desks, near(), HOMES)

    with opened(path) as county:
        report = run_steps(submission(county, compiled_for(county, YEAR), YEAR))
    parts = [read_of(manifest_in(p)) for p in parted(report, (["eci"], ["area"]))]
    with opened(desks.new(*city_units())) as city:
        take(city, *parts)
        found = sums(city)
        assert {one.id: one.total for one in found.figures}[BEDS] == said[BEDS]
        assert found.names == {COUNTY: "长宁区", OTHER: "静安区"}
        assert found.missing == ("静安区",)


def test_sums__what_is_no_number_is_none(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = of_county(desks, near(), HOMES)
    read = handed_in(path)
    with opened(desks.new(*city_units())) as city:
        take(city, read)
        whole = city.package_data
        monkeypatch.setattr(
            city,
            "package_data",
            lambda id_: whole(id_).replace(b'"n:185"', b'"n:18x"'),
        )
        figures = {one.id: one for one in sums(city).figures}
        assert figures[BEDS].values == {}
        assert figures[NURSING].values == {COUNTY: Decimal(70)}
        monkeypatch.setattr(city, "package_data", lambda _: b"damaged")
        assert sums(city).missing == ("长宁区", "静安区")


@pytest.mark.unmeasured
def test_workbook__without_rosters__through_a_real_file(
    desks: Desks, tmp_path: Path
) -> None:
    import sys
    from pathlib import Path

    path, said = of_county(desks, near(), HOMES)
    with opened(path) as county:
        compiled = compiled_for(county, YEAR)
        steps = submission(county, compiled, YEAR, UNITS_ONLY, totals=True)
        report = run_steps(steps)
    fonts = Path(__file__).parents[4] / "resources" / "fonts"
    wanted = Wanted(tmp_path, "county", fonts, pdf=False)
    (file,) = write(report, wanted, lambda _: True).paths
    read = read_one(file, (sys.executable, "-m", "desktop", "--read-workbook"))
    assert read.refused is None
    assert read.edited == ()
    with opened(desks.new(*city_units())) as city:
        take(city, read)
        assert {o.id: o.total for o in sums(city).figures}[BEDS] == said[BEDS]


def test_sums__what_a_street_said_of_its_village_is_the_streets(desks: Desks) -> None:
    from desktop.app.handover.board.board_facts import Asked
    from tests.app.handover.boards import VILLAGE
    from tests.app.handover.boards import record
    from tests.app.handover.boards import village

    path = desks.new(near()[1], village())
    with opened(path) as ledger:
        add(ledger, "村院", VILLAGE, beds_total=4, beds_nursing=1)
    with opened(desks.new(*near(), village())) as county:
        record(county, lambda to: to.asked(VILLAGE, "东村", Asked(True, "另看")))
        take(county, handed_in(path))
        found = sums(county)
        assert {one.id: one.values for one in found.figures}[BEDS] == {EAST: 4}
        assert set(found.missing) == {"东村", "江苏路街道"}


def test_sums__a_ratio_of_sums_is_no_sum__and_a_sum_of_fields_is(
    tmp_path: Path,
) -> None:
    from desktop.app.opening import Beginning
    from desktop.app.opening import create_ledger
    from tests.small import ECI
    from tests.small import pack_data
    from tests.small import pack_of
    from tests.small import person

    share = {"id": "share", "kind": "decimal", "digits": 2, "title": "占比"}
    share |= {"computed": "100 * beds_nursing / beds_total", "measure": "%"}
    both = {"id": "both", "kind": "integer", "title": "合计"}
    both |= {"computed": "beds_nursing + beds_total", "measure": "张"}
    groups = [*ECI["groups"], {"title": "另算", "fields": [share, both]}]
    data = {
        **pack_data(),
        "forms": [{**ECI, "groups": groups}, *pack_data()["forms"][1:]],
    }
    for name, units in (("east", near()[1:2]), ("county", near())):
        path = tmp_path / f"{name}.taizhang"
        create_ledger(path, Beginning(pack_of(data), units, YEAR), person())
    with opened(tmp_path / "east.taizhang") as east:
        add(east, "甲院", EAST, beds_total=10, beds_nursing=5)
    with opened(tmp_path / "county.taizhang") as county:
        take(county, handed_in(tmp_path / "east.taizhang", UNITS_ONLY))
        totals = {one.id: one.total for one in sums(county).totals}
    assert "eci.share" not in totals
    assert totals["eci.both"] == Decimal(15)
    assert totals["eci.beds_total"] == Decimal(10)


def test_sums__a_table_without_its_line_of_sums_adds_nothing(desks: Desks) -> None:
    path, _ = of_county(desks, near(), HOMES)
    read = handed_in(path, UNITS_ONLY)
    assert read.envelope is not None
    manifest = read.envelope.manifest
    tables = tuple(replace(table, totals=None) for table in manifest.tables)
    with opened(desks.new(*city_units())) as city:
        take(city, read_of(replace(manifest, tables=tables)))
        assert {one.total for one in sums(city).totals} == {Decimal(0)}
