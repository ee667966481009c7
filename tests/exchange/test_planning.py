from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.exchange.content import nil_key
from desktop.exchange.planning import standing
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import county_units
from tests.exchange.townships import home
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import remove
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path


def test_standing__records_notes_and_nil_returns_of_some_forms(tmp_path: Path) -> None:
    with opened(Desks(tmp_path).new(*county_units())) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
        add(ledger, "乙院", EAST)
        note(ledger, "甲院", "flag:beds_total", "再看")
        note(ledger, "乙院", "field:beds_total", "盘点过")
        remove(ledger, "乙院")
        nil(ledger, COUNTY, now=True)

        homes = standing(ledger, YEAR.code, ["eci"])
        areas = standing(ledger, YEAR.code, ["area"])

    nil_return = nil_key("eci", YEAR.code, COUNTY)
    assert {*homes.content} == {home("甲院"), nil_return}
    assert homes.content[home("甲院")]["beds_total"] == "n:10"
    assert {*homes.records} == {home("甲院")}
    assert homes.notes[home("乙院")] == {"field:beds_total": "盘点过"}
    assert homes.notes[home("甲院")] == {}
    assert area(EAST) in areas.content
    assert nil_return not in areas.content
