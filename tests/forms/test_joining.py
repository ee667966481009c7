from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from desktop.forms.indicator import Indicator
    from tests.forms.conftest import Packs

CONCEPTS = """\
- id: nursing_bed_share
  title: 护理型床位占比
  domain: elderly_care
  kind: ratio
  measure: "%"
  numerator: {title: 护理型床位数, value: SUM(eci.beds_nursing), measure: 张}
  denominator: {title: 总床位数, value: SUM(eci.beds_total), measure: 张}
  multiplier: 100
  over_100: false
  ours: 分子、分母的写法是我们的理解
"""
ROW = """\
- concept: nursing_bed_share
  source: {plan: demo, file: plan.txt, quote: 护理型床位占比不低于 55%}
  targets:
    - {operator: ">=", value: 55, year: 2025, year_basis: explicit, basis: numeric}
"""
SHARED = "common/elderly_care/indicators.yaml"
OWN = "demo/indicators.yaml"


@pytest.fixture
def shared(packs: Packs) -> Packs:
    packs.write(SHARED, CONCEPTS)
    packs.write(OWN, ROW)
    return packs


def only(packs: Packs) -> Indicator:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    (found,) = pack.indicators
    return found


def said(packs: Packs) -> list[tuple[str, str, int]]:
    return [(p.message.code, p.file, p.line) for p in lint(packs.root, "demo")]


def test_row_takes_the_shared_indicator__ok(shared: Packs) -> None:
    found = only(shared)

    assert (found.id, found.concept) == ("nursing_bed_share", "nursing_bed_share")
    assert found.title == "护理型床位占比"
    assert found.numerator.value == "SUM(eci.beds_nursing)"
    assert not found.over_100
    assert found.targets[0].value == Decimal(55)
    assert found.source is not None
    assert found.ours == "分子、分母的写法是我们的理解"
    assert said(shared) == []


def test_row_states_keys_again__ok(shared: Packs) -> None:
    shared.change(OWN, "\n  source", "\n  id: own_share\n  title: 全县占比\n  source")
    found = only(shared)

    assert (found.id, found.concept) == ("own_share", "nursing_bed_share")
    assert found.title == "全县占比"
    assert said(shared) == []


def test_row_defines_the_figure_otherwise__ok(shared: Packs) -> None:
    """A replaced term is replaced whole, with the reason."""
    shared.change(
        OWN,
        "\n  source",
        "\n  numerator: {title: 另一种床位, value: SUM(eci.beds_total)}"
        "\n  differs: 原文指全部床位\n  source",
    )
    found = only(shared)

    assert found.numerator.measure is None
    assert found.differs == "原文指全部床位"
    assert said(shared) == []


def test_shared_indicators_are_no_forms_and_wait_for_a_row__ok(packs: Packs) -> None:
    packs.write(SHARED, CONCEPTS.replace("kind: ratio", "kind: nonsense"))

    assert said(packs) == []
    packs.change("demo/pack.yaml", "elderly_care/eci", "elderly_care/indicators_x")
    assert said(packs) == [("forms.form_misspelt", "demo/pack.yaml", 17)]


def test_faults_are_shown_where_they_were_written__error(shared: Packs) -> None:
    shared.change(SHARED, "multiplier: 100", "multiplier: hundred")
    shared.change(OWN, "value: 55", "value: fifty-five")
    shared.change(SHARED, "over_100", "over_a_hundred")

    assert said(shared) == [
        ("forms.wants_number", SHARED, 8),
        ("forms.key_unknown", SHARED, 9),
        ("forms.wants_number", OWN, 4),
    ]


def test_fault_in_a_shared_expression_has_its_column__error(shared: Packs) -> None:
    shared.change(SHARED, "eci.beds_nursing", "eci.beds_nursin")
    (problem,) = lint(shared.root, "demo")

    assert (problem.file, problem.line, problem.column) == (SHARED, 6, 41)


def test_unknown_concept__error(shared: Packs) -> None:
    shared.change(OWN, "concept: nursing_bed_share", "concept: nursing_bed_shar")
    assert said(shared) == [("forms.concept_misspelt", OWN, 1)]

    shared.change(OWN, "concept: nursing_bed_shar", "concept: quite_else")
    assert said(shared) == [("forms.concept_unknown", OWN, 1)]

    shared.write(OWN, "- {concept: 3}\n" + ROW)
    assert ("forms.wants_text", OWN, 1) in said(shared)


def test_two_concepts_of_one_id__error(shared: Packs) -> None:
    shared.write("common/community/indicators_more.yaml", CONCEPTS)

    assert said(shared) == [("forms.duplicate_id", SHARED, 1)]


def test_what_only_a_plan_can_state__error(shared: Packs) -> None:
    shared.write(SHARED, CONCEPTS + "  targets: []\n  table_row: 3\n")

    assert said(shared) == [
        ("forms.concept_key", SHARED, 11),
        ("forms.concept_key", SHARED, 12),
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("multiplier: 100", "forms.differs_missing"),
        ("aggregation: stock", "forms.differs_missing"),
        ("denominator: {title: 床位}", "forms.differs_missing"),
        ("differs: 没有不同", "forms.differs_idle"),
    ],
)
def test_reason_of_a_difference__error(shared: Packs, more: str, code: str) -> None:
    shared.change(OWN, "\n  source", f"\n  {more}\n  source")

    assert said(shared) == [(code, OWN, 2)]


def test_difference_from_nothing__error(packs: Packs) -> None:
    packs.change(OWN, "  multiplier", "  differs: 与谁不同\n  multiplier")

    assert said(packs) == [("forms.differs_alone", OWN, 8)]
