"""How an official .xlsx template takes the figures of a form.

A layout says where things stand on a template's sheets and nothing about how they look:
that is the template's own. It is written as `layouts/<form>.yaml` of a pack; the
template itself lies beside it, in `templates/`, or is handed over by the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from typing import Final
from typing import Literal
from typing import TypeAlias
from typing import get_args

from desktop.forms.base import NOTHING
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Text

CELL: Final = r"^[A-Z]{1,3}[1-9][0-9]{0,6}$"
CellName: TypeAlias = Annotated[str, Limit(pattern=CELL)]
"""A cell of a sheet, such as `D7`."""

Spot: TypeAlias = Annotated[str, Limit(pattern=r"^[^\s!$'\"()+*/=,;-]{1,255}$")]
"""A cell, or a name that the template defines for one."""

ColumnName: TypeAlias = Annotated[str, Limit(pattern=r"^[A-Z]{1,3}$")]

RowNumber: TypeAlias = Annotated[int, Limit(ge=1, le=1_048_576)]

TemplateName: TypeAlias = Annotated[
    str, Limit(pattern=r"^[^/\\:*?\"<>|.][^/\\:*?\"<>|]*\.xlsx$", max_length=120)
]

Sha256: TypeAlias = Annotated[str, Limit(pattern=r"^[0-9a-f]{64}$")]

HeaderItem: TypeAlias = Literal[
    "unit_name",
    "unit_code",
    "period",
    "year",
    "date",
    "page",
    "pages",
    "form_number",
    "authority",
    "approval_authority",
    "approval_number",
    "valid_until",
]
"""What stands around a form's figures: unit, period, 报出日期, sheet n of m, marks."""

HEADER_ITEMS: Final[tuple[str, ...]] = get_args(HeaderItem)
_NO_HEADER: Final[Mapping[HeaderItem, Spot]] = MappingProxyType({})


class Rows(Model):
    """Lines that repeat, one a record.

    `first` is the first of them, `count` how many a page has, `number` the column of
    the running number.
    """

    first: RowNumber
    count: Annotated[int, Limit(ge=1, le=10_000)]
    columns: Annotated[Mapping[Name, ColumnName], Limit(min_length=1)]
    number: ColumnName | None = None


class Page(Model):
    """One sheet of a template.

    `anchors` are texts that must stand where they are expected. `words` are sentences
    for cells that hold more than a bare value, with items of the header in braces.
    `sums` show the sum of a field over this page's lines, `totals` over all.
    """

    sheet: Text
    anchors: Annotated[Mapping[CellName, Text], Limit(min_length=1)]
    header: Mapping[HeaderItem, Spot] = _NO_HEADER
    words: Mapping[CellName, Text] = NOTHING
    signers: Mapping[Text, Spot] = NOTHING
    """By label, such as 填表人; the names come from whoever fills the template."""
    fields: Mapping[Name, Spot] = NOTHING
    rows: Rows | None = None
    sums: Mapping[Name, Spot] = NOTHING
    totals: Mapping[Name, Spot] = NOTHING


class Layout(Page):
    """Where the figures of a form stand in a template.

    `continued` are its 续表 in order; when they do not suffice, the last is copied.
    """

    form: Name
    template: TemplateName
    sha256: Sha256
    """Of the template the layout was made for."""
    continued: tuple[Page, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The sheets in order, the first among them."""
        return (self, *self.continued)
