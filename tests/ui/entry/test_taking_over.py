"""Taking cells over from last period; test_cell_commands shows it on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.cells import Absent
from desktop.core.findings import RecordId
from desktop.ui.entry.taking_over import same_cells
from desktop.ui.entry.taking_over import same_record
from tests.ui.desks import drain
from tests.ui.desks import records

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


def test_same_cells__a_record_that_is_gone_is_passed_over(
    second_year: Workplace,
) -> None:
    form, said = second_year.form("eci"), list[str]()
    field = form.by_id["beds_total"]
    first = records(second_year, "eci")[0].id
    cells = [(first, field), (RecordId(999), field)]
    same_cells(second_year, form, cells, said.append)
    drain(second_year)
    found = [row.cell("beds_total") for row in records(second_year, "eci")]
    assert found == [100, Absent.BLANK, Absent.BLANK]
    assert said == []


def test_same_record__of_a_record_that_is_gone(second_year: Workplace) -> None:
    said = list[str]()
    same_record(second_year, second_year.form("eci"), RecordId(999), said.append)
    drain(second_year)
    assert said == ["与上期相同，没有可填的。"]


def test_same_cells__nothing_chosen_changes_nothing(second_year: Workplace) -> None:
    said = list[str]()
    same_cells(second_year, second_year.form("eci"), [], said.append)
    drain(second_year)
    found = [row.cell("beds_total") for row in records(second_year, "eci")]
    assert found == [Absent.BLANK] * 3
