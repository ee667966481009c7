"""Which words are understood of handing a submission in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_period
from desktop.cli.options import add_switch
from desktop.cli.options import command
from desktop.cli.passwords import add_key_password
from desktop.cli.passwords import add_password

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def understand_submit(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang submit`."""
    submit = command(commands, "submit", say, say("hand a period in"))
    add_ledger(submit)
    add_period(submit)
    add(submit, "--to", "FOLDER", say("a folder; STICK is the USB stick plugged in"))
    add(submit, "--mail", "FILE", say("a draft of a mail with the files"))
    size = say("the largest mail; a larger submission becomes several")
    add(submit, "--split", "SIZE", size, default="20MB")
    for name, text in (
        ("--slip", say("a delivery note (报送单) to print and sign")),
        ("--no-pdf", say("no PDF beside the workbook")),
        ("--without-rosters", say("no rosters, only their totals")),
        ("--seal", say("seal the workbook with a password")),
    ):
        add_switch(submit, name, text)
    add_password(submit)
    add_key_password(submit)
    add_json(submit)
