"""The command line: reads it, runs the command it means, and says what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.cli.desk import DONE
from desktop.cli.desk import FAILED
from desktop.cli.desk import CannotRunError
from desktop.cli.parser import BadUsageError
from desktop.cli.parser import HelpWantedError
from desktop.cli.parser import read
from desktop.cli.words import understood

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.cli.desk import Desk

Command: TypeAlias = "Callable[[Desk, Namespace], int]"


def run(desk: Desk, arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code."""
    try:
        options = read(understood(desk.say), arguments)
    except HelpWantedError as asked:
        desk.line(str(asked))
        return DONE
    except BadUsageError as error:
        desk.complain(error.message)
        return FAILED
    return _run(desk, options)


def _run(desk: Desk, options: Namespace) -> int:
    from desktop.export.safe_file import ExportError
    from desktop.store.errors import StoreError

    try:
        return command(options)(desk, options)
    except (CannotRunError, StoreError, ExportError) as error:
        desk.complain(error.message)
        return FAILED


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
        case "compare":
            from desktop.cli.compare import compare as chosen
        case "rollup":
            from desktop.cli.rollup import rollup as chosen
        case "definitions":
            from desktop.cli.definitions import definitions as chosen
        case "export":
            from desktop.cli.export import export as chosen
        case "batch":
            from desktop.cli.batch import batch as chosen
        case "period":
            from desktop.cli.period import period as chosen
        case "units":
            from desktop.cli.units import units as chosen
        case "upgrade":
            from desktop.cli.upgrade import upgrade as chosen
        case name:
            return _other(name)
    return chosen


def _other(name: str) -> Command:
    """Give the function of a command that is not about a period of one ledger."""
    match name:
        case "template":
            from desktop.cli.template import template as chosen
        case "collect":
            from desktop.cli.collect import collect as chosen
        case "verify":
            from desktop.cli.verify import verify as chosen
        case "pack":
            from desktop.cli.pack import pack as chosen
        case "doctor":
            from desktop.cli.doctor import doctor as chosen
        case "demo":
            from desktop.cli.demo import demo as chosen
        case name:
            return _of_handover(name)
    return chosen


def _of_handover(name: str) -> Command:
    """Give the function of a command by which ledgers hand over to each other."""
    match name:
        case "submit":
            from desktop.cli.submit import submit as chosen
        case "preview":
            from desktop.cli.receive import preview as chosen
        case "receive":
            from desktop.cli.receive import receive as chosen
        case "undo":
            from desktop.cli.receive import undo as chosen
        case "board":
            from desktop.cli.board import board as chosen
        case "return":
            from desktop.cli.return_slip import return_ as chosen
        case "receipt":
            from desktop.cli.receipt import receipt as chosen
        case "keys":
            from desktop.cli.keys import keys as chosen
        case "handover":
            from desktop.cli.archive import handover as chosen
        case "archive":
            from desktop.cli.archive import archive as chosen
        case "unseal":
            from desktop.cli.unseal import unseal as chosen
        case _:
            from desktop.cli.archive import unpack as chosen
    return chosen
