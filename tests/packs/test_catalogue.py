"""The shared forms and rules against the catalogue they are written from.

`catalogue/` holds the catalogue. Where the library departs from it on purpose, the
reason stands here. Plans and their indicators: `test_plans.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest

from desktop.core.findings import Level
from desktop.forms.fields import Blank
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import Field
from desktop.forms.fields import IntegerField
from desktop.forms.implied import implied_rules
from desktop.forms.model import Roster
from tests.packs.worlds import EVERY
from tests.packs.worlds import WHOLE
from tests.packs.worlds import pack

if TYPE_CHECKING:
    from desktop.forms.model import Form
    from desktop.forms.model import Rule

HERE = Path(__file__).parent / "catalogue"
KINDS: Final = {
    "text": {"text", "unit"},
    "int": {"integer"},
    "decimal": {"decimal"},
    "enum": {"choice"},
    "bool": {"yes_no"},
    "date": {"date"},
}
FIELD_OF: Final = {"area_code": "code", "hcb_provider_id": "code"}
"""Items whose field is not named by the rule of `field_of`."""
OURS: Final = {
    # Real lists have them.
    *("address", "credit_code", "telephone"),
    # proj: R077 asks by when; a project list shows how far the work has come.
    *("survey_year", "progress", "stage_note"),
    # adm: R100 wants to know the unit and whether more than 100 % can be.
    *("measure", "over_100", "reported_as"),
    # com: each level is asked for its own item only.
    "unit_class",
}
"""Fields that the catalogue does not have."""
ANSWERS: Final = {"不适用"}
"""Options of the catalogue that most fields have without listing them."""
BY_THE_FIELD: Final = {
    "R069": {"csf_open_hours_day"},
    "R074": {"proj_goal", "proj_responsible_unit", "proj_due_date"},
}
"""Items of rules that the field looks after: range, or an answer that must be."""
RENAMED: Final = {
    # Two items of one form share the label 其中:规范管理人数.
    "chc_htn_standard": "其中:高血压患者规范管理人数",
    "chc_dm_standard": "其中:2型糖尿病患者规范管理人数",
    # A clerk knows an indicator by its title, so that is what is chosen.
    "adm_indicator_id": "指标",
}
BY_TITLE: Final = {"adm_indicator_id": "Indicator", "proj_indicator_id": None}
"""Items that hold an indicator's title, and their English title if it changed."""
LEFT_OUT: Final = {
    # 0 and 24 are minimum and maximum of cef.open_hours_day, which bring the rule.
    "R028",
    # hos.level_rank is computed from hos.level, so the two cannot differ.
    "R057",
}
Row = Mapping[str, Any]


def rows(name: str) -> list[Row]:
    found: list[Row] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def forms() -> dict[str, Form]:
    """Give the shared forms; a pack's own are not the catalogue's."""
    return pack(WHOLE).form_by_id


def rules() -> dict[str, Rule]:
    return {rule.id: rule for each in EVERY for rule in pack(each).rules}


def field_of(item: str) -> str:
    """Give the field of an item: the form's prefix falls away."""
    if item in FIELD_OF:
        return FIELD_OF[item]
    form, _, rest = item.partition("_")
    if form in {"pop", "survey"}:
        return item
    return {"id": "code"}.get(rest, rest)


def measures(rule: Rule) -> str:
    return f"{rule.check} {rule.when or ''}"


def speaks_of(text: str, items: list[str]) -> bool:
    return all(re.search(rf"\b{field_of(item)}\b", text) for item in items)


# --- Items ---------------------------------------------------------------


@pytest.mark.parametrize("item", rows("items"), ids=lambda item: item["id"])
def test_item__ok(item: Row) -> None:
    form = forms()[item["form"]]
    found = form.by_id[field_of(item["id"])]
    assert found.title == RENAMED.get(item["id"], item["label"])
    assert found.title_en == (BY_TITLE.get(item["id"]) or item["label_en"])
    assert found.measure == item["unit"]
    if item["id"] in BY_TITLE:
        assert isinstance(form, Roster)
        assert form.answers is not None
        assert form.answers.key == found.id
        return
    assert found.kind in KINDS[item["type"]]
    if isinstance(found, ChoiceField):
        spared = ANSWERS if found.not_applicable else set[str]()
        listed = [each for each in item["options"] if each not in spared]
        assert list(choices(form, found)) == listed


