"""Blocks of cells as text and as HTML that Excel and WPS understand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.forms.fields import Binding
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.core.unit import Unit
    from desktop.forms.fields import Field
    from desktop.store.records import Record

Block: TypeAlias = "Sequence[Sequence[str]]"
"""Rows of texts."""

_AS_TEXT: Final = "mso-number-format:&quot;\\@&quot;"
"""Tells Excel and WPS that a cell holds a text, whatever it looks like."""
SLICE: Final = 200
"""Records written between two words of progress."""
_BREAK: Final = '<br style="mso-data-placement:same-cell">'


def to_text(block: Block) -> str:
    """Write a block as Excel copies it: tabs and line ends, quoted where needed."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def from_text(text: str) -> list[list[str]]:
    """Read a block as Excel copies it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if '"' not in plain:
        rows = [line.split("\t") for line in plain.split("\n")]
    else:
        rows = _quoted_rows(plain)
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return rows


def _quoted_rows(text: str) -> list[list[str]]:
    """Read texts of which some stand in quotes, with tabs and line ends inside."""
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _next_cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def _next_cell(text: str, place: int) -> tuple[str, int]:
    """Give a cell, and where it ends: at a tab, a line end or the text's end."""
    found: list[str] = []
    if text.startswith('"', place):
        while True:
            end = text.find('"', place + 1)
            if end < 0:
                return "".join((*found, text[place + 1 :])), len(text)
            found.append(text[place + 1 : end])
            place = end + 1
            if not text.startswith('"', place):
                break
            found.append('"')
    ends = [end for sign in "\t\n" if (end := text.find(sign, place)) >= 0]
    end = min(ends, default=len(text))
    return "".join((*found, text[place:end])), end


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def to_html(block: Block, texts: Sequence[bool]) -> str:
    """Write a block as a table in which codes stay texts.

    `texts` tells by column whether it holds texts: without that, Excel takes
    310105001 and the digits of an identity card for numbers.
    """
    opened = [f'<td style="{_AS_TEXT}">' if text else "<td>" for text in texts]
    lines = []
    for row in block:
        cells = zip(opened, row, strict=True)
        inner = "".join(f"{begun}{_html(cell)}</td>" for begun, cell in cells)
        lines.append(f"<tr>{inner}</tr>")
    table = "\n".join(lines)
    return (
        '<html><head><meta charset="utf-8"></head><body><table>\n'
        f"{table}\n</table></body></html>"
    )


def _html(cell: str) -> str:
    return escape(cell).replace("\n", _BREAK)


def spread(block: Block, rows: int, columns: int) -> list[list[str]]:
    """Repeat a copied block over the chosen one where it fits in a whole number."""
    tall, wide = len(block), max(map(len, block))
    down = rows // tall if rows % tall == 0 else 1
    right = columns // wide if columns % wide == 0 else 1
    if right > 1:
        block = [[*row, *[""] * (wide - len(row))] for row in block]
    return [list(row) * right for row in block] * down


# --- Cells as texts -----------------------------------------------------------


def shown(field: Field, cell: Cell, units: Mapping[str, Unit]) -> str:
    """Write a cell as the grid shows it: a unit by its name."""
    if field.binds in (Binding.UNIT_CODE, Binding.UNIT_PARENT):
        unit = units.get(str(cell))
        return format_cell(field, cell) if unit is None else unit.name
    return format_cell(field, cell)


@frozen
class Copied:
    """A block as it is put on the clipboard."""

    text: str
    html: str


def copied(
    records: Sequence[Record],
    fields: Sequence[Field],
    units: Mapping[str, Unit],
    has: Callable[[int, int], bool] | None = None,
    *,
    headed: bool = False,
) -> Steps[Copied]:
    """Write the cells of records, with the titles of the columns above if wanted.

    `has` tells by number of record and field which cells are meant; others stay empty.
    """
    block = [titles(fields)] if headed else []
    for number, record in enumerate(records):
        if number % SLICE == 0:
            yield Progress(number, len(records), message("app.copying"))
        texts = [shown(field, record.cell(field.id), units) for field in fields]
        if has is not None:
            texts = [text if has(number, n) else "" for n, text in enumerate(texts)]
        block.append(texts)
    return Copied(to_text(block), to_html(block, [holds_text(f) for f in fields]))


def titles(fields: Sequence[Field]) -> list[str]:
    """Write what stands above columns."""
    return [
        f"{field.title}（{field.measure}）" if field.measure else field.title
        for field in fields
    ]


def holds_text(field: Field) -> bool:
    """Tell whether a field's cells are texts to a spreadsheet."""
    return not isinstance(field, IntegerField | DecimalField | DateField)
