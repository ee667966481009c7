"""The records an indicator rests on, named, so that a person can go to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.entry.reading import names
from desktop.app.progress import Progress
from desktop.core.findings import RecordId
from desktop.core.messages import message
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.indicators.contributing import Basis
    from desktop.indicators.contributing import Contribution
    from desktop.store.ledger import Ledger

SHOWN: Final = 500
"""Records of one term that are listed; the rest are counted."""
SLICE: Final = 200


@dataclass(frozen=True, slots=True)
class Contributor:
    """A record that counts, or may: what it is called, and what it adds."""

    record: RecordId
    name: str
    unit: str
    found: Contribution


@dataclass(frozen=True, slots=True)
class Contributors:
    """The records of one term, those with a gap first; `count` is how many it has."""

    basis: Basis
    records: tuple[Contributor, ...]
    count: int


def contributors(
    ledger: Ledger, compiled: CompiledPack, indicator: str, period: Period
) -> Steps[tuple[Contributors, ...]]:
    """List the records of the period that an indicator rests on, term by term."""
    from desktop.indicators.compute import compile_for  # noqa: PLC0415 - brings the parser
    from desktop.indicators.contributing import bases  # noqa: PLC0415 - see above

    one = compiled.pack.indicator_by_id[indicator]
    pack = compiled.pack.replaced(indicators=(one,))
    plan = compile_for(pack, compiled.pack, compiled.schema)
    found: list[Contributors] = []
    for ready in plan.indicators:
        for basis in dict.fromkeys(bases(ready, compiled.schema)):
            yield Progress(0, 1, message("app.reading"))
            found.append((yield from _listed(ledger, compiled, basis, period)))
    return tuple(found)


def rows_of(
    ledger: Ledger, compiled: CompiledPack, basis: Basis, period: Period
) -> Steps[tuple[Contribution, ...]]:
    """Give the records of one term, as they count for the ledger's topmost unit."""
    from desktop.indicators.contributing import read_row  # noqa: PLC0415 - see above

    asked = period_parameters(compiled.pack, period)
    rows: list[Contribution] = []
    for place, row in enumerate(ledger.query(basis.sql, asked)):
        rows.append(read_row(basis, row))
        if place % SLICE == SLICE - 1:
            yield Progress(place, place + SLICE, message("app.reading"))
    return tuple(_kept(ledger, basis, rows))


def _listed(
    ledger: Ledger, compiled: CompiledPack, basis: Basis, period: Period
) -> Steps[Contributors]:
    kept = list((yield from rows_of(ledger, compiled, basis, period)))
    kept.sort(key=_with_gaps_first)
    form = compiled.pack.form_by_id[basis.form]
    shown = kept[:SHOWN]
    called = names(ledger, form, [RecordId(each.record) for each in shown])
    units = {str(unit.code): unit.name for unit in ledger.units()}
    listed = tuple(
        Contributor(
            RecordId(each.record),
            called.get(RecordId(each.record), ""),
            units.get(each.unit, each.unit),
            each,
        )
        for each in shown
    )
    return Contributors(basis, listed, len(kept))


def _with_gaps_first(found: Contribution) -> tuple[bool, int]:
    return found.amount is not None and not found.undecided, found.record


def _kept(
    ledger: Ledger, basis: Basis, rows: Sequence[Contribution]
) -> Iterator[Contribution]:
    """Leave out what does not count for the ledger's unit as a whole."""
    units = ledger.units()
    if basis.own:
        yield from (row for row in rows if row.unit == units[0].code)
        return
    parents = {str(unit.code): unit.parent for unit in units} if basis.top else {}
    there = {row.unit for row in rows}
    for row in rows:
        above = parents.get(row.unit)
        while above is not None and above not in there:
            above = parents.get(above)
        if above is None:
            yield row
