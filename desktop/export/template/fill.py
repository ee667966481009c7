"""Filling a template: cells patched inside the archive, all else as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.anchor import faults_of
from desktop.export.template.book import asking_anew
from desktop.export.template.copy import CannotCopyError
from desktop.export.template.copy import Copy
from desktop.export.template.copy import Copying
from desktop.export.template.copy import without_chain
from desktop.export.template.page import spots_of
from desktop.export.template.patch import FormulaBlockError
from desktop.export.template.patch import SheetPatch
from desktop.export.template.patch import formulas_of
from desktop.export.template.patch import patch
from desktop.export.template.patch import without_results
from desktop.export.template.sheet import OddPartError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.export.template.book import Book
    from desktop.export.template.page import PageFill
    from desktop.export.template.page import Value
    from desktop.export.template.page import Written

_AFAR: Final = re.compile(r"\b(INDIRECT|OFFSET)\s*\(", re.IGNORECASE)
_THROUGH: Final = re.compile(r":[^:!()]+!")
"""`First:Last!A1` looks at all sheets between the two."""
_FORMULA: Final = re.compile(rb"[<:]f[\s/>]")

Spots = dict[str, dict[tuple[int, int], "Value"]]
"""Values by sheet of the template, row and column."""


@frozen
class Filled:
    """A template filled: the parts that are not as they were, and what they say."""

    book: Book
    parts: Mapping[str, bytes]
    left_out: frozenset[str]
    values: Mapping[str, Mapping[tuple[int, int], Written]]
    """By part, row and column."""
    overwritten: tuple[tuple[str, str], ...]
    """Sheet and cell of formulas that gave way to a value."""


def fill(book: Book, pages: Sequence[PageFill]) -> Filled | tuple[Message, ...]:
    """Fill a template, or say all that is not as its layout expects it."""
    try:
        faults = tuple(fault for page in pages for fault in faults_of(book, page))
        return tuple(dict.fromkeys(faults)) or _fill(book, pages)
    except OddPartError as fault:
        said = message("template.odd_part", file=book.file, part=fault.part)
        return (said,)
    except FormulaBlockError as fault:
        sheet = pages[0].sheet
        said = message("template.formula_block", sheet=sheet, cell=fault.cell)
        return (said,)
    except CannotCopyError as fault:
        sheet = pages[-1].source
        said = message("template.cannot_copy", sheet=sheet, part=fault.part)
        return (said,)


def _fill(book: Book, pages: Sequence[PageFill]) -> Filled:
    own, instead = _by_sheet(book, [page for page in pages if page.copy is None])
    patched = {
        name: patch(book, book.sheet(name), values, instead[name])
        for name, values in own.items()
    }
    patched |= _looking_on(book, patched.keys())
    parts = {book.sheets[name].part: done.data for name, done in patched.items()}
    values: dict[str, Mapping[tuple[int, int], Written]] = {
        book.sheets[name].part: done.written for name, done in patched.items()
    }
    dropped = any(done.dropped for done in patched.values())
    copies = [page for page in pages if page.copy is not None]
    if copies:
        made = [_copy(book, page) for page in copies]
        adding = Copying(book)
        parts |= adding.add(copy for copy, _ in made)
        values |= {adding.names[copy.name]: done.written for copy, done in made}
        dropped = dropped or any(done.dropped for _, done in made)
    overwritten = tuple(
        (name, cell) for name, done in patched.items() for cell in done.overwritten
    )
    left_out = without_chain(book, parts) if overwritten else frozenset[str]()
    if dropped or overwritten:
        text = parts.get(book.part) or book.read(book.part)
        parts[book.part] = asking_anew(text)
    return Filled(book, _really_new(book, parts), left_out, values, overwritten)


def _really_new(book: Book, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out the parts that came out as they were."""
    entries = book.archive.entries
    return {
        name: data
        for name, data in parts.items()
        if name not in entries or data != book.read(name)
    }


def _by_sheet(
    book: Book, pages: Iterable[PageFill]
) -> tuple[Spots, dict[str, frozenset[tuple[int, int]]]]:
    """Put the values of all pages where they go; a name may lead to another sheet."""
    values: Spots = {}
    instead: dict[str, frozenset[tuple[int, int]]] = {}
    for page in pages:
        values.setdefault(page.source, {})
        for spot, where in spots_of(book, page).items():
            assert where is not None  # noqa: S101 - faults_of has looked
            sheet, row, column = where
            values.setdefault(sheet, {})[row, column] = page.values[spot]
            if spot in page.instead:
                gone = instead.get(sheet, frozenset()) | {(row, column)}
                instead[sheet] = gone
    return values, {name: instead.get(name, frozenset()) for name in values}


def _copy(book: Book, page: PageFill) -> tuple[Copy, SheetPatch]:
    """Fill a copy of a sheet; names lead to its own cells."""
    values: dict[tuple[int, int], Value] = {}
    for spot, where in spots_of(book, page).items():
        assert where is not None  # noqa: S101 - faults_of has looked
        values[where[1:]] = page.values[spot]
    done = patch(book, book.sheet(page.source), values)
    return Copy(page.sheet, page.source, done.data), done


def _looking_on(book: Book, filled: Iterable[str]) -> dict[str, SheetPatch]:
    """Find the sheets whose formulas look at a filled one, and drop their results."""
    stale = set(filled)
    names = {
        each.get("name", "").casefold()
        for each in book.head.iterfind(".//{*}definedName")
    }
    told = {
        name: [*formulas_of(book.sheet(name))]
        for name, place in book.sheets.items()
        if name not in stale and _FORMULA.search(book.read(place.part))
    }
    found: dict[str, SheetPatch] = {}
    while True:
        more = {
            name
            for name, formulas in told.items()
            if name not in stale
            and any(_looks_at(formula, stale, names) for formula in formulas)
        }
        if not more:
            return found
        stale |= more
        found |= {name: without_results(book, book.sheet(name)) for name in more}


def _looks_at(formula: str, sheets: set[str], names: set[str]) -> bool:
    """Tell whether a formula may depend on what stands on some sheets."""
    if _AFAR.search(formula) or _THROUGH.search(formula):
        return True
    folded = formula.casefold()
    looked = (name.replace("'", "''").casefold() for name in sheets)
    if any(f"{name}!" in folded or f"{name}'!" in folded for name in looked):
        return True
    words = set(re.findall(r"[^\W\d][\w.]*", folded))
    return not words.isdisjoint(names)
