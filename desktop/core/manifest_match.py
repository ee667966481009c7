"""Finding the lines of a table in a sheet that may have been worked on.

Rows are found by what stands in them and never by their number: a sheet may have been
sorted, and lines deleted or inserted. Columns are found by the marks above them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never
from unicodedata import normalize

from desktop.core.cell_text import number_text
from desktop.core.frozen import frozen
from desktop.core.manifest import NAME
from desktop.core.manifest import NUMBER
from desktop.core.manifest import UNIT
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.manifest import Line
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Place
    from desktop.core.manifest import Table
    from desktop.core.manifest_diff import Shown

Sheet: TypeAlias = "Mapping[int, Mapping[int, str]]"
"""Plain texts by row and column; what is blank is not there."""
Value: TypeAlias = Decimal | str | bool | date
"""A cell of a workbook, as it was read."""

ENOUGH: Final = 0.6
"""Share of the marks by which the head of a table is known."""
ALIKE: Final = 0.5
"""Share of equal cells by which a line is taken for one that was altered."""
COMPARED: Final = 400
"""With more lines left over than this, only their names are compared."""
SOME: Final = 6
"""Cells by which an added line is described."""


@frozen
class Spot:
    """What a cell should say, and whose it is.

    `record` and `field` are names; `of` are the record's key and the field's id, or the
    mark that says what the column holds. It is empty for what belongs to no record.
    """

    text: str
    record: str
    field: str
    number: bool = False
    of: tuple[str, str] | None = None


Expected: TypeAlias = "tuple[Spot | None, ...]"
"""A line as it should be, column by column; None where nothing is compared."""
Texts: TypeAlias = "tuple[str, ...]"


def plain(value: Value) -> str:
    """Write a cell so that equal contents give equal text, however they were saved."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return number_text(value)
        case date():
            return value.isoformat()
        case str():
            text = value.replace("_x005F_", "_").replace("_x000D_", "\n")
            lines = text.replace("\r\n", "\n").replace("\r", "\n")
            return normalize("NFC", lines).strip()
        case _:
            assert_never(value)


Located: TypeAlias = "tuple[Difference, Spot | None]"
"""A difference, and of an altered cell what should stand there."""


def located(
    manifest: Manifest, place: Place, sheet: Sheet, shown: Shown
) -> Iterator[Located]:
    """Hold a sheet against the table that stands in it."""
    table = next((each for each in manifest.tables if each.id == place.table), None)
    if table is None:
        return
    head = _head(place, sheet)
    if head is None:
        yield Difference(Kind.HEAD_GONE, table.title, where=place.sheet), None
        return
    columns = _columns(place, sheet[head])
    for column, there in enumerate(columns):
        if there is None and place.holds[column] not in {"", NUMBER}:
            field = _title(table, place.holds[column])
            yield Difference(Kind.COLUMN_GONE, table.title, field=field), None
    kept = [at for at, there in enumerate(columns) if there is not None]
    where = [there for there in columns if there is not None]
    found = _Found(place, sheet, head, where)
    if _as_written((table, place, kept), dict(manifest.units), shown, found.rows()):
        return
    lines = tuple(_expected(table, place, dict(manifest.units), shown))
    meant = [tuple(line[at] for at in kept) for line in lines]
    yield from _compare(table.title, meant, found)


def _as_written(
    written: tuple[Table, Place, Sequence[int]],
    units: Mapping[str, str],
    shown: Shown,
    found: Sequence[tuple[int, Texts]],
) -> bool:
    """Tell whether every line stands in its turn and says just what it should.

    Most files have nobody's changes in them: for those, no cell has to be described.
    """
    table, place, kept = written
    lines = (*table.rows, *(() if table.totals is None else (table.totals,)))
    if place.across or len(lines) != len(found):
        return False
    at = {id_: number for number, (id_, _) in enumerate(table.fields)}
    holds = [place.holds[column] for column in kept]
    texts_of = _Said(shown)
    for row, (_, texts) in zip(lines, found, strict=True):
        own = {NAME: row.name, UNIT: row.unit, UNIT_NAME: units.get(row.unit, "")}
        for hold, text in zip(holds, texts, strict=True):
            if hold in at:
                meant = texts_of[row.cells[at[hold]]]
            elif hold in own:
                meant = plain(own[hold])
            else:
                continue
            if meant != text:
                return False
    return True


