"""Every pack against the catalogue's row of each indicator: 474 rows of nine plans.

`catalogue/indicators.json` holds all rows as the catalogue has them, `plans.json` the
plans; `words` are the texts and numbers in the catalogue's expression. Where a pack
departs on purpose, the reason stands here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest

from tests.packs.test_catalogue import field_of
from tests.packs.worlds import pack

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.forms.base import Citation
    from desktop.forms.indicator import Baseline
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack

HERE = Path(__file__).parent / "catalogue"
PACK_OF: Final = {"longnan_city": "longnan"}
"""Packs that are not named as the catalogue names their plan."""
ANSWERED: Final = {"admin": "adm", "project_list": "proj"}
YEARLY: Final = "(当年数)"
BINDING: Final = {"约束性": True, "预期性": False, None: None}

STOCKS: Final = {
    # The field itself is a total up to the year's end: adding years counts twice.
    ("changning", "elder_smoke_alarm_households"),
    ("changning", "hardship_elder_home_adaptation_households"),
    # Once registered, a place stands in the list every year.
    ("mianyang", "football_field_new_count"),
    ("mianyang", "old_residential_renovation_units"),
    ("mianyang", "public_kindergarten_new_count"),
    # A total of the years up to 2020, and one of all years (累计达到).
    ("mianyang", "shantytown_investment_2020"),
    ("mianyang", "copyright_registrations"),
}
"""Indicators whose years the catalogue adds up, though each holds those before."""
KNOWN: Final[Mapping[tuple[str, str], Mapping[str, object]]] = {
    # The Liaoning row counts all elderly-service beds, not institutions alone.
    ("liaoning", "nursing_bed_share"): {
        "name_en": "Share of nursing-type beds in all elderly-service beds"
    },
}
"""What a pack says otherwise than the catalogue, and why."""
BOTH_PARTS: Final = {
    ("county_template", "elder_child_overall_solution_issued"),
    ("mianyang", "school_layout_adjustment_completion"),
    ("mianyang", "senior_secondary_gross_enrolment_rate"),
}
"""A department that reports the numerator reports what it is a part of too."""
YEARS_OWN: Final = {"proj.plan_year", "proj.survey_year"}
NOT_APPLICABLE: Final = {"adm.denominator", "0"}
"""Where a department says that its denominator is 不适用, both terms are 0."""
NOT_LISTED: Final = {"eci.medical_service_mode", "内设医疗机构", "0"}
"""Whose doctors stand in no other list; where that is not said, it is a blank."""
MORE: Final[Mapping[tuple[str, str], AbstractSet[str]]] = {
    # A higher grade has reached the lower one.
    ("mianyang", "mch_institution_level3b_count"): {"三级甲等"},
    # 每年: what was begun in earlier years does not count again.
    ("mianyang", "famous_teachers_per_year"): YEARS_OWN,
    ("mianyang", "famous_principals_per_year"): YEARS_OWN,
    ("mianyang", "famous_class_teachers_per_year"): YEARS_OWN,
    ("mianyang", "famous_counsellors_per_year"): YEARS_OWN,
    # The list has whole investments only, so those of finished works count.
    ("mianyang", "shantytown_renovation_investment"): {
        *("proj.status", "完工", "投用", "改造城镇棚户区"),
    },
    ("mianyang", "doctors_per_1000"): NOT_LISTED,
    ("mianyang", "nurses_per_1000"): NOT_LISTED,
    ("ningxia", "doctor_nurse_ratio"): NOT_LISTED,
    # The sentence names 卫生院 and 社区卫生服务中心, not stations.
    ("mianyang", "medical_consortium_coverage"): {
        *("chc.type", "乡镇卫生院", "社区卫生服务中心"),
    },
    # Sports grounds are no places of culture.
    ("mianyang", "four_level_culture_facility_coverage"): {
        *("csv.type", "图书馆", "文化馆", "美术馆", "博物馆", "纪念馆", "综合文化站"),
        *("村(社区)综合文化服务中心", "24小时图书馆", "农家(社区)书屋"),
    },
    # A project is counted by how far it is, not by its own quantity.
    ("mianyang", "health_projects_started"): {"proj.status", "在建", "完工", "投用"},
    ("mianyang", "health_projects_planned"): {"proj.status", "停缓建"},
}
"""What an expression names beside what the catalogue's does, and why."""
FEWER: Final[Mapping[tuple[str, str], AbstractSet[str]]] = {
    ("mianyang", "shantytown_renovation_investment"): {"城镇棚户区改造投资"},
    ("mianyang", "health_projects_started"): {"proj.qty_completed"},
    ("mianyang", "health_projects_planned"): {"proj.qty_completed"},
}
"""What of the catalogue's expression it does not name, for the same reasons."""

