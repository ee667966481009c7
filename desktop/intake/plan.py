"""Planning an import: what each row of a table would do to the ledger.

Nothing is dropped: a value that does not fit its field leaves the cell as it was and is
kept as a remark on it; a row that cannot be imported is a row of the plan that says
why; rows that are no records are listed with their text.

Choices of ours: what a row leaves blank never empties a cell of the ledger; a default
of the form is used for new records only, and only where the table has no column for
the field; a person's constant fills what the table leaves blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as part
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.core.cells import BLANK
from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.entry import parse_entry
from desktop.forms.model import Roster
from desktop.intake.cleaning import clean_text
from desktop.intake.identity import Registry
from desktop.intake.identity import Sighting
from desktop.intake.places import Place
from desktop.intake.places import Places
from desktop.intake.plan_values import Existing
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import ImportPlan
from desktop.intake.plan_values import Remark
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import RowPlan
from desktop.intake.plan_values import SkippedRow
from desktop.intake.plan_values import SkipReason
from desktop.intake.plan_values import UnitFrom
from desktop.intake.repair import CellProblem
from desktop.intake.repair import Column
from desktop.intake.repair import read_cell
from desktop.intake.rows import skip
from desktop.intake.totals import totals_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.cells import Cell
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.intake.header import Matching
    from desktop.intake.plan_values import ImportContext
    from desktop.intake.table import RawCell
    from desktop.intake.table import Table

_NO_OPTIONS: Final = ImportOptions()


def plan_import(
    table: Table,
    form: Form,
    pack: Pack,
    matching: Matching,
    context: ImportContext,
    *,
    options: ImportOptions = _NO_OPTIONS,
) -> ImportPlan | Message:
    """Plan the import of a table into a form.

    A message says why there can be no plan: no column names the records, or an option
    speaks of a column, field or unit that is not there.
    """
    name = matching.column_of(form.name if isinstance(form, Roster) else UNIT)
    if name is None:
        return message("intake.no_name_column", form=form.title)
    filters = _filters(matching, options.where)
    if isinstance(filters, Message):
        return filters
    constants = _constants(form, pack, options.constants)
    if isinstance(constants, Message):
        return constants
    codes = {str(unit.code) for unit in context.units}
    if unknown := sorted(set(options.units.values()) - codes):
        return message("intake.no_such_unit", unit=unknown[0])
    columns = _columns(table, form, pack, matching)
    planner = _Planner(
        _Settings(form, columns, constants, matching.column_of(UNIT)),
        Registry(form, context),
        Places(context, options.units),
    )
    sorted_rows = _sort_rows(table, matching, name, filters)
    rows = tuple(planner.row(row) for row in sorted_rows.records)
    return ImportPlan(
        form=form.id,
        form_title=form.title,
        period=context.period,
        matching=matching,
        rows=rows,
        skipped=sorted_rows.skipped,
        filtered=sorted_rows.filtered,
        totals=tuple(totals_of(columns, planner.taken, sorted_rows.totals)),
        notes=tuple(_notes(table, matching)),
    )


@dataclass(frozen=True, slots=True)
class _SortedRows:
    """The rows below the head, each in one place."""

    records: tuple[tuple[RawCell, ...], ...]
    skipped: tuple[SkippedRow, ...]
    totals: tuple[tuple[RawCell, ...], ...]
    filtered: int


def _sort_rows(
    table: Table, matching: Matching, name: int, filters: Mapping[int, str]
) -> _SortedRows:
    header = matching.header
    below = [row for row in table.rows if row[0].row > header.last_row]
    why = {row[0].row: skip(row, header, name) for row in below}
    kept = [row for row in below if why[row[0].row] is None]
    records = tuple(row for row in kept if _wanted(row, filters))
    skipped = tuple(reason for reason in why.values() if reason is not None)
    totals = {one.row for one in skipped if one.reason is SkipReason.TOTAL}
    return _SortedRows(
        records,
        skipped,
        tuple(row for row in below if row[0].row in totals),
        len(kept) - len(records),
    )


def _columns(
    table: Table, form: Form, pack: Pack, matching: Matching
) -> dict[int, Column]:
    """Give the columns that carry fields."""
    return {
        at: Column(
            form.by_id[target],
            pack.choices(form.id, target),
            table.typed,
            table.epoch_1904,
        )
        for at, target in matching.by_column.items()
        if target != UNIT
    }


@dataclass(frozen=True, slots=True)
class _Settings:
    """What holds for every row."""

    form: Form
    columns: Mapping[int, Column]
    constants: Mapping[str, Cell]
    unit_column: int | None


@dataclass(slots=True)
class _Planner:
    """Plans rows one by one and remembers which records it has met.

    `taken` are the cells the table gives of rows imported or there already.
    """

    settings: _Settings
    registry: Registry
    places: Places
    taken: list[Mapping[str, Cell]] = part(default_factory=list)
    _met: dict[object, int] = part(default_factory=dict)

    def row(self, raw: tuple[RawCell, ...]) -> RowPlan:
        """Plan one row."""
        by_column = {cell.column: cell for cell in raw}
        column = self.settings.unit_column
        place = self.places.of(by_column.get(column) if column is not None else None)
        draft, cells = self._read(raw[0].row, by_column, place)
        found = place.problem or self._recognise(draft.row, cells, place)
        match found:
            case Message():
                return replace(draft, cells=tuple(cells.items()), problem=found)
            case Existing():
                self.taken.append(cells)
                return _update(draft, cells, place, found)
            case None:
                plan = self._new(draft, cells)
                self.taken.append(dict(plan.cells))
                return plan
            case never:
                assert_never(never)

    def _read(
        self, row: int, by_column: Mapping[int, RawCell], place: Place
    ) -> tuple[RowPlan, dict[str, Cell]]:
        """Read a row's cells into a plan that decides nothing yet."""
        readings = {
            column.field.id: read_cell(by_column[at], column)
            for at, column in self.settings.columns.items()
            if at in by_column
        }
        given = {
            field: reading.cell
            for field, reading in readings.items()
            if reading.cell is not BLANK
        }
        cells = {**self.settings.constants, **given}
        unfit = [reading.problem for reading in readings.values() if reading.problem]
        repairs = [repair for one in readings.values() for repair in one.repairs]
        draft = RowPlan(
            row=row,
            kind=RowKind.PROBLEM,
            name=self._name(cells, place),
            unit=place.unit,
            unit_from=place.how,
            remarks=tuple(
                self._remark(problem)
                for problem in (*unfit, *([place.unfit] if place.unfit else []))
            ),
            repairs=(*repairs, *([place.repair] if place.repair else [])),
            unfit=(*unfit, *([place.unfit] if place.unfit else [])),
        )
        return draft, cells

    def _name(self, cells: Mapping[str, Cell], place: Place) -> str:
        form = self.settings.form
        return str(cells.get(form.name, "") if isinstance(form, Roster) else place.unit)

    def _remark(self, problem: CellProblem) -> Remark:
        """Keep what did not fit; for a unit's name, beside the record's own name."""
        form = self.settings.form
        if problem.field != UNIT:
            return Remark(problem.field, message("intake.remark", text=problem.text))
        field = form.name if isinstance(form, Roster) else form.fields[0].id
        return Remark(field, message("intake.remark_unit", text=problem.text))

    def _recognise(
        self, row: int, cells: Mapping[str, Cell], place: Place
    ) -> Existing | Message | None:
        """Find the record, and see that no two rows are the same one."""
        seen = Sighting(cells, place.named)
        roster = isinstance(self.settings.form, Roster)
        if roster and not self.registry.name_of(cells):
            return message("intake.row.no_name")
        if not roster and place.named is None:
            return message("intake.row.no_unit")
        found = self.registry.find(seen)
        keys: list[object] = list(self.registry.keys(seen))
        if isinstance(found, Existing):
            keys.append(found.facility)
        twice = [self._met[key] for key in keys if key in self._met]
        self._met = {**dict.fromkeys(keys, row), **self._met}
        return message("intake.row.twice", row=twice[0]) if twice else found

    def _new(self, draft: RowPlan, cells: Mapping[str, Cell]) -> RowPlan:
        """Plan a record that is not there yet."""
        carried = {column.field.id for column in self.settings.columns.values()}
        defaults = {
            field.id: value
            for field in self.settings.form.stored
            if (value := getattr(field, "default", None)) is not None
            and field.id not in carried
            and field.id not in cells
        }
        return replace(
            draft,
            kind=RowKind.NEW,
            cells=tuple({**cells, **defaults}.items()),
            defaults=tuple(defaults),
        )


