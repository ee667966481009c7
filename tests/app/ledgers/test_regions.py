"""The shipped region tree: whole, quick to search, and spelt as it should be."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.ledgers.regions import RegionTree
from desktop.app.ledgers.regions import load_regions
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitLevel
from desktop.core.unit import is_abolished
from desktop.core.unit_match import Candidates
from desktop.core.unit_match import Matched
from desktop.core.unit_match import UnitMatcher

ROOT = Path(__file__).parents[3]
REGIONS = ROOT / "resources" / "regions" / "regions.tsv"
RARE = ROOT / "tests" / "data" / "rare_township_chars.csv"
INSTITUTIONS = ROOT / "resources" / "samples" / "shanghai" / "elderly_institutions.csv"

CHANGNING = (
    "长宁区",
    "华阳路街道",
    "江苏路街道",
    "新华路街道",
    "周家桥街道",
    "天山路街道",
    "仙霞新村街道",
    "虹桥街道",
    "程家桥街道",
    "北新泾街道",
    "新泾镇",
)


@pytest.fixture(scope="module")
def regions() -> RegionTree:
    """Load the tree that is shipped."""
    return load_regions(REGIONS)


@pytest.fixture(scope="module")
def codes() -> list[str]:
    """Read all codes without the tree."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file, dialect="excel-tab")]


def found(regions: RegionTree, text: str, limit: int = 50) -> list[str]:
    """Search and give codes."""
    return [unit.code for unit in regions.search(text, limit)]


def test_load_regions__every_unit(regions: RegionTree, codes: list[str]) -> None:
    """As many units of each level as the place-name database has, each with parent."""
    units = [unit for unit in map(regions.get, codes) if unit is not None]
    assert len(regions) == len(units) == len(set(codes)) == 41963
    assert Counter(unit.level for unit in units) == {
        UnitLevel.PROVINCE: 34,
        UnitLevel.PREFECTURE: 333,
        UnitLevel.COUNTY: 2847,
        UnitLevel.TOWNSHIP: 38749,
    }
    known = {unit.code for unit in units}
    orphans = {unit.level for unit in units if unit.parent not in known}
    assert orphans == {UnitLevel.PROVINCE}
    assert all(unit.parent is None for unit in regions.provinces())
    assert sum(is_abolished(unit.name) for unit in units) == 213
    assert not any(unit.virtual for unit in units)


@pytest.mark.unmeasured
@pytest.mark.parametrize("province", ["31", "44", "46", "50", "65", "71"])
def test_children__reach_every_unit_once(
    regions: RegionTree, codes: list[str], province: str
) -> None:
    """Going down meets every living unit of a province exactly once.

    So it is also where counties, or cities without any, stand directly below a
    province.
    """
    reached = []
    waiting = [province]
    while waiting:
        code = waiting.pop()
        reached.append(code)
        waiting.extend(unit.code for unit in regions.children(code))
    below = [unit.code for unit in regions.subtree(province)]
    assert sorted(reached) == sorted(below)
    inside = [regions.get(code) for code in codes if code.startswith(province)]
    assert len(below) == sum(
        unit is not None and not is_abolished(unit.name) for unit in inside
    )


def test_load_regions__rare_characters(regions: RegionTree) -> None:
    """Names with characters outside the common fonts are spelt exactly."""
    with RARE.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "MCA" in row["source"]]
    assert len(rows) == 34
    for row in rows:
        unit = regions.get(row["code9"])
        assert unit is not None
        assert unit.name == row["township"]
        assert row["codepoint"] == f"U+{ord(row['char']):04X}"
        assert row["char"] in unit.name
        assert row["code9"] in found(regions, row["township"])


@pytest.mark.parametrize(
    "text",
    ["", "code,name\n31,上海市\n", "code\tname\tinitials\tstatistics\n31\t上海市\n"],
    ids=["empty", "another header", "a column is missing"],
)
def test_load_regions__error(tmp_path: Path, text: str) -> None:
    """A file that is no region file is refused, not half read."""
    path = tmp_path / "regions.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"regions\.tsv"):
        load_regions(path)


def test_subtree__changning(regions: RegionTree) -> None:
    """长宁区 has nine subdistricts and one town, ready for a ledger."""
    units = regions.subtree("310105")
    assert tuple(unit.name for unit in units) == CHANGNING
    assert Counter(unit.class_ for unit in units) == {
        UnitClass.COUNTY: 1,
        UnitClass.SUBDISTRICT: 9,
        UnitClass.TOWNSHIP: 1,
    }
    assert units[0].parent == "31"
    assert {unit.parent for unit in units[1:]} == {"310105"}
    assert regions.children("310105") == units[1:]


