"""Propose a layout for a template nobody has described yet; a person finishes it.

Labels are the titles and aliases of fields. A value is looked for right of its label,
past texts such as 计量单位 and 代码, or below it; a roster's columns below their heads.
Nothing is certain here: whoever uses the layout looks through what was proposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.templates import labels
from desktop.core.frozen import frozen
from desktop.export.template.grid import grid_of
from desktop.export.template.sheet import cell_name
from desktop.export.template.sheet import column_letters
from desktop.forms.layout import Layout
from desktop.forms.layout import Page
from desktop.forms.layout import Rows
from desktop.forms.model import Roster
from desktop.forms.yaml_out import layout_to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.templates.filling import Template
    from desktop.export.template.grid import Grid
    from desktop.export.template.grid import Where
    from desktop.forms.fields import Field
    from desktop.forms.layout import HeaderItem
    from desktop.forms.model import Form

LINES = 20
"""Lines proposed where the template has no rows below its heads."""


@frozen
class Proposal:
    """A layout as YAML; `missing` are the fields that no label was found for."""

    text: str
    found: int
    missing: tuple[Field, ...]


def propose(template: Template, form: Form) -> Proposal:
    """Propose a layout; the sheet with most labels of the form is the first page.

    Raises:
        OddPartError: A sheet is written in an unusual way.
    """
    grids = [grid_of(template.book, name) for name in template.book.sheets]
    known = labels.by_label(form)
    best = max(grids, key=lambda grid: len(_labelled(grid, known)))
    page = _page(best, form, known)
    more = [
        _page(grid, form, known)
        for grid in grids
        if grid is not best and _continues(grid) and _labelled(grid, known)
    ]
    layout = Layout(
        form=form.id,
        template=template.book.file,
        sha256=template.digest,
        continued=tuple(more) if isinstance(form, Roster) else (),
        **{name: getattr(page, name) for name in Page.__names__},
    )
    columns = {} if page.rows is None else page.rows.columns
    found = page.fields.keys() | columns.keys()
    missing = tuple(field for field in form.fields if field.id not in found)
    return Proposal(layout_to_yaml(layout), len(found), missing)


def _labelled(grid: Grid, known: Mapping[str, str]) -> dict[str, Where]:
    """Give the place of each field's label, the first from above."""
    found: dict[str, Where] = {}
    for where in sorted(grid.texts):
        name = known.get(labels.plain(grid.words(where)))
        if name is not None:
            found.setdefault(name, where)
    return found


def _continues(grid: Grid) -> bool:
    texts = (grid.name, *grid.texts.values())
    return any(labels.CONTINUED in text for text in texts)


def _page(grid: Grid, form: Form, known: Mapping[str, str]) -> Page:
    found = _labelled(grid, known)
    anchors = {where: grid.texts[where] for where in found.values()}
    if grid.texts:
        first = min(grid.texts)
        anchors[first] = grid.texts[first]
    header, words = _header(grid, form, anchors)
    roster = isinstance(form, Roster)
    table = _Table(grid, found) if roster and found else None
    fields = {} if roster else dict(_fields(grid, found))
    return Page(
        sheet=grid.name,
        anchors={cell_name(*where): anchors[where] for where in sorted(anchors)},
        header=header,
        words=words,
        signers=dict(_signers(grid)),
        fields=fields,
        rows=None if table is None else table.rows(),
        sums={} if table is None else table.sums(labels.PAGE_SUM),
        totals={} if table is None else table.sums(labels.TOTAL),
    )


def _header(
    grid: Grid, form: Form, anchors: dict[Where, str]
) -> tuple[dict[HeaderItem, str], dict[str, str]]:
    """Find the cells for what stands around the figures; their labels are anchors.

    A label that already has something behind its colon is the authority's own.
    """
    header: dict[HeaderItem, str] = {}
    words: dict[str, str] = {}
    legal = ("form_number", "authority", "approval_authority", "approval_number")
    for where in sorted(grid.texts):
        text = grid.words(where)
        item = labels.header_item(text)
        if labels.is_year_gap(text) and "period" not in header:
            words[cell_name(*where)] = "{period}"
            header["period"] = ""
        elif item is not None and item not in header:
            if item in (*legal, "valid_until") and form.legal is None:
                continue
            anchors[where] = grid.texts[where]
            spot = _empty_beside(grid, where)
            header[item] = "" if spot is None else cell_name(*spot)
            if spot is None:
                words[cell_name(*where)] = f"{text}{{{item}}}"
    return {item: spot for item, spot in header.items() if spot}, words


def _empty_beside(grid: Grid, where: Where) -> Where | None:
    beside = grid.right_of(where)
    return None if beside is None or grid.words(beside) else beside


def _signers(grid: Grid) -> Iterator[tuple[str, str]]:
    for where in sorted(grid.texts):
        label = labels.signer(grid.words(where))
        spot = None if label is None else _empty_beside(grid, where)
        if label is not None and spot is not None:
            yield label, cell_name(*spot)


def _fields(grid: Grid, found: Mapping[str, Where]) -> Iterator[tuple[str, str]]:
    """Find the cell of each field: right of its label, or below it."""
    places = set(found.values())
    for name, where in found.items():
        beside = grid.right_of(where)
        if beside in places:
            beside = grid.below(where)
        else:
            while beside is not None and grid.words(beside) and beside not in places:
                beside = grid.right_of(beside)
        if beside is not None and not grid.words(beside):
            yield name, cell_name(*beside)


class _Table:
    """The part of a sheet where a roster's records go."""

    def __init__(self, grid: Grid, found: Mapping[str, Where]) -> None:
        self._grid = grid
        self._columns = {name: where[1] for name, where in found.items()}
        last = max(grid.block(where)[2] for where in found.values())
        self._first = last + 1
        while self._marks(self._first):
            self._first += 1
        self._end = self._first
        while self._end <= grid.rows and self._free(self._end):
            self._end += 1
        number = {
            where[1]: labels.plain(text)
            for where, text in grid.texts.items()
            if where[0] <= last
        }
        heads = (column for column, text in number.items() if text in labels.NUMBER)
        self._number = next(heads, None)

    def _texts(self, row: int) -> list[str]:
        return [text for (line, _), text in self._grid.texts.items() if line == row]

    def _marks(self, row: int) -> bool:
        """Tell whether a row marks the columns: 甲 乙 1 2."""
        texts = self._texts(row)
        return len(texts) > 1 and all(map(labels.is_mark, texts))

    def _free(self, row: int) -> bool:
        """Tell whether a row waits for a record."""
        told = any(self._grid.words((row, column)) for column in self._columns.values())
        sums = {labels.plain(text) for text in self._texts(row)}
        return not told and sums.isdisjoint((*labels.TOTAL, *labels.PAGE_SUM))

    def rows(self) -> Rows:
        """Give the lines that repeat."""
        number = self._number
        taken = {} if number is None else {"number": column_letters(number)}
        return Rows(
            first=self._first,
            count=self._end - self._first or LINES,
            columns={
                name: column_letters(column)
                for name, column in self._columns.items()
                if column != number
            },
            **taken,
        )

    def sums(self, names: tuple[str, ...]) -> dict[str, str]:
        """Give the cells of a row of sums that have formulas."""
        rows = sorted(
            where[0]
            for where, text in self._grid.texts.items()
            if where[0] >= self._end and labels.plain(text) in names
        )
        return {
            name: cell_name(rows[0], column)
            for name, column in self._columns.items()
            if rows and (rows[0], column) in self._grid.formulas
        }
