"""Sum, mean and counts of the cells a person has chosen."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store.search import Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.findings import RecordId
    from desktop.forms.fields import Field
    from desktop.store.ledger import Ledger

SLICE: Final = 2000
"""Records added up at once."""
_MEAN: Final = Decimal("0.01")


@frozen
class Part:
    """Records and fields that are chosen together."""

    records: Sequence[RecordId]
    fields: Sequence[Field]


def added_up(
    ledger: Ledger, form: str, period: str, parts: Sequence[Part]
) -> Steps[Sums]:
    """Add up what stands in the ledger, whether a view has read it or not."""
    found, done = Sums(), 0
    total = sum(len(part.records) for part in parts)
    search = ledger.search(form, period)
    for part in parts:
        for first in range(0, len(part.records), SLICE):
            records = part.records[first : first + SLICE]
            found += search.sums(records, part.fields)
            done += len(records)
            yield Progress(done, total, message("app.summing"))
    return found


def mean(sums: Sums) -> Decimal | None:
    """Give the mean of the numbers to two decimals; None where there are none."""
    if not sums.numbers:
        return None
    return (sums.total / sums.numbers).quantize(_MEAN, ROUND_HALF_UP)


def measure_of(parts: Sequence[Part]) -> str:
    """Give the unit in which all number fields are measured, if it is one."""
    numeric = {
        field.measure or ""
        for part in parts
        for field in part.fields
        if field.kind in ("integer", "decimal")
    }
    return numeric.pop() if len(numeric) == 1 else ""
