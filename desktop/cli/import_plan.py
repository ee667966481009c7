"""What an import does, in words for a person and as documented JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.core.layout import UNIT
from desktop.intake.action import summary
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import SkipReason
from desktop.intake.plan_values import UnitFrom

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.files.importing import ReadyImport
    from desktop.cli.desk import Desk
    from desktop.forms.model import Form
    from desktop.intake.plan_values import ImportPlan
    from desktop.intake.plan_values import RowPlan
    from desktop.intake.plan_values import Total

SHOWN: Final = 10
"""Lines about single rows that are shown before the rest is only counted."""
SKIPPED: Final[Mapping[SkipReason, str]] = {
    SkipReason.TOTAL: mark("a row of totals"),
    SkipReason.HEAD_AGAIN: mark("the head again"),
    SkipReason.COLUMN_NUMBERS: mark("numbers of columns"),
    SkipReason.FOOTNOTE: mark("a note below the table"),
    SkipReason.EMPTY: mark("an empty row"),
}


class PlanTeller:
    """Says a plan to a person, line by line."""

    def __init__(self, desk: Desk, ready: ReadyImport, form: Form) -> None:
        """Take the plan and the form it is for."""
        self._desk = desk
        self._ready = ready
        self._form = form

    def tell(self, used: Collection[str], *, applied: bool) -> None:
        """Say it all; `used` are heads of columns that chose the rows."""
        desk, plan, counts = self._desk, self._ready.plan, summary(self._ready.plan)
        desk.tell(
            "Imported {file} into {form}:"
            if applied
            else "What importing {file} into {form} would do (nothing was changed):",
            file=self._ready.source.file,
            form=self._form.title,
        )
        desk.tell(
            "  {new} new, {update} changed, {unchanged} as before, {problem} not "
            "imported, {filtered} left out as asked",
            new=counts.new,
            update=counts.update,
            unchanged=counts.unchanged,
            problem=counts.problem,
            filtered=counts.filtered,
        )
        for total in plan.totals:
            self._total(total)
        self._columns(used)
        for said in (*self._ready.source.notes, *plan.notes):
            desk.told(said, "  ")
        lines = [*self._rows(), *self._unfit(), *self._skipped(), *self._repairs()]
        for line in lines[:SHOWN]:
            desk.line(f"  {line}")
        if len(lines) > SHOWN:
            desk.tell("  … and {count} more (see --json)", count=len(lines) - SHOWN)

    def _total(self, total: Total) -> None:
        self._desk.tell(
            "  {field}: total {sum} over {values} rows, {blanks} blank",
            field=self._title(total.field),
            sum=f"{total.sum:,}",
            values=total.values,
            blanks=total.blanks,
        )
        if total.stated is not None and total.stated != total.sum:
            self._desk.tell(
                "    The table itself states a total of {stated} (cell {cell}): please "
                "check",
                stated=f"{total.stated:,}",
                cell=total.stated_at or "—",
            )

    def _columns(self, used: Collection[str]) -> None:
        matching = self._ready.plan.matching
        kinds = (
            (
                [head.text for head in matching.unmatched if head.text not in used],
                mark("  Columns that fit no field, left aside: {columns}"),
            ),
            (
                [each.head.text for each in matching.duplicates],
                mark(
                    "  Columns for a field that has one already, left aside: {columns}"
                ),
            ),
            (
                [each.head.text for each in matching.locked],
                mark("  Columns the ledger computes by itself, left aside: {columns}"),
            ),
        )
        for heads, words in kinds:
            if heads:
                self._desk.tell(words, columns="、".join(heads))

    def _rows(self) -> Iterator[str]:
        say = self._desk.say
        for row in self._ready.plan.rows:
            where = say("row {row}, {name}", row=row.row, name=row.name)
            if row.problem is not None:
                yield f"{where}：{say.message(row.problem)}"
            elif row.unit_from is UnitFrom.ROOT:
                yield say(
                    "{where}: names no unit; kept under the topmost one", where=where
                )
            elif row.unit_from is UnitFrom.UNSURE:
                yield say(
                    "{where}: its unit is not certain; kept under the topmost one",
                    where=where,
                )

    def _unfit(self) -> Iterator[str]:
        """Say once what fits no cell, however many rows have it."""
        unfit = [problem for row in self._ready.plan.rows for problem in row.unfit]
        counts = Counter((each.field, each.text, each.why) for each in unfit)
        for (field, text, why), count in counts.items():
            yield self._desk.say(
                "{field}: “{text}” was not taken ({count} rows). {why} The text is "
                "kept beside the cell as a remark.",
                field=self._title(field),
                text=text,
                count=count,
                why=self._desk.say.message(why),
            )

    def _skipped(self) -> Iterator[str]:
        say = self._desk.say
        for skipped in self._ready.plan.skipped:
            yield say(
                "row {row} is no record but {reason}: {text}",
                row=skipped.row,
                reason=say(SKIPPED[skipped.reason]),
                text=skipped.text,
            )

    def _repairs(self) -> Iterator[str]:
        for row in self._ready.plan.rows:
            for repair in row.repairs:
                yield self._desk.say(
                    "{cell}, {field}: “{before}” read as “{after}”",
                    cell=repair.address,
                    field=self._title(repair.field),
                    before=repair.before,
                    after=repair.after,
                )

    def _title(self, field: str) -> str:
        if field == UNIT:
            return self._desk.say("unit")
        return self._form.by_id[field].title


def plan_facts(desk: Desk, ready: ReadyImport, *, applied: bool) -> dict[str, object]:
    """Give the documented JSON of a plan."""
    plan = ready.plan
    return {
        "file": ready.source.file,
        "sha256": ready.source.digest,
        "form": plan.form,
        "period": plan.period,
        "applied": applied,
        "rows": {kind.value: _count(plan, kind) for kind in RowKind},
        "filtered": plan.filtered,
        "skipped": [
            {"row": skipped.row, "reason": skipped.reason.value, "text": skipped.text}
            for skipped in plan.skipped
        ],
        "unmatched_columns": [head.text for head in plan.matching.unmatched],
        "totals": {total.field: _total(total) for total in plan.totals},
        "notes": [
            desk.say.message(said) for said in (*ready.source.notes, *plan.notes)
        ],
        "remarks": [remark for row in plan.rows for remark in _remarks(desk, row)],
    }


def _count(plan: ImportPlan, kind: RowKind) -> int:
    return sum(row.kind is kind for row in plan.rows)


def _total(total: Total) -> dict[str, object]:
    return {
        "sum": float(total.sum),
        "values": total.values,
        "blanks": total.blanks,
        "stated": None if total.stated is None else float(total.stated),
    }


def _remarks(desk: Desk, row: RowPlan) -> Iterator[dict[str, object]]:
    about = {"row": row.row, "name": row.name, "unit": row.unit}
    if row.problem is not None:
        yield {**about, "kind": "problem", "text": desk.say.message(row.problem)}
    elif row.unit_from is UnitFrom.ROOT:
        yield {**about, "kind": "no_unit"}
    elif row.unit_from is UnitFrom.UNSURE:
        yield {**about, "kind": "unit_unsure"}
    for unfit in row.unfit:
        yield {
            **about,
            "kind": "unfit",
            "cell": unfit.address,
            "field": unfit.field,
            "before": unfit.text,
            "text": desk.say.message(unfit.why),
        }
    for repair in row.repairs:
        yield {
            **about,
            "kind": "repair",
            "cell": repair.address,
            "field": repair.field,
            "before": repair.before,
            "after": repair.after,
        }
    if row.defaults:
        yield {**about, "kind": "defaults", "fields": list(row.defaults)}
