"""A copy of a ledger to try out what an action would come to, without doing it."""

from __future__ import annotations

from desktop.store.connection import copied
from desktop.store.errors import translated
from desktop.store.files import OpenFile
from desktop.store.ledger import Ledger


def rehearsal(ledger: Ledger) -> Ledger:
    """Give a copy that may be written to; close it, and it is gone.

    It lies in a private file without a name. The ledger itself stays as it is, and may
    be written to meanwhile.

    Raises:
        StoreError: The ledger cannot be read, or there is no room for a copy.
    """
    # What is asked for here belongs to the class, which is long enough.
    with translated(ledger.path):
        connection = copied(ledger._connection)  # noqa: SLF001 - see above
    file = OpenFile(ledger.path, connection, None, ledger._shelf)  # noqa: SLF001 - same
    made = Ledger(file, ledger._origin)  # noqa: SLF001 - same
    made.read_only = False
    made.wanted = ledger.wanted
    return made
