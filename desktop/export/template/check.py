"""Writing a filled template, and reading it back by other means.

The zip is read by the standard library, cells by its XML parser: a slip of ours in
either would be found here and not by whoever receives the file.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import assert_never
from xml.etree.ElementTree import ParseError
from xml.etree.ElementTree import fromstring
from zipfile import BadZipFile
from zipfile import ZipFile

from desktop.core.messages import message
from desktop.export.safe_file import write_safely
from desktop.export.template.patch import sayable
from desktop.export.template.sheet import cell_name
from desktop.export.template.zip import copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from desktop.core.messages import Message
    from desktop.export.template.fill import Filled
    from desktop.export.template.page import Written


def write_filled(filled: Filled, path: Path) -> None:
    """Write a filled template, read it back by other means, and give it its name.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
    """

    def write(part: Path) -> None:
        pieces = copied(filled.book.archive, filled.parts, filled.left_out)
        with part.open("wb") as file:
            file.writelines(pieces)

    write_safely(path, write, lambda part: check_filled(part, path.name, filled))


def check_filled(path: Path, name: str, filled: Filled) -> Message | None:
    """Say where a finished file is not the template with its values."""
    try:
        with ZipFile(path) as archive:
            found = next(_differences(archive, filled), None)
    except (ArithmeticError, BadZipFile, ParseError, OSError, ValueError):
        return message("export.damaged", name=name)
    if found is None:
        return None
    return message("export.differs", name=name, place=found)


def _differences(archive: ZipFile, filled: Filled) -> Iterator[str]:
    entries = filled.book.archive.entries
    kept = {name: entry.CRC for name, entry in entries.items()}
    wanted = [name for name in entries if name not in filled.left_out]
    wanted += [name for name in filled.parts if name not in entries]
    if archive.namelist() != wanted:
        yield "zip"
    for name in wanted:
        # read() holds the bytes against the sum that stands beside them.
        data = archive.read(name)
        if name not in filled.parts and kept[name] != archive.getinfo(name).CRC:
            yield name
        if name in filled.values:
            yield from _cells(name, data, filled.values[name])


def _cells(
    part: str, data: bytes, values: Mapping[tuple[int, int], Written]
) -> Iterator[str]:
    """Name the cells of a sheet that do not say what was meant."""
    wanted = {cell_name(*where): value for where, value in values.items()}
    there: dict[str, Element] = {}
    # Examined when the template was opened: no DTD, no depth, no length to fear.
    sheet = fromstring(data)  # noqa: S314 - see above
    space = sheet.tag.rpartition("}")[0] + "}" if "}" in sheet.tag else ""
    rows = sheet.find(f"{space}sheetData")
    for place, row in enumerate(() if rows is None else rows, 1):
        for column, cell in enumerate(row, 1):
            # Who leaves the names out leaves all of them out.
            name = cell.get("r") or cell_name(int(row.get("r", place)), column)
            if name in wanted:
                there[name] = cell
    for name, value in wanted.items():
        if not _says(there.get(name), value, space):
            yield f"{part} {name}"


def _says(cell: Element | None, value: Written, space: str) -> bool:
    told = None if cell is None else cell.findtext(f"{space}v")
    text = None if cell is None else cell.findtext(f"{space}is/{space}t")
    match value:
        case None:
            return not told and not text
        case str():
            found = text if told is None else told
            return found == value or found == _as_read(value)
        case int() | Decimal():
            return told is not None and Decimal(told) == value
        case _:
            assert_never(value)


def _as_read(text: str) -> str:
    """Give a text as a reader of XML hands it out."""
    told = fromstring(b"<t>%b</t>" % sayable(text))  # noqa: S314 - written by us
    return told.text or ""
