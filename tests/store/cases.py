"""A small reporting system with every kind of field, and ledgers that keep it."""

from __future__ import annotations

import itertools
import json
import os
import select
import signal
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.store.files import Origin
from desktop.store.ledger import Ledger

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.store.records import Answer

ROOT, EAST, WEST = "310105", "310105001", "310105002"
YEAR = Period(PeriodKind.YEAR, 2025)
NEXT = Period(PeriodKind.YEAR, 2026)

_FIELDS: list[dict[str, object]] = [
    {"id": "name", "kind": "text", "title": "名称"},
    {"id": "beds", "kind": "integer", "title": "床位数"},
    {"id": "area", "kind": "decimal", "digits": 2, "title": "面积"},
    {"id": "level", "kind": "choice", "choices": ["一级", "二级"], "title": "等级"},
    {"id": "services", "kind": "choices", "choices": ["餐", "医"], "title": "服务"},
    {"id": "order", "kind": "date", "title": "开业"},
    {"id": "public", "kind": "yes_no", "title": "公办"},
    {"id": "town", "kind": "unit", "title": "所在"},
    {"id": "code", "kind": "credit_code", "title": "代码"},
    {"id": "phone", "kind": "telephone", "title": "电话"},
    {"id": "double", "kind": "integer", "title": "两倍", "computed": "beds * 2"},
    {"id": "in_code", "kind": "text", "title": "单位", "binds": "unit.code"},
    {"id": "in_name", "kind": "text", "title": "单位名", "binds": "unit.name"},
    {"id": "in_parent", "kind": "text", "title": "上级", "binds": "unit.parent"},
    {"id": "in_class", "kind": "text", "title": "类别", "binds": "unit.class"},
    {"id": "in_year", "kind": "integer", "title": "年", "binds": "period.year"},
]


def pack(
    period_kind: str = "year",
    computed: str = "beds * 2",
    only: Sequence[Mapping[str, object]] = (),
) -> Pack:
    """Give the reporting system: homes, and a form that every unit answers.

    `only` are fields of a home in the place of one of every kind.
    """
    fields = list(only) or [
        {**each, "computed": computed} if "computed" in each else each
        for each in _FIELDS
    ]
    home = {
        "id": "home",
        "kind": "roster",
        "title": "机构",
        "domain": "elderly_care",
        "record": "每个机构一条",
        "name": "name",
        "groups": [{"title": "全部", "fields": fields}],
    }
    people = {
        "id": "people",
        "kind": "unit",
        "title": "人口",
        "domain": "community",
        "record": "每个单位一条",
        "every_unit": True,
        "groups": [
            {
                "title": "全部",
                "fields": [{"id": "count", "kind": "integer", "title": "人数"}],
            }
        ],
    }
    plan = {
        "title": "方案",
        "file": "x.txt",
        "level": "county",
        "region": "区",
        "starts": 2021,
        "ends": 2025,
    }
    text = json.dumps(
        {
            "id": "small",
            "title": "小",
            "version": "1.0.0",
            "region": None,
            "period_kind": period_kind,
            "plan": plan,
            "forms": [home, people],
            "report": {"title": "报告"},
        }
    )
    found = pack_from_json(text)
    assert isinstance(found, Pack), found
    return found


def unit(code: str, name: str, parent: str | None) -> Unit:
    """Give a unit; the root is a county, the others townships."""
    above = None if parent is None else UnitCode(parent)
    if code == ROOT:
        return Unit(UnitCode(code), name, above, UnitLevel.COUNTY, UnitClass.COUNTY)
    return Unit(UnitCode(code), name, above, UnitLevel.TOWNSHIP, UnitClass.TOWNSHIP)


UNITS = (
    unit(ROOT, "长宁区", None),
    unit(EAST, "东镇", ROOT),
    unit(WEST, "西镇", ROOT),
)


@dataclass
class Desk:
    """Somebody at a computer whose clock and ids come in order."""

    who: str = "王"
    now: datetime = datetime(2025, 12, 1, 8, tzinfo=UTC)
    numbers: Callable[[], int] = field(
        default_factory=lambda: itertools.count().__next__
    )

    def clock(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def new_id(self) -> str:
        return f"{self.numbers():08d}-{self.who}"

    def origin(self) -> Origin:
        return Origin(self.who, self.clock, self.new_id)

    def create(self, path: Path, system: Pack | None = None) -> Ledger:
        return Ledger.create(
            path,
            pack=system or pack(),
            units=UNITS,
            period=YEAR,
            who=self.who,
            clock=self.clock,
            new_id=self.new_id,
        )

    def open(self, path: Path, *, read_only: bool = False) -> Ledger:
        return Ledger.open(
            path,
            who=self.who,
            clock=self.clock,
            new_id=self.new_id,
            read_only=read_only,
        )


def key(facility: str, form: str = "home", period: str = "2025") -> RecordKey:
    """Name a record."""
    return RecordKey(form, period, FacilityId(facility))


def added(facility: str, code: str = EAST, /, **cells: Cell) -> RecordAdded:
    """Say that a home was added."""
    return RecordAdded(key(facility), code, tuple(cells.items()))


def set_cell(facility: str, name: str, before: Cell, after: Cell) -> CellChange:
    """Say that a cell of a home was set."""
    return CellChange(key(facility), name, before, after)


def do(ledger: Ledger, *changes: Change) -> Answer:
    """Apply changes as one action."""
    return ledger.apply(Action(message("test"), changes))


def edit_until_killed(path: Path, first: int, ready: int) -> None:
    """Set two cells that must stay equal, again and again, and tell each commit.

    Runs in a forked child and never comes back.
    """
    ledger = Desk(who=f"child {first}").open(path)
    for number in itertools.count(first):
        do(
            ledger,
            set_cell("a", "beds", number - 1, number),
            set_cell("b", "beds", number - 1, number),
            added(f"n{number}", beds=number),
        )
        os.write(ready, f"{number}\n".encode())


def last_acknowledged(path: Path, first: int, chance: random.Random) -> int:
    """Let a child edit, kill it at some moment, and give the last edit it told of."""
    reading, ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            edit_until_killed(path, first, ready)
        finally:
            os._exit(1)
    os.close(ready)
    told = os.read(reading, 64)
    select.select([], [], [], chance.uniform(0, 0.012))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 4096):
        told += more
    os.close(reading)
    return int(told.split()[-1])
