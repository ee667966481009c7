from __future__ import annotations

from desktop.core.layout import UNIT
from desktop.core.unit import UnitCode
from desktop.intake.places import Places
from desktop.intake.plan_values import ImportContext
from desktop.intake.plan_values import UnitFrom
from desktop.intake.table import RawCell
from tests.intake.worlds import ROOT
from tests.intake.worlds import UNITS

CONTEXT = ImportContext(UNITS, ROOT, "2025")
PLACES = Places(CONTEXT, {"堡镇": "310105102", "别处": "999999"})


def cell(text: str) -> RawCell:
    return RawCell(5, 2, text)


def test_of__exact_name_and_code() -> None:
    for text in ("华阳路街道", "310105001", " 华阳路街道 "):
        found = PLACES.of(cell(text))

        assert (found.unit, found.named) == (UnitCode("310105001"), found.unit)
        assert found.how is UnitFrom.TABLE
        assert found.repair is None


def test_of__name_written_otherwise_is_a_repair() -> None:
    found = PLACES.of(cell("长宁区新泾镇"))

    assert found.unit == "310105102"
    assert found.repair is not None
    assert (found.repair.before, found.repair.after) == ("长宁区新泾镇", "新泾镇")


def test_of__nothing_written_goes_to_the_root() -> None:
    for given in (None, cell("\u3000")):
        found = PLACES.of(given)

        assert (found.unit, found.how, found.named) == (ROOT, UnitFrom.ROOT, None)


def test_of__alike_waits_in_the_root() -> None:
    found = PLACES.of(cell("新泾乡"))

    assert (found.unit, found.how) == (ROOT, UnitFrom.UNSURE)
    assert found.unfit is not None
    assert (found.unfit.address, found.unfit.field) == ("B5", UNIT)
    assert dict(found.unfit.why.params) == {"candidates": "新泾镇"}


def test_of__a_strange_name_is_a_problem() -> None:
    found = PLACES.of(cell("别处"))

    assert found.problem is not None
    assert found.problem.code == "intake.row.unknown_unit"


def test_of__what_the_person_said() -> None:
    found = PLACES.of(cell("堡镇"))

    assert (found.unit, found.how) == (UnitCode("310105102"), UnitFrom.PERSON)
