"""期限…: by when a unit is to answer its return slip; changed, or taken away."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from desktop.app.handover.slips import slips
from desktop.ui.handover.slips_dialogs import Asked
from desktop.ui.handover.slips_dialogs import SayDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.exchange.slip import Slip
    from desktop.ui.handover.slips_actions import SlipsActions
    from desktop.ui.handover.slips_dialogs import Said
    from desktop.ui.workplace import Workplace


def ask_due(
    work: Workplace, slip: Slip, actions: SlipsActions, parent: QWidget, begin: date
) -> None:
    """Ask for the day of a slip; without one there is none any more."""
    say = work.say
    name = slip.about.unit_name
    kept = date.fromisoformat(slip.due) if slips.is_day(slip.due) else begin
    about = [
        say("{count} places are on the return slip.", count=len(slip.items)),
        say("Without a tick there is no deadline."),
    ]
    if slip.edition:
        about.append(say("It went out already: write it once more and send it."))
    asked = Asked(
        "slips.term",
        say("Deadline of {unit}'s return slip", unit=name),
        "\n".join(about),
        "",
        say("Keep the deadline"),
        due=kept,
        needed=False,
        limited=bool(slip.due),
    )

    def use(said: Said) -> None:
        actions.do(partial(slips.set_due, slip=slip, day=said.due))

    SayDialog(work, asked, use, parent).open()
