"""The packs of a ledger, and which of them each period goes by.

A ledger that was upgraded keeps its earlier packs: a period stays under the one it was
kept under.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from desktop.core.frozen import frozen
from desktop.store.tables import recoded
from desktop.store.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.forms.model import Pack
    from desktop.store.tables import FormTable


@frozen
class Kept:
    """A pack of a ledger with its row, and its forms' tables as it sees them."""

    row: int
    pack: Pack
    tables: Mapping[str, FormTable]


class Shelf:
    """The packs of a ledger, each read when somebody first asks for it."""

    def __init__(
        self,
        rows: Sequence[int],
        periods: Mapping[str, int],
        read: Callable[[int], Pack],
    ) -> None:
        """Take the rows of the packs, the earliest first, and each period's."""
        self.rows = tuple(rows)
        self.periods = dict(periods)
        self._read = read
        self._kept: dict[int, Kept] = {}

    @property
    def newest(self) -> Kept:
        """The pack that the latest period goes by."""
        return self.at(self.rows[-1])

    def at(self, row: int) -> Kept:
        """Give the pack of a row.

        Raises:
            DamagedError: There is none, or its text is none.
        """
        if row not in self._kept:
            pack = self._read(row)
            self._kept[row] = Kept(row, pack, tables_of(pack))
        return self._kept[row]

    def of(self, period: str) -> Kept:
        """Give the pack a period goes by; the newest for one that is not there."""
        row = self.periods.get(period, self.rows[-1])
        # Each record that is written asks for it.
        return self._kept.get(row) or self.at(row)

    def table(self, form: str, period: str) -> FormTable:
        """Give a form's table as a period's pack sees it.

        Raises:
            KeyError: That pack does not have the form.
        """
        return self.of(period).tables[form]

    def begun(self, period: str) -> Shelf:
        """Give the same with one more period, which goes by the pack before it."""
        earlier = [code for code in self.periods if code < period]
        beside = max(earlier) if earlier else min(self.periods, default=None)
        row = self.rows[-1] if beside is None else self.periods[beside]
        return self.turned({period: row})

    def turned(
        self, periods: Mapping[str, int], added: tuple[int, Pack] | None = None
    ) -> Shelf:
        """Give the same with other packs for some periods; `added` is a new one."""
        other = Shelf(self.rows, {**self.periods, **periods}, self._read)
        other._kept = dict(self._kept)
        if added is not None:
            row, pack = added
            other.rows = (*self.rows, row)
            other._kept[row] = Kept(row, pack, tables_of(pack))
        return other

    def merged(self) -> dict[str, FormTable]:
        """Give every form with the fields of all its versions, to read the log with."""
        found: dict[str, FormTable] = {}
        for row in self.rows:
            for form, table in self.at(row).tables.items():
                known = found[form].codecs if form in found else {}
                found[form] = recoded(table, {**known, **table.codecs})
        return found

    def rows_with(self, form: str) -> list[int]:
        """Give the rows of the packs that have a form.

        Raises:
            KeyError: None of them has it.
        """
        found = [row for row in self.rows if form in self.at(row).tables]
        if not found:
            raise KeyError(form)
        return found


class Upgraded(NamedTuple):
    """The packs of the ledger now, and what is still to be written under them."""

    shelf: Shelf
    changes: tuple[Change, ...]
