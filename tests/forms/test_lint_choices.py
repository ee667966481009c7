from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.forms.lint import lint

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

DEFINITIONS = "demo/definitions.yaml"
PARAMETERS = "demo/parameters.yaml"
TEXT = """\
- id: bed_base
  title: 床位包括哪些
  default: all
  options:
    - {id: all, title: 全部, value: SUM(eci.beds_total), ours: 示例}
    - {id: some, title: 部分, value: SUM(eci.beds_nursing), ours: 示例}
"""


@pytest.fixture
def named(packs: Packs) -> Packs:
    packs.write(DEFINITIONS, TEXT)
    packs.change("demo/indicators.yaml", "SUM(eci.beds_total)", "definition.bed_base")
    return packs


def said(packs: Packs) -> list[tuple[str, str, int]]:
    found = lint(packs.root, "demo")
    return [(p.message.code, p.file, p.line) for p in found]


def test_definition__ok(named: Packs) -> None:
    assert said(named) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("default: all", "default: al", "forms.value_misspelt", 3),
        ("id: some", "id: all", "forms.duplicate_id", 6),
        ("title: 部分", "title: 全部", "forms.duplicate_choice", 6),
        ("SUM(eci.beds_nursing)", "SUM(eci.beds_nursin)", "", 6),
        ("SUM(eci.beds_nursing)", "eci.beds_nursing > 0", "", 6),
        ("SUM(eci.beds_nursing)", "COUNT(eci) > 0", "expr.wanted_number", 6),
        ("SUM(eci.beds_nursing)", "definition.bed_base", "forms.definition_circle", 1),
        (
            "SUM(eci.beds_nursing)",
            "COUNT(eci) FILTER (WHERE eci.status = '开业')",
            "forms.stranger_unknown",
            6,
        ),
        (
            ", value: SUM(eci.beds_nursing), ours: 示例",
            ", value: '1'",
            "forms.no_origin",
            6,
        ),
    ],
)
def test_definition__error(
    named: Packs, before: str, after: str, code: str, line: int
) -> None:
    named.change(DEFINITIONS, before, after)
    found = [each for each in said(named) if each[1] == DEFINITIONS]

    assert (code or found[0][0], DEFINITIONS, line) in found


def test_parameter_of_a_computed_field_that_may_be_set__error(packs: Packs) -> None:
    packs.write(
        PARAMETERS,
        "- {id: whole, title: 百分之百, value: 100, ours: 示例, adjustable: true}\n",
    )
    packs.change(
        "common/elderly_care/eci.yaml",
        "100 * beds_nursing",
        "param.whole * beds_nursing",
    )
    assert said(packs) == [("forms.adjustable_column", PARAMETERS, 1)]

    packs.change(PARAMETERS, ", adjustable: true", "")
    assert said(packs) == []


def test_options_that_are_texts__ok(named: Packs) -> None:
    """Two terms can follow one choice; only what is chosen is read."""
    for value in ("SUM(eci.beds_total)", "SUM(eci.beds_nursing)"):
        word = "whole" if "total" in value else "part"
        named.change(DEFINITIONS, f"value: {value}", f"value: \"'{word}'\"")
    term = (
        "CASE WHEN definition.bed_base = 'part' THEN COUNT(eci) "
        "ELSE SUM(eci.beds_total) END"
    )
    named.change("demo/indicators.yaml", "definition.bed_base", term)
    assert said(named) == []

    named.change("demo/indicators.yaml", "'part'", "'parts'")
    (found,) = said(named)
    assert found[0] == "expr.defined_never"


def test_definition_that_nothing_names__warning(packs: Packs) -> None:
    packs.write(DEFINITIONS, TEXT)
    (problem,) = lint(packs.root, "demo")

    assert problem.message.code == "forms.definition_idle"
    assert problem.level is Level.WARNING


def test_options_read_forms_too__ok(named: Packs) -> None:
    """A form that only an option reads is not idle."""
    named.write(
        "demo/forms/own.yaml",
        "{kind: unit, id: own, title: 表, domain: finance, record: 一个单元, groups: "
        "[{title: 组, fields: [{id: x, kind: integer, title: 项}]}]}\n",
    )
    assert said(named) == [("forms.idle_form", "demo/forms/own.yaml", 1)]

    named.change(DEFINITIONS, "SUM(eci.beds_nursing)", "SUM(own.x)")
    assert said(named) == []


def test_definitions_of_one_id__error(named: Packs) -> None:
    named.write(DEFINITIONS, TEXT + TEXT)

    assert ("forms.duplicate_id", DEFINITIONS, 7) in said(named)


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("value: 1", []),
        ("value: 1, adjustable: true", []),
        ("value: 1, adjustable: true, minimum: 1, maximum: 1", []),
        ("value: 1, minimum: 0", ["forms.bounds_idle"]),
        ("value: 1, maximum: 2", ["forms.bounds_idle"]),
        ("value: 1, adjustable: true, minimum: 2", ["forms.default_outside"]),
        ("value: 1, adjustable: true, maximum: 0.5", ["forms.default_outside"]),
        ("value: 1, adjustable: true, minimum: 2, maximum: 0", ["forms.empty_range"]),
    ],
)
def test_bounds_of_a_parameter(packs: Packs, keys: str, codes: list[str]) -> None:
    packs.write(PARAMETERS, f"- {{id: p, title: 甲, {keys}, ours: 示例}}\n")

    assert [code for code, _, _ in said(packs)] == codes