def test_subtree__leaves_out_the_abolished(regions: RegionTree) -> None:
    """An abolished township is there to be looked up, but in no new ledger."""
    gone = regions.get("330521602")
    assert gone is not None
    assert gone.name == "三合乡（撤销）"
    assert gone not in regions.subtree("330521")
    assert gone not in regions.children("330521")
    assert found(regions, "三合乡")[-1] == "330521602"


def test_subtree__unknown_code(regions: RegionTree) -> None:
    """A code no unit has gives nothing."""
    assert regions.get("999999") is None
    assert regions.subtree("999999") == ()
    assert regions.children("999999") == ()
    assert regions.path("999999") == ()


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("310105001", ("上海市", "长宁区", "华阳路街道")),
        ("330902105", ("浙江省", "舟山市", "定海区", "干𬒗镇")),
        ("469001100", ("海南省", "五指山市", "通什镇")),
        ("4419", ("广东省", "东莞市")),
        ("31", ("上海市",)),
    ],
)
def test_path__ok(regions: RegionTree, code: str, path: tuple[str, ...]) -> None:
    """From the province down, also where a level is not there."""
    assert regions.path(code) == path


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("长宁", "310105"),
        ("长宁区", "310105"),
        ("長寧區", "310105"),
        ("cnq", "310105"),
        ("CNQ", "310105"),
        ("znq", "310105"),
        ("310105", "310105"),
        ("３１０１０５", "310105"),
        ("310105000000", "310105"),
        ("上海 长宁", "310105"),
        ("sh cn", "310105"),
        ("31 长宁", "310105"),
        ("上海市长宁区", "310105"),
        ("上海市长宁区华阳路街道", "310105001"),
        ("浙江 舟山 gl", "330902105"),
        ("重庆", "50"),
        ("cq", "50"),
        ("厦门", "3502"),
        ("xm", "3502"),
        ("lqs", "330382"),
        ("310000", "31"),
    ],
)
def test_search__first(regions: RegionTree, text: str, code: str) -> None:
    """The unit people mean comes first."""
    assert found(regions, text)[0] == code


def test_search__ranks(regions: RegionTree) -> None:
    """Whole names, then beginnings, then insides; the higher unit first."""
    names = [unit.name for unit in regions.search("长宁")]
    starts = [name.startswith("长宁") for name in names]
    assert names[0] == "长宁区"
    assert starts == sorted(starts, reverse=True)
    levels = [len(unit.code) for unit in regions.search("新华街道")]
    assert levels == sorted(levels)


def test_search__code_prefix(regions: RegionTree) -> None:
    """A part of a code gives what begins with it, the unit itself first."""
    assert found(regions, "310105") == [unit.code for unit in regions.subtree("310105")]
    assert all(code.startswith("3101") for code in found(regions, "3101"))
    assert found(regions, "33052160") == ["330521602"]


def test_search__words_stand_from_the_top_down(regions: RegionTree) -> None:
    """Each word narrows what lies below the one before it."""
    assert regions.search("上海 浙江 长宁") == ()
    assert all(code.startswith("5101") for code in found(regions, "四川 成都 街道"))
    assert len(found(regions, "四川 成都 街道")) == 50


@pytest.mark.parametrize("text", ["", "  ", "不存在的地方", "上海 不存在", "999999"])
def test_search__nothing(regions: RegionTree, text: str) -> None:
    """What is nowhere is not found."""
    assert regions.search(text) == ()


@given(text=st.text(alphabet="上海长宁区镇街道shcnq315 　（）\n", max_size=8))
def test_search__any_text(regions: RegionTree, text: str) -> None:
    """Any text gives different units, no more than asked for, the same each time."""
    units = regions.search(text, limit=7)
    assert len(set(units)) == len(units) <= 7
    assert units == regions.search(text, limit=50)[:7]


def test_match__sample_institutions(regions: RegionTree) -> None:
    """Every street the sample names is found, but one that has become a town.

    长兴乡 is 长兴镇 today: that is for a person to say.
    """
    with INSTITUTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    districts = {
        row["district"]: regions.search(f"上海 {row['district']}")[0] for row in rows
    }
    matchers = {
        name: UnitMatcher(regions.subtree(unit.code))
        for name, unit in districts.items()
    }
    assert len(rows) == 112
    unmatched = {
        row["street"]
        for row in rows
        if not isinstance(matchers[row["district"]].match(row["street"]), Matched)
    }
    assert unmatched == {"", "长兴乡"}
    renamed = matchers["崇明区"].match("长兴乡")
    assert isinstance(renamed, Candidates)
    assert [unit.name for unit in renamed.units] == ["长兴镇"]
