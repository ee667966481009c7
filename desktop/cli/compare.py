"""`taizhang compare`: one ledger held against several packs, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.compiled import compiled_for
from desktop.app.figures.comparing import candidate
from desktop.app.figures.comparing import compare as compare_packs
from desktop.app.figures.comparing import own_candidate
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import period_of
from desktop.cli.figure_facts import figure_facts
from desktop.cli.indicators import unit_of
from desktop.cli.named_pack import pack_of
from desktop.export.building.figure_words import quantity
from desktop.export.wording import DIFFERENCES

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.figures.comparing import Cell
    from desktop.app.figures.comparing import Comparison
    from desktop.app.figures.comparing import Row
    from desktop.cli.desk import Desk
    from desktop.forms.model import Pack

INDENT: Final = "    "


def compare(desk: Desk, options: Namespace) -> int:
    """Compute a period by the ledger's own pack and by others."""
    names = dict.fromkeys(options.pack)
    others = [pack_of(desk, name) for name in names]
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        compiled, unit = compiled_for(ledger, period), unit_of(ledger, options.unit)
        wanted = [other for other in others if other.id != compiled.pack.id]
        asked = [
            own_candidate(compiled),
            *(candidate(compiled, each) for each in wanted),
        ]
        found = run_steps(compare_packs(ledger, period, unit.code, asked))
    if options.json:
        desk.answer(
            {
                "unit": unit.code,
                "unit_name": unit.name,
                "period": period.code,
                "packs": [_pack_facts(pack) for pack in found.packs],
                "rows": [_row_facts(desk, found, row) for row in found.rows],
            }
        )
        return DONE
    desk.tell("{unit}, {period}, side by side:", unit=unit.name, period=period.title)
    for row in found.rows:
        _tell(desk, found, row)
    return DONE


def _tell(desk: Desk, found: Comparison, row: Row) -> None:
    """Say one indicator: a line a pack, and below where they differ."""
    desk.line(f"  {row.title}")
    for pack, cell in zip(found.packs, row.cells, strict=True):
        if cell is not None:
            desk.line(f"{INDENT}{pack.title}：{_said(desk, cell)}")
    if not row.differences:
        return
    named = "、".join(DIFFERENCES[each] for each in row.differences)
    if row.meant_differently:
        desk.tell("    ! Not the same thing, they differ in: {named}", named=named)
        for pack, cell in zip(found.packs, row.cells, strict=True):
            if cell is not None:
                desk.line(f"{INDENT}  {pack.title}：{cell.line.formula}")
    else:
        desk.tell("    They differ in: {named}", named=named)


def _said(desk: Desk, cell: Cell) -> str:
    if cell.lacking:
        return " ".join(desk.say.message(each) for each in cell.lacking)
    shown = cell.figure.shown if cell.figure is not None else None
    value = "—" if shown is None else quantity(shown, cell.indicator.measure)
    wanted = cell.line.target and desk.say("target {target}", target=cell.line.target)
    parts = (f"[{cell.line.status}] {value}", wanted or cell.line.baseline)
    return "；".join(filter(None, parts))


def _pack_facts(pack: Pack) -> dict[str, object]:
    return {"pack": pack.id, "title": pack.title, "version": pack.version}


def _row_facts(desk: Desk, found: Comparison, row: Row) -> dict[str, object]:
    return {
        "title": row.title,
        "differences": [each.value for each in row.differences],
        "meant_differently": row.meant_differently,
        "cells": [
            None if cell is None else _cell_facts(desk, pack, cell)
            for pack, cell in zip(found.packs, row.cells, strict=True)
        ],
    }


def _cell_facts(desk: Desk, pack: Pack, cell: Cell) -> dict[str, object]:
    return {
        "title": cell.indicator.title,
        "formula": cell.line.formula,
        "lacking": [desk.say.message(each) for each in cell.lacking],
        "figure": None if cell.figure is None else figure_facts(pack, cell.figure),
    }
