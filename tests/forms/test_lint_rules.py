from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.forms.lint import lint

if TYPE_CHECKING:
    from desktop.forms.problems import Problem
    from tests.forms.conftest import Packs

RULE = """\
- id: eci.mine
  form: eci
  level: error
  ours: 示例
"""


def linted(packs: Packs, *lines: str) -> list[Problem]:
    keys = {line.split(":")[0] for line in lines}
    more = [] if "check" in keys else ["check: beds_total > 0"]
    more += [] if "says" in keys else ["says: 有误"]
    rule = RULE + "".join(f"  {line}\n" for line in (*lines, *more))
    packs.write("demo/rules.yaml", rule)
    problems = lint(packs.root, "demo")
    assert {problem.file for problem in problems} <= {"demo/rules.yaml"}
    return list(problems)


@pytest.mark.parametrize(
    "line",
    [
        "says: '{beds_total} {prev.beds_total} {beds_total - prev.beds_total}'",
        "says: 合计 {SUM(eci.beds_total)}，{100 * param.price_ceiling}%",
        "says: 上限 {param.price_ceiling}",
        "fields: [beds_total, beds_nursing]",
        "check: beds_total <= prev.beds_total * 2",
        "check: COUNT(eci) > 0",
        "when: status = '停业'",
        "when: status IN ('停业', '筹建')",
        "when: \"'运营' = status\"",
        "when: eci_name = '随便什么'",
    ],
)
def test_lint_rules__ok(packs: Packs, line: str) -> None:
    assert linted(packs, line) == []


def test_lint_rules__needs_name_the_other_forms(packs: Packs) -> None:
    lines = ("check: beds_total <= unit.pop_resident", "needs: [area]")
    assert linted(packs, *lines) == []

    lines = ("says: 人口 {unit.pop_resident}", "needs: [area]")
    assert linted(packs, *lines) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("says: 大于 {beds_totl}", "expr."),
        ("says: 大于 {prev.未知}", "expr."),
        ("says: 大于 {param.nothing_like_it}", "expr."),
        ("says: 大于 { 三", "forms.lone_brace"),
        ("says: 大于 {}", "expr."),
        ("says: 大于 {beds_total.__class__}", "expr."),
        ("says: 大于 {beds_total!r:>1000000}", "expr."),
        ("says: 大于 {unit.pop_resident}", "forms.need_missing"),
        ("fields: [beds_totl]", "forms.field_misspelt"),
        ("check: beds_total <= unit.pop_resident", "forms.need_missing"),
        ("when: unit.pop_resident > 0", "forms.need_missing"),
        ("needs: [area]", "forms.need_idle"),
    ],
)
def test_lint_rules__error(packs: Packs, line: str, code: str) -> None:
    (problem,) = linted(packs, line)

    assert problem.message.code.startswith(code)
    assert problem.level is Level.ERROR


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check: param.price_ceiling > 0", "forms.constant_condition"),
        ("when: 1 = 2", "forms.constant_condition"),
        ("when: status = '停产'", "forms.stranger_unknown"),
        ("when: \"'停业了' <> status\"", "forms.stranger_misspelt"),
        ("when: status IN ('停业', '歇业中')", "forms.stranger_unknown"),
    ],
)
def test_lint_rules__warning(packs: Packs, line: str, code: str) -> None:
    (problem,) = linted(packs, line)

    assert problem.message.code == code
    assert problem.level is Level.WARNING


def test_lint_rules__warning_of_several_choices(packs: Packs) -> None:
    packs.change(
        "common/elderly_care/eci.yaml",
        "      - {id: opened",
        "      - {id: modes, kind: choices, title: 方式, choices: [甲, 乙]}\n"
        "      - {id: opened",
    )
    (problem,) = linted(packs, "check: HAS(modes, '甲') OR HAS(modes, '丙')")

    assert dict(problem.message.params)["word"] == "丙"


def test_lint_rules__error_expression_has_its_place(packs: Packs) -> None:
    (problem,) = linted(packs, "check: beds_total <= beds_nursin")

    assert (problem.line, problem.column) == (5, 24)
    assert problem.path == "rules[3].check"


@pytest.mark.parametrize(
    ("says", "place"),
    [
        ("says: 床位（{beds_total}）超过 {beds_nursin}", (5, 29)),
        ("says: '{beds_total +  beds_nursin}'", (5, 25)),
        ("says: |\n    床位\n    超过 {beds_nursin}", (7, 9)),
        ("says: |\n    {beds_total +\n    beds_nursin}", (7, 5)),
    ],
)
def test_lint_rules__error_inside_a_sentence_has_its_place(
    packs: Packs, says: str, place: tuple[int, int]
) -> None:
    (problem,) = linted(packs, says)

    assert (problem.line, problem.column) == place
    assert problem.path == "rules[3].says"


def test_lint_rules__error_form_that_is_not_there(packs: Packs) -> None:
    packs.write(
        "demo/rules.yaml",
        RULE.replace("form: eci", "form: ecy")
        + ("  check: beds_total > 0\n  says: 有误\n"),
    )
    (problem,) = lint(packs.root, "demo")

    assert problem.message.code == "forms.form_misspelt"


def test_lint_rules__a_missing_code_list_is_said_once(packs: Packs) -> None:
    packs.change(
        "common/elderly_care/eci.yaml", "code_list: status, ", "code_list: x, "
    )

    codes = [problem.message.code for problem in lint(packs.root, "demo")]
    assert codes == ["forms.code_list_unknown"]
