"""`taizhang submit`: hand a period in, on a stick, in a folder or by mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.compiled import compiled_for
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.sending.carrying import Target
from desktop.app.handover.sending.handing_in import Mail
from desktop.app.handover.sending.handing_in import Wanted
from desktop.app.handover.sending.handing_in import hand_in
from desktop.app.handover.sending.handing_in import noting
from desktop.app.handover.sending.mailing import size_of
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.sticks import sticks
from desktop.app.handover.sending.submitting import submission
from desktop.app.handover.sending.submitting import without_rosters
from desktop.app.progress import run_steps
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.cli.passwords import key_password_of
from desktop.cli.passwords import password_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import letters
from desktop.exchange.lineage import not_carried
from desktop.store.errors import LockedError
from desktop.store.errors import ReadOnlyError

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.handover.sending.handing_in import HandedIn
    from desktop.app.handover.sending.handing_in import Route
    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger

STICK: Final = "stick"
"""What is written for the one stick that is plugged in."""


def submit(desk: Desk, options: Namespace) -> int:
    """Make a submission, bring it on its way, and note that it was handed in."""
    routes = _routes(options)
    ledger, locked = _opened(desk, Path(options.ledger))
    with ledger:
        period = period_of(ledger, options.period)
        report = _report(ledger, period, options)
        wanted = _wanted(desk, ledger, period, options)
        done = [hand_in(report, route, wanted, lambda _: True) for route in routes]
        if locked is None:
            for one in done:
                ledger.apply(noting(ledger.choices(period.code), one, wanted))
    remarks = [said for one in done for said in one.remarks]
    if locked is not None:
        why = desk.say.message(locked)
        remarks.append(message("carrying.not_noted", why=why))
    if options.json:
        desk.answer(_facts(desk, report, done, remarks))
    else:
        _tell(desk, report, done, remarks)
    return DONE


def _opened(desk: Desk, path: Path) -> tuple[Ledger, Message | None]:
    """Open the ledger, for reading alone where it is open elsewhere or protected."""
    try:
        return desk.open(path, read_only=False), None
    except (LockedError, ReadOnlyError) as error:
        return desk.open(path), error.message


def _report(ledger: Ledger, period: Period, options: Namespace) -> Report:
    forms = None
    if options.without_rosters:
        forms = without_rosters(ledger.pack(period.code))
    compiled = compiled_for(ledger, period)
    totals = options.without_rosters
    return run_steps(submission(ledger, compiled, period, forms, totals=totals))


# --- Where to -----------------------------------------------------------------


def _routes(options: Namespace) -> list[Route]:
    """Read where it is to go.

    Raises:
        CannotRunError: Nowhere, or there is no such place.
    """
    routes: list[Route] = []
    if options.to is not None and options.to.lower() == STICK:
        routes.append(_the_stick())
    elif options.to is not None:
        folder = Path(options.to)
        make_folder(folder)
        routes.append(Target(folder))
    limit = size_of(options.split)
    if isinstance(limit, Message):
        raise CannotRunError(limit)
    if options.mail is not None:
        path = Path(options.mail)
        make_folder(path.parent)
        routes.append(Mail(path, limit))
    if not routes:
        raise CannotRunError(message("carrying.nowhere"))
    return routes


def _the_stick() -> Target:
    found = sticks()
    if not found:
        raise CannotRunError(message("carrying.no_stick"))
    if len(found) > 1:
        names = "、".join(f"{each.name}（{each.path}）" for each in found)
        raise CannotRunError(message("carrying.many_sticks", sticks=names))
    return Target(found[0].path, found[0])


# --- How ----------------------------------------------------------------------


def _wanted(desk: Desk, ledger: Ledger, period: Period, options: Namespace) -> Wanted:
    password = ""
    if options.seal:
        asking = desk.say("Password to seal the workbook with: ")
        password = password_of(desk, options, again=True, asking=asking)
    key_password = key_password_of(desk, options, ledger)
    return Wanted(
        fonts=desk.places.fonts,
        who=desk.person.who,
        at=desk.person.clock(),
        titles=tuple((form.id, form.title) for form in ledger.pack(period.code).forms),
        pdf=not options.no_pdf,
        slip=options.slip,
        password=password,
        sign=lambda digest: sign(ledger, digest, key_password),
    )


# --- What came of it -----------------------------------------------------------


def _facts(
    desk: Desk, report: Report, done: list[HandedIn], remarks: list[Message]
) -> dict[str, object]:
    stamp = done[0].stamp
    left = not_carried(manifest_in(report))
    return {
        "files": [str(path) for one in done for path in one.paths],
        "package": report.digest,
        "packages": list(dict.fromkeys(each for one in done for each in one.packages)),
        "unit": stamp.unit,
        "period": stamp.period,
        "revision": stamp.revision,
        "made": stamp.made,
        "left_out": list(left),
        "remarks": [desk.say.message(said) for said in remarks],
    }


def _tell(
    desk: Desk, report: Report, done: list[HandedIn], remarks: list[Message]
) -> None:
    for one in done:
        for path in one.paths:
            desk.tell("Written and read back: {path}", path=str(path))
        for line in one.note.remarks:
            desk.line(line)
        if one.stick:
            desk.tell("The stick {stick} can be taken out now.", stick=one.stick)
    for said in remarks:
        desk.told(said)
    desk.tell(
        "Package {number}, revision {revision}. Read the number out over the "
        "telephone if you want to be sure that the right file arrived.",
        number=letters(report.digest),
        revision=done[0].stamp.revision,
    )
