"""`taizhang template fill`: a form's figures in the authority's own workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.progress import run_steps
from desktop.app.templates.filling import Asked
from desktop.app.templates.filling import Done
from desktop.app.templates.filling import Template
from desktop.app.templates.filling import contents_of
from desktop.app.templates.filling import fill_template
from desktop.app.templates.filling import find_template
from desktop.app.templates.filling import layout_for
from desktop.app.templates.filling import read_layout
from desktop.app.templates.filling import read_template
from desktop.cli.desk import DONE
from desktop.cli.desk import FAILED
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.cli.indicators import unit_of
from desktop.cli.named_pack import tell_faults
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.forms.layout import Layout
    from desktop.forms.model import Form
    from desktop.forms.model import Pack


def fill(desk: Desk, options: Namespace) -> int:
    """Fill the template of a form and write it into a folder."""
    ledger_path, folder = Path(options.ledger), Path(options.to)
    with desk.open(ledger_path) as ledger:
        period = period_of(ledger, options.period)
        pack = ledger.pack(period.code)
        form = form_of(pack, options.form)
        layout = _layout(desk, options, pack, form)
        if layout is None:
            return FAILED
        unit = unit_of(ledger, options.unit)
        signers = _signers(layout, options.signer)
        day = _day(options.date) or desk.person.clock().date()
        asked = Asked(form, unit, signers, day)
        contents = run_steps(contents_of(ledger, period, asked))
    template = _template(desk, options, layout, pack)
    if not isinstance(template, Template):
        return _refused(desk, template)
    make_folder(folder)
    done = fill_template(template, layout, contents, folder)
    if not isinstance(done, Done):
        return _refused(desk, done)
    if options.json:
        desk.answer(_facts(desk, done, contents.unit_code, period.code, form.id))
        return DONE
    desk.tell("Written and read back: {path}", path=str(done.path))
    desk.tell(
        "  records: {records}; sheets: {sheets}; anchors that held: {anchors}",
        records=done.records,
        sheets="、".join(done.sheets),
        anchors=done.anchors,
    )
    for said in done.remarks:
        desk.told(said, "  ")
    return DONE


def form_of(pack: Pack, wanted: str) -> Form:
    """Give a form of a pack.

    Raises:
        CannotRunError: There is none of that id.
    """
    form = pack.form_by_id.get(wanted)
    if form is None:
        known = "、".join(pack.form_by_id)
        raise CannotRunError(message("template.no_form", form=wanted, forms=known))
    return form


def _layout(desk: Desk, options: Namespace, pack: Pack, form: Form) -> Layout | None:
    """Give the layout to go by; None where the one that was named has faults."""
    if options.layout is None:
        found = layout_for(pack, form)
        if isinstance(found, Message):
            raise CannotRunError(found)
        return found
    path = Path(options.layout)
    read = read_layout(path, pack.replaced(forms=(form,)))
    if isinstance(read, Message):
        raise CannotRunError(read)
    if isinstance(read, tuple):
        desk.complain(message("template.faulty_layout", file=path.name))
        tell_faults(desk, path.name, read)
        return None
    return read


def _template(
    desk: Desk, options: Namespace, layout: Layout, pack: Pack
) -> Template | tuple[Message, ...]:
    """Find and examine the template: the one named, else the one the layout names."""
    if options.template is not None:
        return read_template(Path(options.template))
    beside = [desk.places.packs / pack.id, Path(options.ledger).absolute().parent]
    if options.layout is not None:
        own = Path(options.layout).absolute().parent
        beside = [own, own.parent, *beside]
    found = find_template(layout, beside)
    return (found,) if isinstance(found, Message) else read_template(found)


def _signers(layout: Layout, given: list[str]) -> dict[str, str]:
    signers = pairs_of(given, "--signer")
    known = {label for page in layout.pages for label in page.signers}
    for label in signers.keys() - known:
        labels = "、".join(sorted(known)) or "—"
        raise CannotRunError(message("template.no_signer", label=label, labels=labels))
    return signers


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise CannotRunError(message("template.no_day", text=text)) from fault


def _refused(desk: Desk, said: tuple[Message, ...]) -> int:
    for each in said:
        desk.complain(each)
    return FAILED


def _facts(
    desk: Desk, done: Done, unit: str, period: str, form: str
) -> dict[str, object]:
    return {
        "file": str(done.path),
        "form": form,
        "unit": unit,
        "period": period,
        "records": done.records,
        "sheets": list(done.sheets),
        "copies": done.copies,
        "anchors": done.anchors,
        "same_template": done.same_template,
        "remarks": [desk.say.message(said) for said in done.remarks],
    }
