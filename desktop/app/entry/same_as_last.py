"""Cells filled with what the same facilities reported last period (同上期)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.entry import edits
from desktop.core.cells import BLANK
from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.entry.prior_values import Prior
    from desktop.core.cells import Cell
    from desktop.core.changes import Action
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.store.records import Record


@frozen
class Taken:
    """What of the cells asked for was there last period.

    `action` is None where nothing is to change. `without` counts the cells for which
    last period has nothing.
    """

    action: Action | None
    without: int


def same_cells(
    cells: Sequence[tuple[Record, Field]],
    priors: Mapping[RecordId, tuple[Prior, ...]],
) -> Taken:
    """Fill cells with last period's; where it has nothing, they stay as they are."""
    there = [
        (record, field, cell)
        for record, field in cells
        if (cell := _last(priors.get(record.id, ()), field)) is not BLANK
    ]
    return _taken(there, len(cells) - len(there))


def same_record(form: Form, record: Record, priors: tuple[Prior, ...]) -> Taken:
    """Fill what a record has still empty with last period's; what is typed stays."""
    empty = [
        field for field in form.stored if record.cells.get(field.id, BLANK) is BLANK
    ]
    found = same_cells([(record, field) for field in empty], {record.id: priors})
    return replace(found, without=0 if priors else len(empty))


def _last(priors: tuple[Prior, ...], field: Field) -> Cell:
    return priors[0].cell(field.id) if priors else BLANK


def _taken(cells: Sequence[tuple[Record, Field, Cell]], without: int) -> Taken:
    changes = edits.set_cells(cells).changes
    if not changes:
        return Taken(None, without)
    title = message("app.same", count=len(changes))
    return Taken(replace(edits.set_cells(cells), title=title), without)
