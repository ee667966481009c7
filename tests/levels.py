"""A pack whose forms add up, a tree of five levels, and ledgers of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeAlias

from desktop.app.compiled import CompiledPack
from desktop.app.figures.rolling import rolled
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import class_of
from desktop.core.unit import level_of
from desktop.indicators.rolled import Breadth
from desktop.indicators.rolled import Extent
from desktop.store.records import Applied
from tests.small import YEAR
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.forms.model import Pack
    from desktop.indicators.rolled import Rolled
    from desktop.store.ledger import Ledger

ROOT = "21"
TREE = {
    "21": "辽宁省",
    "2101": "沈阳市",
    "210102": "和平区",
    "210102001": "浑河湾街道",
    "210102001001": "文安路社区",
    "210102001002": "南湖社区",
    "210102002": "新华街道",
    "210103": "沈河区",
    "210103001": "山东庙街道",
    "2102": "大连市",
    "210202": "中山区",
}
HOME: dict[str, Any] = {
    "kind": "roster",
    "id": "home",
    "title": "养老机构表",
    "domain": "elderly_care",
    "record": "一家机构",
    "name": "name",
    "counted_when": "status = '运营'",
    "groups": [
        {
            "title": "基本情况",
            "fields": [
                {"id": "name", "kind": "text", "title": "名称"},
                {
                    "id": "status",
                    "kind": "choice",
                    "title": "状态",
                    "choices": ["运营", "停业"],
                },
                {"id": "since", "kind": "integer", "title": "成立年份", "adds": False},
            ],
        },
        {
            "title": "规模",
            "fields": [
                {"id": "beds", "kind": "integer", "title": "床位", "measure": "张"},
                {"id": "nursing", "kind": "integer", "title": "护理", "measure": "张"},
                {
                    "id": "income",
                    "kind": "decimal",
                    "digits": 2,
                    "title": "收入",
                    "measure": "万元",
                },
                {
                    "id": "price",
                    "kind": "decimal",
                    "digits": 2,
                    "title": "月收费",
                    "measure": "元/月",
                },
                {
                    "id": "share",
                    "kind": "decimal",
                    "digits": 1,
                    "title": "护理占比",
                    "measure": "%",
                    "computed": "100 * nursing / beds",
                },
                {
                    "id": "both",
                    "kind": "integer",
                    "title": "合计床位",
                    "measure": "张",
                    "computed": "COALESCE(beds, 0) + nursing",
                },
            ],
        },
    ],
}
VISITS: dict[str, Any] = {
    "kind": "unit",
    "id": "visits",
    "title": "探访表",
    "domain": "elderly_care",
    "record": "一个单元",
    "groups": [
        {
            "title": "探访",
            "fields": [
                {"id": "done", "kind": "integer", "title": "已探访", "measure": "人"}
            ],
        }
    ],
}
PEOPLE: dict[str, Any] = {
    **VISITS,
    "id": "people",
    "title": "人口表",
    "nesting": "each",
    "groups": [
        {
            "title": "人口",
            "fields": [
                {"id": "old", "kind": "integer", "title": "老年人", "measure": "人"}
            ],
        }
    ],
}


def levels_pack() -> Pack:
    """Give the pack."""
    indicator = {
        "id": "nursing_share",
        "title": "护理型床位占比",
        "domain": "elderly_care",
        "kind": "ratio",
        "measure": "%",
        "multiplier": 100,
        "numerator": {"title": "护理型床位数", "value": "SUM(home.nursing)"},
        "denominator": {"title": "总床位数", "value": "SUM(home.beds)"},
        "ours": "演示",
    }
    data = pack_data()
    data |= {"id": "levels", "region": "21", "forms": [HOME, VISITS, PEOPLE]}
    return pack_of({**data, "rules": [], "indicators": [indicator], "parameters": []})


def tree() -> tuple[Unit, ...]:
    """Give the units."""
    made = []
    for text, name in TREE.items():
        code = UnitCode(text)
        above = ancestors_by_code(code)
        parent = above[0] if above else None
        made.append(Unit(code, name, parent, level_of(code), class_of(code, name)))
    return tuple(made)


def make_levels(folder: Path) -> Ledger:
    """Make a ledger and open it."""
    path = folder / "levels.taizhang"
    create_ledger(path, Beginning(levels_pack(), tree(), YEAR), person())
    return opened(path)


Rows: TypeAlias = "Iterable[tuple[str, str, Mapping[str, Cell]]]"
"""Records as `(form, unit, cells)`; homes are in operation by themselves."""


def fill(ledger: Ledger, rows: Rows) -> Action:
    """Add records."""
    changes = []
    for number, (form, unit, cells) in enumerate(rows):
        roster = form == "home"
        facility = FacilityId(f"f{number}" if roster else unit)
        whole = {"status": "运营", **cells} if roster else cells
        key = RecordKey(form, YEAR.code, facility)
        changes.append(RecordAdded(key, unit, tuple(whole.items())))
    action = Action(message("app.edit-block", count=1), tuple(changes))
    assert isinstance(ledger.apply(action), Applied)
    return action


@contextmanager
def filled(ledger: Ledger, rows: Rows) -> Iterator[None]:
    """Add records and take them away again."""
    action = fill(ledger, rows)
    try:
        yield
    finally:
        ledger.apply(Action(action.title, undo(action)))


def declare(ledger: Ledger, form: str, unit: str) -> None:
    """Declare that a unit has nothing to report."""
    change = NilChange(form, YEAR.code, unit, before=False, after=True)
    answer = ledger.apply(Action(message("app.edit-block", count=1), (change,)))
    assert isinstance(answer, Applied)


def roll(
    ledger: Ledger,
    form: str,
    root: str = ROOT,
    breadth: Breadth = Breadth.FULL,
    depth: int = 1,
) -> Rolled:
    """Add a form up."""
    (unit,) = (one for one in ledger.units() if one.code == root)
    compiled, extent = CompiledPack(ledger.pack()), Extent(unit, breadth, depth)
    return run_steps(rolled(ledger, compiled, form, YEAR, extent))
