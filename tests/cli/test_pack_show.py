from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.desks import RESOURCES
from tests.cli.desks import typed

if TYPE_CHECKING:
    from pathlib import Path

DEFINITIONS = """\
- id: beds
  title: 床位包括哪些
  default: built
  options:
    - {id: planned, title: 计划的, value: SUM(works.planned), ours: 示例}
    - {id: built, title: 已建的, value: SUM(works.built), ours: 示例}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Make a small pack in which everything there is to show turns up."""
    folder = tmp_path / "mine"
    assert typed(tmp_path, "pack", "new", folder).code == 0
    (folder / "definitions.yaml").write_text(DEFINITIONS, "utf-8")
    file = folder / "indicators.yaml"
    text = file.read_text("utf-8").replace("SUM(works.built)", "definition.beds")
    target = (
        '\n  targets:\n    - {operator: ">=", value: 1500, year: 2025, '
        "year_basis: explicit, basis: numeric}\n  ours: 示例"
    )
    file.write_text(text.replace("\n  ours: 示例", target, 1), "utf-8")
    return folder


def test_show__forms_rules_and_indicators_in_words(tmp_path: Path, mine: Path) -> None:
    done = typed(tmp_path, "pack", "show", mine)
    assert done.code == 0, done.err
    lines = done.out.splitlines()

    assert lines[0] == "我的制度包 (mine 0.1.0)"
    assert "Form works: 本地工程登记表 (一个工程)" in lines
    assert "    name: 工程名称 [text，required]" in lines
    assert "    planned: 计划床位数 [whole number，张，expected]" in lines
    assert "    progress: 完成比例 [decimal number，%，computed]" in lines
    assert "  [核实性] works.built_within_planned: 已建床位数 ≤ 计划床位数" in lines
    assert "  beds: 床位包括哪些：已建的；计划的" in lines
    begin = lines.index("  beds_built: 新建养老床位")
    assert lines[begin + 1] == "    床位包括哪些（口径：已建的）"
    assert lines[begin + 2] == "    target ≥1,500张（2025年）"


@pytest.mark.unmeasured
def test_show__json(tmp_path: Path, mine: Path) -> None:
    facts = typed(tmp_path, "pack", "show", mine, "--json").facts

    assert (facts["pack"], facts["version"]) == ("mine", "0.1.0")
    assert len(facts["digest"]) == 64
    assert [form["form"] for form in facts["forms"]] == ["area", "eci", "works"]
    assert facts["forms"][2]["fields"][0] == {
        "field": "name",
        "title": "工程名称",
        "kind": "text",
        "measure": None,
        "blank": "required",
    }
    assert facts["rules"][-1] == {
        "rule": "works.built_within_planned",
        "form": "works",
        "level": "warning",
        "check": "已建床位数 ≤ 计划床位数",
    }
    assert facts["definitions"][0]["options"] == ["已建的", "计划的"]
    assert facts["indicators"][0]["targets"] == ["≥1,500张（2025年）"]


@pytest.mark.unmeasured
def test_show__what_is_only_judged_is_said_in_words(tmp_path: Path) -> None:
    facts = typed(tmp_path, "pack", "show", "mianyang", "--json").facts
    formulas = {each["indicator"]: each["formula"] for each in facts["indicators"]}
    assert all(formulas.values())


def test_show__a_pack_of_forms_alone(tmp_path: Path, mine: Path) -> None:
    """Rules, definitions and indicators have no heading where there are none."""
    for name in ("rules", "definitions", "indicators"):
        (mine / f"{name}.yaml").unlink()
    text = (mine / "pack.yaml").read_text("utf-8")
    head, _, rest = text.partition("uses:")
    (mine / "pack.yaml").write_text(
        head + "report:" + rest.split("report:")[1], "utf-8"
    )
    done = typed(tmp_path, "pack", "show", mine)

    assert done.code == 0, done.err
    assert "Form works" in done.out
    for heading in ("Rules:", "Definitions", "Indicators:"):
        assert heading not in done.out


@pytest.mark.unmeasured
@pytest.mark.parametrize("pack", ["changning", "liaoning"])
def test_show__nothing_of_our_packs_is_left_unsaid(tmp_path: Path, pack: str) -> None:
    done = typed(tmp_path, "pack", "show", RESOURCES / "packs" / pack)
    assert done.code == 0, done.err
    assert "None" not in done.out
