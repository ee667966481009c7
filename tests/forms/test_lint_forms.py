from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.forms.lint import lint

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

FORM = """\
kind: roster
id: one
title: 一张表
domain: finance
record: 一条
name: title
groups:
  - title: 一组
    fields:
      - {id: title, kind: text, title: 名称}
      - {id: beds, kind: integer, title: 床位}
      - {id: modes, kind: choices, title: 多选, choices: [甲, 乙]}
EXTRA
"""
CYCLE = """\
{id: x, kind: integer, title: 项, computed: y}
{id: y, kind: integer, title: 目, computed: x}"""
CLEAN = {"forms.idle_form"}


def said(packs: Packs, extra: str, form: str = FORM) -> set[str]:
    fields = "".join(f"      - {line}\n" for line in extra.splitlines())
    packs.write("demo/forms/one.yaml", form.replace("EXTRA\n", fields))
    problems = lint(packs.root, "demo")
    for problem in problems:
        assert problem.file == "demo/forms/one.yaml"
        assert problem.line > 0
    return {problem.message.code for problem in problems} - CLEAN


@pytest.mark.parametrize(
    "extra",
    [
        "{id: x, kind: integer, title: 项, minimum: 0, maximum: 0, default: 0}",
        "{id: x, kind: decimal, digits: 1, title: 项, minimum: 0.50, maximum: 1}",
        "{id: x, kind: choice, title: 项, choices: [甲, 乙、丙], default: 甲}",
        "{id: x, kind: choice, title: 项, code_list: status, default: 停业}",
        "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {A: 甲}}",
        (
            "{id: x, kind: choices, title: 项, code_list: status, "
            "value_aliases: {在营: 运营, 停建: [停业, 筹建]}}"
        ),
        "{id: x, kind: unit, title: 项, binds: unit.parent}",
        "{id: x, kind: integer, title: 项, binds: period.year}",
        "{id: x, kind: decimal, digits: 2, title: 项, computed: beds / 2}",
        "{id: x, kind: text, title: 项, default: 长, max_length: 1}",
        "{id: x, kind: text, title: 项, aliases: [项, 目]}",
        "{id: x, kind: text, title: 项, explanation: 解释, explanation_source: 某文}",
        "{id: x, kind: integer, title: 项, visible_when: \"HAS(modes, '甲')\"}",
    ],
)
def test_lint_forms__ok(packs: Packs, extra: str) -> None:
    assert said(packs, extra) == set()


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("{id: beds, kind: integer, title: 项}", "forms.duplicate_field"),
        ("{id: order, kind: integer, title: 项}", "forms.reserved_name"),
        ("{id: rowid, kind: integer, title: 项}", "forms.reserved_name"),
        ("{id: x, kind: integer, title: 床位}", "forms.same_head"),
        ("{id: x, kind: integer, title: 项, aliases: [名称]}", "forms.same_head"),
        (
            "{id: x, kind: text, title: 项, explanation_source: 某文}",
            "forms.source_of_nothing",
        ),
        (
            "{id: x, kind: integer, title: 项, computed: '1', default: 1}",
            "forms.two_values",
        ),
        ("{id: x, kind: text, title: 项, binds: period.year}", "forms.binding_kind"),
        ("{id: x, kind: integer, title: 项, binds: unit.code}", "forms.binding_kind"),
        (
            "{id: x, kind: integer, title: 项, minimum: 2, maximum: 1}",
            "forms.empty_range",
        ),
        (
            "{id: x, kind: integer, title: 项, minimum: 2, default: 1}",
            "forms.default_outside",
        ),
        (
            "{id: x, kind: integer, title: 项, maximum: 2, default: 3}",
            "forms.default_outside",
        ),
        (
            "{id: x, kind: decimal, digits: 1, title: 项, minimum: 0.25}",
            "forms.too_many_decimals",
        ),
        (
            "{id: x, kind: text, title: 项, default: 两字, max_length: 1}",
            "forms.default_too_long",
        ),
        ("{id: x, kind: choice, title: 项}", "forms.choices_or_list"),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], code_list: status}",
            "forms.choices_or_list",
        ),
        (
            "{id: x, kind: choices, title: 项, choices: [甲, 甲]}",
            "forms.duplicate_choice",
        ),
        (
            "{id: x, kind: choice, title: 项, code_list: nichts}",
            "forms.code_list_unknown",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲, 不详]}",
            "forms.choice_is_absent",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲, ' 乙']}",
            "forms.choice_spaces",
        ),
        (
            "{id: x, kind: choices, title: 项, choices: [甲、乙]}",
            "forms.choice_separator",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], default: 乙}",
            "forms.value_unknown",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {A: 乙}}",
            "forms.value_unknown",
        ),
        (
            (
                "{id: x, kind: choice, title: 项, choices: [甲, 乙],"
                " value_aliases: {甲: 乙}}"
            ),
            "forms.alias_is_choice",
        ),
        (
            (
                "{id: x, kind: choice, title: 项, choices: [甲],"
                " value_aliases: {不适用: 甲}}"
            ),
            "forms.choice_is_absent",
        ),
        (
            (
                "{id: x, kind: choice, title: 项, choices: [甲],"
                " value_aliases: {' A': 甲}}"
            ),
            "forms.choice_spaces",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {A: 1}}",
            "forms.wants_list",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {A: [1]}}",
            "forms.wants_text",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {A: []}}",
            "forms.list_too_short",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: {'': 甲}}",
            "forms.text_too_short",
        ),
        (
            "{id: x, kind: choice, title: 项, choices: [甲], value_aliases: [甲]}",
            "forms.wants_mapping",
        ),
        (
            "{id: x, kind: integer, title: 项, visible_when: bedz > 0}",
            "expr.unknown_field",
        ),
        ("{id: x, kind: integer, title: 项, computed: title}", "expr.type"),
        ("{id: x, kind: integer, title: 项, computed: COUNT(eci)}", "expr.own_only"),
        (
            "{id: x, kind: date, title: 项, visible_when: prev.beds = 1}",
            "forms.own_record_only",
        ),
        (
            "{id: x, kind: date, title: 项, visible_when: COUNT(eci) > 1}",
            "forms.own_record_only",
        ),
        ("{id: x, kind: integer, title: 项, computed: x + 1}", "forms.computed_cycle"),
        (
            CYCLE,
            "forms.computed_cycle",
        ),
    ],
)
def test_lint_forms__error(packs: Packs, extra: str, code: str) -> None:
    found = said(packs, extra)

    if code.startswith("expr."):
        assert len(found) == 1
        assert next(iter(found)).startswith("expr.")
    else:
        assert code in found


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("name: title", "name: titel", "forms.field_misspelt"),
        ("name: title", "name: title\ncode: xyz", "forms.field_unknown"),
        ("name: title", "name: modes", "forms.name_is_list"),
        ("name: title", "name: title\ncounted_when: beds", "expr."),
    ],
)
def test_lint_forms__error_of_a_roster(
    packs: Packs, before: str, after: str, code: str
) -> None:
    (found,) = said(packs, "", FORM.replace(before, after, 1))

    assert found.startswith(code)


