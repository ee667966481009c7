"""Blocks of cells as text that Excel and WPS understand, and what pasting would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.forms.entry import parse_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field


@frozen
class Refused:
    """A cell of a pasted block that was not taken, and why."""

    row: int
    field: Field
    text: str
    reason: Message | None
    """None where the cell is locked."""


@frozen
class PastePlan:
    """What a paste would set, by row and column, and what it would leave."""

    cells: tuple[tuple[int, int, Cell], ...]
    refused: tuple[Refused, ...]
    outside: int
    """Texts that would fall beside the table."""


@frozen
class Target:
    """Where a block goes: its first cell, the columns there, and how many rows."""

    row: int
    column: int
    rows: int
    fields: Sequence[Field]
    choices: dict[str, tuple[str, ...]]
    locked: frozenset[str]


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Write a block as Excel copies it: tabs and line ends, quoted where needed."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def from_text(text: str) -> list[list[str]]:
    """Read a block as Excel copies it."""
    rows: list[list[str]] = [[""]]
    quoted, start = False, True
    place = 0
    while place < len(text):
        char = text[place]
        if quoted:
            if char == '"' and text[place + 1 : place + 2] == '"':
                rows[-1][-1] += char
                place += 1
            elif char == '"':
                quoted = False
            else:
                rows[-1][-1] += char
        elif char == '"' and start:
            quoted = True
        elif char == "\t":
            rows[-1].append("")
        elif char == "\n":
            rows.append([""])
        elif char != "\r":
            rows[-1][-1] += char
        start = not quoted and char in "\t\n"
        place += 1
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return rows


def plan_paste(block: Sequence[Sequence[str]], target: Target) -> PastePlan:
    """Read every text of a block by the kind of the field it falls on."""
    cells: list[tuple[int, int, Cell]] = []
    refused: list[Refused] = []
    outside = 0
    for down, texts in enumerate(block):
        for right, text in enumerate(texts):
            row, column = target.row + down, target.column + right
            if row >= target.rows or column >= len(target.fields):
                outside += bool(text.strip())
                continue
            field = target.fields[column]
            if field.id in target.locked:
                refused += [Refused(row, field, text, None)] if text.strip() else []
                continue
            entry = parse_entry(field, text, target.choices[field.id])
            if isinstance(entry, Message):
                refused.append(Refused(row, field, text, entry))
            else:
                cells.append((row, column, entry))
    return PastePlan(tuple(cells), tuple(refused), outside)


def spread(block: Sequence[Sequence[str]], rows: int, columns: int) -> list[list[str]]:
    """Repeat a single copied cell over the chosen block, as spreadsheets do."""
    if len(block) == 1 and len(block[0]) == 1:
        return [[block[0][0]] * columns for _ in range(rows)]
    return [list(row) for row in block]


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
