"""Fill an official .xlsx template with a form's figures, as a layout says.

The template is examined as any foreign file is, then patched inside its archive
(`desktop.export.template.fill`): what is not a figure of ours stays byte for byte.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.app.reports.exporting import clean_name
from desktop.app.reports.unit_report import SLICE
from desktop.app.templates.pages import Contents
from desktop.app.templates.pages import pages_of
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.template.book import Book
from desktop.export.template.check import write_filled
from desktop.export.template.fill import fill
from desktop.forms.layout_text import layout_of
from desktop.forms.model import Roster
from desktop.intake.limits import LIMITS
from desktop.intake.preflight import BUTTONS
from desktop.intake.preflight import preflight
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.export.template.fill import Filled
    from desktop.export.template.page import PageFill
    from desktop.forms.layout import Layout
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.problems import Problem
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

FOLDER = "templates"
"""Where the templates of a pack lie, beside its layouts."""


@frozen
class Template:
    """A template that has been examined and may be filled."""

    book: Book
    digest: str


@frozen
class Asked:
    """For which form and unit a template is filled, who signs, and the day."""

    form: Form
    unit: Unit
    signers: Mapping[str, str]
    day: date


@frozen
class Done:
    """A template that was filled; `copies` are sheets that were added."""

    path: Path
    records: int
    sheets: tuple[str, ...]
    copies: int
    anchors: int
    same_template: bool
    remarks: tuple[Message, ...]


def read_template(path: Path) -> Template | tuple[Message, ...]:
    """Examine a template; gives it, or why it is refused."""
    try:
        with path.open("rb") as file:
            data = file.read(LIMITS.file_bytes + 1)
    except OSError:
        return (message("template.unreadable", file=path.name),)
    refused = message("template.refused", file=path.name)
    if len(data) > LIMITS.file_bytes:
        most = LIMITS.file_bytes // (1024 * 1024)
        return refused, message("intake.file_too_large", file=path.name, limit=most)
    found = preflight(data, path.name, allowed=BUTTONS)
    if isinstance(found, Message):
        if found.code == "intake.macros":
            part = dict(found.params).get("part", "vbaProject.bin")
            return (message("template.macros", file=path.name, part=part),)
        return refused, found
    return Template(Book(path.name, data), hashlib.sha256(data).hexdigest())


def find_template(layout: Layout, folders: Iterable[Path]) -> Path | Message:
    """Look for the template of a layout: the very file, else one of its name."""
    places = [place for folder in folders for place in (folder / FOLDER, folder)]
    paths = [path for place in places if (path := place / layout.template).is_file()]
    for path in paths:
        if hashlib.sha256(path.read_bytes()).hexdigest() == layout.sha256:
            return path
    if paths:
        return paths[0]
    looked = "、".join(str(place) for place in places)
    return message("template.not_found", file=layout.template, folders=looked)


def layout_for(pack: Pack, form: Form) -> Layout | Message:
    """Give the layout that a pack has for a form."""
    found = pack.layout_by_form.get(form.id)
    return found or message("template.no_layout", form=form.title)


def read_layout(path: Path, pack: Pack) -> Layout | tuple[Problem, ...] | Message:
    """Read a layout that does not come with the pack."""
    try:
        return layout_of(path.read_bytes(), path.name, pack)
    except OSError:
        return message("template.unreadable", file=path.name)


def contents_of(ledger: Ledger, period: Period, asked: Asked) -> Steps[Contents]:
    """Read what a ledger has for a form: all records of the unit and below it."""
    view = View(unit=asked.unit.code)
    ids = ledger.ids(asked.form.id, period.code, view)
    found: list[Record] = []
    for start in range(0, len(ids), SLICE):
        yield Progress(start, len(ids), message("app.reading"))
        found += ledger.rows(asked.form.id, ids[start : start + SLICE])
    return Contents(
        form=asked.form,
        unit_code=str(asked.unit.code),
        unit_name=asked.unit.name,
        period=period,
        day=asked.day,
        signers=asked.signers,
        records=tuple(found),
        nil=ledger.nil(asked.form.id, period.code, asked.unit.code),
    )


def fill_template(
    template: Template,
    layout: Layout,
    contents: Contents,
    folder: Path,
    name: str = "",
) -> Done | tuple[Message, ...]:
    """Fill a template into a folder; gives what was done, or why nothing was.

    Without a name the file is called after unit, period and form.

    Raises:
        ExportError: The file could not be written.
    """
    book = template.book
    pages = pages_of(layout, contents, book)
    if isinstance(pages, Message):
        return (pages,)
    filled = fill(book, pages)
    if isinstance(filled, tuple):
        title = contents.form.title
        count = len(filled)
        said = message("template.changed", file=book.file, form=title, count=count)
        return said, *filled
    usual = f"{contents.unit_name}-{contents.period.title}-{contents.form.title}"
    path = folder / f"{name or clean_name(usual)}.xlsx"
    write_filled(filled, path)
    anchors = sum(len(page.anchors) for page in pages)
    same = template.digest == layout.sha256
    return Done(
        path=path,
        records=_shown(layout, contents),
        sheets=tuple(page.sheet for page in pages),
        copies=sum(page.copy is not None for page in pages),
        anchors=anchors,
        same_template=same,
        remarks=(
            *(() if same else (_other(book, anchors),)),
            *_remarks(contents),
            *_changes(pages, filled),
        ),
    )


def _shown(layout: Layout, contents: Contents) -> int:
    """Count the records that stand in the template."""
    if any(page.rows for page in layout.pages):
        return len(contents.records)
    return 0 if contents.own is None else 1


def _other(book: Book, anchors: int) -> Message:
    return message("template.other_digest", file=book.file, count=anchors)


def _remarks(contents: Contents) -> Iterable[Message]:
    """Say why a template has no figures."""
    form, period = contents.form, contents.period.title
    if contents.nil:
        yield message("template.nil", form=form.title)
    elif not contents.records:
        yield message("template.not_started", form=form.title, period=period)
    elif not isinstance(form, Roster) and contents.own is None:
        said = {"form": form.title, "unit": contents.unit_name, "period": period}
        yield message("template.unit_has_no_record", **said)


def _changes(pages: Iterable[PageFill], filled: Filled) -> Iterable[Message]:
    """Say what in the template is otherwise than it was, besides values."""
    copies = [page for page in pages if page.copy is not None]
    if copies:
        count, sheet = len(copies), copies[0].source
        yield message("template.copied", count=count, sheet=sheet)
    for sheet, cell in filled.overwritten:
        yield message("template.total_written", sheet=sheet, cell=cell)
