"""An import's plan in words: what each row, column and repair comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.forms.entry import format_cell
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import SkipReason
from desktop.intake.plan_values import UnitFrom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.files.importing import ReadyImport
    from desktop.forms.model import Form
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.plan_values import Summary
    from desktop.ui.workplace import Workplace

Lines = list[tuple[str, ...]]

KINDS: Final[Mapping[RowKind, str]] = {
    RowKind.NEW: mark("New"),
    RowKind.UPDATE: mark("Changed"),
    RowKind.UNCHANGED: mark("As before"),
    RowKind.PROBLEM: mark("Waits for you"),
}
SKIPPED: Final[Mapping[SkipReason, str]] = {
    SkipReason.TOTAL: mark("A line of totals"),
    SkipReason.HEAD_AGAIN: mark("The head again"),
    SkipReason.COLUMN_NUMBERS: mark("Numbers of columns"),
    SkipReason.FOOTNOTE: mark("A footnote"),
    SkipReason.EMPTY: mark("Nothing in it"),
}
UNPLACED: Final = (UnitFrom.ROOT, UnitFrom.UNSURE)


class PlanLines:
    """The lists an import dialog shows."""

    def __init__(self, work: Workplace, form: Form, ready: ReadyImport) -> None:
        """Take a plan."""
        self._say = work.say
        self._units = work.unit_by_code
        self._form, self._ready, self._plan = form, ready, ready.plan

    def headline(self, count: Summary) -> str:
        """Say in one line what would happen."""
        say = self._say
        text = say(
            "{new} new, {update} changed, {unchanged} as before, "
            "{problem} wait for you",
            new=count.new,
            update=count.update,
            unchanged=count.unchanged,
            problem=count.problem,
        )
        if count.filtered:
            text += say("; {count} left out as you asked", count=count.filtered)
        return text

    def notes(self) -> Iterator[str]:
        """Say what a person should know of the file."""
        for said in (*self._ready.source.notes, *self._plan.notes):
            yield self._say.message(said)

    def tabs(self) -> tuple[tuple[str, tuple[str, ...], Lines], ...]:
        """Give the lists: title, heads, lines."""
        say = self._say
        row, item, text = say("Row"), say("Item"), say("Text")
        return (
            (
                say("Rows"),
                (row, say("Becomes"), say("Record"), say("Unit"), say("Remark")),
                [self._row(one) for one in self._plan.rows],
            ),
            (say("Columns"), (say("Column"), item), list(self._columns())),
            (
                say("Changes"),
                (row, say("Record"), item, say("Before"), say("After")),
                list(self._changes()),
            ),
            (
                say("Repairs"),
                (say("Cell"), item, say("In the file"), say("Read as")),
                list(self._repairs()),
            ),
            (
                say("Not taken"),
                (say("Cell"), item, text, say("Why")),
                list(self._unfit()),
            ),
            (say("Left aside"), (row, say("Why"), text), list(self._skipped())),
            (
                say("Totals"),
                (
                    item,
                    say("Total"),
                    say("Rows"),
                    say("Blank"),
                    say("Stated in the file"),
                ),
                list(self._totals()),
            ),
        )

    def heads(self) -> list[str]:
        """Give the heads of the table."""
        return [head.text for head in self._plan.matching.header.heads if head.text]

    def values_of(self, head: str) -> list[str]:
        """Give what stands below a head, each once."""
        found = self._plan.matching.head_named(head)
        if found is None:
            return []
        texts = (
            cell.text
            for row in self._ready.table.rows
            for cell in row
            if cell.column == found.column and cell.text != head
        )
        return sorted(dict.fromkeys(texts))

    # --- Lines -------------------------------------------------------------

    def _title(self, field: str) -> str:
        known = self._form.by_id.get(field)
        return known.title if known is not None else self._say("Unit")

    def _unit_name(self, code: str) -> str:
        unit = self._units.get(code)
        return unit.name if unit is not None else code

    def _row(self, row: RowPlan) -> tuple[str, ...]:
        said = []
        if row.problem is not None:
            said.append(self._say.message(row.problem))
        if row.unit_from in UNPLACED:
            said.append(self._say("No unit of the ledger is named; kept at the top"))
        said += [self._say.message(one.words) for one in row.remarks]
        kind = self._say(KINDS[row.kind])
        return (
            str(row.row),
            kind,
            row.name,
            self._unit_name(row.unit),
            "；".join(said),
        )

    def _columns(self) -> Iterator[tuple[str, ...]]:
        matching, say = self._plan.matching, self._say
        for match in matching.matches:
            yield match.head.text, self._title(match.target)
        for match in matching.locked:
            title = self._title(match.target)
            yield match.head.text, say("{item}: filled by the program", item=title)
        for match in matching.duplicates:
            title = self._title(match.target)
            yield match.head.text, say("{item}: another column has it", item=title)
        for head in matching.unmatched:
            yield head.text, say("Fits no item; left aside")

    def _changes(self) -> Iterator[tuple[str, ...]]:
        for row in self._plan.rows:
            if row.kind is not RowKind.UPDATE:
                continue
            before = dict(row.before)
            for name, cell in row.cells:
                field = self._form.by_id[name]
                old = format_cell(field, before[name]) if name in before else ""
                yield str(row.row), row.name, field.title, old, format_cell(field, cell)

    def _repairs(self) -> Iterator[tuple[str, ...]]:
        for row in self._plan.rows:
            for repair in row.repairs:
                title = self._title(repair.field)
                yield repair.address, title, repair.before, repair.after

    def _unfit(self) -> Iterator[tuple[str, ...]]:
        for row in self._plan.rows:
            for one in row.unfit:
                why = self._say.message(one.why)
                yield one.address, self._title(one.field), one.text, why

    def _skipped(self) -> Iterator[tuple[str, ...]]:
        for row in self._plan.skipped:
            yield str(row.row), self._say(SKIPPED[row.reason]), row.text

    def _totals(self) -> Iterator[tuple[str, ...]]:
        for total in self._plan.totals:
            stated = "" if total.stated is None else f"{total.stated:,}"
            yield (
                self._title(total.field),
                f"{total.sum:,}",
                str(total.values),
                str(total.blanks),
                stated,
            )