Row = Mapping[str, Any]


def rows(name: str) -> list[Row]:
    found: list[Row] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


ROWS: Final = rows("indicators")
SHARED: Final = {
    name for name, plans in Counter(row["id"] for row in ROWS).items() if plans > 1
}
each_row = pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['plan']}-{row['id']}"
)


def known(row: Row) -> Row:
    """Give a row as the pack has it."""
    place = (row["plan"], row["id"])
    # A project list carries 已完成数量(累计), a total since the work began.
    total = row["computable"] == "project_list" and row["aggregation"] == "cumulative"
    stock = {"aggregation": "stock"} if total or place in STOCKS else {}
    return {**row, **stock, **KNOWN.get(place, {})}


def pack_of(row: Row) -> Pack:
    return pack(PACK_OF.get(row["plan"], row["plan"]))


def indicator(row: Row) -> Indicator:
    return pack_of(row).indicator_by_id[row["id"]]


# --- Plans ---------------------------------------------------------------


@pytest.mark.parametrize("row", rows("plans"), ids=lambda row: row["plan"])
def test_plan__ok(row: Row) -> None:
    found = pack_of(row)
    assert found.plan.title == row["title_zh"]
    assert found.plan.file == row["source_file"]
    assert found.plan.level == row["level"]
    assert found.plan.region == row["region"]
    assert found.plan.document_number == row["doc_no"]
    assert found.plan.ends == int(row["horizon"])
    # What a damaged text lacks is said, not filled in.
    assert found.plan.note or not row["truncated"]


@pytest.mark.parametrize("row", rows("plans"), ids=lambda row: row["plan"])
def test_plan_has_its_rows_and_no_others__ok(row: Row) -> None:
    wanted = [each["id"] for each in ROWS if each["plan"] == row["plan"]]
    assert len(wanted) == row["indicator_count"]
    found = [each.id for each in pack_of(row).indicators]
    assert sorted(found) == sorted(wanted)


def test_nothing_is_dropped__ok() -> None:
    assert len(ROWS) == sum(row["indicator_count"] for row in rows("plans")) == 474
    assert len({(row["plan"], row["id"]) for row in ROWS}) == 474
    assert len(SHARED) == 32


# --- Indicators ------------------------------------------------------------


@each_row
def test_indicator__ok(row: Row) -> None:
    row, found = known(row), indicator(row)
    assert found.title == row["name"]
    assert found.title_en == row["name_en"]
    assert found.domain.value == row["domain"]
    assert found.kind.value == row["kind"]
    assert found.measure == row["unit"]
    assert found.multiplier == row["multiplier"]
    assert found.aggregation.value == row["aggregation"]
    assert found.over_100 == (row["allow_over_100"] is not False)
    assert found.table_row == row["table_row"]
    assert list(found.departments) == row["departments"]


def cited(source: Citation) -> Row:
    return {"file": source.file, "quote": source.quote}


@each_row
def test_indicator_source__ok(row: Row) -> None:
    found = indicator(row)
    assert found.source is not None
    assert found.source.plan == row["plan"]
    assert cited(found.source) == row["source"]
    first, *others = row["also"] or [None]
    also = found.also and cited(found.also)
    assert also == first
    for other in others:
        assert other["quote"] in (found.note or "")


@each_row
def test_indicator_targets__ok(row: Row) -> None:
    found = indicator(row)
    assert [written_target(each) for each in found.targets] == [
        target_row(each, row["nature"]) for each in row["targets"]
    ]
    assert written_baseline(found.baseline) == without_blanks(row["baseline"])
    assert (found.targets == ()) == (row["status"] == "baseline_only")


@each_row
def test_indicator_is_answered_as_it_can_be__ok(row: Row) -> None:
    found = indicator(row)
    assert found.qualitative == (row["status"] == "qualitative")
    assert found.judged_by == ("adm" if found.qualitative else None)
    if found.numerator.value is None:
        assert found.qualitative
        return
    # A department's figure that stands in a form of its own is taken from there.
    terms = (found.numerator, found.denominator)
    texts = [term.value for term in terms if term and term.value]
    by_title = any(f"'{found.title}'" in text for text in texts)
    wanted = ANSWERED.get(row["computable"]) if by_title else None
    assert found.answered_by == wanted


@each_row
def test_indicator_terms__ok(row: Row) -> None:
    found = indicator(row)
    assert_term(row, "numerator", found.numerator)
    assert_term(row, "denominator", found.denominator)


@each_row
def test_indicator_concept__ok(row: Row) -> None:
    found = indicator(row)
    assert found.concept == (row["id"] if row["id"] in SHARED else None)
    wanted = row["id"] in SHARED and bool(row["differs"])
    assert (found.differs is not None) == wanted


