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

_RULE: Final = re.compile(r"rules\[(\d+)\]")
_CONDITION: Final = re.compile(
    r"forms\[(\d+)\]\.groups\[(\d+)\]\.fields\[(\d+)\]\.(visible_when|computed)"
)


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
        said = [_left_out(data, fault.path) for fault in faults]
        dropped = [each for each in said if each is not None]
        if not dropped:
            return faults or PackFromBook(pack, tuple(left))
        left += dropped
        data["rules"] = [rule for rule in data["rules"] if rule is not None]


def _left_out(data: dict[str, Any], path: str) -> Message | None:
    """Take one condition out of the data; None where the fault is none of those."""
    rule = _RULE.match(path)
    if rule is not None:
        place = int(rule[1])
        gone = data["rules"][place]
        if gone is None:
            return None
        data["rules"][place] = None
        return _said(gone["fields"][0], "constraint", gone["check"])
    found = _CONDITION.match(path)
    if found is None:
        return None
    form, group, number, key = found.groups()
    field = data["forms"][int(form)]["groups"][int(group)]["fields"][int(number)]
    column = "relevant" if key == "visible_when" else "calculation"
    return _said(field["id"], column, field.pop(key))


def _said(name: str, column: str, text: str) -> Message:
    return message("forms.xlsform.left", name=name, column=column, text=text)