def _update(
    draft: RowPlan, cells: Mapping[str, Cell], place: Place, record: Existing
) -> RowPlan:
    """Plan the change of a record."""
    before = {field: record.cells.get(field, BLANK) for field in cells}
    changed = {field: cell for field, cell in cells.items() if before[field] != cell}
    moved = place.named not in {None, record.unit}
    remarks = tuple(
        replace(remark, noted=record.notes.get(f"field:{remark.field}", ""))
        for remark in draft.remarks
    )
    remarks = tuple(remark for remark in remarks if not _noted(remark))
    same = not (changed or moved or remarks)
    return replace(
        draft,
        kind=RowKind.UNCHANGED if same else RowKind.UPDATE,
        unit=place.unit if moved else record.unit,
        unit_from=place.how if place.named else UnitFrom.RECORD,
        facility=record.facility,
        cells=tuple(changed.items()),
        before=tuple((field, before[field]) for field in changed),
        moved_from=record.unit if moved else None,
        remarks=remarks,
    )


def _noted(remark: Remark) -> bool:
    """Tell whether an earlier import kept the same text."""
    return str(dict(remark.words.params)["text"]) in remark.noted


def _filters(matching: Matching, where: Mapping[str, str]) -> dict[int, str] | Message:
    filters = {}
    for text, wanted in where.items():
        head = matching.head_named(text)
        if head is None:
            return message("intake.no_such_column", name=text)
        filters[head.column] = clean_text(wanted)
    return filters


def _wanted(row: tuple[RawCell, ...], filters: Mapping[int, str]) -> bool:
    texts = {cell.column: clean_text(cell.text) for cell in row}
    return all(texts.get(at, "") == text for at, text in filters.items())


def _constants(
    form: Form, pack: Pack, given: Mapping[str, str]
) -> dict[str, Cell] | Message:
    constants: dict[str, Cell] = {}
    stored = {field.id: field for field in form.stored}
    for name, text in given.items():
        if name not in stored:
            return message("intake.no_such_field", name=name, form=form.title)
        entry = parse_entry(stored[name], text, pack.choices(form.id, name))
        if isinstance(entry, Message):
            return entry
        constants[name] = entry
    return constants


def _notes(table: Table, matching: Matching) -> Iterator[Message]:
    """Tell of merged and hidden cells where the records are."""
    last = matching.header.last_row
    for area in table.merges:
        if area.bottom > last:
            yield message("intake.merged", sheet=table.sheet, cells=area.address)
    hidden = sum(row > last for row in table.hidden_rows)
    if hidden:
        yield message("intake.hidden_among", sheet=table.sheet, count=hidden)
