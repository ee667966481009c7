"""One ledger evaluated against several packs at once, side by side.

The indicators of another pack are compiled for the tables this ledger has. What it
asks for and the ledger does not hold is said in words (本台账没有…) and is no error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figures.figuring import computed
from desktop.app.figures.lacking import lacking
from desktop.app.packs.words import formulas
from desktop.export.building.figures import indicator_line
from desktop.expr.schema import Schema
from desktop.indicators.meaning import Difference
from desktop.indicators.meaning import differences
from desktop.indicators.meaning import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.export.report import IndicatorLine
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack
    from desktop.indicators.compute import FigurePlan
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pack made ready to be asked of a ledger.

    `formulas` say each indicator in words; `lacking` says for those that cannot be
    computed what the ledger does not have.
    """

    pack: Pack
    plan: FigurePlan
    formulas: Mapping[str, str]
    lacking: Mapping[str, tuple[Message, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one pack says of an indicator in this ledger."""

    indicator: Indicator
    figure: Figure | None
    line: IndicatorLine
    lacking: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator, one cell a pack; None where a pack does not have it.

    `differences` say in what the packs differ over it.
    """

    title: str
    cells: tuple[Cell | None, ...]
    differences: tuple[Difference, ...]

    @property
    def meant_differently(self) -> bool:
        """Whether the same words stand for different figures."""
        return any(difference.of_meaning for difference in self.differences)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several packs beside each other, the ledger's own first.

    Rows in which packs differ stand first; otherwise they are in the packs' order.
    """

    packs: tuple[Pack, ...]
    rows: tuple[Row, ...]


def own_candidate(compiled: CompiledPack) -> Candidate:
    """Make a ledger's own pack ready."""
    return Candidate(compiled.pack, compiled.figures, formulas(compiled), {})


def candidate(ledger: CompiledPack, other: Pack) -> Candidate:
    """Compile another pack for a ledger; it takes a second for a long plan.

    The forms are the ledger's; parameters and definitions are the other pack's own,
    since they are part of what its plan says.
    """
    from desktop.indicators.compute import compile_for  # noqa: PLC0415 - brings the parser

    adapted = tuple(_adapted(each, ledger.pack) for each in other.indicators)
    compiled = CompiledPack(other.replaced(indicators=adapted))
    foreign = compiled.schema
    schema = Schema(ledger.schema.sources, foreign.constants, foreign.definitions)
    wanted = {
        ready.indicator.id: lacking(ready, other, ledger.pack)
        for ready in compiled.figures.indicators
    }
    kept = tuple(each for each in adapted if not wanted.get(each.id))
    plan = compile_for(other.replaced(indicators=kept), ledger.pack, schema)
    unread = {
        broken.indicator.id: (broken.fault.message,)
        for broken in (*compiled.figures.broken, *plan.broken)
    }
    missing = {name: said for name, said in wanted.items() if said}
    return Candidate(other, plan, formulas(compiled), {**missing, **unread})


def compare(
    ledger: Ledger, period: Period, unit: str, candidates: Sequence[Candidate]
) -> Steps[Comparison]:
    """Compute all packs for one unit and put what they share into one row."""
    columns: list[dict[str, Cell]] = []
    for each in candidates:
        figures = yield from computed(ledger, each.pack, each.plan, period, unit)
        columns.append(_cells(each, figures))
    packs = tuple(each.pack for each in candidates)
    rows = [
        _row(packs, cells, period.year)
        for cells in _aligned([tuple(column.values()) for column in columns])
    ]
    return Comparison(packs, tuple(sorted(rows, key=_rank)))


def _adapted(indicator: Indicator, ledger: Pack) -> Indicator:
    """Ask departments for what they have answered under the ledger's own title.

    That is possible where both plans take the same concept as it is and have it
    answered through the same form.
    """
    own = next((each for each in ledger.indicators if _same(each, indicator)), None)
    if own is None or own.title == indicator.title:
        return indicator
    theirs, ours = quoted(indicator.title), quoted(own.title)

    def said(term: Term) -> Term:
        text = term.value and term.value.replace(theirs, ours)
        return term.replaced(value=text)

    below = indicator.denominator
    return indicator.replaced(
        title=own.title,
        numerator=said(indicator.numerator),
        denominator=below and said(below),
    )


def _same(own: Indicator, other: Indicator) -> bool:
    answered = (other.answered_by, other.judged_by)
    return (
        answered != (None, None)
        and answered == (own.answered_by, own.judged_by)
        and own.concept is not None
        and own.concept == other.concept
        and own.differs is None
        and other.differs is None
    )


def _rank(row: Row) -> int:
    """Put first what is meant differently, then other demands, then what is shared."""
    if row.meant_differently:
        return 0
    if row.differences:
        return 1
    return 2 if sum(cell is not None for cell in row.cells) > 1 else 3


def _cells(of: Candidate, figures: Iterable[Figure]) -> dict[str, Cell]:
    found = {figure.indicator: figure for figure in figures}
    cells: dict[str, Cell] = {}
    for indicator in of.pack.indicators:
        name = indicator.id
        figure = found.get(name)
        line = indicator_line(of.pack, indicator, figure, of.formulas.get(name))
        cells[name] = Cell(indicator, figure, line, of.lacking.get(name, ()))
    return cells


def _aligned(columns: Sequence[Sequence[Cell]]) -> list[list[Cell | None]]:
    """Put what is called alike into one row: the same concept, id or title."""
    rows: list[list[Cell | None]] = []
    places: dict[str, int] = {}
    for column, cells in enumerate(columns):
        for cell in cells:
            place = _place(cell, column, rows, places)
            if place == len(rows):
                rows.append([None] * len(columns))
            rows[place][column] = cell
            for name in _names(cell):
                places.setdefault(name, place)
    return rows


def _place(
    cell: Cell,
    column: int,
    rows: Sequence[Sequence[Cell | None]],
    places: Mapping[str, int],
) -> int:
    for name in _names(cell):
        place = places.get(name)
        if place is not None and rows[place][column] is None:
            return place
    return len(rows)


def _names(cell: Cell) -> tuple[str, ...]:
    """Give what an indicator is known by; ids and titles cannot be mistaken."""
    indicator = cell.indicator
    concept = indicator.concept or indicator.id
    return f"concept {concept}", f"concept {indicator.id}", f"title {indicator.title}"


def _row(packs: Sequence[Pack], cells: Sequence[Cell | None], year: int) -> Row:
    meant = [
        (pack, cell.indicator)
        for pack, cell in zip(packs, cells, strict=True)
        if cell is not None
    ]
    return Row(meant[0][1].title, tuple(cells), differences(meant, year))
