"""The plan of Mianyang: 334 indicators on one small ledger, and its own Table 1.

`mianyang/ledger.yaml` holds a complete ledger, `mianyang/figures.yaml` what follows
from it by hand. What departments and project lists answer is added here for every
such indicator, and must come out as it went in.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest
import yaml

from desktop.app.auditing import audit_ledger
from desktop.app.figuring import figures_of_unit
from desktop.app.progress import run_steps
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import Level
from desktop.forms.fields import DecimalField
from desktop.forms.indicator import Aggregation
from desktop.forms.settle import settle
from desktop.indicators.compute import compile_indicators
from desktop.indicators.figures import Status
from desktop.indicators.periods import period_parameters
from desktop.rules.audit import compile_rules
from tests.packs.worlds import Desk
from tests.packs.worlds import cell_of
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure

MIANYANG: Final = "mianyang"
STATUS: Final = {
    Status.REACHED: "达标",
    Status.NOT_REACHED: "未达标",
    Status.ACHIEVED: "已有成绩",
    Status.JUDGED: "已评定",
}
CITY: Final = "5107"
NOW: Final = 2025
HERE: Final = Path(__file__).parent / MIANYANG
GIVEN: Final[Mapping[str, Any]] = yaml.safe_load(
    (HERE / "ledger.yaml").read_text("utf-8")
)
BY_HAND: Final[Mapping[str, Sequence[Any]]] = yaml.safe_load(
    (HERE / "figures.yaml").read_text("utf-8")
)
TABLE: Final[Mapping[int, tuple[str, str | None, bool | None]]] = {
    # Row of Table 1: indicator, 2020 figure in base units, whether it already holds.
    1: ("childcare_slots_per_1000", "2.7", False),
    2: ("orphan_and_unsupported_children_protection_rate", None, None),
    3: ("preschool_gross_enrolment_rate", "97.22", False),
    4: ("compulsory_education_consolidation_rate", "100.72", True),
    5: ("senior_secondary_gross_enrolment_rate", "97.2", False),
    6: ("working_age_mean_schooling_years", "10.35", False),
    7: ("subsidised_vocational_training_person_times", "186000", False),
    8: ("life_expectancy", "80.3", False),  # the target is > 80.3
    9: ("doctors_per_1000", "2.89", False),
    10: ("nurses_per_1000", "3.29", False),
    11: ("basic_medical_insurance_rate", "90", False),
    12: ("nursing_bed_share", "37.64", False),
    13: ("new_residential_elderly_facility_compliance_rate", None, None),
    14: ("basic_pension_insurance_rate", "90", False),
    15: ("elderly_bed_total", "35200", False),
    16: ("public_rental_housing_guarantee_rate", None, None),
    17: ("rural_low_income_housing_safety_rate", None, None),
    18: ("old_residential_renovation_units", None, None),
    19: ("disability_two_subsidies_coverage", "100", True),
    20: ("veteran_placement_rate", "100", True),
    21: ("veteran_adaptive_training_rate", "100", True),
    22: ("public_culture_visits_per_10k", "5469", False),
    23: ("sports_area_per_capita", "1.33", False),
    24: ("community_service_area_per_100_households", None, None),
}
IN_2020: Final[Mapping[str, Sequence[Mapping[str, object]]]] = {
    # 5,000,000 people: 13,500 places, 14,450 doctors, 16,450 nurses, 2,734,500 visits
    # and 6,650,000 square metres make the table's figures a head.
    "area": [{"pop_resident": 5_000_000, "pop_preschool_age": 100_000}],
    "cci": [{"name": "甲", "type": "独立托育机构", "slots_total": 13_000}],
    "kg": [{"name": "乙", "slots_toddler": 500, "enrolled": 97_220}],
    "stf": [{"subsidised_training_persontimes": 186_000}],
    "hos": [{"name": "丙", "doctors": 14_000, "nurses": 16_000}],
    "chc": [{"name": "丁", "doctors": 400, "nurses": 450}],
    "vcl": [{"code": "戊", "doctors": 40, "nurses": 0}],
    # 9,410 of 25,000 beds are for nursing: 37.64 %.
    "eci": [
        {
            "name": "己",
            "beds_total": 25_000,
            "beds_nursing": 9_410,
            "doctors": 10,
            "nurses": 0,
        }
    ],
    "cef": [{"name": "庚", "type": "其他", "beds_total": 10_200}],
    "csv": [
        {"code": "辛", "type": "图书馆", "is_public": True, "visits_year": 2_734_500},
        {"code": "壬", "type": "体育场馆", "sports_area": 6_650_000},
    ],
}
PARTS_2020: Final[Mapping[str, tuple[str, str]]] = {
    "compulsory_education_consolidation_rate": ("50360", "50000"),
    "senior_secondary_gross_enrolment_rate": ("97200", "100000"),
    "working_age_mean_schooling_years": ("31050000", "3000000"),
    "basic_medical_insurance_rate": ("4500000", "5000000"),
    "basic_pension_insurance_rate": ("2700000", "3000000"),
    "disability_two_subsidies_coverage": ("60000", "60000"),
    "veteran_placement_rate": ("120", "120"),
    "veteran_adaptive_training_rate": ("300", "300"),
}
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


class City:
    """A ledger of the city, which answers for its figures."""

    def __init__(self, folder: Path, years: Sequence[int]) -> None:
        self.pack = pack(MIANYANG)
        units = GIVEN["units"]
        self.codes = {name: code for name, (code, *_) in units.items()}
        self.ledger = new_ledger(
            folder / "mianyang.taizhang",
            self.pack,
            [
                unit(code, class_, self.codes.get(parent))
                for code, class_, parent in units.values()
            ],
            years,
        )
        self.desk = Desk(self.ledger, count())

    def enter(
        self, now: int, records: Mapping[str, Sequence[Mapping[str, object]]]
    ) -> None:
        """Enter records by form; those without `at` are the city's."""
        changes: list[Change] = []
        for form, listed in records.items():
            for record in listed:
                code = self.codes[str(record.get("at", "全市"))]
                cells = {k: v for k, v in record.items() if k != "at"}
                changes += self.desk.enter(form, year(now), code, cells)[1]
        self.desk.do(changes)

    def report(self, now: int, indicator: Indicator, **cells: object) -> None:
        """Enter what a department says of an indicator, in its row if there is one."""
        given = {"indicator_id": indicator.title, "source_dept": "主管部门", **cells}
        period, fields = year(now), self.pack.form_by_id["adm"].by_id
        rows = list(
            self.ledger.query(
                'SELECT "_facility" FROM adm'
                ' WHERE "_period" = :period AND indicator_id = :title',
                {"period": period.code, "title": indicator.title},
            )
        )
        if not rows:
            self.enter(now, {"adm": [given]})
            return
        key = RecordKey("adm", period.code, FacilityId(str(rows[0][0])))
        record = self.ledger.record(key)
        assert record is not None
        held = dict(record.cells)
        self.desk.do(
            [
                CellChange(
                    key,
                    name,
                    held[name],
                    cell_of(value, isinstance(fields[name], DecimalField)),
                )
                for name, value in given.items()
            ]
        )

    def figures(self, now: int) -> dict[str, Figure]:
        """Compute every indicator for the whole city."""
        plan = compile_indicators(self.pack)
        assert plan.broken == ()
        found = figures_of_unit(self.ledger, self.pack, plan, year(now), CITY)
        return {figure.indicator: figure for figure in found}


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
        city.enter(NOW, {form: everywhere for form in sorted(forms)})
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