def without_blanks(row: Row | None) -> Row | None:
    return row and {key: each for key, each in row.items() if each is not None}


def number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def target_row(row: Row, nature: str | None) -> Row | None:
    """Give a target of the catalogue, its two bounds apart."""
    value = row["value"]
    low, high = value if isinstance(value, list) else (value, None)
    bounds = {"value": low, "upper": high, "binding": BINDING[nature]}
    return without_blanks({**row, **bounds})


def written_target(target: Target) -> Row | None:
    """Write a target as the catalogue has it."""
    return without_blanks(
        {
            "op": target.operator.value if target.operator else None,
            "value": number(target.value),
            "upper": number(target.upper),
            "year": target.year,
            "year_basis": target.year_basis.value,
            "basis": target.basis.value,
            "binding": target.binding,
            "qualifier": target.qualifier,
            "text": target.text,
            "source_value": target.source_value,
        }
    )


def written_baseline(baseline: Baseline | None) -> Row | None:
    """Write a baseline as the catalogue has it."""
    if baseline is None:
        return None
    return without_blanks(
        {
            "value": number(baseline.value),
            "year": baseline.year,
            "basis": baseline.basis.value,
            "text": baseline.text,
            "source_value": baseline.source_value,
        }
    )


def assert_term(row: Row, name: str, found: Term | None) -> None:
    """Hold a term's title, and what its expression names, against the catalogue."""
    wanted = row[name]
    if wanted is None:
        assert found is None
        return
    assert found is not None
    # A department reports each year's own figure where the years are added up.
    yearly = (row["computable"], row["aggregation"]) == ("admin", "cumulative")
    assert found.title in {
        wanted["description"],
        wanted["description"] + YEARLY * yearly,
    }
    assert found.measure
    if found.value is None:
        return
    place, of = (row["plan"], row["id"]), pack_of(row)
    expected, said = named(row, name), names(found.value, of)
    assert expected - FEWER.get(place, set()) <= said
    by_parts = (
        NOT_APPLICABLE if expected & {"adm.denominator", "adm.numerator"} else set()
    )
    assert said <= expected | by_parts | MORE.get(place, set())


def named(row: Row, name: str) -> set[str]:
    """Give what the expression of a term is to name."""
    place = (row["plan"], row["id"])
    if name == "denominator" and place in BOTH_PARTS:
        return {"adm.denominator", "adm.indicator_id", row["name"]}
    expected = {*map(item_name, row[name]["items"]), *row[name]["words"]}
    if any(item.endswith("_indicator_id") for item in row[name]["items"]):
        expected.add(row["name"])
    return expected


def item_name(item: str) -> str:
    form = "area" if item.startswith("pop_") else item.partition("_")[0]
    return f"{form}.{field_of(item)}"


def names(text: str, of: Pack) -> set[str]:
    """Give the fields, texts and numbers an expression names.

    A definition stands for its default, whose meaning is the catalogue's.
    """
    text = default_case(text, of)
    for definition in of.definitions:
        meant = {option.id: option.value for option in definition.options}
        said = meant[definition.default]
        text = text.replace(f"definition.{definition.id}", f"({said})")
    texts = set(re.findall(r"'([^']*)'", text))
    rest = re.sub(r"'[^']*'", " ", text).replace("SELECT 1 FROM", " ")
    found = re.findall(r"\b([a-z]\w*)\.([a-z]\w*)", rest)
    fields = {f"{form_of(of, *spot)}.{spot[1]}" for spot in found}
    numbers = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", rest)
    return {*texts, *fields, *numbers}


def default_case(text: str, of: Pack) -> str:
    """Keep of a CASE over a definition's options what stands for the default."""
    for case in re.findall(r"CASE\s+WHEN definition\..*?END", text, re.DOTALL):
        ((name, *_), *_) = pairs = re.findall(
            r"WHEN definition\.(\w+) = ('[^']*')\s+THEN(.*?)(?=\sWHEN|\sELSE)",
            case,
            re.DOTALL,
        )
        definition = of.definition_by_id[name]
        meant = {option.id: option.value for option in definition.options}
        chosen = {word: value for _, word, value in pairs}
        otherwise = case.rpartition("ELSE")[2].removesuffix("END")
        kept = chosen.get(meant[definition.default], otherwise)
        text = text.replace(case, kept)
    return text


def form_of(of: Pack, source: str, field: str) -> str:
    """Give the form a field is read from; `unit` is whichever unit form has it."""
    if source != "unit":
        return source
    return next(
        form.id for form in of.forms if form.kind == "unit" and field in form.by_id
    )
