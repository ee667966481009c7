"""Table 1 of the plan of Mianyang: its figures of 2020, entered and held again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.indicators.figures import Status
from tests.packs.mianyang_city import MIANYANG
from tests.packs.mianyang_city import City
from tests.packs.worlds import pack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

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
            "medical_service_mode": "签约合作",
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
        assert target.year == 2025
