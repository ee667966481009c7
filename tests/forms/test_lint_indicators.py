from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.core.findings import Level
from desktop.forms.lint import lint
from tests.forms.asking import ask

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

INDICATORS = "demo/indicators.yaml"
TARGET = (
    '{operator: ">=", value: 55.10, year: 2025, year_basis: explicit, basis: numeric}'
)
WORDS = "{year_basis: none, basis: text_only, text: 稳步提高}"
BETWEEN = (
    "{operator: between, value: 1, upper: 2, year: 2025, "
    "year_basis: plan_period, basis: numeric}"
)

WORDY = f"  targets:\n    - {WORDS}\n"


def codes(packs: Packs) -> list[str]:
    found = lint(packs.root, "demo")
    problems = [problem for problem in found if problem.level is not Level.INFO]
    assert {problem.file for problem in problems} <= {INDICATORS}
    return [problem.message.code for problem in problems]


@pytest.mark.parametrize("target", [TARGET, WORDS, BETWEEN])
def test_lint_indicators__ok(packs: Packs, target: str) -> None:
    packs.change(INDICATORS, TARGET, target)

    assert codes(packs) == []


def test_lint_indicators__qualitative_with_words_is_right(packs: Packs) -> None:
    ask(packs)
    packs.change(INDICATORS, "  qualitative: true\n", f"  qualitative: true\n{WORDY}")

    assert codes(packs) == []
    packs.change(INDICATORS, WORDS, TARGET)
    assert codes(packs) == ["forms.qualitative_number"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("multiplier: 100", "multiplier: 1", "forms.multiplier"),
        ('measure: "%"', 'measure: "‰"', "forms.multiplier"),
        ('operator: ">=", ', "", "forms.target_half"),
        ("year: 2025, ", "", "forms.target_year"),
        ("explicit", "none", "forms.target_year"),
        ("basis: numeric", "basis: text_only", "forms.target_basis"),
        ('">="', "between", "forms.target_upper"),
        ("year: 2025", "upper: 60, year: 2025", "forms.target_upper"),
        (TARGET, BETWEEN.replace("upper: 2", "upper: 1"), "forms.target_bounds"),
        (TARGET, WORDS.replace(", text: 稳步提高", ""), "forms.target_silent"),
    ],
)
def test_lint_indicators__error(
    packs: Packs, before: str, after: str, code: str
) -> None:
    packs.change(INDICATORS, before, after)

    assert codes(packs) == [code]


def test_lint_indicators__baseline_says_something(packs: Packs) -> None:
    told = "  baseline: {basis: text_only, text: 应保尽保}\n"
    packs.change(INDICATORS, "  targets:\n", f"{told}  targets:\n")
    assert codes(packs) == []

    packs.change(INDICATORS, ", text: 应保尽保", "")
    assert codes(packs) == ["forms.baseline_silent"]


def test_lint_indicators__kind_and_denominator(packs: Packs) -> None:
    packs.change(INDICATORS, "  kind: ratio", "  kind: count")
    (problem,) = lint(packs.root, "demo")
    assert (problem.message.code, problem.level) == (
        "forms.count_denominator",
        Level.WARNING,
    )

    line = "  denominator: {title: 总床位数, value: SUM(eci.beds_total), measure: 张}\n"
    packs.change(INDICATORS, line, "")
    assert codes(packs) == []

    packs.change(INDICATORS, "  kind: count", "  kind: ratio")
    assert codes(packs) == ["forms.no_denominator"]


def test_lint_indicators__error_expression_has_its_place(packs: Packs) -> None:
    packs.change(INDICATORS, "SUM(eci.beds_total)", "SUM(eci.beds_totl)")
    (problem,) = lint(packs.root, "demo")

    line = (packs.root / INDICATORS).read_text(encoding="utf-8").splitlines()[6]
    assert problem.line == 7
    assert problem.path == "indicators[0].denominator.value"
    assert "eci.beds_totl" in line[problem.column - 5 :]


def test_lint_indicators__warning_choice_nobody_can_make(packs: Packs) -> None:
    packs.change(
        INDICATORS,
        "SUM(eci.beds_total)",
        "SUM(eci.beds_total) FILTER (WHERE eci.status = '运营中')",
    )

    assert codes(packs) == ["forms.stranger_misspelt"]


CHANGED = TARGET.replace("year: 2025", "year: 2025, {years}")


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("until: 2023", "since: 2024", None),
        ("since: 2021, until: 2023", "since: 2024, until: 2025", None),
        ("until: 2024", "since: 2024", "forms.target_overlap"),
        ("until: 2024", "note: ''", "forms.target_overlap"),
        ("since: 2021, until: 2025", "until: 2022", "forms.target_overlap"),
        ("since: 2025, until: 2021", "since: 2026", "forms.target_window"),
    ],
)
def test_lint_indicators__years_in_which_a_target_holds(
    packs: Packs, first: str, second: str, code: str | None
) -> None:
    """A later document changes a target; both never hold in one year."""
    written = [CHANGED.replace("{years}", years) for years in (first, second)]
    text = "\n    - ".join(written).replace(", note: ''", "")
    packs.change(INDICATORS, TARGET, text)

    assert codes(packs) == ([code] if code else [])


def test_lint_indicators__two_targets_for_two_years_hold_side_by_side(
    packs: Packs,
) -> None:
    packs.change(
        INDICATORS, TARGET, f"{TARGET}\n    - {TARGET.replace('2025', '2023')}"
    )

    assert codes(packs) == []
