from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.forms.entry import parse_entry
from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.model import Roster
from desktop.forms.model import Told
from desktop.forms.written import pack_to_json
from tests.forms.asking import FORM
from tests.forms.asking import ROWS
from tests.forms.asking import ask

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

PACKS = Path(__file__).parents[2] / "resources" / "packs"


@pytest.fixture
def asked(packs: Packs) -> Packs:
    ask(packs)
    return packs


def loaded(packs: Packs) -> Pack:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    return pack


def said(packs: Packs) -> list[tuple[str, str, int]]:
    found = lint(packs.root, "demo")
    return [(p.message.code, p.file, p.line) for p in found if p.level.value != "info"]


def test_rows_get_the_expressions_of_the_form__ok(asked: Packs) -> None:
    pack = loaded(asked)
    number, ratio, words = pack.indicators

    assert number.numerator.value == (
        "SUM(adm.value) FILTER (WHERE adm.indicator = '婴儿死亡人数')"
    )
    assert number.numerator.measure == "人"
    assert ratio.numerator.value == (
        "SUM(adm.upper) FILTER (WHERE adm.indicator = '学前教育''毛''入园率')"
    )
    assert ratio.denominator is not None
    assert ratio.denominator.value == (
        "SUM(adm.lower) FILTER (WHERE adm.indicator = '学前教育''毛''入园率')"
    )
    assert words.numerator.value is None
    assert said(asked) == []


def test_the_key_lists_the_titles__ok(asked: Packs) -> None:
    pack = loaded(asked)
    form = pack.form_by_id["adm"]
    titles = ("婴儿死亡人数", "学前教育'毛'入园率", "应保尽保")

    assert pack.choices("adm", "indicator") == titles
    assert isinstance(form, Roster)
    assert form.answers is not None
    assert form.answers.rows
    assert form.answers.tells == {"measure": Told.MEASURE, "over_100": Told.OVER_100}
    field = form.by_id["indicator"]
    assert parse_entry(field, " 应保尽保 ", titles) == "应保尽保"


def test_a_pack_with_answers_is_complete_in_its_one_file_form__ok(asked: Packs) -> None:
    pack = loaded(asked)

    assert pack_from_json(pack_to_json(pack)) == pack


def test_a_row_with_a_value_of_its_own_keeps_it__ok(asked: Packs) -> None:
    asked.change(
        ROWS,
        "{title: 在园儿童, measure: 人}",
        "{title: 在园儿童, value: 'COUNT(adm) FILTER (WHERE adm.indicator = {title})'}",
    )
    asked.change(ROWS, "{title: 学龄儿童, m", "{title: 学龄儿童, value: COUNT(eci), m")
    ratio = loaded(asked).indicators[1]

    assert ratio.numerator.value == (
        "COUNT(adm) FILTER (WHERE adm.indicator = '学前教育''毛''入园率')"
    )
    assert ratio.denominator is not None
    assert ratio.denominator.value == "COUNT(eci)"
    assert said(asked) == []


def test_a_way_is_not_needed_where_the_row_has_all_values__ok(asked: Packs) -> None:
    asked.change(FORM, "  ratio:\n", "  words:\n")
    asked.change(FORM, "  words: {judgement: state, preset: {note: 定性}}\n", "")
    assert said(asked) == [("forms.no_way", ROWS, 16)]

    asked.change(ROWS, "{title: 在园儿童, m", "{title: 在园儿童, value: COUNT(adm), m")
    asked.change(ROWS, "{title: 学龄儿童, m", "{title: 学龄儿童, value: COUNT(eci), m")
    assert loaded(asked).indicators[1].numerator.value == "COUNT(adm)"


def test_a_concept_may_be_answered_in_one_plan__ok(asked: Packs) -> None:
    """The title that stands in the expression is that of the joined row."""
    asked.write(
        "common/health/indicators.yaml",
        "- id: mortality\n  title: 共用名称\n  domain: health\n  kind: count\n"
        "  numerator: {title: 死亡人数}\n  answered_by: adm\n",
    )
    asked.write(ROWS, "- {concept: mortality, title: 本地名称, ours: 示例}\n")
    (found,) = loaded(asked).indicators

    assert found.numerator.value is not None
    assert found.numerator.value.endswith("adm.indicator = '本地名称')")


def test_a_form_that_answers_nothing_is_a_plain_list__ok(asked: Packs) -> None:
    """Unless it insists on the key, which then has nothing to choose from."""
    asked.write(
        ROWS,
        "- {id: n, title: 条数, domain: health, kind: count, ours: 示例,\n"
        "   numerator: {title: 条数, value: COUNT(adm) + COUNT(eci)}}\n",
    )
    assert said(asked) == [("forms.nobody_answers", FORM, 22)]

    asked.change(FORM, ", blank: required", "")
    asked.change(FORM, "name: indicator", "name: note")
    form = loaded(asked).form_by_id["adm"]
    assert isinstance(form, Roster)
    assert form.answers is None
    assert "indicator" not in form.by_id
    assert said(asked) == []

    asked.change(FORM, "id: indicator,", "id: another,")
    assert said(asked)[0] == ("forms.field_unknown", FORM, 8)


@pytest.mark.parametrize(
    ("extra", "line"), [("choices: [甲]", 22), ("code_list: status", 22)]
)
def test_the_key_has_no_choices_of_its_own__error(
    asked: Packs, extra: str, line: int
) -> None:
    asked.change(FORM, "title: 指标, blank", f"title: 指标, {extra}, blank")

    assert said(asked) == [("forms.key_choices", FORM, line)]


def test_titles_of_one_form_are_told_apart__error(asked: Packs) -> None:
    asked.change(ROWS, "title: 应保尽保", "title: 婴儿死亡人数")

    assert said(asked) == [("forms.same_title", ROWS, 19)]


@pytest.mark.parametrize(
    ("file", "before", "after", "codes"),
    [
        (ROWS, "answered_by: adm", "answered_by: [adm]", ["forms.wants_text"]),
        (ROWS, "title: 婴儿死亡人数\n", "title: 3\n", ["forms.wants_text"] * 2),
        (
            ROWS,
            "numerator: {title: 死亡人数, measure: 人}",
            "numerator: 3",
            ["forms.wants_mapping"],
        ),
        (FORM, "answers:\n", "answers: 3\nanswer:\n", ["forms.wants_mapping"]),
        (FORM, "  key: indicator", "  key: [indicator]", ["forms.wants_text"]),
        (
            FORM,
            "numerator: SUM(adm.value) FILTER (WHERE adm.indicator = {title})",
            "numerator: [3]",
            ["forms.wants_text"],
        ),
        (FORM, "  rows: true", "  rows: true\n  row: 1", ["forms.key_misspelt"]),
        (FORM, "groups:\n", "groups: 3\ngroup:\n", ["forms.wants_list"]),
        (FORM, "tells: {measure: measure", "tells: {x: 3", ["forms.value_unknown"]),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place__error(
    asked: Packs, file: str, before: str, after: str, codes: list[str]
) -> None:
    asked.change(file, before, after)
    found = [each for each in said(asked) if each[1] == file]

    assert [code for code, _, _ in found if code in codes] == codes


@pytest.mark.parametrize("pack_id", ["changning", "liaoning"])
def test_not_applicable_is_counted_among_judgements__ok(pack_id: str) -> None:
    pack = load_pack(PACKS, pack_id)
    assert isinstance(pack, Pack)
    if "adm" not in pack.form_by_id:
        return
    field = pack.form_by_id["adm"].by_id["text_value"]
    choices = pack.choices("adm", "text_value")

    assert parse_entry(field, "不适用", choices) == "不适用"
