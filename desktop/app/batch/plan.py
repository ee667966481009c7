"""What a batch will write: which units, which forms, which files under which names."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.batch.names import Naming
from desktop.app.batch.names import clashes
from desktop.app.reports.exporting import clean_name
from desktop.app.reports.unit_report import EVERYTHING
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitLevel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.batch.names import Pattern
    from desktop.app.reports.exporting import Wanted
    from desktop.app.reports.unit_report import Wish
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack

EVERY: Final = "all"
_LEVELS: Final[Mapping[str, frozenset[UnitClass | UnitLevel]]] = {
    EVERY: frozenset(UnitLevel),
    **{level.value: frozenset({level}) for level in UnitLevel},
    **{kind.value: frozenset({kind}) for kind in UnitClass},
    "street": frozenset({UnitLevel.TOWNSHIP}),
    "community": frozenset({UnitLevel.VILLAGE}),
}
LEVELS: Final = tuple(_LEVELS)
"""What may be said of a level: its English name, or a class of units in Chinese."""
PARTS: Final = ".parts"
"""Ends the name of the folder where the parts of a merged file wait for the rest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants; `look` says how files are written, and which kinds.

    With `merged` one PDF holds all units.
    """

    units: tuple[Unit, ...]
    pattern: Pattern
    look: Wanted
    wish: Wish = EVERYTHING
    merged: bool = False
    anew: bool = False
    """Whether files are made again that are there already."""

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return self.look.folder


@frozen
class Item:
    """One report: a unit with all forms that were chosen, or one of them."""

    unit: Unit
    name: str
    form: str | None = None

    @property
    def title(self) -> str:
        """Give what a bookmark calls it."""
        return f"{self.unit.name}（{self.unit.code}）"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a batch will write; `there` are files that stand there already."""

    asked: Asked
    period: Period
    root: str
    """The name of the ledger's unit."""
    items: tuple[Item, ...]
    merged: Path | None = None
    there: tuple[str, ...] = field(default=())

    @property
    def by_unit(self) -> dict[str, list[Item]]:
        """Give the reports unit by unit, in their order."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.unit.code, []).append(item)
        return found

    @property
    def waiting(self) -> Path:
        """Where PDFs wait that are wanted only as parts of one."""
        stem = "" if self.merged is None else self.merged.stem
        return self.asked.folder / f"{stem}{PARTS}"

    @property
    def files(self) -> tuple[Path, ...]:
        """Give every file that will stand there in the end."""
        folder, look = self.asked.folder, self.asked.look
        kinds = [".xlsx"] * look.xlsx + [".pdf"] * look.pdf
        own = [folder / f"{item.name}{kind}" for item in self.items for kind in kinds]
        return tuple(own) if self.merged is None else (*own, self.merged)


def units_of(
    units: Sequence[Unit], period: str, level: str = EVERY, below: str | None = None
) -> tuple[Unit, ...]:
    """Choose the units of a level that exist in a period, within one if it is named.

    Raises:
        KeyError: No such level is known.
    """
    wanted = _LEVELS[level]
    above = {str(unit.code): unit.parent for unit in units}

    def within(unit: Unit) -> bool:
        code: str | None = str(unit.code)
        while code is not None and code != below:
            code = above.get(code)
        return code is not None

    return tuple(
        unit
        for unit in units
        if unit.exists_in(period)
        and not wanted.isdisjoint((unit.level, unit.class_))
        and (below is None or within(unit))
    )


def plan_batch(
    asked: Asked, pack: Pack, period: Period, root: Unit
) -> Plan | tuple[Message, ...]:
    """Lay out what will be written, or say all that stands against it."""
    look = asked.look
    chosen = [form for form in pack.forms if asked.wish.takes(form.id)]
    faults = [
        message(code)
        for code, wrong in (
            ("batch.no-units", not asked.units),
            ("batch.no-forms", not chosen),
            ("batch.no-kind", not (look.xlsx or look.pdf or asked.merged)),
            ("batch.merged-by-form", asked.merged and asked.pattern.by_form),
        )
        if wrong
    ]
    forms = [*chosen] if asked.pattern.by_form else [None]
    items = tuple(
        Item(
            replace(unit, name=unit.name_in(period.code)),
            asked.pattern.name(
                Naming(
                    unit=unit.name_in(period.code),
                    code=unit.code,
                    period=period.title,
                    pack=pack.title,
                    form="" if form is None else form.title,
                )
            ),
            None if form is None else form.id,
        )
        for unit in asked.units
        for form in forms
    )
    faults += clashes((item.name, item.title) for item in items)
    if faults:
        return tuple(faults)
    merged = asked.folder / f"{_merged_name(asked, pack, period, root)}.pdf"
    root_name = root.name_in(period.code)
    plan = Plan(asked, period, root_name, items, merged if asked.merged else None)
    names = _names_in(asked.folder)
    there = tuple(path.name for path in plan.files if path.name in names)
    return replace(plan, there=there)


def _names_in(folder: Path) -> frozenset[str]:
    """List a folder at one go; of one that cannot be read nothing is known."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def _merged_name(asked: Asked, pack: Pack, period: Period, root: Unit) -> str:
    """Name the file that holds all units."""
    count = len(asked.units)
    return clean_name(
        f"{root.name_in(period.code)}-{period.title}-{pack.title}-合订（{count}个单位）"
    )