class _Said(dict[str | None, str]):
    """What a sheet says for canonical texts; most of them come many times."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown

    def __missing__(self, cell: str | None) -> str:
        text = self[cell] = said(cell, self._shown)
        return text


def said(cell: str | None, shown: Shown) -> str:
    """Give what a sheet says for canonical text."""
    bare = cell is not None and cell[:2] in {"n:", "d:"}
    return plain(cell[2:] if cell is not None and bare else shown(cell))


# --- What should stand there --------------------------------------------------


def _expected(
    table: Table, place: Place, units: Mapping[str, str], shown: Shown
) -> Iterator[Expected]:
    if place.across:
        yield from _lines_across(table, place, shown)
        return
    totals = () if table.totals is None else (table.totals,)
    at = {id_: number for number, (id_, _) in enumerate(table.fields)}
    titles = dict(table.fields)
    for row in (*table.rows, *totals):
        own = {NAME: row.name, UNIT: row.unit, UNIT_NAME: units.get(row.unit, "")}
        yield tuple(
            _spot(row, at[hold], (hold, titles[hold]), shown)
            if hold in at
            else _stub(row, own, hold)
            for hold in place.holds
        )


def _lines_across(table: Table, place: Place, shown: Shown) -> Iterator[Expected]:
    rows = {row.key: row for row in table.rows}
    at = {id_: number for number, (id_, _) in enumerate(table.fields)}
    titles = dict(table.fields)
    for field, *stub in place.lines:
        words = (Spot(plain(text), "", titles.get(field, stub[0])) for text in stub)
        records = (rows.get(key) for key in place.holds[len(stub) :])
        cells = (
            None
            if row is None or field not in at
            else _spot(row, at[field], (field, titles[field]), shown)
            for row in records
        )
        yield (*words, *cells)


def _stub(row: Line, own: Mapping[str, str], hold: str) -> Spot | None:
    if hold not in own:
        return None
    return Spot(plain(own[hold]), row.name, hold, of=(row.key, hold))


def _spot(row: Line, at: int, named: tuple[str, str], shown: Shown) -> Spot:
    field, title = named
    cell = row.cells[at]
    number = cell is not None and cell.startswith("n:")
    return Spot(said(cell, shown), row.name, title, number, (row.key, field))


def _title(table: Table, hold: str) -> str:
    """Name what a column holds: a field, or in a form turned over, a record."""
    names = {row.key: row.name for row in table.rows}
    return dict(table.fields).get(hold) or names.get(hold) or hold


# --- What stands there --------------------------------------------------------


@frozen
class _Found:
    """The part of a sheet that a table takes."""

    place: Place
    sheet: Sheet
    head: int
    columns: Sequence[int]

    def rows(self) -> list[tuple[int, Texts]]:
        """Give the lines under the head, as far as the table goes."""
        found = []
        foot = plain(self.place.foot)
        for number in sorted(self.sheet):
            row = self.sheet[number]
            if number <= self.head or not row:
                continue
            if foot and foot in row.values():
                break
            texts = tuple(row.get(column, "") for column in self.columns)
            if any(texts):
                found.append((number, texts))
        return found

    def where(self, row: int, column: int) -> str:
        """Name a cell: `养老机构!C5`."""
        return f"{self.place.sheet}!{_letters(self.columns[column])}{row}"


def _head(place: Place, sheet: Sheet) -> int | None:
    """Find the row of marks: where it was, or else where most of them stand."""
    heads = [plain(head) for head in place.heads if head]
    there = sheet.get(place.row - 1, {})
    if [there.get(at, "") for at, head in enumerate(place.heads, 1) if head] == heads:
        return place.row - 1
    wanted = set(heads)
    alike = {row: len(wanted & set(cells.values())) for row, cells in sheet.items()}
    best = max(alike, key=lambda row: alike[row], default=0)
    return best if alike.get(best, 0) >= max(ENOUGH * len(wanted), 1) else None


def _columns(place: Place, head: Mapping[int, str]) -> list[int | None]:
    """Find each column by its mark; of equal marks each has its turn."""
    there: dict[str, list[int]] = {}
    for column in sorted(head):
        there.setdefault(head[column], []).append(column)
    found: list[int | None] = []
    for at, mark in enumerate(place.heads, place.column):
        places = there.get(plain(mark), []) if mark else [at]
        found.append(places.pop(0) if places else None)
    return found


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# --- Which is which -----------------------------------------------------------


def _compare(form: str, meant: Sequence[Expected], found: _Found) -> Iterator[Located]:
    rows = found.rows()
    pairs = _pairs(meant, [texts for _, texts in rows])
    for at, line in enumerate(meant):
        other = pairs.get(at)
        if other is None:
            where = found.place.sheet
            yield Difference(Kind.ROW_GONE, form, _name(line), where=where), None
            continue
        row, texts = rows[other]
        for column, (spot, text) in enumerate(zip(line, texts, strict=True)):
            if spot is not None and not _agree(spot, text):
                where = found.where(row, column)
                names = (form, spot.record, spot.field, spot.text, text, where)
                yield Difference(Kind.ALTERED, *names), spot
    known = set(pairs.values())
    for other, (row, texts) in enumerate(rows):
        if other not in known:
            some = " ".join([text for text in texts if text][:SOME])
            where = f"{found.place.sheet}!{row}"
            yield Difference(Kind.ROW_ADDED, form, now=some, where=where), None


def _name(line: Expected) -> str:
    """Name a line that is gone: its record, or else the field it shows."""
    spots = [spot for spot in line if spot is not None]
    records = [spot.record or spot.field for spot in spots if spot.field]
    return records[0] if records else ""


def _agree(spot: Spot, text: str) -> bool:
    if spot.text == text:
        return True
    if not spot.number:
        return False
    try:
        return number_text(Decimal(text)) == spot.text
    except InvalidOperation:
        return False


def _pairs(meant: Sequence[Expected], found: Sequence[Texts]) -> dict[int, int]:
    """Find for each line its row: equal ones first, then those most alike."""
    same: dict[Texts, list[int]] = {}
    compared = [at for at, spot in enumerate(meant[0]) if spot] if meant else []
    if any([at for at, spot in enumerate(line) if spot] != compared for line in meant):
        compared = []  # headings and cells that are not compared: look at each alone
    for place, texts in enumerate(found):
        key = tuple(texts[at] for at in compared) if compared else texts
        same.setdefault(key, []).append(place)
    pairs: dict[int, int] = {}
    for at, line in enumerate(meant):
        key = tuple(spot.text if spot else "" for spot in line)
        if compared:
            key = tuple(key[place] for place in compared)
        if places := same.get(key):
            pairs[at] = places.pop(0)
    left = [at for at in range(len(meant)) if at not in pairs]
    taken = set(pairs.values())
    spare = [place for place in range(len(found)) if place not in taken]
    pairs.update(_most_alike(meant, found, left, spare))
    return pairs


def _most_alike(
    meant: Sequence[Expected],
    found: Sequence[Texts],
    left: Sequence[int],
    spare: Sequence[int],
) -> dict[int, int]:
    """Pair lines that were altered with what became of them, the most alike first."""
    near = len(left) > COMPARED or len(spare) > COMPARED
    scores: list[tuple[float, int, int, int]] = []
    for order, at in enumerate(left):
        others = spare[max(order - 5, 0) : order + 6] if near else spare
        for place in others:
            alike = _alike(meant[at], found[place])
            if alike >= ALIKE:
                scores.append((-alike, abs(at - place), at, place))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, place in sorted(scores):
        if at not in pairs and place not in taken:
            pairs[at] = place
            taken.add(place)
    return pairs


def _alike(line: Expected, texts: Texts) -> float:
    """Give the share of cells that agree, of those where either says something.

    A line that bears the name it should is taken for the one meant, whatever else
    became of it.
    """
    said = equal = 0
    named = False
    for spot, text in zip(line, texts, strict=True):
        if spot is None or not (spot.text or text):
            continue
        said += 1
        agrees = _agree(spot, text)
        equal += agrees
        named = named or (agrees and spot.text == plain(spot.record))
    return equal / said + named if said else 0.0
