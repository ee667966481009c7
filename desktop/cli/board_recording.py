"""What `taizhang board` records: excuses, exceptions, 代报, the last day, the lock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.app.handover.board.board_facts import EXPECTED
from desktop.app.handover.board.board_facts import FORM
from desktop.app.handover.board.board_facts import GRACE
from desktop.app.handover.board.board_facts import INSTEAD
from desktop.app.handover.board.board_facts import Asked
from desktop.app.handover.board.board_facts import Grace
from desktop.app.handover.board.board_facts import Instead
from desktop.app.handover.board.board_facts import Recording
from desktop.app.ledgers.home_board import deadline_of
from desktop.app.ledgers.home_board import set_deadline
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.packing import travelling_forms
from desktop.store.records import Stale

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from collections.abc import Iterator
    from typing import TypeAlias

    from desktop.cli.desk import Desk
    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger

    Wanted: TypeAlias = Callable[[Recording], Action | Message]

RECORDING = ("excuse", "expect", "spare", "grace", "instead", "forget", "deadline")


def records(options: Namespace) -> bool:
    """Tell whether something is to be recorded."""
    named = any(getattr(options, name) for name in RECORDING)
    return bool(named or options.lock or options.unlock)


def record(desk: Desk, ledger: Ledger, period: Period, options: Namespace) -> None:
    """Record what is wanted, each an action of its own; a wrong word records nothing.

    Raises:
        CannotRunError: Something is not known here, or may not be recorded.
        StoreError: The disk did not take it.
    """
    if options.lock and options.unlock:
        raise CannotRunError(message("board.lock_and_unlock"))
    if options.deadline:
        before = deadline_of(ledger.choices(period.code))
        _apply(ledger, set_deadline(period, before, _day(options.deadline)))
    for wanted in list(_wanted(desk, ledger, period, options)):
        recording = Recording(period.code, ledger.choices(period.code))
        _apply(ledger, wanted(recording))


def _wanted(
    desk: Desk, ledger: Ledger, period: Period, options: Namespace
) -> Iterator[Wanted]:
    units = {str(unit.code): unit.name_in(period.code) for unit in ledger.units()}
    for option, asked in (("excuse", False), ("expect", True)):
        pairs = pairs_of(getattr(options, option), f"--{option}")
        for unit, reason in pairs.items():
            yield _asked(unit, _name(units, unit), Asked(asked, reason))
    forms = _forms(ledger, period)
    for form, reason in pairs_of(options.spare, "--spare").items():
        if form not in forms:
            raise CannotRunError(message("board.unknown_form", form=form))
        yield _spared(form, forms[form], Asked(asked=False, reason=reason))
    until = _day(options.until) if options.until else None
    for unit, reason in pairs_of(options.grace, "--grace").items():
        yield _grace(unit, _name(units, unit), Grace(until, reason))
    for package, reason in pairs_of(options.instead, "--instead").items():
        number, unit = _package(ledger, period, package)
        fact = Instead(options.who or desk.person.who, reason)
        yield _instead(number, units.get(unit, unit), fact)
    for named in options.forget:
        yield from _forgotten(ledger, period, named, units)
    if options.lock or options.unlock:
        today = desk.person.clock().date()
        yield lambda to: to.lock(today, locked=options.lock)


def _asked(unit: str, name: str, fact: Asked | None) -> Wanted:
    return lambda to: to.asked(unit, name, fact)


def _spared(form: str, title: str, fact: Asked | None) -> Wanted:
    return lambda to: to.form(form, title, fact)


def _forms(ledger: Ledger, period: Period) -> dict[str, str]:
    forms = travelling_forms(ledger.pack(period.code))
    return {form.id: form.title for form in forms}


def _grace(unit: str, name: str, fact: Grace | None) -> Wanted:
    return lambda to: to.grace(unit, name, fact)


def _instead(package: str, name: str, fact: Instead | None) -> Wanted:
    return lambda to: to.instead(package, name, fact)


def _forgotten(
    ledger: Ledger, period: Period, named: str, units: dict[str, str]
) -> Iterator[Wanted]:
    choices, forms = ledger.choices(period.code), _forms(ledger, period)
    if named in forms:
        if FORM + named in choices:
            yield _spared(named, forms[named], None)
        return
    if named not in units:
        number, unit = _package(ledger, period, named)
        if INSTEAD + number in choices:
            name = units.get(unit, unit)
            yield _instead(number, name, None)
        return
    if EXPECTED + named in choices:
        yield _asked(named, units[named], None)
    if GRACE + named in choices:
        yield _grace(named, units[named], None)


def _name(units: dict[str, str], unit: str) -> str:
    if unit not in units:
        raise CannotRunError(message("board.unknown_unit", unit=unit))
    return units[unit]


def _package(ledger: Ledger, period: Period, named: str) -> tuple[str, str]:
    for package in ledger.packages(period.code):
        if package.id.startswith(named) or package.file == named:
            return package.id, package.unit
    raise CannotRunError(message("exchange.unknown_package", package=named))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CannotRunError(message("board.unknown_day", text=text)) from error


def _apply(ledger: Ledger, action: Action | Message) -> None:
    if isinstance(action, Message):
        raise CannotRunError(action)
    answer = ledger.apply(action)
    if isinstance(answer, Stale):
        raise CannotRunError(answer.conflicts[0].message)
