"""docs/first-pack.md is a pack: built from its blocks, filled from its table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.auditing import audit_ledger
from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import UnitCode
from desktop.core.unit_edits import made_unit
from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.indicators.periods import period_parameters
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.store.ledger import Ledger

GUIDE = (Path(__file__).parents[2] / "docs" / "first-pack.md").read_text("utf-8")
BLOCK = re.compile(r"```yaml\n# file: (\S+)\n(.*?)```", re.DOTALL)
ROW = re.compile(
    r"^\| (\S+) \| (\d+) \| (\S+) \| (\S+) \| (\d+) \| (\d+) \|$", re.MULTILINE
)
TOWN = UnitCode("510703100")
VILLAGES = {"甲村": UnitCode("510703100201"), "乙村": UnitCode("510703100202")}
YEAR = Period(PeriodKind.YEAR, 2025)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    for name, text in BLOCK.findall(GUIDE):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pack(root: Path) -> Pack:
    found = load_pack(root, "canteens")
    assert isinstance(found, Pack), found
    return found


@pytest.fixture
def ledger(pack: Pack, tmp_path: Path) -> Iterator[Ledger]:
    units = (
        made_unit(TOWN, "示范镇", UnitCode("510703")),
        *(made_unit(code, name, TOWN) for name, code in VILLAGES.items()),
    )
    path = tmp_path / "示范镇.taizhang"
    create_ledger(path, Beginning(pack, units, YEAR), person())
    with open_ledger(path, person()) as made:
        fill(made)
        yield made


def fill(ledger: Ledger) -> None:
    """Enter the guide's table."""
    pack = ledger.pack()
    elders: dict[UnitCode, int] = {}
    for village, old, name, status, seats, regulars in ROW.findall(GUIDE):
        unit = VILLAGES[village]
        elders[unit] = int(old)
        cells = {
            "name": name,
            "status": status,
            "seats": int(seats),
            "regulars": int(regulars),
        }
        ledger.apply(add_record(pack.form_by_id["canteen"], YEAR, unit, name, cells))
    changes = tuple(
        CellChange(
            RecordKey("village", YEAR.code, FacilityId(unit)), "elders", BLANK, count
        )
        for unit, count in {**elders, TOWN: sum(elders.values())}.items()
    )
    ledger.apply(Action(message("app.edit"), changes))


def test_guide__lints_clean_with_what_it_promises(root: Path, pack: Pack) -> None:
    assert lint(root, "canteens") == ()
    assert (len(pack.forms), len(pack.rules), len(pack.indicators)) == (2, 5, 3)
    assert len(BLOCK.findall(GUIDE)) == GUIDE.count("```yaml")
    assert len(ROW.findall(GUIDE)) == 3


def test_guide__the_audit_asks_what_it_says(ledger: Ledger, pack: Pack) -> None:
    found = run_steps(
        audit_ledger(ledger, CompiledPack(pack).audit, period_parameters(pack, YEAR))
    )
    asked = [each for each in found.findings if not each.rule.endswith(".expected")]

    assert [each.rule for each in asked] == ["canteen.crowded"]
    assert "（70）" in (asked[0].text or "")
    assert "（20）" in (asked[0].text or "")


def test_guide__the_figures_are_those_it_shows(ledger: Ledger, pack: Pack) -> None:
    plan = CompiledPack(pack).figures
    figures = figures_of_unit(ledger, pack, plan, YEAR, TOWN)
    shown = {
        pack.indicator_by_id[figure.indicator].title: str(figure.shown)
        for figure in figures
    }
    table = re.findall(r"^\| (\S+) \| ([\d.]+) [个%] \|", GUIDE, re.MULTILINE)

    assert shown == dict(table)
    seats = next(each for each in figures if each.indicator == "seats_total")
    assert seats.value == 80
