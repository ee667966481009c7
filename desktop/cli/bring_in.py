"""`taizhang import`: bring a table into a form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.importing import ImportWish
from desktop.app.importing import import_action
from desktop.app.importing import plan_file
from desktop.app.importing import read_file
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.action import summary
from desktop.intake.plan_values import ImportOptions
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import UnitFrom
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from desktop.app.importing import ReadyImport
    from desktop.cli.desk import Desk
    from desktop.forms.model import Form
    from desktop.intake.plan_values import ImportPlan
    from desktop.intake.plan_values import RowPlan

_UNPLACED = (UnitFrom.ROOT, UnitFrom.UNSURE)
SHOWN = 10
"""Lines of a kind that are shown before the rest is only counted."""


def bring_in(desk: Desk, options: Namespace) -> int:
    """Import a file into a form; with `--dry-run` only show what would happen."""
    with desk.open(Path(options.ledger), read_only=options.dry_run) as ledger:
        period = period_of(ledger, options.period)
        source = read_file(Path(options.file), desk.places.reader)
        if isinstance(source, Message):
            raise CannotRunError(source)
        ready = plan_file(ledger, period, source, _wish(options))
        if isinstance(ready, Message):
            raise CannotRunError(ready)
        form = ledger.pack().form_by_id[options.form]
        if not options.dry_run:
            action = import_action(ready, form, desk.say, desk.person.new_id)
            answer = ledger.apply(action)
            if isinstance(answer, Stale):
                raise CannotRunError(answer.conflicts[0].message)
    if options.json:
        desk.answer(_facts(desk, ready, applied=not options.dry_run))
    else:
        _report(desk, ready, form, applied=not options.dry_run)
    return FOUND if summary(ready.plan).problem else DONE


def _wish(options: Namespace) -> ImportWish:
    chosen = ImportOptions(
        where=_pairs(options.where, "--where"),
        constants=_pairs(options.set, "--set"),
        units=_pairs(options.place, "--place"),
    )
    return ImportWish(
        path=Path(options.file),
        form=options.form,
        sheet=options.sheet,
        heads=_pairs(options.column, "--column"),
        options=chosen,
    )


def _pairs(given: list[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise CannotRunError(message("cli.bad-pair", option=option, text=text))
        pairs[name] = value
    return pairs


def _report(desk: Desk, ready: ReadyImport, form: Form, *, applied: bool) -> None:
    plan, counts = ready.plan, summary(ready.plan)
    desk.tell(
        "Imported {file} into {form}:"
        if applied
        else "What importing {file} into {form} would do (nothing was changed):",
        file=ready.source.file,
        form=form.title,
    )
    desk.tell(
        "  {new} new, {update} changed, {unchanged} as before, {problem} not imported, "
        "{filtered} left out as asked",
        new=counts.new,
        update=counts.update,
        unchanged=counts.unchanged,
        problem=counts.problem,
        filtered=counts.filtered,
    )
    for total in plan.totals:
        desk.tell(
            "  {field}: total {sum} over {values} rows, {blanks} blank",
            field=form.by_id[total.field].title,
            sum=f"{total.sum:,}",
            values=total.values,
            blanks=total.blanks,
        )
    if counts.unmatched_columns:
        desk.tell(
            "  Columns that fit no field, left aside: {columns}",
            columns="、".join(counts.unmatched_columns),
        )
    for said in (*ready.source.notes, *plan.notes):
        desk.told(said, "  ")
    _remarkable(desk, plan, form)


def _remarkable(desk: Desk, plan: ImportPlan, form: Form) -> None:
    lines = [*_rows(desk, plan), *_unfit(desk, plan, form), *_repairs(desk, plan, form)]
    for line in lines[:SHOWN]:
        desk.line(f"  {line}")
    if len(lines) > SHOWN:
        desk.tell("  … and {count} more (see --json)", count=len(lines) - SHOWN)


def _rows(desk: Desk, plan: ImportPlan) -> Iterator[str]:
    for row in plan.rows:
        where = desk.say("row {row}, {name}", row=row.row, name=row.name)
        if row.problem is not None:
            yield f"{where}：{desk.say.message(row.problem)}"
        if row.unit_from in _UNPLACED:
            yield desk.say(
                "{where}: no unit of the ledger is named; kept under the topmost one",
                where=where,
            )


def _unfit(desk: Desk, plan: ImportPlan, form: Form) -> Iterator[str]:
    """Say once what fits no cell, however many rows have it."""
    unfit = [problem for row in plan.rows for problem in row.unfit]
    counts = Counter((problem.field, problem.text) for problem in unfit)
    for (field, text), count in counts.items():
        yield desk.say(
            "{field}: {text} fits no cell ({count} rows); the cells stay as they were "
            "and the text is kept beside them as a remark",
            field=form.by_id[field].title,
            text=f"“{text}”",
            count=count,
        )


def _repairs(desk: Desk, plan: ImportPlan, form: Form) -> Iterator[str]:
    for row in plan.rows:
        for repair in row.repairs:
            yield desk.say(
                "{cell}, {field}: {before} read as {after}",
                cell=repair.address,
                field=form.by_id[repair.field].title,
                before=repair.before,
                after=repair.after,
            )


def _facts(desk: Desk, ready: ReadyImport, *, applied: bool) -> dict[str, object]:
    plan, counts = ready.plan, summary(ready.plan)
    return {
        "file": ready.source.file,
        "sha256": ready.source.digest,
        "form": plan.form,
        "period": plan.period,
        "applied": applied,
        "rows": {kind.value: _count(plan, kind) for kind in RowKind},
        "filtered": counts.filtered,
        "skipped": [
            {"row": skipped.row, "reason": skipped.reason.value, "text": skipped.text}
            for skipped in plan.skipped
        ],
        "unmatched_columns": list(counts.unmatched_columns),
        "totals": {
            total.field: {
                "sum": float(total.sum),
                "values": total.values,
                "blanks": total.blanks,
            }
            for total in plan.totals
        },
        "notes": [desk.say.message(said) for said in plan.notes],
        "remarks": [remark for row in plan.rows for remark in _remarks(desk, row)],
    }


def _count(plan: ImportPlan, kind: RowKind) -> int:
    return sum(row.kind is kind for row in plan.rows)


def _remarks(desk: Desk, row: RowPlan) -> Iterator[dict[str, object]]:
    about = {"row": row.row, "name": row.name, "unit": row.unit}
    if row.problem is not None:
        yield {**about, "kind": "problem", "text": desk.say.message(row.problem)}
    if row.unit_from in _UNPLACED:
        yield {**about, "kind": "no_unit", "text": row.unit_from.value}
    for unfit in row.unfit:
        said = desk.say.message(unfit.why)
        yield {**about, "kind": "unfit", "cell": unfit.address, "text": said}
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
