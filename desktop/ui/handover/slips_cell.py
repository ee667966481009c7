"""退回这一格: the cell before the person goes on the return slip of its unit."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from desktop.app.audit.explained import record_name
from desktop.app.handover.slips import slips
from desktop.app.handover.slips.slips_marking import Wanted
from desktop.app.handover.slips.slips_marking import send_back
from desktop.core.messages import Message
from desktop.forms.entry import format_cell
from desktop.ui.handover.slips_actions import SlipsActions
from desktop.ui.handover.slips_dialogs import WEEK
from desktop.ui.handover.slips_dialogs import Asked
from desktop.ui.handover.slips_dialogs import SayDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.exchange.slip import Slip
    from desktop.forms.fields import Field
    from desktop.store.journal_rows import Package
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.ui.handover.slips_dialogs import Said
    from desktop.ui.workplace import Workplace


def send_cell_back(
    work: Workplace,
    record: Record,
    field: Field,
    parent: QWidget,
    tell: Callable[[str], None],
) -> None:
    """Ask why a cell goes back, if it came in a submission; else say why not."""

    def look(ledger: Ledger) -> tuple[Package | Message, Slip | None]:
        package = slips.package_for(ledger, record.key)
        if isinstance(package, Message):
            return package, None
        return package, slips.running(ledger, package)

    def found(there: tuple[Package | Message, Slip | None]) -> None:
        package, slip = there
        if isinstance(package, Message):
            tell(work.say.message(package))
        else:
            _ask(work, (record, field, package), term(work, slip), (parent, tell))

    work.bridge.ask(look, parent, found)


def term(work: Workplace, slip: Slip | None) -> tuple[date, bool]:
    """Give the day to begin with, and whether there is to be one.

    That of the slip which the item goes on is not changed unasked.
    """
    begin = work.start.person.clock().date() + timedelta(days=WEEK)
    if slip is None:
        return begin, True
    if slips.is_day(slip.due):
        return date.fromisoformat(slip.due), True
    return begin, False


def _ask(
    work: Workplace,
    about: tuple[Record, Field, Package],
    begin: tuple[date, bool],
    to: tuple[QWidget, Callable[[str], None]],
) -> None:
    (record, field, package), (parent, tell), (day, limited) = about, to, begin
    say, unit = work.say, work.unit(package.unit)
    name = package.unit if unit is None else unit.name
    form = work.form(record.key.form)
    of = work.unit(record.unit)
    called = record_name(form, record.cells, record.unit if of is None else of.name)
    value = format_cell(field, record.cell(field.id)) or say("blank")
    asked = Asked(
        "slips.cell",
        say("Send the cell back to {unit}", unit=name),
        f"{form.title} {called}\n{field.title}：{value}",
        say("What is to be corrected, and why"),
        say("Put on the return slip"),
        due=day,
        limited=limited,
    )
    actions = SlipsActions(work, parent)
    actions.complained.connect(tell)
    actions.told.connect(
        lambda text: tell(
            say("{done}. Write the slip under Hand over, Returns.", done=text)
        )
    )

    def use(said: Said) -> None:
        wanted = Wanted(form.id, str(record.key.facility), field.id, reason=said.reason)
        actions.do(partial(send_back, package=package, wanted=[wanted], due=said.due))

    SayDialog(work, asked, use, parent).open()
