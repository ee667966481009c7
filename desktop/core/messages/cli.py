"""What the program's start and the command line say when they cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Words that are not understood.
    "cli.no-such-command": "There is no command and no file called {word}; nothing was "
    "done.\nCommands: {commands}\nTo open a ledger, give the name of its file. "
    "Help: taizhang --help",
    "cli.like-command": "There is no command and no file called {word}; perhaps you "
    "mean {close}. Nothing was done.\nCommands: {commands}\nHelp: taizhang --help",
    "cli.too-many": "To open the window, give one ledger file and nothing else; this "
    "was too much: {words}. Nothing was done.",
    "cli.bad-usage": "This command is not understood; nothing was done. {detail}\n"
    "{usage}",
    "cli.usage-missing": "This is missing: {what}. Nothing was done.\n{usage}",
    "cli.usage-unknown": "This is not understood: {what}. Nothing was done.\n{usage}",
    "cli.usage-no-value": "{what} must be followed by a value. Nothing was done.\n"
    "{usage}",
    "cli.usage-no-need": "{what} takes no value. Nothing was done.\n{usage}",
    "cli.usage-choice": "There is no {what} here. Nothing was done.\n{usage}",
    # Why the window does not open.
    "cli.no-window": "The window cannot be opened here ({detail}). All commands work "
    "without it: taizhang --help",
    # Why a command cannot run.
    "cli.unknown-period": "The ledger has no period {period}; it has: {periods}.",
    "cli.unknown-pack": "There is no pack {pack}; there are: {known}.",
    "cli.faulty-pack": "The pack {pack} has faults; see: taizhang pack lint.",
    "cli.unknown-unit": "No single unit is called {unit}; perhaps: {likely}.",
    "cli.no-unit-here": "The ledger has no unit {unit}.",
    "cli.bad-period": "{period} is no period of the kind this pack has ({kind}).",
    "cli.no-scale": "There is no scale {scale}; there are: {known}.",
    "cli.bad-digits": "Decimals are a number from 0 to 4, not {digits}.",
    "cli.from-alone": "Say with --add which period is to be added; nothing was done.",
    "cli.no-folder": "The folder {folder} cannot be made ({detail}). Nothing was "
    "written.",
    "cli.not-empty": "{folder} is there already and not empty. Nothing was written; "
    "give a new folder.",
    "cli.not-written": "{folder} cannot be written to ({detail}). Free what is in the "
    "way, or give another folder.",
    "cli.bad-pair": "{option} wants NAME=VALUE, not {text}.",
}