def choices(form: Form, found: Field) -> tuple[str, ...]:
    return pack(WHOLE).choices(form.id, found.id)


def test_no_field_is_made_up__ok() -> None:
    known = {(item["form"], field_of(item["id"])) for item in rows("items")}
    found = {(form.id, field.id) for form in forms().values() for field in form.fields}
    assert {name for _, name in found - known} == OURS
    assert known <= found


@pytest.mark.parametrize("item", rows("items"), ids=lambda item: item["id"])
def test_constraints_are_kept__ok(item: Row) -> None:
    found = forms()[item["form"]].by_id[field_of(item["id"])]
    for text in item["constraints"]:
        match text.removesuffix(" (warning)").split():
            case ["<=", other]:
                pair = [item["id"], other]
                assert any(speaks_of(rule.check, pair) for rule in rules().values())
            case [">=", "0"]:
                assert isinstance(found, IntegerField | DecimalField)
                assert found.minimum == 0
            case [">", "0"] if isinstance(found, IntegerField):
                assert found.minimum == 1
            case [">", "0", *_]:
                assert f"{found.id} > 0" in checks(item["form"])
            case ["0..24"]:
                assert isinstance(found, DecimalField)
                assert (found.minimum, found.maximum) == (Decimal(0), Decimal(24))
            case ["required"]:
                assert found.blank is Blank.REQUIRED
            case ["unique", *_] if found.binds is None:
                assert f"IS_UNIQUE({found.id})" in checks(item["form"])


def checks(form: str) -> set[str]:
    return {rule.check for rule in rules().values() if rule.form == form}


# --- Rules ---------------------------------------------------------------


def ours(row: Row) -> bool:
    """Tell whether the packs have all forms of a catalogue rule."""
    return set(row["forms"]) <= forms().keys()


def taken() -> list[Row]:
    return [row for row in rows("rules") if ours(row) and row["id"] not in LEFT_OUT]


@pytest.mark.parametrize("row", taken(), ids=lambda row: row["id"])
def test_rule_of_the_catalogue__ok(row: Row) -> None:
    found = [rule for rule in rules().values() if rule.catalogue == row["id"]]
    assert {rule.level.value for rule in found} == {row["severity"]}
    spared = BY_THE_FIELD.get(row["id"], set())
    wanted = [item for item in row["items"] if item not in spared]
    assert speaks_of(" ".join(map(measures, found)), wanted)
    if row["source"] is None:
        assert all(rule.ours for rule in found)
    else:
        cited = [vars(rule.source) for rule in found if rule.source]
        assert row["source"] in cited


@pytest.mark.parametrize(
    "item", [item for items in BY_THE_FIELD.values() for item in sorted(items)]
)
def test_items_that_the_field_looks_after__ok(item: str) -> None:
    form = item.partition("_")[0]
    named = re.compile(rf"{form}\.{field_of(item)}\.(required|maximum)")
    brought = implied_rules(pack(WHOLE))[form]
    found = [rule.level for rule in brought if named.fullmatch(rule.id)]
    assert found == [Level.ERROR]


def test_rules_of_the_catalogue_and_no_others__ok() -> None:
    cited = {rule.catalogue for rule in rules().values()} - {None}
    assert cited == {row["id"] for row in taken()}


def test_every_rule_says_where_it_comes_from__ok() -> None:
    assert [
        rule.id for rule in rules().values() if not (rule.source or rule.ours)
    ] == []


def test_parameters_have_the_values_of_the_catalogue__ok() -> None:
    wanted = {
        Decimal(str(value)) for row in taken() for value in row["parameters"].values()
    }
    found = {each.value for name in EVERY for each in pack(name).parameters}
    assert wanted <= found


def test_extract_is_complete__ok() -> None:
    """The extract holds whole forms and all rules."""
    assert {item["form"] for item in rows("items")} == set(forms())
    assert len(rows("rules")) == 100
