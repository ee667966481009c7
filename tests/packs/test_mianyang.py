"""The plan of Mianyang: its 334 indicators on one small ledger.

`mianyang/ledger.yaml` holds a complete ledger, `mianyang/figures.yaml` what follows
from it by hand. What departments and project lists answer is added here for every
such indicator, and must come out as it went in.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest
import yaml

from desktop.app.audit.auditing import audit_ledger
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.progress import run_steps
from desktop.core.findings import Level
from desktop.forms.indicator import Aggregation
from desktop.forms.settle import settle
from desktop.indicators.compute import compile_indicators
from desktop.indicators.figures import Status
from desktop.indicators.periods import period_parameters
from desktop.rules.audit import compile_rules
from tests.packs.mianyang_city import CITY
from tests.packs.mianyang_city import GIVEN
from tests.packs.mianyang_city import HERE
from tests.packs.mianyang_city import MIANYANG
from tests.packs.mianyang_city import City
from tests.packs.worlds import pack
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure

STATUS: Final = {
    Status.REACHED: "达标",
    Status.NOT_REACHED: "未达标",
    Status.ACHIEVED: "已有成绩",
    Status.JUDGED: "已评定",
}
NOW: Final = 2025
BY_HAND: Final[Mapping[str, Sequence[Any]]] = yaml.safe_load(
    (HERE / "figures.yaml").read_text("utf-8")
)
PER_YEAR: Final = (
    "famous_teachers_per_year",
    "famous_principals_per_year",
    "famous_class_teachers_per_year",
    "famous_counsellors_per_year",
)
STARTED: Final = ("health_projects_started", "health_projects_planned")
SHANTY: Final = "shantytown_renovation_investment"


OTHERWISE: Final[Mapping[str, tuple[int | None, Mapping[str, str]]]] = {
    # H1 alone has both; H1, H2 and H3 are asked.
    "geriatric_rehab_departments=both": (
        3,
        {"geriatric_and_rehab_dept_share": "33.33"},
    ),
    # No county has one of each.
    "model_senior_high_counties=one_of_each": (
        3,
        {"county_model_senior_high_coverage": "0.00"},
    ),
    # S1 and S3.
    "city_high_quality_schools=with_provincial": (
        None,
        {"city_high_quality_school_count": "2"},
    ),
    # 45 and 650 for 30,000 aged 65 and more: 1.5 and 21.666…
    "elder_population=from_65": (
        30000,
        {
            "social_workers_per_1000_elders": "1.50",
            "elderly_beds_per_1000_elders": "21.67",
        },
    ),
}
"""Other readings of the definitions: the denominator, and the values shown."""


def answered(form: str) -> list[Indicator]:
    """Give the indicators that a form answers in the form's own way."""
    rows = pack(MIANYANG).indicators
    return [row for row in rows if row.answered_by == form]


def judged() -> list[Indicator]:
    return [row for row in pack(MIANYANG).indicators if row.judged_by is not None]


def surveyed() -> list[Indicator]:
    """Give the indicators that are computed from surveys."""
    return [
        row
        for row in pack(MIANYANG).indicators
        if row.answered_by is None and row.numerator.value and row.id != SHANTY
    ]


def shares() -> list[Indicator]:
    """Give what is surveyed and divided by something."""
    return [row for row in surveyed() if row.denominator is not None]


def said(place: int) -> tuple[Decimal, Decimal]:
    """Give the numerator and denominator that a department reports."""
    return Decimal(20 + place) / 4, Decimal(60 + 3 * place)


def report_all(city: City) -> None:
    """Enter what departments report: numbers, parts and judgements."""
    for place, row in enumerate(answered("adm")):
        of, over = said(place)
        if row.denominator is None:
            cells: dict[str, object] = {"reported_as": "指标值", "value": float(of)}
        else:
            cells = {"reported_as": "分子和分母"}
            cells |= {"numerator": float(of), "denominator": float(over)}
        shared = {"measure": row.measure, "over_100": row.over_100}
        city.report(NOW, row, **cells, **shared)
        if row.aggregation is Aggregation.CUMULATIVE:
            city.report(2023, row, reported_as="指标值", value=0.5)
    for row in judged():
        city.report(NOW, row, reported_as="定性", text_value="基本实现")


