"""What the command line says when it cannot run."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "cli.bad-usage": "This command is not understood, nothing was done.\n{detail}",
    "cli.unknown-period": "The ledger has no period {period}; it has: {periods}.",
    "cli.unknown-pack": "There is no pack {pack}; there are: {known}.",
    "cli.faulty-pack": "The pack {pack} has faults; see: taizhang pack lint.",
    "cli.unknown-unit": "No single unit is called {unit}; perhaps: {likely}.",
    "cli.no-unit-here": "The ledger has no unit {unit}.",
    "cli.bad-period": "{period} is no period of the kind this pack has ({kind}).",
    "cli.bad-pair": "{option} wants NAME=VALUE, not {text}.",
}
