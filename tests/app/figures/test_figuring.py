from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figures.figuring import figures_of_all
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.progress import run_steps
from tests.packs.worlds import new_ledger
from tests.packs.worlds import unit
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path


def test_figures__of_many_units_in_slices(tmp_path: Path) -> None:
    """Somebody else may have a turn after every fifty units."""
    county = unit(COUNTY, "县(市、区)")
    streets = [unit(f"{COUNTY}{number:03}", "街道", COUNTY) for number in range(1, 100)]
    path = tmp_path / "大.taizhang"
    of = small_pack()
    with new_ledger(path, of, [county, *streets], [2025]) as ledger:
        plan = CompiledPack(of).figures
        steps = list(figures_of_all(ledger, of, plan, YEAR))
    assert [(each.done, each.total) for each in steps] == [(0, 1), (50, 100)]


def test_figures__of_every_unit_and_of_one(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "街道院", beds_total=100)
        put(ledger, "区属院", unit=COUNTY, beds_total=30)
        pack = ledger.pack()
        plan = CompiledPack(pack).figures
        everywhere = run_steps(figures_of_all(ledger, pack, plan, YEAR))
        county = figures_of_unit(ledger, pack, plan, YEAR, COUNTY)
    beds = {
        figure.unit: figure.value
        for figure in everywhere
        if figure.indicator == "beds_in_years"
    }
    assert beds == {COUNTY: 130, STREET: 100}
    assert set(county) <= set(everywhere)