def project(row: Indicator, **cells: object) -> Mapping[str, object]:
    """Give a project that serves an indicator: 3 planned, 3 done, 40 million yuan."""
    return {
        "name": f"项目：{row.title}"[:80],
        "indicator_id": row.title,
        "goal": row.title,
        "unit": row.measure,
        "qty_target": 3,
        "qty_completed": 3,
        "plan_year": 2024,
        "responsible_unit": "责任单位",
        "due_date": yaml.safe_load("2025-12-31"),
        "finish_date": yaml.safe_load("2025-06-30"),
        "status": "投用",
        "invest_total": 40_000_000,
        **cells,
    }


def list_projects(city: City) -> None:
    """Enter two projects an indicator: one in use, one half-way."""
    half: Mapping[str, object] = {
        "qty_completed": 1.5,
        "plan_year": 2025,
        "status": "在建",
        "finish_date": None,
        "due_date": yaml.safe_load("2026-12-31"),
    }
    for row in answered("proj"):
        city.enter(NOW, {"proj": [project(row), project(row, **half)]})


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    made = City(tmp_path_factory.mktemp(MIANYANG), [2023, NOW])
    for earlier, records in GIVEN["earlier"].items():
        made.enter(earlier, records)
    made.enter(NOW, GIVEN["records"])
    made.desk.do(
        [
            made.desk.nil(form, year(NOW), made.codes[name])
            for form, names in GIVEN["nil"].items()
            for name in names
        ]
    )
    report_all(made)
    list_projects(made)
    yield made
    made.ledger.close()


@pytest.fixture(scope="module")
def now(city: City) -> dict[str, Figure]:
    return city.figures(NOW)


def test_ledger_has_no_error__ok(city: City) -> None:
    audit = compile_rules(city.pack)
    asked = {**period_parameters(city.pack, year(NOW)), "root": CITY}
    result = run_steps(audit_ledger(city.ledger, audit, asked))
    wrong = [(each.rule, each) for each in result.findings if each.level is Level.ERROR]
    assert wrong == []
    assert result.tallies


def test_every_indicator_is_proved__ok(now: dict[str, Figure]) -> None:
    assert len(now) == 334
    assert {row.id for row in surveyed()} == set(BY_HAND)


@pytest.mark.parametrize("name", BY_HAND)
def test_surveyed__as_by_hand(now: dict[str, Figure], name: str) -> None:
    numerator, denominator, value, status = BY_HAND[name]
    figure = now[name]
    assert figure.numerator.value == Decimal(str(numerator))
    if denominator is None:
        assert figure.denominator is None
    else:
        assert figure.denominator is not None
        assert figure.denominator.value == Decimal(str(denominator))
    assert figure.shown == Decimal(str(value))
    assert STATUS[figure.status] == status


@pytest.mark.parametrize("chosen", OTHERWISE)
def test_other_definitions__as_by_hand(city: City, chosen: str) -> None:
    denominator, values = OTHERWISE[chosen]
    name, _, option = chosen.partition("=")
    settled = settle(city.pack, {f"definition.{name}": option})
    plan = compile_indicators(settled)
    made = figures_of_unit(city.ledger, settled, plan, year(NOW), CITY)
    found = {figure.indicator: figure for figure in made}
    for indicator, value in values.items():
        figure = found[indicator]
        assert (figure.denominator and figure.denominator.value) == denominator
        assert figure.shown == Decimal(value)


def test_every_definition_is_tried__ok() -> None:
    """The plan's own ones; those of the library are tried by `test_definitions`."""
    own = {chosen.partition("=")[0] for chosen in OTHERWISE}
    wanted = {
        f"{each.id}={option.id}"
        for each in pack(MIANYANG).definitions
        if each.id in own
        for option in each.options
        if option.id != each.default
    }
    assert set(OTHERWISE) == wanted


