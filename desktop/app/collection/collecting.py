"""分发采集表: workbooks that facilities fill in, made from what the ledger knows."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.app.collection.lines import known_lines
from desktop.app.collection.lines import written_names
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports.exporting import clean_name
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export import wording
from desktop.export.building.forms import shape_of
from desktop.export.collection.plan import Asked
from desktop.export.collection.plan import Collection
from desktop.export.collection.plan import RowRule
from desktop.export.collection.words import Demand
from desktop.export.collection.words import hint
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.collection.lines import KnownLine
    from desktop.app.compiled import CompiledPack
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.expr.parse import Expression
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger

SPARE: Final = 20
"""Empty rows below what is known, unless something else is asked for."""
MOST_SPARE: Final = 2000


class Split(Enum):
    """How the rows are shared out to files."""

    ONE = "one"
    UNIT = "unit"
    FACILITY = "facility"


@frozen
class CollectWish:
    """Which form to collect, from whom, and how.

    `unit` takes a unit and everything below it; without one all are meant. With
    `known` the cells hold what is known already, otherwise only what says who a
    facility is. `spare` empty rows follow, but not where a facility has its own file.
    """

    form: str
    unit: str | None = None
    split: Split = Split.ONE
    known: bool = True
    spare: int = SPARE


@frozen
class MadeCollections:
    """The workbooks that were written, and what could not be written as it is."""

    paths: tuple[Path, ...]
    remarks: tuple[Message, ...]


def collections(
    ledger: Ledger, compiled: CompiledPack, period: Period, wish: CollectWish
) -> tuple[Collection, ...] | Message:
    """Lay out the workbooks a wish asks for, or say why there is nothing to send."""
    form = compiled.pack.form_by_id.get(wish.form)
    if form is None:
        known = "、".join(compiled.pack.form_by_id)
        return message("app.unknown-form", form=wish.form, known=known)
    units = [unit for unit in ledger.units() if unit.exists_in(period.code)]
    within = units_within(units, wish.unit)
    if not within:
        return message("collection.unit", unit=wish.unit or "")
    lines = tuple(known_lines(ledger, form, period, within, known=wish.known))
    if not lines and wish.split is not Split.ONE:
        return message("collection.nobody", form=form.title)
    whole = _blank(compiled, form, period, (units, within))
    spare = wish.spare if isinstance(form, Roster) else 0
    files = _Files(units, form, period)
    match wish.split:
        case Split.ONE:
            return (files.one(replace(whole, spare=spare), lines, within[0]),)
        case Split.UNIT:
            return tuple(files.by_unit(replace(whole, spare=spare), lines, within))
        case Split.FACILITY:
            return tuple(files.by_facility(whole, lines))
        case _:
            assert_never(wish.split)


def write_collections(
    found: Sequence[Collection], folder: Path, watch: Callable[[Progress], bool]
) -> MadeCollections:
    """Write the workbooks; those that are written stay if it is stopped.

    Raises:
        ExportError: One could not be written.
        CancelledError: `watch` answered False.
    """
    # openpyxl costs a quarter of a second; only writing waits for it.
    from desktop.export.collection.writing import write_collection  # noqa: PLC0415 - see above

    paths: list[Path] = []
    remarks: list[Message] = []
    for done, each in enumerate(found):
        if not watch(Progress(done, len(found), message("collection.making"))):
            raise CancelledError
        path = folder / f"{each.name}.xlsx"
        remarks += write_collection(each, path)
        paths.append(path)
    return MadeCollections(tuple(paths), tuple(remarks))


def units_within(units: Sequence[Unit], code: str | None) -> list[Unit]:
    """Give a unit and everything below it; all of them without a code."""
    if code is None:
        return list(units)
    found: list[Unit] = []
    taken: set[str] = set()
    for unit in units:
        if str(unit.code) == code or str(unit.parent) in taken:
            found.append(unit)
            taken.add(str(unit.code))
    return found


# --- What is asked --------------------------------------------------------------------


def _blank(
    compiled: CompiledPack,
    form: Form,
    period: Period,
    where: tuple[Sequence[Unit], Sequence[Unit]],
) -> Collection:
    """Give the workbook without rows."""
    units, within = where
    names, pack = written_names(units), compiled.pack
    legal = form.legal
    marks = f"表号：{legal.form_number}" if legal else wording.WORKING_SHEET
    return Collection(
        form=form,
        pack=pack.id,
        pack_version=pack.version,
        period=period,
        sender=units[0].name,
        marks=marks,
        unit=str(within[0].code),
        units=tuple(names[str(unit.code)] for unit in within),
        asked=tuple(_asked(compiled, form)),
        rules=tuple(_rules(compiled, form)),
        lines=(),
        spare=0,
        hidden=tuple(_hidden(compiled, form)),
    )


def _asked(compiled: CompiledPack, form: Form) -> Iterator[Asked]:
    """Give the fields to fill in, those that name a facility first."""
    rules = {rule.rule.id for rule in compiled.audit.of(form.id).rules}
    groups = {field.id: group.title for group in form.groups for field in group.fields}
    names = (form.name, form.code) if isinstance(form, Roster) else ()

    def named_first(field: Field) -> int:
        return names.index(field.id) if field.id in names else len(names)

    for field in sorted(form.stored, key=named_first):
        choices = compiled.pack.choices(form.id, field.id)
        demand = Demand.OPTIONAL
        if f"{form.id}.{field.id}.expected" in rules:
            demand = Demand.EXPECTED
        if f"{form.id}.{field.id}.required" in rules or field.id in names[:1]:
            demand = Demand.REQUIRED
        shape = shape_of(compiled.pack, form, field)
        yield Asked(field, groups[field.id], shape, demand, hint(field, choices))


def _rules(compiled: CompiledPack, form: Form) -> Iterator[RowRule]:
    from desktop.expr.words import say_rule  # noqa: PLC0415 - brings the parser

    own = set(compiled.pack.rule_by_id)
    for rule in compiled.audit.of(form.id).rules:
        check, when = rule.outcome.expression, rule.outcome.when
        said = rule.rule.id in own
        words = say_rule(check, when, compiled.schema) if said else ""
        yield RowRule(check, when, rule.fields, rule.rule.level, words)


def _hidden(compiled: CompiledPack, form: Form) -> Iterator[tuple[str, Expression]]:
    """Give the fields that are asked for under a condition only."""
    from desktop.expr.parse import Expression as Read  # noqa: PLC0415 - brings the parser
    from desktop.expr.parse import RecordContext  # noqa: PLC0415 - same
    from desktop.expr.parse import parse  # noqa: PLC0415 - same

    for field in form.stored:
        if field.visible_when is not None:
            context = RecordContext(form.id)
            found = parse(field.visible_when, compiled.schema, context)
            if isinstance(found, Read):
                yield field.id, found


# --- Files ----------------------------------------------------------------------------


class _Files:
    """Shares rows out to files and names them, each once."""

    def __init__(self, units: Sequence[Unit], form: Form, period: Period) -> None:
        self._names = written_names(units)
        self._form, self._period = form, period
        self._taken: set[str] = set()

    def one(
        self, whole: Collection, lines: Iterable[KnownLine], unit: Unit
    ) -> Collection:
        """Put all rows into one file."""
        found = tuple(one.line for one in lines)
        return replace(whole, lines=found, name=self._name(unit.name))

    def by_unit(
        self, whole: Collection, lines: Sequence[KnownLine], within: Sequence[Unit]
    ) -> Iterator[Collection]:
        """Give each unit that has rows a file."""
        for unit in within:
            code = str(unit.code)
            own = [one for one in lines if one.unit == code]
            if own:
                asked = replace(whole, unit=code, units=(self._names[code],))
                yield self.one(asked, own, unit)

    def by_facility(
        self, whole: Collection, lines: Sequence[KnownLine]
    ) -> Iterator[Collection]:
        """Give each facility a file of its own."""
        for one in lines:
            asked = replace(whole, unit=one.unit, units=(self._names[one.unit],))
            yield replace(asked, lines=(one.line,), name=self._name(one.name))

    def _name(self, whose: str) -> str:
        """Name a file so that no two are the same wherever capitals do not matter."""
        rest = f"{self._period.title}-{self._form.title}"
        name, number = clean_name(f"{whose}-{rest}"), 1
        while name.casefold() in self._taken:
            number += 1
            name = clean_name(f"{whose}({number})-{rest}")
        self._taken.add(name.casefold())
        return name