@pytest.mark.parametrize("name", ["select", "sqlite_master", "unit", "prev"])
def test_lint_forms__error_name_that_means_something(packs: Packs, name: str) -> None:
    form = FORM.replace("id: one", f"id: {name}").replace("EXTRA\n", "")
    packs.write(f"demo/forms/{name}.yaml", form)

    codes = {problem.message.code for problem in lint(packs.root, "demo")}
    assert "forms.reserved_name" in codes


def test_lint_forms__error_too_many_fields(packs: Packs) -> None:
    extra = "\n".join(
        f"{{id: f{number}, kind: yes_no, title: 项{number}}}" for number in range(1000)
    )

    assert said(packs, extra) == {"forms.too_many_fields"}


def test_lint_forms__error_inside_an_expression_has_its_place(packs: Packs) -> None:
    said(packs, "{id: x, kind: integer, title: 项, visible_when: 'beds > bedz'}")
    (problem,) = (
        p for p in lint(packs.root, "demo") if p.path.endswith("visible_when")
    )

    lines = (packs.root / problem.file).read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1][problem.column - 1 :].startswith("bedz")


@pytest.mark.parametrize(
    ("extra", "codes"),
    [
        ("{id: x, kind: text, title: 项, formerly: w}", set()),
        ("{id: x, kind: text, title: 项, formerly: beds}", {"forms.formerly_living"}),
        ("{id: x, kind: text, title: 项, formerly: x}", {"forms.formerly_living"}),
        (
            (
                "{id: x, kind: text, title: 项, formerly: w}\n"
                "{id: y, kind: text, title: 目, formerly: w}"
            ),
            {"forms.formerly_twice"},
        ),
    ],
)
def test_lint_forms__former_ids(packs: Packs, extra: str, codes: set[str]) -> None:
    assert said(packs, extra) == codes