def test_nothing_to_report__ok(tmp_path: Path) -> None:
    """0 of 0 is 不适用; a head-count nobody has given is missing, never 0."""
    city = City(tmp_path, [NOW])
    forms = {form.id for form in city.pack.forms} - {"area"}
    city.desk.do([city.desk.nil(form, year(NOW), CITY) for form in sorted(forms)])
    found = city.figures(NOW)
    city.ledger.close()
    for row in shares():
        figure, below = found[row.id], row.denominator
        assert below is not None
        assert below.value is not None
        if "COUNT(area)" in below.value:
            continue
        a_head = below.value.startswith(("unit.", "definition."))
        wanted = Status.MISSING if a_head else Status.NOT_APPLICABLE
        assert figure.value is None
        assert figure.status is (Status.UNJUDGED if row.judged_by else wanted)


@pytest.mark.parametrize("blank", [True, False], ids=["blank", "not begun"])
def test_nothing_said__ok(tmp_path: Path, blank: bool) -> None:
    """A blank is no 0, and nor is a form that nobody has begun."""
    city = City(tmp_path, [NOW])
    if blank:
        forms = {form.id for form in city.pack.forms} - {"area", "adm"}
        everywhere = [{"at": name} for name in city.codes]
        city.enter(NOW, dict.fromkeys(sorted(forms), everywhere))
    found = city.figures(NOW)
    city.ledger.close()
    told = {
        row.id
        for row in surveyed()
        if found[row.id].value is not None
        or found[row.id].status not in {Status.MISSING, Status.UNJUDGED}
    }
    assert told == set()


def test_answered_by_departments__ok(now: dict[str, Figure]) -> None:
    for place, row in enumerate(answered("adm")):
        of, over = said(place)
        if row.aggregation is Aggregation.CUMULATIVE:
            of += Decimal("0.5")
        figure, below = now[row.id], None if row.denominator is None else over
        assert figure.numerator.value == of
        assert (figure.denominator and figure.denominator.value) == below
        assert figure.value == of / (below or 1) * row.multiplier
        assert figure.status not in {Status.MISSING, Status.DOUBTFUL}


def test_answered_by_project_lists__ok(now: dict[str, Figure]) -> None:
    """What two projects completed: 3 and 1.5."""
    rows = [row for row in answered("proj") if row.id not in (*PER_YEAR, *STARTED)]
    assert {now[row.id].numerator.value for row in rows} == {Decimal("4.5")}
    assert len(rows) == 42


def test_projects_of_the_year__ok(now: dict[str, Figure]) -> None:
    """Only the project of the year counts, not what an earlier one left in the list."""
    assert {now[each].numerator.value for each in PER_YEAR} == {Decimal("1.5")}


def test_projects_are_counted_by_status__ok(now: dict[str, Figure]) -> None:
    assert {now[each].numerator.value for each in STARTED} == {Decimal(2)}


def test_investment_of_finished_projects__ok(now: dict[str, Figure]) -> None:
    """40,000,000 万元 in use are 4,000 亿元; what is under way is not counted."""
    assert now[SHANTY].shown == Decimal("4000.00")


def test_judged__ok(now: dict[str, Figure]) -> None:
    assert len(judged()) == 15
    for row in judged():
        figure = now[row.id]
        assert figure.status is Status.JUDGED
        assert figure.judgement is not None
        assert figure.judgement.unanimous == "基本实现"


def test_every_answer_has_its_title__ok() -> None:
    """A department and a project list name an indicator by its title."""
    choices = pack(MIANYANG).choices
    asked = [row.title for row in (*answered("adm"), *judged())]
    assert sorted(choices("adm", "indicator_id")) == sorted(asked)
    listed = [row.title for row in answered("proj")]
    assert list(choices("proj", "indicator_id")) == listed
    assert len(set(asked)) == len(asked)
