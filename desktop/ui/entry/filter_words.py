"""Says in words what a grid is filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.entry.listing import Marked
from desktop.core.cells import Absent
from desktop.forms.entry import format_cell
from desktop.forms.fields import Binding
from desktop.forms.fields import ChoicesField
from desktop.store.conditions import Between
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.words import Words
    from desktop.forms.fields import Field
    from desktop.store.conditions import Condition
    from desktop.ui.workplace import Workplace

NAMED: Final = 3
"""Contents that are named one by one before the rest are counted."""


def condition_words(work: Workplace, field: Field, condition: Condition) -> str:
    """Say what a column is filtered by."""
    say = work.say
    match condition:
        case Contains(_, text):
            return say("{field} has “{text}”", field=field.title, text=text)
        case Between(_, low, high):
            return _bounds(say, field, low, high)
        case OneOf(_, cells):
            named = [cell_words(work, field, cell) for cell in cells[:NAMED]]
            if len(cells) > NAMED:
                named.append(say("and {count} more", count=len(cells) - NAMED))
            return say("{field}: {what}", field=field.title, what="、".join(named))
        case Not(OneOf(_, (Absent.BLANK,))):
            return say("{field} is not blank", field=field.title)
        case _:
            return field.title


def cell_words(work: Workplace, field: Field, cell: Cell) -> str:
    """Say a content as the grid shows it; what is not there by its name."""
    if cell is Absent.BLANK:
        return work.say("(blank)")
    if field.binds in (Binding.UNIT_CODE, Binding.UNIT_PARENT):
        unit = work.unit(str(cell))
        return str(cell) if unit is None else unit.name
    if isinstance(field, ChoicesField) and isinstance(cell, str):
        return cell
    return format_cell(field, cell)


def marked_words(say: Words, marked: Marked) -> str:
    """Say which findings records must have."""
    match marked:
        case Marked.ANY:
            return say("With findings")
        case Marked.ERRORS:
            return say("With errors")
        case _:
            return say("Without explanation")


def _bounds(say: Words, field: Field, low: Cell | None, high: Cell | None) -> str:
    first = None if low is None else format_cell(field, low)
    last = None if high is None else format_cell(field, high)
    if last is None:
        return say("{field} ≥ {low}", field=field.title, low=first or "")
    if first is None:
        return say("{field} ≤ {high}", field=field.title, high=last)
    return say("{field} {low} to {high}", field=field.title, low=first, high=last)
