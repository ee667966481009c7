"""Which words the command line understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_pack
from desktop.cli.options import add_period
from desktop.cli.options import add_scale
from desktop.cli.options import add_switch
from desktop.cli.options import command
from desktop.cli.parser import Parser
from desktop.cli.words_board import understand_board
from desktop.cli.words_files import understand_batch
from desktop.cli.words_files import understand_collect
from desktop.cli.words_files import understand_export
from desktop.cli.words_files import understand_import
from desktop.cli.words_files import understand_receive
from desktop.cli.words_files import understand_template
from desktop.cli.words_files import understand_undo
from desktop.cli.words_files import understand_verify
from desktop.cli.words_keys import understand_handing
from desktop.cli.words_keys import understand_keys
from desktop.cli.words_slips import understand_receipt
from desktop.cli.words_slips import understand_return
from desktop.cli.words_submit import understand_submit

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.core.words import Words


def understood(say: Words) -> Parser:
    """Build the parser of all commands, its help in the reader's language."""
    top = Parser(
        prog="taizhang",
        say=say,
        description=say(
            "Ledgers of 民生 surveys, offline. Without a command the window opens; "
            "with a ledger file, the window opens on it."
        ),
        epilog=say("Help for one command: taizhang COMMAND --help"),
    )
    top.options.add_argument(
        "--version", action="store_true", help=say("show the version")
    )
    commands = top.add_subparsers(
        title=say("commands"), dest="command", metavar="COMMAND", required=True
    )
    _new(commands, say)
    understand_import(commands, say)
    _check(commands, say)
    _indicators(commands, say)
    _compare(commands, say)
    _rollup(commands, say)
    _definitions(commands, say)
    understand_export(commands, say)
    understand_batch(commands, say)
    understand_template(commands, say)
    understand_collect(commands, say)
    understand_verify(commands, say)
    understand_submit(commands, say)
    understand_receive(commands, say)
    understand_undo(commands, say)
    understand_board(commands, say)
    understand_return(commands, say)
    understand_receipt(commands, say)
    understand_keys(commands, say)
    understand_handing(commands, say)
    _period(commands, say)
    _units(commands, say)
    _upgrade(commands, say)
    _pack(commands, say)
    _doctor(commands, say)
    _demo(commands, say)
    return top


def _new(commands: _SubParsersAction[Parser], say: Words) -> None:
    new = command(commands, "new", say, say("make a ledger"))
    add_ledger(new)
    add(new, "--pack", "PACK", say("a pack's id, folder or file"), needed=True)
    add(new, "--unit", "UNIT", say("code or name of the unit"), needed=True)
    add(new, "--period", "PERIOD", say("such as 2025 or 2025Q3"), needed=True)
    add_json(new)


def _check(commands: _SubParsersAction[Parser], say: Words) -> None:
    check = command(commands, "check", say, say("audit a ledger"))
    add_ledger(check)
    add_period(check)
    add_switch(check, "--all", say("list every finding"))
    add(check, "--xlsx", "FILE", say("write the findings as a workbook (or .csv)"))
    add_json(check)


def _indicators(commands: _SubParsersAction[Parser], say: Words) -> None:
    figures = command(commands, "indicators", say, say("compute the indicators"))
    add_ledger(figures)
    add_period(figures)
    add(figures, "--unit", "UNIT", say("a unit below the ledger's"))
    add_json(figures)


def _compare(commands: _SubParsersAction[Parser], say: Words) -> None:
    beside = command(commands, "compare", say, say("hold it against other packs"))
    add_ledger(beside)
    beside.options.add_argument(
        "--pack",
        action="append",
        required=True,
        metavar="PACK",
        help=say("another reporting system; may be given several times"),
    )
    add_period(beside)
    add(beside, "--unit", "UNIT", say("a unit below the ledger's"))
    add_json(beside)


def _definitions(commands: _SubParsersAction[Parser], say: Words) -> None:
    chosen = command(commands, "definitions", say, say("show or choose definitions"))
    add_ledger(chosen)
    add_period(chosen)
    chosen.options.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=OPTION",
        help=say("choose for the period; without OPTION as the pack has it"),
    )
    add_json(chosen)


