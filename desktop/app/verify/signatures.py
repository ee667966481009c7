"""Hold the signature of a file against the keys a ledger knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.keeping.signing import known_keys
from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.exchange.keys_known import Standing
from desktop.exchange.keys_known import judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.verify.verifying import Examined
    from desktop.store.ledger import Ledger


def by_known_keys(ledger: Ledger, file: Examined) -> Iterator[Check]:
    """Say how far the key of a file is trusted; nothing where there is nothing to say.

    Raises:
        StoreError: The ledger cannot be read.
    """
    envelope = file.envelope
    # A report is never signed; only what is handed in misses a signature.
    if envelope is None or envelope.manifest.lineage is None:
        return
    unit, known = envelope.manifest.stamp.unit, known_keys(ledger)
    if unit not in known.names:
        return
    found = judged(known, unit, envelope.digest, envelope.signature)
    match found.standing:
        case Standing.UNSIGNED | Standing.BROKEN | Standing.UNKNOWN_SCHEME:
            return  # The file itself has said so, or has nothing to say.
        case Standing.OWN | Standing.CHECKED:
            verdict = Verdict.AGREES
        case Standing.FIRST:
            verdict = Verdict.UNKNOWN
        case _:
            verdict = Verdict.DIFFERS
    yield Check((file.name, ledger.path.name), verdict, (found.said,))
