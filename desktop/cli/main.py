"""The command line: which words are understood, and which command they mean."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING
from typing import NoReturn
from typing import TypeAlias

from desktop.cli.desk import FAILED
from desktop.cli.desk import CannotRunError
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.cli.desk import Desk
    from desktop.core.words import Words

Command: TypeAlias = "Callable[[Desk, Namespace], int]"

COMMANDS = ("new", "import", "check", "indicators", "export", "pack", "doctor", "demo")


class BadUsageError(Exception):
    """The words of a command line are not understood."""


class Parser(ArgumentParser):
    """A parser that says what is wrong instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Report words that are not understood."""
        raise BadUsageError(f"{self.format_usage().strip()}\n{message}")


def run(desk: Desk, arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code."""
    try:
        options = parser(desk.say).parse_args(arguments)
    except BadUsageError as error:
        desk.complain(message("cli.bad-usage", detail=str(error)))
        return FAILED
    try:
        return command(options)(desk, options)
    except (CannotRunError, StoreError, ExportError) as error:
        desk.complain(error.message)
        return FAILED


def parser(say: Words) -> Parser:
    """Build the parser, its help in the reader's language."""
    top = Parser(prog="taizhang", description=say("Ledgers of 民生 surveys, offline."))
    commands = top.add_subparsers(dest="command", required=True)
    _add_new(commands.add_parser("new", help=say("make a ledger")), say)
    _add_import(commands.add_parser("import", help=say("bring in a table")), say)
    checking = commands.add_parser("check", help=say("audit a ledger"))
    _add_ledger(checking, say)
    checking.add_argument("--all", action="store_true", help=say("list every finding"))
    figures = commands.add_parser("indicators", help=say("compute the indicators"))
    _add_ledger(figures, say)
    figures.add_argument("--unit", help=say("a unit below the ledger's"))
    _add_export(commands.add_parser("export", help=say("write workbook and PDF")), say)
    packs = commands.add_parser("pack", help=say("for pack authors"))
    _add_pack(packs, say)
    doctor = commands.add_parser("doctor", help=say("prove that a ledger is whole"))
    doctor.add_argument("ledger", help=say("the ledger file"))
    demo = commands.add_parser("demo", help=say("the whole road on real input"))
    demo.add_argument("--out", default="out", help=say("folder for the files"))
    return top


def command(options: Namespace) -> Command:
    """Give the function of a command; each is loaded only when it is meant."""
    match options.command:
        case "new":
            from desktop.cli.new import new as chosen
        case "import":
            from desktop.cli.bring_in import bring_in as chosen
        case "check":
            from desktop.cli.check import check as chosen
        case "indicators":
            from desktop.cli.indicators import indicators as chosen
        case "export":
            from desktop.cli.export import export as chosen
        case "pack":
            from desktop.cli.pack import lint as chosen
        case "doctor":
            from desktop.cli.doctor import doctor as chosen
        case _:
            from desktop.cli.demo import demo as chosen
    return chosen


def _add_ledger(to: ArgumentParser, say: Words) -> None:
    to.add_argument("ledger", help=say("the ledger file"))
    to.add_argument("--period", help=say("a period of it; by default the latest"))
    _add_json(to, say)


def _add_json(to: ArgumentParser, say: Words) -> None:
    to.add_argument("--json", action="store_true", help=say("answer in JSON"))


def _add_new(to: ArgumentParser, say: Words) -> None:
    to.add_argument("ledger", help=say("the ledger file"))
    to.add_argument(
        "--pack", required=True, help=say("reporting system, such as liaoning")
    )
    to.add_argument("--unit", required=True, help=say("code or name of the unit"))
    to.add_argument("--period", required=True, help=say("such as 2025 or 2025Q3"))
    _add_json(to, say)


def _add_import(to: ArgumentParser, say: Words) -> None:
    to.add_argument("ledger", help=say("the ledger file"))
    to.add_argument("file", help=say("an .xlsx or .csv file"))
    to.add_argument("--form", required=True, help=say("the form, such as eci"))
    to.add_argument("--period", help=say("a period of it; by default the latest"))
    to.add_argument("--sheet", help=say("the sheet, if there are several"))
    pairs = (
        ("--column", "HEAD=FIELD", say("which field a column carries")),
        ("--where", "COLUMN=TEXT", say("only rows whose column has that text")),
        ("--set", "FIELD=VALUE", say("for cells the table leaves blank")),
        ("--place", "TEXT=CODE", say("which unit a text of the unit column means")),
    )
    for name, shape, text in pairs:
        to.add_argument(name, action="append", default=[], metavar=shape, help=text)
    to.add_argument("--dry-run", action="store_true", help=say("only show the plan"))
    _add_json(to, say)


def _add_export(to: ArgumentParser, say: Words) -> None:
    _add_ledger(to, say)
    to.add_argument("--to", default=".", help=say("folder for the files"))
    to.add_argument("--xlsx", action="store_true", help=say("the workbook only"))
    to.add_argument("--pdf", action="store_true", help=say("the PDF only"))


def _add_pack(to: ArgumentParser, say: Words) -> None:
    actions = to.add_subparsers(dest="action", required=True)
    lint = actions.add_parser("lint", help=say("report every fault of packs"))
    lint.add_argument("packs", nargs="+", help=say("folders of packs"))
