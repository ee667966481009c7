"""`taizhang doctor`: prove that a ledger is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def doctor(desk: Desk, options: Namespace) -> int:
    """Check a ledger: file, change log, records, units, pack."""
    with desk.open(Path(options.ledger)) as ledger:
        diagnosis = ledger.doctor()
    for problem in diagnosis.problems:
        desk.told(problem)
    if diagnosis.problems:
        return FOUND
    desk.tell("{path} is whole.", path=options.ledger)
    return DONE
