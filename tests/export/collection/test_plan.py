from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export.collection.plan import UNIT_HEAD
from desktop.export.collection.plan import Collection
from tests.collected import FIRST
from tests.collected import laid_out
from tests.small import make_filled

if TYPE_CHECKING:
    from pathlib import Path


def test_plan__places_of_a_workbook(tmp_path: Path) -> None:
    found = laid_out(make_filled(tmp_path))
    assert isinstance(found, tuple)
    [collection] = found
    assert isinstance(collection, Collection)
    plan = collection.plan

    assert (plan.sheet, plan.rows) == ("养老机构调查表", 23)
    assert (plan.groups, plan.titles, plan.demands, plan.heads) == (7, 8, 9, 10)
    assert (plan.first, plan.last, plan.width) == (FIRST, 33, 8)
    assert plan.column(UNIT_HEAD) == 2
    assert plan.column("name") == 3
    assert plan.cells()["beds_total"] == "$F11"
    assert plan.down(6) == "F11:F33"
    assert collection.memo == {
        "kind": "taizhang-collection",
        "version": "1",
        "pack": "small",
        "pack_version": "1.0.0",
        "form": "eci",
        "period": "2025",
        "unit": "310105",
        "sheet": "养老机构调查表",
    }
