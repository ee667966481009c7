"""`taizhang rollup`: a form added up over units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.compiled import compiled_for
from desktop.app.figures.rolling import rolled
from desktop.app.figures.rolling import rollup_report
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.indicators import unit_of
from desktop.core.messages import message
from desktop.core.rounding import Scale
from desktop.export.building.rollup import Printing
from desktop.export.building.rollup import notes_of
from desktop.export.building.rollup import rolled_sheet
from desktop.export.building.rollup import rollup_table
from desktop.indicators.rolled import Breadth
from desktop.indicators.rolled import Extent

if TYPE_CHECKING:
    from argparse import Namespace
    from decimal import Decimal

    from desktop.cli.desk import Desk
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.export.building.rollup import RolledLine
    from desktop.export.building.rollup import RolledSheet
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

EVERY_LEVEL = 9
"""More levels than a tree of units has."""


def rollup(desk: Desk, options: Namespace) -> int:
    """Add a form up for a unit, with a line for each unit below."""
    printing = printing_of(options.scale, options.digits)
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        sheet = _sheet(ledger, period, options, printing)
        remarks: tuple[Message, ...] = ()
        if options.xlsx is not None:
            remarks = _write(ledger, period, sheet, Path(options.xlsx))
    if options.json:
        desk.answer({**_facts(sheet, period), "file": options.xlsx})
    elif options.xlsx is None:
        _tell(desk, sheet, period)
    else:
        desk.tell("Written and read back: {path}", path=options.xlsx)
        for said in remarks:
            desk.told(said, "  ")
    return DONE


def printing_of(scale: str | None, digits: str | None) -> Printing:
    """Read how numbers are printed.

    Raises:
        CannotRunError: There is no such scale, or the decimals are no number.
    """
    names = [one.value for one in Scale]
    if scale is not None and scale not in names:
        known = "、".join(names)
        raise CannotRunError(message("cli.no-scale", scale=scale, known=known))
    if digits is not None and digits not in tuple("01234"):
        raise CannotRunError(message("cli.bad-digits", digits=digits))
    plain = Printing()
    return Printing(
        plain.scale if scale is None else Scale(scale),
        plain.digits if digits is None else int(digits),
    )


def _sheet(
    ledger: Ledger, period: Period, options: Namespace, printing: Printing
) -> RolledSheet:
    compiled = compiled_for(ledger, period)
    form = _form(compiled.pack, options.form)
    extent = Extent(
        unit_of(ledger, options.unit),
        Breadth(options.scope),
        EVERY_LEVEL if options.deep else 1,
    )
    whole = run_steps(rolled(ledger, compiled, form, period, extent))
    return rolled_sheet(whole, printing)


def _form(pack: Pack, wanted: str) -> str:
    for form in pack.forms:
        if wanted in (form.id, form.title):
            return form.id
    known = "、".join(form.id for form in pack.forms)
    raise CannotRunError(message("app.unknown-form", form=wanted, known=known))


def _write(
    ledger: Ledger, period: Period, sheet: RolledSheet, path: Path
) -> tuple[Message, ...]:
    from desktop.export.xlsx.writing import write_tables

    root = sheet.rolled.top.unit
    report = rollup_report(ledger, period, root, rollup_table(sheet))
    return write_tables(report, path).remarks


def _tell(desk: Desk, sheet: RolledSheet, period: Period) -> None:
    """Write the lines with what they hold, and the notes."""
    table = rollup_table(sheet)
    root = sheet.rolled.top.unit.name
    desk.line(f"{root}　{table.title}　{period.title}")
    for line in (*sheet.lines[1:], sheet.lines[0]):
        desk.line(
            f"  {'　' * max(line.depth - 1, 0)}{line.label}：{_said(sheet, line)}"
        )
    for note in table.notes:
        desk.line(note)


def _said(sheet: RolledSheet, line: RolledLine) -> str:
    figures = line.row.figures
    if not figures.started:
        return "—"
    parts = [f"{figures.records} 条"]
    for column, value in zip(sheet.columns, line.cells, strict=True):
        number = "—" if value is None else f"{value:,f}"
        parts.append(f"{column.title} {number} {column.printed.measure or ''}".rstrip())
    return "；".join(parts)


def _facts(sheet: RolledSheet, period: Period) -> dict[str, object]:
    rolled = sheet.rolled
    return {
        "form": rolled.plan.form.id,
        "title": rolled.plan.form.title,
        "period": period.code,
        "scope": rolled.breadth.value,
        "unit": rolled.top.unit.code,
        "scale": sheet.printing.scale.value,
        "columns": [
            {
                "field": column.source.field.id,
                "title": column.title,
                "measure": column.printed.measure,
                "divisor": column.printed.divisor,
            }
            for column in sheet.columns
        ],
        "rows": [_row(sheet, line) for line in sheet.lines],
        "notes": list(notes_of(sheet)),
    }


def _row(sheet: RolledSheet, line: RolledLine) -> dict[str, object]:
    row, figures = line.row, line.row.figures
    totals = zip(sheet.columns, figures.totals, line.cells, strict=True)
    return {
        "unit": row.unit.code,
        "unit_name": row.unit.name,
        "kind": row.kind.value,
        "depth": line.depth,
        "counts": row.counts,
        "started": figures.started,
        "records": figures.records,
        "counted": figures.counted,
        "values": [
            {
                "field": column.source.field.id,
                "value": _plain(total.value),
                "printed": _plain(printed),
                "blank": total.blank,
            }
            for column, total, printed in totals
        ],
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