def test_table_1_is_complete__ok() -> None:
    rows = {row.table_row: row for row in pack(MIANYANG).indicators if row.table_row}
    assert sorted(rows) == list(range(1, 25))
    for number, (name, figure, _) in TABLE.items():
        found = rows[number]
        assert found.id == name
        assert all(target.binding is not None for target in found.targets)
        stated = found.baseline.value if found.baseline else None
        assert stated == (None if figure is None else Decimal(figure))


def test_table_1_of_2020__ok(tmp_path: Path) -> None:
    """The figures of 2020 give the table's, held against the targets of 2025."""
    city = City(tmp_path, [2020])
    city.enter(2020, IN_2020)
    by_id = city.pack.indicator_by_id
    for name, (of, over) in PARTS_2020.items():
        parts = {"numerator": float(of), "denominator": float(over)}
        city.report(2020, by_id[name], reported_as="分子和分母", **parts)
    city.report(2020, by_id["life_expectancy"], reported_as="指标值", value=80.3)
    found = city.figures(2020)
    city.ledger.close()
    for name, figure, holds in TABLE.values():
        if figure is None:
            assert found[name].status in {Status.MISSING, Status.UNJUDGED}
            continue
        assert found[name].value == Decimal(figure)
        reached = found[name].status is Status.REACHED
        assert reached is holds
        target = found[name].target
        assert target is not None
        assert target.year == NOW
