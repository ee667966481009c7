from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.forms.lint import lint
from tests.forms.asking import FORM
from tests.forms.asking import ROWS
from tests.forms.asking import ask

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


@pytest.fixture
def asked(packs: Packs) -> Packs:
    ask(packs)
    return packs


def said(packs: Packs) -> list[tuple[str, str, int]]:
    found = lint(packs.root, "demo")
    return [(p.message.code, p.file, p.line) for p in found]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("  key: indicator\n", "  key: indicate\n", "forms.field_misspelt", 8),
        ("  key: indicator\n", "  key: measure\n", "forms.answers_kind", 8),
        ("judgement: state", "judgement: stat", "forms.field_misspelt", 16),
        ("judgement: state", "judgement: value", "forms.answers_kind", 16),
        ("{judgement: state, preset", "{preset", "forms.way_lacks", 16),
        ("{judgement: state,", "{numerator: '1', judgement: state,", "", 16),
        ("    preset: {way: 指标值}", "    judgement: state", "forms.way_idle", 11),
        ("{way: 指标值}", "{wey: 指标值}", "forms.field_misspelt", 11),
        ("{way: 指标值}", "{way: 指标}", "forms.value_misspelt", 11),
        ("{way: 指标值}", "{note: 六个字的备注}", "forms.default_too_long", 11),
        ("{way: 指标值}", "{value: '1'}", "forms.answers_kind", 11),
        ("over_100: over_100}", "over: over_100}", "forms.field_misspelt", 17),
        ("over_100: over_100}", "note: over_100}", "forms.answers_kind", 17),
        ("tells: {measure: m", "tells: {value: m", "forms.answers_kind", 17),
        (" FILTER (WHERE adm.indicator = {title})\n    preset", "\n    preset", "", 10),
        ("SUM(adm.lower)", "SUM(adm.lowr)", "", 14),
        ("= {title})\n    preset", "= {titel})\n    preset", "forms.way_title", 10),
    ],
)
def test_answers_of_a_form__error(
    asked: Packs, before: str, after: str, code: str, line: int
) -> None:
    asked.change(FORM, before, after)
    found = [each for each in said(asked) if each[1] == FORM]

    assert (code or found[0][0], FORM, line) in found


def test_a_way_that_is_the_same_for_all__error(asked: Packs) -> None:
    asked.change(
        FORM, "(WHERE adm.indicator = {title})\n    pre", "(WHERE TRUE)\n    pre"
    )

    assert ("forms.way_title", FORM, 10) in said(asked)


def test_the_column_of_a_fault_is_that_of_the_template__error(asked: Packs) -> None:
    asked.change(
        FORM, "= {title})\n    preset: {way: 指", "= {title}) + x\n    preset: {way: 指"
    )
    found = [p for p in lint(asked.root, "demo") if p.file == FORM]
    row = (asked.root / FORM).read_text("utf-8").splitlines()[9]

    assert [problem.column for problem in found] == [row.index("+ x") + 3]


def test_no_way_to_answer__error(asked: Packs) -> None:
    text = (asked.root / FORM).read_text("utf-8")
    start, end = text.index("  number:"), text.index("  tells:")
    asked.write(FORM, text[:start] + text[end:])
    asked.write(
        ROWS,
        "- {id: n, title: 条数, domain: health, kind: count, ours: 示例,\n"
        "   judged_by: adm, qualitative: true, numerator: {title: 条数}}\n"
        "- {id: m, title: 床位, domain: health, kind: count, ours: 示例,\n"
        "   numerator: {title: 床位, value: SUM(eci.beds_total)}}\n",
    )

    assert [each for each in said(asked) if each[0] != "forms.idle_form"] == [
        ("forms.no_ways", FORM, 8),
        ("forms.no_way", ROWS, 2),
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("judged_by: adm", "judged_by: admm", "forms.asking_misspelt", 24),
        ("judged_by: adm", "judged_by: eci", "forms.asking_unknown", 24),
        ("  judged_by: adm\n", "", "forms.judged", 18),
        ("  qualitative: true\n", "", "forms.judged", 18),
        (
            "judged_by: adm",
            "judged_by: adm\n  answered_by: adm",
            "forms.two_answers",
            24,
        ),
        (
            "  answered_by: adm\n  ours: 示例\n- id: e",
            "  ours: 示例\n- id: e",
            "forms.no_value",
            5,
        ),
        (
            "answered_by: adm\n  ours: 示例\n- id: a",
            "qualitative: true\n  judged_by: adm\n  ours: 示例\n- id: a",
            "",
            0,
        ),
        (
            "numerator: {title: 应当保障的都已保障}",
            "numerator: {title: 已, value: COUNT(adm)}\n  denominator: {title: 应}",
            "forms.half_value",
            23,
        ),
        (
            "numerator: {title: 应当保障的都已保障}",
            "numerator: {title: 已保障}\n  denominator: {title: 应, value: COUNT(adm)}",
            "forms.half_value",
            22,
        ),
        (
            "answered_by: adm\n  ours: 示例\n- id: e",
            "answered_by: amd\n  ours: 示例\n- id: e",
            "forms.no_value",
            5,
        ),
    ],
)
def test_how_an_indicator_is_answered__error(
    asked: Packs, before: str, after: str, code: str, line: int
) -> None:
    asked.change(ROWS, before, after)
    found = [each for each in said(asked) if each[1] == ROWS]

    assert ((code, ROWS, line) in found) if code else not found


def test_judged_in_one_form_and_counted_in_another__ok(asked: Packs) -> None:
    """An honest number may stand beside a judgement."""
    asked.change(
        ROWS,
        "{title: 应当保障的都已保障}",
        "{title: 已, value: COUNT(adm)}\n  denominator: {title: 应, value: COUNT(eci)}",
    )

    assert [each for each in said(asked) if each[1] == ROWS] == []
