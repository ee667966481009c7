from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import typed
from tests.small import COUNTY
from tests.small import STREET
from tests.small import make_ledger
from tests.small import opened
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

TOWN = "310105102"


def test_units__shows_the_tree(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)

    done = typed(tmp_path, "units", path)

    assert done.code == 0
    assert done.out == "310105 长宁区\n  310105001 华阳路街道\n"


def test_units__a_year_of_changes(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "h1", beds_total=100)

    added = typed(tmp_path, "units", path, "--add", f"{TOWN}=新泾镇")
    typed(tmp_path, "units", path, "--rename", f"{TOWN}=新泾街道")
    typed(tmp_path, "units", path, "--merge", f"{STREET}={TOWN}")
    shown = typed(tmp_path, "units", path)
    facts = typed(tmp_path, "units", path, "--json").facts["units"]

    assert added.out == "Add the unit 新泾镇\n"
    assert shown.out == (
        "310105 长宁区\n  310105102 新泾街道\n    310105001 华阳路街道（until 2024）\n"
    )
    assert facts[1]["until"] == "2024"
    assert facts[1]["former"] == [
        {"name": "华阳路街道", "parent": COUNTY, "until": "2024"}
    ]
    with opened(path) as ledger:
        assert ledger.count("eci", "2025", TOWN) == 1
        assert ledger.doctor().problems == ()


def test_units__a_zone_with_a_code_of_the_programs_choice(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)

    typed(tmp_path, "units", path, "--zone", f"new:{COUNTY}=临空园区")
    shown = typed(tmp_path, "units", path, "--move", f"310105401={STREET}")

    assert shown.code == 0
    assert "310105401 临空园区（no administrative division）" in (
        typed(tmp_path, "units", path).out
    )


def test_units__dry_run__changes_nothing(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)

    done = typed(tmp_path, "units", path, "--rename", f"{STREET}=某街道", "--dry-run")

    assert done.out == "Rename 华阳路街道 to 某街道\n"
    asked = typed(
        tmp_path, "units", path, "--rename", f"{STREET}=某街道", "--dry-run", "--json"
    )
    assert asked.facts["units"][1]["name"] == "华阳路街道"
    assert "华阳路街道" in typed(tmp_path, "units", path).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rename", "310105001"), "--rename"),
        (("--rename", "310105001="), "--rename"),
        (("--rename", "99=某镇"), "There is no unit 99"),
        (("--add", "abc=某镇"), "abc is no code"),
        (("--add", "510703100=某镇"), "not clear which unit"),
        (("--zone", "new:99=某区"), "99"),
        (("--add", f"{TOWN}=华阳路街道"), "named 华阳路街道"),
    ],
)
def test_units__what_cannot_be__error(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    path = make_ledger(tmp_path)

    done = typed(tmp_path, "units", path, *words)

    assert done.code == 2
    assert said in done.err


def test_units__a_list(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    table = tmp_path / "名单.csv"
    table.write_text(
        f"代码,名称\n{COUNTY},长宁区\n{STREET},华阳街道\n{TOWN},新泾镇\n1,坏行\n",
        encoding="utf-8",
    )

    seen = typed(tmp_path, "units", path, "--list", table, "--dry-run")
    done = typed(tmp_path, "units", path, "--list", table, "--json")

    assert seen.code == done.code == 1
    assert "1 new units, 1 with another name or place, 0 not on" in seen.out
    assert "310105001 华阳路街道 → 华阳街道" in seen.out
    assert "Row 5: 1 is no code" in seen.out
    assert [unit["name"] for unit in done.facts["units"]] == [
        "长宁区",
        "华阳街道",
        "新泾镇",
    ]


def test_units__a_list_that_is_none__error(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    table = tmp_path / "其他.csv"
    table.write_text("机构,床位\n甲,1\n", encoding="utf-8")

    assert typed(tmp_path, "units", path, "--list", table).code == 2
    assert typed(tmp_path, "units", path, "--list", tmp_path / "没有.csv").code == 2
