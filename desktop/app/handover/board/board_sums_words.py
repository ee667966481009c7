"""Sums over the units that handed in, as a table to look at and to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.entry.blocks import to_text

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.app.handover.board.board_sums import HandedSums
    from desktop.app.handover.board.board_sums import Sum
    from desktop.core.words import Words


def sums_heads(sums: HandedSums, say: Words) -> tuple[str, ...]:
    """Name the columns: what, how much, of how many units, then each unit."""
    own = (say("What is summed"), say("Measured in"), say("Sum"))
    more = (say("Units that reported it"), say("Computed here"))
    return (*own, *more, *sums.names.values())


def sums_rows(sums: HandedSums, say: Words) -> list[tuple[str, ...]]:
    """Give a line for each thing that is added up; what nobody handed in is a dash."""
    return [_row(each, sums, say) for each in (*sums.figures, *sums.totals)]


def sums_text(sums: HandedSums, say: Words) -> str:
    """Give the table as spreadsheets take it when it is pasted."""
    return to_text((sums_heads(sums, say), *sums_rows(sums, say)))


def _row(one: Sum, sums: HandedSums, say: Words) -> tuple[str, ...]:
    count = f"{len(one.values)}/{len(sums.names)}"
    total = _number(one.total) if one.values else "—"
    here = "" if one.here is None else _number(one.here)
    if one.here is not None and one.values and one.here != one.total:
        here = say("{value} (differs)", value=here)
    each = (_number(one.values[u]) if u in one.values else "—" for u in sums.names)
    return (one.title, one.measure, total, count, here, *each)


def _number(value: Decimal) -> str:
    return f"{value:f}"
