from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.batch.names import Pattern
from desktop.app.batch.plan import Asked
from desktop.app.batch.plan import Plan
from desktop.app.batch.plan import plan_batch
from desktop.app.batch.plan import units_of
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.unit_report import Wish
from desktop.core.unit import Former
from tests.levels import levels_pack
from tests.levels import tree
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path

UNITS = tree()
BY_CODE = Pattern("{code}")


def asked(folder: Path, **other: Any) -> Asked:  # noqa: ANN401 - any field
    given = Asked(UNITS, BY_CODE, Wanted(folder, "", folder))
    return replace(given, **other)


def plan_of(folder: Path, **other: Any) -> Plan:  # noqa: ANN401 - any field
    plan = plan_batch(asked(folder, **other), levels_pack(), YEAR, UNITS[0])
    assert isinstance(plan, Plan), plan
    return plan


def faults(folder: Path, **other: Any) -> list[str]:  # noqa: ANN401 - any field
    plan = plan_batch(asked(folder, **other), levels_pack(), YEAR, UNITS[0])
    assert not isinstance(plan, Plan)
    return [fault.code for fault in plan]


@pytest.mark.parametrize(
    ("level", "below", "codes"),
    [
        ("province", None, ["21"]),
        ("county", None, ["210102", "210103", "210202"]),
        ("township", "210102", ["210102001", "210102002"]),
        ("street", "210103", ["210103001"]),
        ("街道", "210103", ["210103001"]),
        ("社区", None, ["210102001001", "210102001002"]),
        ("all", "2102", ["2102", "210202"]),
        ("village", "2102", []),
    ],
)
def test_units__of_a_level_and_below_a_unit(
    level: str, below: str | None, codes: list[str]
) -> None:
    assert [unit.code for unit in units_of(UNITS, "2025", level, below)] == codes


def test_units__only_those_that_exist_in_the_period() -> None:
    gone = [replace(unit, until="2024") for unit in UNITS[1:3]]
    assert units_of([UNITS[0], *gone], "2025") == (UNITS[0],)


def test_units__a_level_that_is_not_known() -> None:
    with pytest.raises(KeyError):
        units_of(UNITS, "2025", "国")


def test_plan__two_files_a_unit(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, units=UNITS[1:3])
    names = [path.name for path in plan.files]
    assert names == ["2101.xlsx", "2101.pdf", "210102.xlsx", "210102.pdf"]
    assert plan.there == ()
    assert [len(items) for items in plan.by_unit.values()] == [1, 1]


def test_plan__a_file_a_form(tmp_path: Path) -> None:
    by_form = Pattern("{code}{form}")
    wish = Wish(("home", "people"))
    look = Wanted(tmp_path, "", tmp_path, xlsx=False)
    plan = plan_of(tmp_path, units=UNITS[:1], pattern=by_form, wish=wish, look=look)
    assert [path.name for path in plan.files] == ["21养老机构表.pdf", "21人口表.pdf"]


def test_plan__one_file_of_all(tmp_path: Path) -> None:
    look = Wanted(tmp_path, "", tmp_path, xlsx=False, pdf=False)
    name = "辽宁省-2025年-小制度-合订（11个单位）"
    (tmp_path / f"{name}.pdf").touch()
    plan = plan_of(tmp_path, look=look, merged=True)
    assert plan.files == (tmp_path / f"{name}.pdf",)
    assert plan.there == (f"{name}.pdf",)
    assert plan.waiting == tmp_path / f"{name}.parts"


def test_plan__units_go_by_the_name_of_the_period(tmp_path: Path) -> None:
    renamed = replace(UNITS[0], former=(Former("奉天省", None, "2025"),))
    plan = plan_of(tmp_path, units=(renamed,), pattern=Pattern("{unit}"))
    assert plan.items[0].name == "奉天省"
    assert plan.items[0].title == "奉天省（21）"


def test_plan__tells_all_that_stands_against_it(tmp_path: Path) -> None:
    look = Wanted(tmp_path, "", tmp_path, xlsx=False, pdf=False)
    assert faults(tmp_path, units=(), wish=Wish(()), look=look) == [
        "batch.no-units",
        "batch.no-forms",
        "batch.no-kind",
    ]
    by_form = Pattern("{code}{form}")
    assert faults(tmp_path, merged=True, pattern=by_form) == ["batch.merged-by-form"]
    assert faults(tmp_path, units=(UNITS[0], UNITS[0])) == ["batch.clash"]
