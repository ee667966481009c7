"""Is a template what its layout says it is? What moved is named before anything else.

A template that somebody changed would take figures into wrong cells without a sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.export.template.page import spots_of
from desktop.export.template.sheet import cell_name
from desktop.export.template.sheet import position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.messages import Message
    from desktop.export.template.book import Book
    from desktop.export.template.page import PageFill
    from desktop.export.template.page import Where


def folded(text: str) -> str:
    """Take a text without the spaces around it, and runs of spaces as one."""
    return " ".join(text.split())


def texts_of(book: Book, sheet: str) -> dict[tuple[int, int], str]:
    """Give what stands in the cells of a sheet, by row and column."""
    found = book.sheet(sheet)
    told = {
        (row, column): folded(found.text(cell, book.strings))
        for row in found.rows
        for column, cell in found.cells(row).items()
    }
    return {where: text for where, text in told.items() if text}


def faults_of(book: Book, page: PageFill) -> Iterator[Message]:
    """Say what on a sheet of the template is not as expected."""
    if page.source not in book.sheets:
        known = "、".join(book.sheets)
        params = {"file": book.file, "sheet": page.source, "sheets": known}
        yield message("template.no_sheet", **params)
        return
    yield from _moved(book, page)
    wheres = spots_of(book, page)
    for spot, where in wheres.items():
        if where is None:
            yield message("template.no_name", sheet=page.source, name=spot)
    yield from _hidden(book, {where for where in wheres.values() if where is not None})


def _moved(book: Book, page: PageFill) -> Iterator[Message]:
    """Hold the anchors against what stands in their cells."""
    sheet = book.sheet(page.source)
    everything: dict[tuple[int, int], str] | None = None
    for name, text in page.anchors.items():
        row, column = position(name)
        cell = sheet.cell(row, column)
        there = "" if cell is None else folded(sheet.text(cell, book.strings))
        if there == folded(text):
            continue
        if everything is None:
            everything = texts_of(book, page.source)
        found = _nearest(everything, folded(text), (row, column))
        params = {"sheet": page.source, "text": text, "cell": name}
        if found is not None:
            yield message("template.moved", **params, found=cell_name(*found))
        elif there:
            yield message("template.replaced", **params, found=there[:60])
        else:
            yield message("template.gone", **params)


def _nearest(
    texts: dict[tuple[int, int], str], wanted: str, near: tuple[int, int]
) -> tuple[int, int] | None:
    """Find the cell closest to where a text was that has this very text."""
    found = [where for where, text in texts.items() if text == wanted]
    return min(
        found,
        key=lambda each: (abs(each[0] - near[0]) + abs(each[1] - near[1]), each),
        default=None,
    )


def _hidden(book: Book, wheres: set[Where]) -> Iterator[Message]:
    """Refuse cells that merged ones hide; the first of these is the one to name."""
    for sheet in {where[0] for where in wheres}:
        for top, left, bottom, right in book.merged(sheet):
            if (bottom - top + 1) * (right - left + 1) > len(wheres):
                inside = {
                    (row, column)
                    for name, row, column in wheres
                    if name == sheet
                    and top <= row <= bottom
                    and left <= column <= right
                }
            else:
                inside = {
                    (row, column)
                    for row in range(top, bottom + 1)
                    for column in range(left, right + 1)
                    if (sheet, row, column) in wheres
                }
            for row, column in sorted(inside - {(top, left)}):
                yield message(
                    "template.in_merge",
                    sheet=sheet,
                    cell=cell_name(row, column),
                    area=f"{cell_name(top, left)}:{cell_name(bottom, right)}",
                    first=cell_name(top, left),
                )
