"""Figures as the units handed them in, added up, beside what this ledger computes.

Where the units kept their rosters and sent sums alone, this is where the whole is seen.
Only what adds up is added up: sums and counts, never a ratio, a mean or a largest one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.figures.figuring import computed
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.manifest import TableKind
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.content import cell_of
from desktop.export.building.rollup import rollup_id
from desktop.export.manifest.data import FIGURE_FIELDS
from desktop.export.manifest.data import FIGURES_TABLE
from desktop.indicators.adding import adds_up

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.compiled import CompiledPack
    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.progress import Steps
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Table
    from desktop.core.period import Period
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger

TERMS: Final = ("numerator", "denominator")
_PLACES: Final[Mapping[str, int]] = {
    field: place for place, (field, _) in enumerate(FIGURE_FIELDS)
}


@frozen
class Sum:
    """One thing added up over units: `here` is what this ledger computes of it.

    `values` are by unit what was handed in. `here` is None where nothing is computed.
    """

    id: str
    title: str
    measure: str
    values: Mapping[str, Decimal]
    here: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """The sum of what was handed in."""
        return sum(self.values.values(), Decimal(0))


@frozen
class HandedSums:
    """Sums over the units that handed in; `names` by code, `missing` handed in none."""

    names: Mapping[str, str]
    missing: tuple[str, ...]
    figures: tuple[Sum, ...]
    totals: tuple[Sum, ...]
    """Sums of forms whose records were kept by the units that sent them."""


def handed_sums(
    ledger: Ledger, compiled: CompiledPack, period: Period, board: Board
) -> Steps[HandedSums]:
    """Add up what the units of a board handed in.

    Raises:
        StoreError: The ledger cannot be read.
    """
    asked = [line for line in board.lines if line.asked]
    said: dict[str, dict[str, Table]] = {}
    for place, line in enumerate(asked):
        yield Progress(place, len(asked), message("board.reading"))
        found = _tables(_manifests(ledger, line))
        if found:
            said[str(line.unit.code)] = found
    own = yield from computed(
        ledger, compiled.pack, compiled.figures, period, board.root.code
    )
    names = {str(line.unit.code): line.name for line in asked}
    missing = tuple(name for code, name in names.items() if code not in said)
    return HandedSums(
        names,
        missing,
        tuple(_figures(compiled, said, own)),
        tuple(_totals(compiled, said)),
    )


def _manifests(ledger: Ledger, line: Line) -> Iterator[Manifest]:
    """Read what a unit handed in of itself, the newest last."""
    for each in line.counting:
        if each.package.unit == line.unit.code:
            found = read_data(ledger.package_data(each.package.id))
            if not isinstance(found, Message):
                yield found


def _tables(manifests: Iterable[Manifest]) -> dict[str, Table]:
    """Give the newest table of each kind that says sums; parts may have different."""
    kinds = (TableKind.FIGURES, TableKind.UNITS)
    return {
        table.id: table
        for manifest in manifests
        for table in manifest.tables
        if table.kind in kinds
    }


def _figures(
    compiled: CompiledPack,
    said: Mapping[str, Mapping[str, Table]],
    own: Iterable[Figure],
) -> Iterator[Sum]:
    here = {figure.indicator: figure for figure in own}
    told = {unit: _terms(tables.get(FIGURES_TABLE)) for unit, tables in said.items()}
    for ready in compiled.figures.indicators:
        indicator = ready.indicator
        given = (indicator.numerator, indicator.denominator)
        pairs = zip(TERMS, given, (ready.numerator, ready.denominator), strict=True)
        for name, term, expression in pairs:
            if term is None or expression is None or not adds_up(expression.node):
                continue
            id_ = f"{indicator.id}.{name}"
            values = {unit: terms[id_] for unit, terms in told.items() if id_ in terms}
            title = f"{indicator.title}：{term.title}"
            value = _own(here.get(indicator.id), name)
            yield Sum(id_, title, term.measure or "", values, value)


def _own(figure: Figure | None, name: str) -> Decimal | None:
    term = None if figure is None else getattr(figure, name)
    return None if term is None else term.value


def _terms(table: Table | None) -> dict[str, Decimal]:
    """Read numerators and denominators, by indicator and term."""
    found: dict[str, Decimal] = {}
    for row in table.rows if table is not None else ():
        for name in TERMS:
            number = _number(row.cells[_PLACES[name]])
            if number is not None:
                found[f"{row.key}.{name}"] = number
    return found


def _totals(
    compiled: CompiledPack, said: Mapping[str, Mapping[str, Table]]
) -> Iterator[Sum]:
    """Add up the totals of forms that came as totals alone."""
    for form in compiled.pack.forms:
        id_ = rollup_id(form.id)
        tables = {unit: found[id_] for unit, found in said.items() if id_ in found}
        ratios = {
            one.field.id for one in compiled.totals(form.id).fields if not one.amount
        }
        heads = dict.fromkeys(head for each in tables.values() for head in each.fields)
        for head, title in heads:
            if head in ratios:
                continue
            values = {
                unit: value
                for unit, table in tables.items()
                for value in [_total(table, head)]
                if value is not None
            }
            measure = getattr(form.by_id.get(head), "measure", "") or ""
            yield Sum(f"{form.id}.{head}", f"{form.title}：{title}", measure, values)


def _total(table: Table, head: str) -> Decimal | None:
    if table.totals is None:
        return None
    pairs = zip(table.fields, table.totals.cells, strict=True)
    return next((_number(text) for (id_, _), text in pairs if id_ == head), None)


def _number(text: str | None) -> Decimal | None:
    """Read a number; whatever else a file may say there is none."""
    try:
        cell = cell_of(text or "")
    except ValueError:
        return None
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    return None
