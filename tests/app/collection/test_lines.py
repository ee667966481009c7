from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.collection.lines import known_lines
from desktop.app.collection.lines import written_names
from desktop.app.entry.edits import remove_records
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from tests import small
from tests.collected import NEXT

if TYPE_CHECKING:
    from pathlib import Path


def test_lines__facilities_of_this_period_and_of_the_last(tmp_path: Path) -> None:
    with small.opened(small.make_filled(tmp_path)) as ledger:
        ledger.add_period(NEXT, small.YEAR)
        form = ledger.pack().form_by_id["eci"]
        ids = ledger.ids("eci", NEXT.code)
        ledger.apply(remove_records(form, ledger.rows("eci", ids[:1])))
        lines = list(known_lines(ledger, form, NEXT, ledger.units(), known=True))

    assert [(each.name, each.unit, each.line.unit) for each in lines] == [
        ("坏院", small.STREET, "华阳路街道"),
        ("缺院", small.COUNTY, "长宁区"),
        ("好院", small.STREET, "华阳路街道"),
    ]
    came_back = lines[-1].line
    assert came_back.facility == "好院"
    assert came_back.cells == {"name": "好院", "status": "运营"}
    assert came_back.fixed == {"name"}


def test_lines__only_who_they_are(tmp_path: Path) -> None:
    with small.opened(small.make_filled(tmp_path)) as ledger:
        small.put(ledger, "码院", code="A1", beds_total=5)
        form = ledger.pack().form_by_id["eci"]
        street = [unit for unit in ledger.units() if unit.code == small.STREET]
        lines = list(known_lines(ledger, form, small.YEAR, street, known=False))
        full = list(known_lines(ledger, form, small.YEAR, street, known=True))

    assert [each.name for each in lines] == ["好院", "坏院", "码院"]
    assert lines[-1].line.cells == {"name": "码院", "code": "A1"}
    assert lines[-1].line.fixed == {"name", "code"}
    assert full[-1].line.cells["beds_total"] == 5


def test_lines__a_unit_form_has_a_row_a_unit(tmp_path: Path) -> None:
    with small.opened(small.make_filled(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["area"]
        units = ledger.units()
        lines = list(known_lines(ledger, form, small.YEAR, units, known=True))
        blank = list(known_lines(ledger, form, small.YEAR, units, known=False))

    assert [each.line.facility for each in lines] == [small.COUNTY, small.STREET]
    assert [each.line.cells for each in blank] == [{}, {}]


def test_names__namesakes_are_written_by_their_codes() -> None:
    def unit(code: str, name: str) -> Unit:
        level, class_ = UnitLevel.TOWNSHIP, UnitClass.SUBDISTRICT
        return Unit(UnitCode(code), name, UnitCode("310105"), level, class_)

    units = (unit("310105001", "甲街道"), unit("310105002", "乙镇"))
    twice = (*units, unit("310105003", "甲街道"))
    assert list(written_names(units).values()) == ["甲街道", "乙镇"]
    assert list(written_names(twice).values()) == ["310105001", "乙镇", "310105003"]
