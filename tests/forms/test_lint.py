from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.forms.lint import lint
from desktop.forms.lint import lint_pack
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.problems import errors

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

PACKS = Path(__file__).parents[2] / "resources" / "packs"


def test_lint__sound_pack_is_clean(packs: Packs) -> None:
    assert lint(packs.root, "demo") == ()


@pytest.mark.unmeasured
@pytest.mark.parametrize("pack_id", ["changning", "liaoning"])
def test_lint__our_packs_are_clean(pack_id: str) -> None:
    assert lint(PACKS, pack_id) == ()


def test_lint__error_pack_that_cannot_be_read(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "title:", "titel:")

    codes = [problem.message.code for problem in lint(packs.root, "demo")]
    assert codes == ["forms.key_missing", "forms.key_misspelt"]


def test_lint_pack__pack_without_files_names_the_part(packs: Packs) -> None:
    packs.change("demo/indicators.yaml", "multiplier: 100", "multiplier: 10")
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)
    (problem,) = lint_pack(pack)

    assert (problem.file, problem.line, problem.path) == ("", 0, "indicators[0]")


def test_lint__says_everything_at_once(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "ends: 2025", "ends: 2020")
    packs.change("demo/indicators.yaml", "multiplier: 100", "multiplier: 10")
    packs.change("common/elderly_care/eci.yaml", "name: eci_name", "name: eci_nam")
    packs.change("common/elderly_care/rules.yaml", "  ours: 常识\n", "")
    problems = lint(packs.root, "demo")

    assert [(p.message.code, p.file, p.line) for p in problems] == [
        ("forms.field_misspelt", "common/elderly_care/eci.yaml", 6),
        ("forms.no_origin", "common/elderly_care/rules.yaml", 1),
        ("forms.multiplier", "demo/indicators.yaml", 1),
        ("forms.plan_years", "demo/pack.yaml", 12),
    ]
    assert errors(problems) == problems


def test_lint__error_ids_that_stand_twice(packs: Packs) -> None:
    packs.write(
        "demo/rules.yaml",
        """\
- {id: eci.own, form: eci, level: info, check: beds_total > 0, says: 甲, ours: 示例}
- {id: eci.own, form: eci, level: info, check: beds_total > 1, says: 甲, ours: 示例}
- {id: eci.beds_total.required, form: eci, level: info, check: beds_total > 0,
   says: 乙, ours: 示例}
""",
    )
    packs.write("demo/code_lists.yaml", "- {id: x, title: 甲, choices: [甲, 乙, 甲]}\n")
    packs.write(
        "demo/parameters.yaml",
        "- {id: p, title: 甲, value: 1, ours: 示例}\n"
        "- {id: p, title: 乙, value: 1, ours: 示例}\n",
    )
    packs.write(
        "demo/forms/eci.yaml",
        (packs.root / "common/elderly_care/eci.yaml").read_text(encoding="utf-8"),
    )
    found = {
        (p.message.code, p.path, dict(p.message.params)["name"])
        for p in lint(packs.root, "demo")
        if p.message.code.startswith("forms.duplicate")
        and not p.path.startswith("forms")
    }

    assert found == {
        ("forms.duplicate_id", "rules[4].id", "eci.own"),
        ("forms.duplicate_id", "rules[5].id", "eci.beds_total.required"),
        ("forms.duplicate_id", "parameters[2].id", "p"),
        ("forms.duplicate_choice", "code_lists[1].choices[2]", "甲"),
    }
    assert any(p.path == "forms[2].id" for p in lint(packs.root, "demo"))


def test_lint__error_two_origins(packs: Packs) -> None:
    packs.change("demo/indicators.yaml", "  source:", "  ours: 我们的理解\n  source:")
    (problem,) = lint(packs.root, "demo")

    assert (problem.message.code, problem.line) == ("forms.two_origins", 9)


def test_lint__points_out_a_form_nobody_reads(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "elderly_care/eci", "community/cef")
    packs.change("common/elderly_care/rules.yaml", "form: cef", "form: eci")
    packs.change("demo/indicators.yaml", "eci.beds_nursing", "area.pop_resident")
    packs.change("demo/indicators.yaml", "eci.beds_total", "area.pop_resident")
    (problem,) = lint(packs.root, "demo")

    assert problem.message.code == "forms.idle_form"
    assert problem.level is Level.INFO
    assert errors((problem,)) == ()


def test_lint__a_plan_judges_its_region_or_units_of_a_level(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "  ends: 2025\n", "  ends: 2025\n  judges: county\n")
    (problem,) = lint(packs.root, "demo")
    assert (problem.message.code, problem.line) == ("forms.judges_region", 13)

    packs.change("demo/pack.yaml", '"210100"', "null")
    assert lint(packs.root, "demo") == ()


def test_lint__a_pack_elsewhere_uses_our_library(packs: Packs, tmp_path: Path) -> None:
    """Its forms, rules and the packs above come from the folder of packs."""
    text = (packs.root / "demo" / "pack.yaml").read_text("utf-8")
    mine = tmp_path / "mine" / "town"
    mine.mkdir(parents=True)
    text = text.replace("id: demo", "id: town").replace("uses:", "above: [demo]\nuses:")
    (mine / "pack.yaml").write_text(text, encoding="utf-8")

    assert lint(mine.parent, "town", packs.root) == ()
    assert isinstance(load_pack(mine.parent, "town", packs.root), Pack)
    codes = [p.message.code for p in lint(mine.parent, "town")]
    assert codes == ["forms.form_unknown"] * 2
