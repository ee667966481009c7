from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figures.figuring import figures_of_all
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export.building.by_unit import indicators_by_unit
from desktop.indicators.figures import Status
from tests.levels import fill
from tests.levels import make_levels
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path


def test_indicators_by_unit__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        cells = {"beds": 40, "nursing": 10}
        fill(ledger, [("home", "210102", cells), ("home", "210202", {"beds": 10})])
        compiled = CompiledPack(ledger.pack())
        steps = figures_of_all(ledger, compiled.pack, compiled.figures, YEAR)
        figures = run_steps(steps)
        root, *others = ledger.units()
    below = [unit for unit in others if unit.parent == root.code]
    table = indicators_by_unit(compiled.pack, root, below, figures)
    assert table.title == "分地区指标表"
    assert [(one.title, one.measure) for one in table.columns] == [
        ("护理型床位占比", "%")
    ]
    assert [(row.stub[0], row.cells) for row in table.rows] == [
        ("沈阳市", (Decimal("25.00"),)),
        ("大连市", (BLANK,)),
    ]
    assert table.totals is not None
    assert table.totals.cells == (Decimal("20.00"),)

    none = [replace(one, status=Status.NOT_APPLICABLE) for one in figures]
    table = indicators_by_unit(compiled.pack, root, below, none)
    assert table.rows[0].cells == (Absent.NOT_APPLICABLE,)


def test_indicators_by_unit__no_units_below(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        pack, unit = ledger.pack(), ledger.units()[-1]
    table = indicators_by_unit(pack, unit, [], [])
    assert table.empty == "本单位没有下级单位。"
    assert table.totals is None
    other = indicators_by_unit(pack, unit, [unit], [])
    assert other.rows[0].cells == (BLANK,)
