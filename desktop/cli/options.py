"""The options that many commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def command(
    commands: _SubParsersAction[Parser], name: str, say: Words, does: str
) -> Parser:
    """Add a command, with what it does in the reader's language."""
    return commands.add_parser(name, say=say, help=does, description=does)


def add_ledger(to: Parser) -> None:
    """Ask for the ledger file."""
    to.arguments.add_argument(
        "ledger", metavar="LEDGER", help=to.say("the ledger file")
    )


def add_period(to: Parser) -> None:
    """Let a period be named."""
    add(to, "--period", "PERIOD", to.say("a period of it; by default the latest"))


def add_json(to: Parser) -> None:
    """Let the answer be JSON."""
    add_switch(to, "--json", to.say("answer in JSON"))


def add_switch(to: Parser, name: str, text: str) -> None:
    """Add an option that is there or not."""
    to.options.add_argument(name, action="store_true", help=text)


def add(
    to: Parser,
    name: str,
    shape: str,
    text: str,
    *,
    needed: bool = False,
    default: str | None = None,
) -> None:
    """Add an option with a value; `shape` is how the help calls it."""
    to.options.add_argument(
        name, metavar=shape, help=text, required=needed, default=default
    )


def add_scale(to: Parser) -> None:
    """Let numbers be printed in larger units."""
    add(to, "--scale", "SCALE", to.say("print in 个, 百, 千, 万, 百万 or 亿"))
    add(to, "--digits", "DIGITS", to.say("decimals of scaled numbers, 0 to 4"))


def add_pack(to: Parser) -> None:
    """Ask for a pack."""
    to.arguments.add_argument(
        "pack", metavar="PACK", help=to.say("a pack's id, folder or file")
    )
