"""Fill an official template for one unit or for many, a file for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.app.batch.running import Done
from desktop.app.batch.running import Result
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports.exporting import clean_name
from desktop.app.templates.filling import Asked
from desktop.app.templates.filling import contents_of
from desktop.app.templates.filling import fill_template
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import said_of
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from desktop.app.batch.running import Reading
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.app.templates.filling import Template
    from desktop.app.templates.matching import Matched
    from desktop.app.templates.pages import Contents
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger


@frozen
class Filling:
    """A template with its layout, and the units it is filled for."""

    template: Template
    matched: Matched
    period: Period
    units: tuple[Unit, ...]
    folder: Path
    signers: Mapping[str, str]
    day: date

    def asked(self, unit: Unit) -> Asked:
        """Ask for one unit."""
        return Asked(self.matched.form, unit, self.signers, self.day)

    def name(self, unit: Unit) -> str:
        """Name the file of a unit; two units may be called alike."""
        name, title = unit.name_in(self.period.code), self.matched.form.title
        return clean_name(f"{unit.code}-{name}-{self.period.title}-{title}")


def fill_units(filling: Filling, reading: Reading, watch: Watcher) -> Result:
    """Fill the template for each unit; what fails for one does not stop the others.

    Raises:
        ExportError: The folder cannot be made.
    """
    try:
        filling.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(said_of(error, str(filling.folder))) from error
    done: list[Done] = []
    units = filling.units
    for place, unit in enumerate(units):
        said = message("batch.unit", unit=unit.name, place=place + 1, count=len(units))
        at = Progress(place, len(units), said)
        read = partial(_contents, filling.asked(unit), filling.period, at)
        try:
            contents = reading(read, watch)
            done.append(_filled(filling, unit, contents))
        except CancelledError:
            return Result(tuple(done), units[place:], stopped=True)
        except (ExportError, StoreError) as error:
            done.append(Done(unit, fault=error.message))
    return Result(tuple(done))


def _contents(
    asked: Asked, period: Period, at: Progress, ledger: Ledger
) -> Steps[Contents]:
    """Read what goes into the file of a unit, telling which unit that is."""
    yield at
    steps = contents_of(ledger, period, asked)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            contents: Contents = stop.value
            return contents
        yield at


def _filled(filling: Filling, unit: Unit, contents: Contents) -> Done:
    layout, name = filling.matched.layout, filling.name(unit)
    answer = fill_template(filling.template, layout, contents, filling.folder, name)
    if isinstance(answer, tuple):
        return Done(unit, remarks=answer[1:], fault=answer[0])
    return Done(unit, made=(answer.path,), remarks=answer.remarks)
