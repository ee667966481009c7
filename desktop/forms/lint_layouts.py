"""What makes a layout of an official template sensible."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING
from typing import Final

from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.layout import CELL
from desktop.forms.layout import HEADER_ITEMS
from desktop.forms.model import Roster
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.forms.layout import Layout
    from desktop.forms.layout import Page
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.source_map import Path

_LAST_COLUMN: Final = "XFD"
_DIGITS: Final = "0123456789"


def lint_layouts(pack: Pack) -> Iterator[Said]:
    """Check that layouts speak of forms, fields and cells there are, each once."""
    forms = (
        (("layouts", i, "form"), layout.form) for i, layout in enumerate(pack.layouts)
    )
    yield from duplicates(forms, "template.two_layouts")
    for i, layout in enumerate(pack.layouts):
        form = pack.form_by_id.get(layout.form)
        if form is None:
            path = ("layouts", i, "form")
            yield unknown_name(path, "forms.form", layout.form, pack.form_by_id)
        else:
            yield from _layout(("layouts", i), layout, form)


def _layout(path: Path, layout: Layout, form: Form) -> Iterator[Said]:
    for n, page in enumerate(layout.pages):
        where = (*path, "continued", n - 1) if n else path
        yield from _page(where, page, form)
        if page.rows is None and (n or isinstance(form, Roster)):
            yield error(where, "template.no_rows", sheet=page.sheet)
    sheets = (
        ((*path, "continued", n - 1, "sheet") if n else (*path, "sheet"), page.sheet)
        for n, page in enumerate(layout.pages)
    )
    yield from duplicates(sheets, "template.sheet_twice")


def _page(path: Path, page: Page, form: Form) -> Iterator[Said]:
    columns = {} if page.rows is None else page.rows.columns
    for key, named in (
        ("fields", page.fields),
        ("sums", page.sums),
        ("totals", page.totals),
    ):
        yield from _known((*path, key), named, form)
    yield from _known((*path, "rows", "columns"), columns, form)
    if page.fields and isinstance(form, Roster):
        yield error((*path, "fields"), "template.roster_fields")
    for key in ("sums", "totals"):
        for name in getattr(page, key):
            if not isinstance(form.by_id.get(name), IntegerField | DecimalField | None):
                yield error((*path, key, name), "template.no_sum", field=name)
    yield from _words(path, page)
    yield from _cells(path, page)


def _known(path: Path, names: Iterable[str], form: Form) -> Iterator[Said]:
    for name in names:
        if name not in form.by_id:
            yield unknown_name((*path, name), "template.field", name, form.by_id)


def _words(path: Path, page: Page) -> Iterator[Said]:
    for cell, sentence in page.words.items():
        named, where = items_of(sentence), (*path, "words", cell)
        if not named:
            yield error(where, "template.no_item", items="、".join(HEADER_ITEMS))
            continue
        for name in named:
            if name not in HEADER_ITEMS:
                yield unknown_name(where, "template.item", name, HEADER_ITEMS)


def items_of(sentence: str) -> tuple[str, ...]:
    """Give the items that a sentence names in braces; none where a brace is amiss."""
    try:
        parts = [*Formatter().parse(sentence)]
    except ValueError:
        return ()
    if any(spec or conversion for _, _, spec, conversion in parts):
        return ()
    return tuple(name for _, name, _, _ in parts if name is not None)


def _cells(path: Path, page: Page) -> Iterator[Said]:
    """Refuse two things in one cell, and cells that no sheet has."""
    spots = [*_spots(page)]
    times = Counter(spot for _, spot in spots)
    columns = _columns(page)
    for where, spot in spots:
        if times[spot] > 1 or _in_rows(page, spot):
            yield error((*path, *where), "template.cell_twice", cell=spot)
        if re.fullmatch(CELL, spot) and not sound_column(spot.rstrip(_DIGITS)):
            yield error((*path, *where), "template.no_such_cell", cell=spot)
    for name, column in columns.items():
        if not sound_column(column):
            key = ("rows", "columns", name)
            yield error((*path, *key), "template.no_such_cell", cell=column)
    if len(set(columns.values())) < len(columns):
        yield error((*path, "rows", "columns"), "template.column_twice")


def _in_rows(page: Page, spot: str) -> bool:
    """Tell whether a cell is one of those that records go into."""
    if page.rows is None or not re.fullmatch(CELL, spot):
        return False
    column = spot.rstrip(_DIGITS)
    line = int(spot[len(column) :]) - page.rows.first
    return column in _columns(page).values() and 0 <= line < page.rows.count


def _columns(page: Page) -> Mapping[str, str]:
    if page.rows is None:
        return {}
    number = {} if page.rows.number is None else {"": page.rows.number}
    return {**page.rows.columns, **number}


def _spots(page: Page) -> Iterator[tuple[Path, str]]:
    yield from (
        (("anchors", cell), cell) for cell in page.anchors if cell not in page.words
    )
    yield from ((("words", cell), cell) for cell in page.words)
    for key in ("header", "signers", "fields", "sums", "totals"):
        for name, spot in getattr(page, key).items():
            yield (key, name), spot


def sound_column(letters: str) -> bool:
    """Tell whether a sheet has a column of that name."""
    return (len(letters), letters) <= (len(_LAST_COLUMN), _LAST_COLUMN)
