"""Which form an official template is for, and what would go where in it.

The pack's own layout is gone by where there is one. Without it, or where the template
is another one by now, a layout is proposed from the labels that stand on the sheets.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.templates.pages import pages_of
from desktop.app.templates.proposing import propose
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.anchor import faults_of
from desktop.export.template.sheet import OddPartError
from desktop.forms.layout_text import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.templates.filling import Template
    from desktop.app.templates.pages import Contents
    from desktop.app.templates.proposing import Proposal
    from desktop.core.words import Words
    from desktop.export.template.page import PageFill
    from desktop.export.template.page import Value
    from desktop.forms.fields import Field
    from desktop.forms.layout import Layout
    from desktop.forms.layout import Page
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

HEADS: Final[Mapping[str, str]] = {
    "unit_name": "填报单位",
    "unit_code": "行政区划代码",
    "period": "报告期",
    "year": "年份",
    "date": "报出日期",
    "page": "第几页",
    "pages": "共几页",
    "form_number": "表号",
    "authority": "制定机关",
    "approval_authority": "批准机关",
    "approval_number": "批准文号",
    "valid_until": "有效期至",
}
"""What the items around the figures are called on official forms."""
_CELL: Final = re.compile(r"([A-Z]+)([0-9]+)")


class Origin(Enum):
    """Where the layout that is gone by comes from."""

    SAME = "same"
    """The pack's, for this very file."""
    KNOWN = "known"
    """The pack's, for another edition of the file: its anchors decide."""
    PROPOSED = "proposed"


@frozen
class Matched:
    """A form and the layout by which it goes into a template.

    `missing` are fields that a proposed layout has no place for.
    """

    form: Form
    layout: Layout
    origin: Origin
    missing: tuple[Field, ...] = ()

    @property
    def signers(self) -> tuple[str, ...]:
        """Give the labels of those who sign."""
        pages = self.layout.pages
        return tuple(dict.fromkeys(label for page in pages for label in page.signers))


@frozen
class Line:
    """One cell that will be written: where, what it is, and the value."""

    sheet: str
    cell: str
    what: str
    value: Value


@frozen
class Foreseen:
    """What filling would do; with `faults` nothing can be filled."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Message, ...] = ()
    records: int = 0
    copies: int = 0


def match(
    pack: Pack,
    template: Template,
    form: Form | None = None,
    *,
    propose_anew: bool = False,
) -> Matched | Message:
    """Find the layout of a template: for a form, or for the one that fits best.

    With `propose_anew` the pack's own layout is passed over.
    """
    known = None if propose_anew else _known(pack, template, form)
    if known is not None:
        same = known.sha256 == template.digest
        origin = Origin.SAME if same else Origin.KNOWN
        return Matched(pack.form_by_id[known.form], known, origin)
    try:
        return _proposed(pack, template, pack.forms if form is None else (form,))
    except OddPartError as fault:
        return message("template.odd_part", file=template.book.file, part=fault.part)


def _proposed(
    pack: Pack, template: Template, forms: Sequence[Form]
) -> Matched | Message:
    proposals = [(one, propose(template, one)) for one in forms]
    best, made = max(proposals, key=_fitting)
    if not made.found:
        return message("batch.template.no-label", file=template.book.file)
    layout = layout_of(
        made.text.encode(), template.book.file, pack.replaced(forms=(best,))
    )
    if isinstance(layout, tuple):
        return message("batch.template.no-layout", form=best.title)
    return Matched(best, layout, Origin.PROPOSED, made.missing)


def _known(pack: Pack, template: Template, form: Form | None) -> Layout | None:
    """Give the pack's layout of a form; of any, the one made for this file."""
    if form is not None:
        return pack.layout_by_form.get(form.id)
    layouts = pack.layout_by_form.values()
    same = (one for one in layouts if one.sha256 == template.digest)
    named = (one for one in layouts if one.template == template.book.file)
    return next(same, None) or next(named, None)


def _fitting(proposal: tuple[Form, Proposal]) -> tuple[float, int]:
    """Weigh how much of a form was found, then how many fields that is."""
    form, made = proposal
    return made.found / len(form.fields), made.found


def foresee(matched: Matched, template: Template, contents: Contents) -> Foreseen:
    """Say what would be written where, or all that stands against it."""
    book = template.book
    pages = pages_of(matched.layout, contents, book)
    if isinstance(pages, Message):
        return Foreseen(faults=(pages,))
    try:
        faults = tuple(fault for page in pages for fault in faults_of(book, page))
    except OddPartError as fault:
        said = message("template.odd_part", file=book.file, part=fault.part)
        return Foreseen(faults=(said,))
    by_sheet = {page.sheet: page for page in matched.layout.pages}
    lines = (
        line
        for page in pages
        if page.copy is None
        for line in _lines(matched.form, by_sheet[page.source], page)
    )
    return Foreseen(
        lines=tuple(lines),
        faults=tuple(dict.fromkeys(faults)),
        records=len(contents.records),
        copies=sum(page.copy is not None for page in pages),
    )


def _lines(form: Form, page: Page, filled: PageFill) -> Iterator[Line]:
    """Name what goes into the cells of a sheet; of the lines the first tells all."""
    titles = {field.id: field.title for field in form.fields}
    names: dict[str, str] = dict.fromkeys(page.words, HEADS["period"])
    names |= {spot: HEADS[item] for item, spot in page.header.items()}
    names |= {spot: label for label, spot in page.signers.items()}
    names |= {spot: titles[name] for name, spot in page.fields.items()}
    for told, sums in (("本页合计", page.sums), ("合计", page.totals)):
        names |= {spot: f"{titles[name]}（{told}）" for name, spot in sums.items()}
    if page.rows is not None:
        first = page.rows.first
        if page.rows.number is not None:
            names[f"{page.rows.number}{first}"] = "序号"
        columns = page.rows.columns.items()
        names |= {f"{column}{first}": titles[name] for name, column in columns}
    for spot in sorted(filled.values, key=_place):
        if spot in names:
            yield Line(page.sheet, spot, names[spot], filled.values[spot])


def _place(spot: str) -> tuple[int, int, str]:
    """Put cells in the order they are read, names of cells behind them."""
    cell = _CELL.fullmatch(spot)
    return (1 << 30, 0, spot) if cell is None else (int(cell[2]), len(cell[1]), spot)


def shown(value: Value, say: Words) -> str:
    """Say a value as a preview shows it."""
    return say("(left empty)") if value is None else str(value)
