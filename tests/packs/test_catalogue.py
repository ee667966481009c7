"""The packs against the catalogue of items, rules and indicators they are written from.

`catalogue/` holds the parts of the catalogue that these packs take up. Where a pack
departs from it on purpose, the reason stands here.
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
from tests.packs.worlds import EVERY
from tests.packs.worlds import WHOLE
from tests.packs.worlds import pack

if TYPE_CHECKING:
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.indicator import Term
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
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
    # adm: a clerk knows the name, R100 the unit and whether more than 100 % can be.
    *("name", "measure", "over_100", "reported_as"),
    # com: each level is asked for its own item only.
    "unit_class",
}
"""Fields that the catalogue does not have."""
ANSWERS: Final = {"不适用"}
"""Options of the catalogue that are an answer to every field, so no choice of one."""
BY_THE_FIELD: Final = {
    "R069": {"csf_open_hours_day"},
    "R074": {"proj_goal", "proj_responsible_unit", "proj_due_date"},
}
"""Items of rules that the field looks after: range, or an answer that must be."""
RENAMED: Final = {
    # Two items of one form share the label 其中:规范管理人数.
    "chc_htn_standard": "其中:高血压患者规范管理人数",
    "chc_dm_standard": "其中:2型糖尿病患者规范管理人数",
    # The Liaoning row counts all elderly-service beds, not institutions alone.
    "nursing_bed_share": "Share of nursing-type beds in all elderly-service beds",
}
LEFT_OUT: Final = {
    # 0 and 24 are minimum and maximum of cef.open_hours_day, which bring the rule.
    "R028",
    # hos.level_rank is computed from hos.level, so the two cannot differ.
    "R057",
}
STOCKS: Final = {
    # The field itself is a total up to the year's end: adding years counts twice.
    "elder_smoke_alarm_households",
    "hardship_elder_home_adaptation_households",
}

Row = Mapping[str, Any]


def rows(name: str) -> list[Row]:
    found: list[Row] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def forms() -> dict[str, Form]:
    return {form.id: form for each in EVERY for form in pack(each).forms}


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
    assert found.title_en == item["label_en"]
    assert found.measure == item["unit"]
    assert found.kind in KINDS[item["type"]]
    if isinstance(found, ChoiceField):
        listed = [each for each in item["options"] if each not in ANSWERS]
        assert list(choices(form, found)) == listed


def choices(form: Form, found: Field) -> tuple[str, ...]:
    of = next(pack(each) for each in EVERY if form.id in pack(each).form_by_id)
    return of.choices(form.id, found.id)


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
    form = forms()[item.partition("_")[0]]
    named = re.compile(rf"{form.id}\.{field_of(item)}\.(required|maximum)")
    brought = implied_rules(form, pack(WHOLE))
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


# --- Plans and indicators --------------------------------------------------


@pytest.mark.parametrize("row", rows("plans"), ids=lambda row: row["plan"])
def test_plan__ok(row: Row) -> None:
    found: Pack = pack(row["plan"])
    assert found.plan.title == row["title_zh"]
    assert found.plan.file == row["source_file"]
    assert found.plan.level == row["level"]
    assert found.plan.region == row["region"]
    assert found.plan.document_number == row["doc_no"]
    assert found.plan.ends == int(row["horizon"])
    assert len(found.indicators) == row["indicator_count"]


def indicator(row: Row) -> Indicator:
    return pack(row["plan"]).indicator_by_id[row["id"]]


@pytest.mark.parametrize("row", rows("indicators"), ids=lambda row: row["id"])
def test_indicator__ok(row: Row) -> None:
    found = indicator(row)
    assert found.title == row["name"]
    assert found.domain.value == row["domain"]
    assert found.kind.value == row["kind"]
    assert found.measure == row["unit"]
    assert found.multiplier == row["multiplier"]
    assert found.qualitative == (row["status"] == "qualitative")
    assert found.over_100 == (row["allow_over_100"] is not False)
    wanted = "stock" if row["id"] in STOCKS else row["aggregation"]
    assert found.aggregation.value == wanted
    assert found.source is not None
    assert found.source.plan == row["plan"]
    cited = {"file": found.source.file, "quote": found.source.quote}
    assert cited == row["source"]
    assert_baseline(row, found)
    assert [target_row(each) for each in found.targets] == [
        {key: value for key, value in each.items() if value is not None}
        for each in row["targets"]
    ]


@pytest.mark.parametrize("row", rows("indicators"), ids=lambda row: row["id"])
def test_indicator_terms__ok(row: Row) -> None:
    found = indicator(row)
    english = row["name_en"]
    if row["plan"] == "liaoning":
        english = RENAMED.get(row["id"], english)
    assert found.title_en == english
    assert_term(row["numerator"], found.numerator)
    assert_term(row["denominator"], found.denominator)


def assert_baseline(row: Row, found: Indicator) -> None:
    if row["baseline"] is None:
        assert found.baseline is None
        return
    assert found.baseline is not None
    assert found.baseline.value == Decimal(str(row["baseline"]["value"]))
    assert found.baseline.year == row["baseline"]["year"]
    assert found.baseline.basis.value == row["baseline"]["basis"]
    assert found.baseline.source_value == row["baseline"].get("source_value")


def target_row(target: Target) -> dict[str, object]:
    """Write a target as the catalogue has it."""
    value = None if target.value is None else float(target.value)
    written = {
        "op": target.operator.value if target.operator else None,
        "value": value,
        "year": target.year,
        "year_basis": target.year_basis.value,
        "basis": target.basis.value,
        "qualifier": target.qualifier,
        "text": target.text,
        "source_value": target.source_value,
    }
    return {key: each for key, each in written.items() if each is not None}


def assert_term(row: Row | None, found: Term | None) -> None:
    if row is None:
        assert found is None
        return
    assert found is not None
    assert found.title == row["description"]
    assert found.measure
    assert found.value is not None
    named = re.findall(r"\w+\.\w+", found.value.replace("unit.", "area."))
    assert {*named} == {item_name(item) for item in row["items"]}


def item_name(item: str) -> str:
    form = "area" if item.startswith("pop_") else item.partition("_")[0]
    return f"{form}.{field_of(item)}"


def test_extract_is_complete__ok() -> None:
    """The extract holds whole forms, all rules, and both plans."""
    assert {item["form"] for item in rows("items")} == set(forms())
    assert len(rows("rules")) == 100
    assert len(rows("indicators")) == 16 + 18
