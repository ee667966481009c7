"""Packs written in a workbook, and XLSForms to begin one from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.forms.lint import lint_pack
from desktop.forms.model import Pack
from desktop.forms.problems import errors
from desktop.forms.sheets_read import BookCell
from desktop.forms.sheets_read import ReadPack
from desktop.forms.sheets_read import pack_from_sheets
from desktop.forms.validate import validate_json
from desktop.forms.xlsform import SURVEY
from desktop.forms.xlsform import begin_pack
from desktop.forms.xlsform import rows_by_head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import Any

    from desktop.core.messages import Message
    from desktop.forms.problems import Problem
    from desktop.intake.table import RawCell
    from desktop.intake.table import Source
    from desktop.intake.table import Table

_DROPPED: Final = re.compile(
    r"rules\[\d+\]"
    r"|forms\[\d+\]\.groups\[\d+\]\.fields\[\d+\]\.(visible_when|computed)"
)
"""Parts that may be left out: the conditions an XLSForm came with."""


@dataclass(frozen=True, slots=True)
class PackFromBook:
    """A pack made of a workbook; `left` is what could not be taken over."""

    pack: Pack
    left: tuple[Message, ...] = ()


def pack_of_book(
    source: Source, name: str, year: int
) -> PackFromBook | tuple[Problem, ...]:
    """Make a pack of a workbook's sheets, which may be those of an XLSForm.

    `name` serves as id where an XLSForm states none, `year` stands in for the years of
    its plan.
    """
    sheets = {table.sheet: table for table in source.tables}
    if SURVEY in sheets:
        rows = {sheet: tuple(_by_head(table)) for sheet, table in sheets.items()}
        begun = begin_pack(name, year, rows)
        return _kept(begun.data, list(begun.left))
    cells = {
        sheet: [_cells(row) for row in table.rows] for sheet, table in sheets.items()
    }
    found = pack_from_sheets(source.file, cells)
    return PackFromBook(found.pack) if isinstance(found, ReadPack) else found


def _cells(row: Sequence[RawCell]) -> list[BookCell]:
    return [
        BookCell(
            cell.row,
            cell.column,
            cell.value.date() if isinstance(cell.value, datetime) else cell.value,
        )
        for cell in row
        if cell.value is not None
    ]


def _by_head(table: Table) -> Iterator[dict[str, str]]:
    width = max((cell.column for row in table.rows for cell in row), default=0)
    lines = []
    for row in table.rows:
        texts = {cell.column: cell.text.strip() for cell in row}
        lines.append([texts.get(place, "") for place in range(1, width + 1)])
    yield from (dict(row) for row in rows_by_head(lines))


def _kept(
    data: dict[str, Any], left: list[Message]
) -> PackFromBook | tuple[Problem, ...]:
    """Leave out, and list, the conditions that cannot be read here."""
    while True:
        pack = validate_json(Pack, json.dumps(data))
        if not isinstance(pack, Pack):
            return pack
        faults = errors(lint_pack(pack))
        paths = dict.fromkeys(
            found[0] for fault in faults if (found := _DROPPED.match(fault.path))
        )
        if not paths:
            return faults or PackFromBook(pack, tuple(left))
        left += [_without(data, path) for path in paths]
        data["rules"] = [rule for rule in data["rules"] if rule is not None]


def _without(data: dict[str, Any], path: str) -> Message:
    """Take one condition out of the data and say so; a rule leaves a gap."""
    *steps, key = re.findall(r"\w+", path)
    inner: Any = data
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    if not key.isdecimal():
        column = "relevant" if key == "visible_when" else "calculation"
        return _said(inner["id"], column, inner.pop(key))
    rule, inner[int(key)] = inner[int(key)], None
    return _said(rule["fields"][0], "constraint", rule["check"])


def _said(name: str, column: str, text: str) -> Message:
    return message("forms.xlsform.left", name=name, column=column, text=text)
