"""Which words the command line understands about who has handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_period
from desktop.cli.options import add_switch
from desktop.cli.options import command

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def understand_board(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang board`."""
    board = command(commands, "board", say, say("who has handed in, and who has not"))
    add_ledger(board)
    add_period(board)
    add_switch(board, "--all-periods", say("only the numbers, of every period"))
    add_switch(board, "--remind", say("texts to send to those who are missing"))
    add_switch(board, "--scores", say("scores with their sums; runs the audit"))
    add_switch(board, "--sums", say("figures as handed in, added up over the units"))
    add(board, "--csv", "FILE", say("write the board as CSV"))
    add(board, "--xlsx", "FILE", say("write the board as a workbook"))
    add(board, "--deadline", "DAY", say("the last day, such as 2026-01-15"))
    pairs = (
        ("--excuse", "UNIT=REASON", say("the unit need not hand in")),
        ("--expect", "UNIT=REASON", say("the unit is to hand in besides")),
        ("--spare", "FORM=REASON", say("the units below need not hand in the form")),
        ("--grace", "UNIT=REASON", say("the unit may hand in late")),
        ("--instead", "PACKAGE=REASON", say("somebody else made the package for it")),
    )
    for name, shape, text in pairs:
        board.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    add(board, "--until", "DAY", say("up to which day --grace holds"))
    add(board, "--who", "NAME", say("who made the package of --instead"))
    board.options.add_argument(
        "--forget",
        action="append",
        default=[],
        metavar="NAME",
        help=say("forget what was recorded of a unit, a form or a package"),
    )
    add_switch(board, "--lock", say("take nothing late without an exception"))
    add_switch(board, "--unlock", say("take what is late again"))
    add_json(board)
