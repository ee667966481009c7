"""`taizhang template inspect`: what a template is, and a layout to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.templates.filling import Template
from desktop.app.templates.filling import read_template
from desktop.app.templates.proposing import propose
from desktop.cli.desk import DONE
from desktop.cli.desk import FAILED
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from desktop.cli.template_fill import form_of
from desktop.core.messages import message
from desktop.export.template.grid import grid_of
from desktop.export.template.sheet import OddPartError
from desktop.export.template.sheet import cell_name

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.forms.model import Form


def inspect(desk: Desk, options: Namespace) -> int:
    """Say what a template has; for a form, propose a layout as YAML."""
    if (options.pack is None) != (options.form is None):
        raise CannotRunError(message("template.both_or_none"))
    form = None
    if options.pack is not None:
        form = form_of(pack_of(desk, options.pack), options.form)
    template = read_template(Path(options.file))
    if not isinstance(template, Template):
        for said in template:
            desk.complain(said)
        return FAILED
    try:
        return _tell(desk, template) if form is None else _propose(desk, template, form)
    except OddPartError as fault:
        said = message("template.odd_part", file=template.book.file, part=fault.part)
        raise CannotRunError(said) from fault


def _tell(desk: Desk, template: Template) -> int:
    """Say what stands on each sheet."""
    desk.line(f"{template.book.file}  sha256 {template.digest}")
    for name in template.book.sheets:
        grid = grid_of(template.book, name)
        desk.tell(
            "{sheet}: {rows} rows, {columns} columns, {formulas} formulas",
            sheet=name,
            rows=grid.rows,
            columns=grid.columns,
            formulas=len(grid.formulas),
        )
        for where in sorted(grid.texts):
            desk.line(f"  {cell_name(*where)}  {grid.texts[where]}")
    return DONE


def _propose(desk: Desk, template: Template, form: Form) -> int:
    """Write a layout that a person can finish; comments say what was not found."""
    made = propose(template, form)
    desk.tell(
        "# A proposal: look through it. {found} of {count} fields were found.",
        found=made.found,
        count=len(form.fields),
    )
    desk.tell("# Save it as layouts/{form}.yaml of the pack.", form=form.id)
    for field in made.missing:
        desk.tell("# not found: {field} ({title})", field=field.id, title=field.title)
    desk.line(made.text.rstrip("\n"))
    return FOUND if made.missing else DONE