def _rollup(commands: _SubParsersAction[Parser], say: Words) -> None:
    roll = command(commands, "rollup", say, say("add a form up over the units"))
    add_ledger(roll)
    add(roll, "--form", "FORM", say("the form, such as eci"), needed=True)
    add_period(roll)
    add(roll, "--unit", "UNIT", say("a unit below the ledger's"))
    roll.options.add_argument(
        "--scope",
        choices=("full", "node"),
        default="full",
        help=say("full: everything below; node: only the units directly below"),
    )
    add_switch(roll, "--deep", say("a line for the units of every level"))
    add_scale(roll)
    add(roll, "--xlsx", "FILE", say("write it as a workbook"))
    add_json(roll)


def _period(commands: _SubParsersAction[Parser], say: Words) -> None:
    period = command(commands, "period", say, say("show or add reporting periods"))
    add_ledger(period)
    add(period, "--add", "PERIOD", say("a period to add, such as 2026"))
    add(period, "--from", "PERIOD", say("take rosters over from this period"))
    add_json(period)


def _units(commands: _SubParsersAction[Parser], say: Words) -> None:
    units = command(commands, "units", say, say("show or change the units"))
    add_ledger(units)
    add(units, "--period", "PERIOD", say("from which period a change holds"))
    pairs = (
        ("--add", "CODE=NAME", say("add a unit; CODE may be new:CODE-ABOVE")),
        ("--zone", "CODE=NAME", say("add a unit that is no division, such as a zone")),
        ("--rename", "CODE=NAME", say("give a unit another name")),
        ("--move", "CODE=CODE", say("put a unit under another one")),
        ("--merge", "CODE=CODE", say("let a unit end in another one")),
    )
    for name, shape, text in pairs:
        units.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    add(units, "--list", "FILE", say("take over a table of units"))
    add_switch(units, "--dry-run", say("only show the plan"))
    add_json(units)


def _upgrade(commands: _SubParsersAction[Parser], say: Words) -> None:
    does = say("go on under a newer version of the pack")
    newer = command(commands, "upgrade", say, does)
    add_ledger(newer)
    add(newer, "--pack", "PACK", say("a pack's id, folder or file"), needed=True)
    add(newer, "--period", "PERIOD", say("from which period on; else the latest"))
    add_switch(newer, "--dry-run", say("only show the plan"))
    add_json(newer)


def _pack(commands: _SubParsersAction[Parser], say: Words) -> None:
    pack = command(commands, "pack", say, say("for pack authors"))
    actions = pack.add_subparsers(
        title=say("commands"), dest="action", metavar="COMMAND", required=True
    )
    lint = command(actions, "lint", say, say("report every fault of packs"))
    lint.arguments.add_argument(
        "packs", nargs="+", metavar="PACK", help=say("folders or files of packs")
    )
    show = command(actions, "show", say, say("tell in words what a pack asks for"))
    add_pack(show)
    add_json(show)
    compare = command(actions, "diff", say, say("tell how two packs differ"))
    for name in ("old", "new"):
        compare.arguments.add_argument(
            name, metavar=name.upper(), help=say("a pack's id, folder or file")
        )
    add_json(compare)
    new = command(actions, "new", say, say("write a small pack to begin with"))
    new.arguments.add_argument(
        "folder", metavar="FOLDER", help=say("a new folder; its name is the pack's id")
    )
    build = command(actions, "build", say, say("write a pack as one file"))
    add_pack(build)
    build.options.add_argument("-o", "--out", metavar="FILE", help=say("the file"))
    book = command(actions, "export-xlsx", say, say("write a pack as a workbook"))
    add_pack(book)
    book.options.add_argument("-o", "--out", metavar="FILE", help=say("the file"))
    read = command(
        actions, "import-xlsx", say, say("make a pack of a workbook or an XLSForm")
    )
    read.arguments.add_argument("file", metavar="FILE", help=say("an .xlsx file"))
    read.arguments.add_argument(
        "folder", metavar="FOLDER", help=say("a new folder; its name is the pack's id")
    )
    schema = command(actions, "schema", say, say("write JSON Schemas for editors"))
    add(schema, "--to", "FOLDER", say("folder for the files"), default=".")


def _doctor(commands: _SubParsersAction[Parser], say: Words) -> None:
    add_ledger(command(commands, "doctor", say, say("prove that a ledger is whole")))


def _demo(commands: _SubParsersAction[Parser], say: Words) -> None:
    demo = command(commands, "demo", say, say("the whole road on real input"))
    add(demo, "--out", "FOLDER", say("folder for the files"), default="out")
    add_switch(demo, "--no-window", say("do not open the window at the end"))
