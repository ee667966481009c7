"""How a cell stands against earlier periods, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.entry.prior_values import difference
from desktop.core.cells import Absent
from desktop.core.frozen import frozen
from desktop.core.period import PeriodKind
from desktop.forms.entry import format_cell
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.entry.prior_values import Difference
    from desktop.app.entry.prior_values import Prior
    from desktop.app.entry.shares import Shares
    from desktop.core.cells import Cell
    from desktop.core.period import Period
    from desktop.core.words import Words
    from desktop.forms.fields import Field


@frozen
class Against:
    """A field's cell now, and the period it is of."""

    field: Field
    now: Cell
    period: Period


def is_number(field: Field) -> bool:
    """Tell whether a field holds numbers."""
    return isinstance(field, IntegerField | DecimalField)


def period_words(say: Words, period: Period, now: Period) -> str:
    """Say which period it is, seen from another one."""
    if period.kind is PeriodKind.YEAR and period.year == now.year - 1:
        return say("Last year")
    if period == now.previous():
        return say("Last period")
    if (period.year, period.number) == (now.year - 1, now.number):
        return say("A year ago")
    return period.title


def prior_lines(say: Words, cell: Against, priors: Sequence[Prior]) -> list[str]:
    """Say for each earlier period what stood there, and how it changed."""
    return [_line(say, cell, prior) for prior in priors]


def _line(say: Words, cell: Against, prior: Prior) -> str:
    before = prior.cell(cell.field.id)
    then = f"{period_words(say, prior.period, cell.period)} {shown(say, cell, before)}"
    if not is_number(cell.field):
        return then
    now = f"{_this(say, cell.period)} {shown(say, cell, cell.now)}"
    if cell.now is Absent.BLANK:
        return then
    changed = difference(before, cell.now)
    tail = f"，{changed_words(say, cell.field, changed)}" if changed else ""
    return f"{then} → {now}{tail}"


def _this(say: Words, period: Period) -> str:
    year = period.kind is PeriodKind.YEAR
    return say("This year") if year else say("This period")


def shown(say: Words, cell: Against, value: Cell) -> str:
    """Write a cell so that an empty one is seen."""
    return format_cell(cell.field, value, thousands=True) or say("empty")


def changed_words(say: Words, field: Field, changed: Difference) -> str:
    """Say by how much a number changed: +30（+25.0 %）."""
    if not changed.amount:
        return say("unchanged")
    size = format_cell(field, abs(changed.amount), thousands=True)
    sign = "+" if changed.amount > 0 else "−"
    if changed.percent is None:
        return f"{sign}{size}"
    return f"{sign}{size}（{sign}{abs(changed.percent):,} %）"


def short_change(say: Words, cell: Against, prior: Prior) -> str:
    """Say for the card what stood last period, and the change to now."""
    before = prior.cell(cell.field.id)
    if before is Absent.BLANK and cell.now is Absent.BLANK:
        return ""
    then = f"{period_words(say, prior.period, cell.period)} {shown(say, cell, before)}"
    changed = difference(before, cell.now) if is_number(cell.field) else None
    if changed is None:
        return then
    return f"{then}，{changed_words(say, cell.field, changed)}"


def share_words(say: Words, found: Shares, unit: str, ledger: str) -> str:
    """Say what part of its unit's and of the ledger's a number is."""
    if not found.counted:
        return say("This record is not counted in the totals.")
    parts = []
    if found.of_unit is not None:
        share = f"{found.of_unit} %"
        parts.append(say("{share} of {unit}", share=share, unit=unit))
    if found.of_ledger is not None:
        share = f"{found.of_ledger} %"
        parts.append(say("{share} of {unit}", share=share, unit=ledger))
    return "，".join(parts)
