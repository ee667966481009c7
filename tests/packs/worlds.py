"""Small ledgers in which the cases of this folder are tried."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import yaml

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import Change
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import level_of
from desktop.forms.fields import DecimalField
from desktop.forms.fields import Field
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.model import Roster
from desktop.store.ledger import Ledger
from desktop.store.records import Applied

ROOT = Path(__file__).parents[2] / "resources" / "packs"
HERE = Path(__file__).parent
PACKS = tuple(sorted(path.parent.name for path in ROOT.glob("*/pack.yaml")))
"""All packs of the program."""
WHOLE = "whole"
"""A pack of the tests that takes every form of the shared library."""
EVERY = (*PACKS, WHOLE)

Cells: TypeAlias = Mapping[str, object]
"""Cells as a case writes them."""
Forms: TypeAlias = Mapping[str, Sequence[Cells]]
"""Records by form, as a case writes them."""


@functools.cache
def pack(pack_id: str) -> Pack:
    """Load one of our packs, or the one that takes the whole library."""
    if pack_id != WHOLE:
        return _loaded(ROOT, pack_id)
    with TemporaryDirectory() as folder:
        return _loaded(whole_library(Path(folder)), WHOLE)


def _loaded(root: Path, pack_id: str) -> Pack:
    found = load_pack(root, pack_id)
    assert isinstance(found, Pack), found
    return found


def whole_library(folder: Path) -> Path:
    """Put the shared library and the pack that takes all of it into a folder."""
    shutil.copytree(ROOT / "common", folder / "common")
    shutil.copytree(HERE / "whole_library" / WHOLE, folder / WHOLE)
    return folder


def read_cases(folder: str) -> list[tuple[str, Mapping[str, object]]]:
    """Read the cases of all files in a folder, with the file's name."""
    return [
        (path.stem, case)
        for path in sorted((HERE / folder).glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def unit(code: str, class_: str, parent: str | None = None) -> Unit:
    """Make a unit whose name is its code."""
    found = UnitCode(code)
    above = None if parent is None else UnitCode(parent)
    return Unit(found, code, above, level_of(found), UnitClass(class_))


def year(number: int) -> Period:
    """Give the period of a year."""
    return Period(PeriodKind.YEAR, number)


def new_ledger(
    path: Path, of: Pack, units: Sequence[Unit], years: Sequence[int]
) -> Ledger:
    """Make a ledger with some units and years, blank but for its unit records."""
    ids = count()
    first, *rest = (year(number) for number in years)
    ledger = Ledger.create(
        path,
        pack=of,
        units=units,
        period=first,
        who="例子",
        clock=lambda: datetime(2025, 1, 1, tzinfo=UTC),
        new_id=lambda: f"id-{next(ids)}",
    )
    for period in rest:
        ledger.add_period(period)
    return ledger


@dataclass(frozen=True)
class Desk:
    """Fills a ledger; `numbers` gives each facility its own identity."""

    ledger: Ledger
    numbers: count[int]

    def enter(
        self, form: str, period: Period, unit_code: str, cells: Cells, who: str = ""
    ) -> tuple[RecordKey, tuple[Change, ...]]:
        """Give the changes that put a record in its place, and the record's key."""
        written = self._cells(form, cells)
        if isinstance(self.ledger.pack().form_by_id[form], Roster):
            facility = who or f"facility-{next(self.numbers)}"
        else:
            facility = unit_code
        key = RecordKey(form, period.code, FacilityId(facility))
        if self.ledger.record(key) is None:
            return key, (RecordAdded(key, unit_code, written),)
        return key, tuple(CellChange(key, name, BLANK, cell) for name, cell in written)

    def do(self, changes: Sequence[Change]) -> Action:
        """Apply changes as one action."""
        action = Action(message("store.action.units"), tuple(changes))
        answer = self.ledger.apply(action)
        assert isinstance(answer, Applied), answer
        return action

    def nil(self, form: str, period: Period, unit_code: str) -> Change:
        """Give the change by which a unit declares that it has nothing to report."""
        return NilChange(form, period.code, unit_code, before=False, after=True)

    def _cells(self, form: str, cells: Cells) -> tuple[tuple[str, Cell], ...]:
        fields = self.ledger.pack().form_by_id[form].by_id
        # A facility that a case does not call closed is open; null leaves it blank.
        choices = (
            self.ledger.pack().choices(form, "status") if "status" in fields else ()
        )
        opened: Cells = {"status": "运营"} if "运营" in choices else {}
        return tuple(
            (name, _answer(value, fields[name]))
            for name, value in {**opened, **cells}.items()
            if value is not None
        )


def _answer(value: object, field: Field) -> Cell:
    """Read a cell as a case writes it; 不适用 is an answer unless it is a choice."""
    if value == "不适用" and field.not_applicable:
        return Absent.NOT_APPLICABLE
    if value == "不详":
        return Absent.UNKNOWN
    return cell_of(value, isinstance(field, DecimalField))


def cell_of(value: object, decimal: bool) -> Cell:
    """Read a value as a case writes it."""
    match value:
        case bool() | str() | date():
            return value
        case int() | float() if decimal or isinstance(value, float):
            return Decimal(str(value))
        case int():
            return value
        case _:
            raise TypeError(value)
