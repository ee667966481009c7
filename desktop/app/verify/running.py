"""Verify whatever somebody brings: files by themselves, together, and with ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.app.verify.verifying import against_each_other
from desktop.app.verify.verifying import examine
from desktop.app.verify.verifying import is_ledger
from desktop.core.messages import message
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.progress import Steps
    from desktop.app.verify.verifying import Examined
    from desktop.store.ledger import Ledger


def verify(
    paths: Sequence[Path],
    reader: tuple[str, ...],
    open_ledger: Callable[[Path], Ledger],
) -> Steps[tuple[Check, ...]]:
    """Check files; those that are ledgers are what the others are held against.

    `reader` starts a process that reads a workbook, `open_ledger` opens a ledger for
    reading only. Nothing is ever written.
    """
    ledgers = [path for path in paths if is_ledger(path)]
    files = [path for path in paths if path not in ledgers]
    if not files:
        names = tuple(path.name for path in ledgers)
        return (Check(names, Verdict.UNKNOWN, (message("verify.no-files"),)),)
    examined = yield from examine(files, reader)
    checks = [file.check for file in examined]
    checks += against_each_other(examined)
    for path in ledgers:
        yield Progress(0, 1, message("verify.reading", file=path.name))
        checks += yield from _with_ledger(path, examined, open_ledger)
    return tuple(checks)


def _with_ledger(
    path: Path, files: Sequence[Examined], open_ledger: Callable[[Path], Ledger]
) -> Steps[list[Check]]:
    # The steps that look at compiled rules bring the parser of expressions.
    from desktop.app.verify.against_ledger import against_ledger  # noqa: PLC0415 - see above
    from desktop.app.verify.signatures import by_known_keys  # noqa: PLC0415 - as above

    found: list[Check] = []
    try:
        with open_ledger(path) as ledger:
            for file in files:
                found += yield from against_ledger(ledger, file)
                found += by_known_keys(ledger, file)
    except StoreError as error:
        found.append(Check((path.name,), Verdict.UNKNOWN, (error.message,)))
    return found
