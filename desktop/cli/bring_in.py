"""`taizhang import`: bring a table into a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.files.importing import ImportWish
from desktop.app.files.importing import import_action
from desktop.app.files.importing import plan_file
from desktop.app.files.importing import read_file
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.desk import period_of
from desktop.cli.import_plan import PlanTeller
from desktop.cli.import_plan import plan_facts
from desktop.core.messages import Message
from desktop.intake.action import summary
from desktop.intake.plan_values import ImportOptions
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def bring_in(desk: Desk, options: Namespace) -> int:
    """Import a file into a form; with `--dry-run` only show what would happen."""
    wish = _wish(options)
    with desk.open(Path(options.ledger), read_only=options.dry_run) as ledger:
        period = period_of(ledger, options.period)
        source = read_file(Path(options.file), desk.places.reader)
        if isinstance(source, Message):
            raise CannotRunError(source)
        ready = plan_file(ledger, period, source, wish)
        if isinstance(ready, Message):
            raise CannotRunError(ready)
        form = ledger.pack(period.code).form_by_id[options.form]
        if not options.dry_run:
            action = import_action(ready, form, desk.say, desk.person.new_id)
            answer = ledger.apply(action)
            if isinstance(answer, Stale):
                raise CannotRunError(answer.conflicts[0].message)
    if options.json:
        desk.answer(plan_facts(desk, ready, applied=not options.dry_run))
    else:
        teller = PlanTeller(desk, ready, form)
        teller.tell(wish.options.where, applied=not options.dry_run)
    return FOUND if summary(ready.plan).problem else DONE


def _wish(options: Namespace) -> ImportWish:
    chosen = ImportOptions(
        where=pairs_of(options.where, "--where"),
        constants=pairs_of(options.set, "--set"),
        units=pairs_of(options.place, "--place"),
    )
    return ImportWish(
        path=Path(options.file),
        form=options.form,
        sheet=options.sheet,
        heads=pairs_of(options.column, "--column"),
        options=chosen,
    )
