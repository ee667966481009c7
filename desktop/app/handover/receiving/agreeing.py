"""Whether a sheet says what a table of the manifest does, a column at a time.

Most sheets are as they were written: every line stands in its turn, and its cells come
many times. So each pair of a cell's text and what stands for it is looked at once.
Where anything is otherwise, nothing is decided here: `located` says what differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core import manifest
from desktop.core.manifest_match import plain
from desktop.core.manifest_match import said

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.manifest import Line
    from desktop.core.manifest import Place
    from desktop.core.manifest import Table
    from desktop.core.manifest_diff import Shown

NOTHING: Final = ""
"""What stands in a cell that has nothing."""


MOST: Final = 20_000
"""Pairs that are remembered from one file to the next."""
LONGEST: Final = 40
"""Characters of a text that is; a name or a remark hardly comes again."""


class Alike:
    """What canonical texts mean, and whether a value says so; it remembers much.

    `text` writes what stands in a cell as the full reading would have it.
    """

    def __init__(self, shown: Shown, text: Callable[[object], str]) -> None:
        """Know of no pair yet."""
        self._shown = shown
        self._text = text
        self._known: set[tuple[str | None, object, type]] = set()

    def agree(self, met: set[tuple[str | None, object, type]]) -> bool:
        """Tell whether each value, given with its type, says what its text means."""
        fresh = met - self._known
        if not all(self._is(meant, value) for meant, value, _ in fresh):
            return False
        if len(self._known) > MOST:
            self._known.clear()
        self._known.update(one for one in fresh if len(one[0] or "") <= LONGEST)
        return True

    def said(self, value: object) -> str:
        """Write what stands in a cell as the full reading would have it."""
        return NOTHING if value == NOTHING else self._text(value)

    def _is(self, meant: str | None, value: object) -> bool:
        if type(value) is str and meant == f"t:{value}":
            return True
        return said(meant, self._shown) == self.said(value)


class Agreeing:
    """Holds sheets against the tables of one manifest."""

    def __init__(self, units: Mapping[str, str], alike: Alike) -> None:
        """Take the names of the units, and what is known of other files."""
        self._units = units
        self._alike = alike

    def agrees(
        self, table: Table, place: Place, rows: Sequence[Sequence[object]]
    ) -> bool:
        """Tell whether each line stands in its turn and says what it should."""
        lines = (*table.rows, *(() if table.totals is None else (table.totals,)))
        start = place.row - 1
        end = start + len(place.lines or lines)
        if place.column != 1 or not 0 < start <= end <= len(rows):
            return False
        body = rows[start:end]
        return (
            self._headed(place, rows[start - 1])
            and self._ends(place, rows[end:])
            and all(map(_speaks, body))
            and (
                not body
                or (place.across and self._same_across(table, place, body))
                or (not place.across and self._same_down(table, place, lines, body))
            )
        )

    def _same_across(
        self, table: Table, place: Place, body: Sequence[Sequence[object]]
    ) -> bool:
        """Tell it of a form turned over: a line for each field, a column a record."""
        fields, *stubs = zip(*place.lines, strict=True)
        columns = [*zip(*body, strict=True)]
        if not all(map(self._reads, stubs, columns)):
            return False
        at = {id_: number for number, (id_, _) in enumerate(table.fields)}
        rows = {row.key: row for row in table.rows}
        met = set[tuple[str | None, object, type]]()
        width = len(stubs)
        for key, column in zip(place.holds[width:], columns[width:], strict=True):
            if key in rows:
                cells = rows[key].cells
                met.update(
                    (cells[at[field]], value, type(value))
                    for field, value in zip(fields, column, strict=True)
                    if field in at
                )
        return self._alike.agree(met)

    def _headed(self, place: Place, row: Sequence[object]) -> bool:
        return len(place.heads) == len(place.holds) and self._reads(place.heads, row)

    def _ends(self, place: Place, rows: Iterable[Sequence[object]]) -> bool:
        """Tell whether nothing stands between the table and its foot."""
        row = next(filter(_speaks, rows), None)
        foot = plain(place.foot)
        return row is None or (bool(foot) and foot in map(self._alike.said, row))

    def _same_down(
        self,
        table: Table,
        place: Place,
        lines: Sequence[Line],
        body: Sequence[Sequence[object]],
    ) -> bool:
        texts = zip(*(line.cells for line in lines), strict=True)
        cells = {
            id_: cells for (id_, _), cells in zip(table.fields, texts, strict=True)
        }
        met = set[tuple[str | None, object, type]]()
        columns = zip(*body, strict=True)
        for hold, column in zip(place.holds, columns, strict=True):
            if hold in cells:
                # 1 and TRUE are equal to Python, and not to a reader.
                met.update(zip(cells[hold], column, map(type, column), strict=True))
            elif not self._names(hold, lines, column):
                return False
        return self._alike.agree(met)

    def _names(
        self, hold: str, lines: Sequence[Line], column: Sequence[object]
    ) -> bool:
        """Tell whether a column names the records, or their units, as it should."""
        match hold:
            case manifest.NAME:
                meant = [line.name for line in lines]
            case manifest.UNIT:
                meant = [line.unit for line in lines]
            case manifest.UNIT_NAME:
                meant = [self._units.get(line.unit, "") for line in lines]
            case _:
                return True
        return self._reads(meant, column)

    def _reads(self, meant: Sequence[str], column: Sequence[object]) -> bool:
        """Tell whether a column says some texts."""
        if list(meant) == list(column):
            return True
        return [*map(plain, meant)] == [*map(self._alike.said, column)]


def _speaks(row: Sequence[object]) -> bool:
    return any(value != NOTHING for value in row)
