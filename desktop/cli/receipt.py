"""`taizhang receipt`: say that packages arrived, and accept them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.receipts import receipts_for
from desktop.app.handover.slips.receipts import states_of
from desktop.app.handover.slips.receipts import unaccept
from desktop.app.handover.slips.slip_words import package_state
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.return_slip import do
from desktop.cli.return_slip import package_of
from desktop.cli.return_slip import send
from desktop.cli.return_slip import take_all
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.exchange.slip_facts import receipts_in

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from desktop.app.handover.slips.receipts import Noted
    from desktop.cli.desk import Desk
    from desktop.exchange.slip import PackageState
    from desktop.exchange.slip import Receipt
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger


def receipt(desk: Desk, options: Namespace) -> int:
    """Accept a package, write receipts, take them in; or list what there is."""
    writing = bool(options.accept or options.unaccept or options.take)
    _check(options)
    with desk.open(Path(options.ledger), read_only=not writing) as ledger:
        told = take_all(desk, ledger, options.take)
        period = period_of(ledger, options.period).code
        if options.package is not None:
            package = package_of(ledger, options.package)
            period = package.period
            _decide(desk, ledger, package, options)
        states = states_of(ledger, period)
        packages = [one for one in ledger.packages(period) if one.id in states]
        chosen = _chosen(ledger, packages, options)
        noted = run_steps(receipts_for(ledger, chosen, desk.person.who))
        paths: list[str] = []
        if options.out is not None:
            for one in noted:
                paths += send(desk, ledger, one, options)
        came = list(receipts_in(ledger.choices(period)).values())
        if options.json:
            listed = [_package(one, states[one.id]) for one in packages]
            desk.answer(
                {
                    "packages": listed,
                    "receipts": [_facts(one.receipt) for one in noted],
                    "came": [_facts(one) for one in came],
                    "taken": told,
                    "written": paths,
                }
            )
            return DONE
        for said in told:
            desk.line(said)
        if noted:
            _tell_receipts(desk, noted)
        else:
            _list(desk, [(one, states[one.id]) for one in packages], came)
    return DONE


def _check(options: Namespace) -> None:
    """Refuse what would do nothing, or two things at once."""
    deciding = options.accept or options.unaccept
    if (deciding and options.package is None) or (options.accept and options.unaccept):
        raise CannotRunError(message("slips.which_package"))


def _decide(desk: Desk, ledger: Ledger, package: Package, options: Namespace) -> None:
    if options.accept:
        day = desk.person.clock().date().isoformat()
        do(ledger, accept(ledger, package, day))
    elif options.unaccept:
        do(ledger, unaccept(ledger, package))


def _chosen(
    ledger: Ledger, packages: Sequence[Package], options: Namespace
) -> list[Package]:
    """Give the packages whose receipts are wanted."""
    if options.package is not None:
        wanted = package_of(ledger, options.package)
        chosen = [one for one in packages if one.id == wanted.id]
        if not chosen:
            raise CannotRunError(message("slips.not_counting", package=wanted.file))
        return chosen
    return list(packages) if options.all else []


def _tell_receipts(desk: Desk, noted: Sequence[Noted]) -> None:
    for one in noted:
        told = one.receipt
        about = told.about
        state = package_state(told.state, desk.say)
        desk.line(f"{letters(about.package)}  {about.unit_name}  {about.file}  {state}")
        for form in told.forms:
            desk.tell(
                "    {form}: {records} records; open {errors} 强制性, {warnings} "
                "核实性; explained {explained}",
                form=form.title,
                records=form.records,
                errors=form.errors,
                warnings=form.warnings,
                explained=form.explained,
            )


def _list(
    desk: Desk,
    packages: Sequence[tuple[Package, PackageState]],
    came: Sequence[Receipt],
) -> None:
    for one, state in packages:
        said = package_state(state, desk.say)
        desk.line(f"{letters(one.id)}  {one.unit}  {one.file}  {said}")
    for told in came:
        about = told.about
        desk.tell(
            "{sender} has revision {revision}: {state}",
            sender=told.sender.name,
            revision=about.revision,
            state=package_state(told.state, desk.say),
        )
    if not packages and not came:
        desk.tell("No package has been received and no receipt has come.")


def _package(one: Package, state: PackageState) -> dict[str, object]:
    return {
        "package": one.id,
        "file": one.file,
        "unit": one.unit,
        "period": one.period,
        "state": state.value,
    }


def _facts(told: Receipt) -> dict[str, object]:
    about = told.about
    return {
        "package": about.package,
        "file": about.file,
        "unit": about.unit,
        "unit_name": about.unit_name,
        "period": about.period,
        "revision": about.revision,
        "handed": told.handed,
        "taken": told.taken,
        "sender": told.sender.name,
        "state": told.state.value,
        "accepted": told.accepted or None,
        "forms": [
            {
                "form": form.form,
                "records": form.records,
                "nil": form.nil,
                "errors": form.errors,
                "warnings": form.warnings,
                "explained": form.explained,
            }
            for form in told.forms
        ],
    }
