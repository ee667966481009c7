"""Which words the command line understands about return slips and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_period
from desktop.cli.options import add_switch
from desktop.cli.options import command
from desktop.cli.passwords import add_key_password

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def understand_return(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang return`."""
    back = command(commands, "return", say, say("send back what is to be corrected"))
    add_ledger(back)
    add_period(back)
    add(back, "--package", "PACKAGE", say("the package that things are sent back of"))
    pairs = (
        ("--cell", "FORM/RECORD/FIELD=REASON", say("send a cell back")),
        ("--finding", "FORM/RECORD/RULE=REASON", say("send a finding back")),
        ("--again", "ITEM=REASON", say("send an item back once more")),
        ("--agree", "ITEM", say("agree to what was corrected")),
        ("--drop", "ITEM", say("take an item off its slip")),
        ("--answer", "ITEM=REASON", say("say why what was sent back is right")),
        ("--take", "FILE", say("take in a slip or receipt that came back")),
    )
    for name, shape, text in pairs:
        back.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    add(back, "--slip", "SLIP", say("which slip; needed only where there are several"))
    add(back, "--due", "DAY", say("by when it is to be corrected, as 2026-01-31"))
    add(back, "--out", "FOLDER", say("write the slip to be sent, and its page"))
    add_key_password(back)
    add_json(back)


def understand_receipt(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang receipt`."""
    receipt = command(commands, "receipt", say, say("say that packages arrived"))
    add_ledger(receipt)
    receipt.arguments.add_argument(
        "package",
        nargs="?",
        metavar="PACKAGE",
        help=say("the package's number or file; without it they are listed"),
    )
    add_period(receipt)
    add_switch(receipt, "--accept", say("accept the package; nothing may be open"))
    add_switch(receipt, "--unaccept", say("accept it no longer"))
    add_switch(receipt, "--all", say("the receipts of all packages that count"))
    add(receipt, "--out", "FOLDER", say("write the receipt to be sent, and its page"))
    receipt.options.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="FILE",
        help=say("take in a slip or receipt that came back"),
    )
    add_key_password(receipt)
    add_json(receipt)
