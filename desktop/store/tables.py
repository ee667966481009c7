"""A form's table as the store's code sees it: its SQL, and rows to records and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import TypeAlias
from typing import cast

from desktop.core import layout
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.findings import RecordId
from desktop.core.frozen import frozen
from desktop.forms.model import Roster
from desktop.store import schema
from desktop.store.columns import STATES
from desktop.store.columns import Codec
from desktop.store.columns import UnfitValueError
from desktop.store.columns import codec_of
from desktop.store.records import Record
from desktop.store.schema import quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.forms.fields import Binding
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.store.columns import Stored

Row: TypeAlias = "tuple[Stored, ...]"
Bound: TypeAlias = "Callable[[Binding, str, str], Cell]"
"""Gives what the ledger knows by itself, from binding, unit and period."""

_HEAD = (
    layout.RECORD,
    layout.PERIOD,
    layout.FACILITY,
    layout.UNIT,
    layout.STATES,
    schema.REVISION,
)


@frozen
class FormTable:
    """One form's table.

    `codecs` has the stored fields in the form's order, `computed` those that the
    database derives, `bound` those that the ledger knows by itself. `places` numbers
    the stored fields, `decoded` are those whose values are not the cells themselves.
    """

    form: str
    roster: bool
    codecs: Mapping[str, Codec]
    computed: Mapping[str, Codec]
    bound: Mapping[str, Binding]
    places: Mapping[str, int]
    decoded: frozenset[str]

    @property
    def name(self) -> str:
        """The table's name, quoted."""
        return quote(self.form)

    def columns(self) -> tuple[str, ...]:
        """Name the columns of which `cells` reads a row."""
        return (*_HEAD, *map(quote, self.codecs))

    def select(self, where: str = "") -> str:
        """Write a SELECT whose rows `record` understands."""
        columns = (*self.columns(), *map(quote, self.computed))
        return f"SELECT {', '.join(columns)} FROM {self.name} {where}"

    def seek(self, columns: Iterable[str]) -> str:
        """Write a SELECT from the records of a period and, as JSON, some facilities.

        They come in the order the facilities are named in: one is sought after another,
        without a sorted list of them.
        """
        return (
            f"SELECT {', '.join(columns)} "
            f"FROM (SELECT value AS _wanted FROM json_each(?2)) CROSS JOIN {self.name} "
            f"ON {layout.FACILITY} = _wanted AND {layout.PERIOD} = ?1"
        )

    def insert(self) -> str:
        """Write the INSERT that takes what `new_row` gives."""
        columns = (
            *_HEAD[1:],
            schema.PACK,
            schema.DIGEST,
            *map(quote, self.codecs),
        )
        marks = ", ".join("?" * len(columns))
        return f"INSERT INTO {self.name} ({', '.join(columns)}) VALUES ({marks})"

    def update(self, fields: Sequence[str]) -> str:
        """Write the UPDATE of these columns; `_id` comes last."""
        columns = (
            layout.STATES,
            schema.REVISION,
            schema.DIGEST,
            *map(quote, fields),
        )
        settings = ", ".join(f"{column} = ?" for column in columns)
        return f"UPDATE {self.name} SET {settings} WHERE {layout.RECORD} = ?"

    def cells(self, row: Row) -> dict[str, Cell]:
        """Read the stored cells of a row that are not blank.

        Raises:
            ValueError: The row was damaged.
        """
        states, codecs = row[4], self.codecs
        values = zip(codecs, row[len(_HEAD) :], strict=False)
        there = {field: value for field, value in values if value is not None}
        found = cast("dict[str, Cell]", there)
        if not self.decoded.isdisjoint(there):
            for field in self.decoded & there.keys():
                found[field] = codecs[field].decode(there[field])
        if states is not None:
            found.update(read_states(str(states)))
        return found

    def states_fit(self, row: Row) -> bool:
        """Tell whether each marked cell of a readable row is one, and has no value."""
        start = len(_HEAD)
        valued = {
            field
            for value, field in zip(row[start:], self.codecs, strict=False)
            if value is not None
        }
        marked = set() if row[4] is None else set(read_states(str(row[4])))
        return marked <= set(self.codecs) - valued

    def key(self, row: Row) -> RecordKey:
        """Read the key of a row."""
        return RecordKey(self.form, str(row[1]), FacilityId(str(row[2])))

    def record(self, row: Row, bound: Bound) -> Record:
        """Read a whole record from a row.

        Raises:
            ValueError: The row was damaged.
        """
        filled = self.cells(row)
        unit, period = str(row[3]), str(row[1])
        derived: dict[str, Cell] = {}
        computed = row[len(_HEAD) + len(self.codecs) :]
        for value, (field, codec) in zip(computed, self.computed.items(), strict=True):
            derived[field] = BLANK if value is None else codec.decode(value)
        for field, binding in self.bound.items():
            derived[field] = bound(binding, unit, period)
        cells = {field: filled.get(field, BLANK) for field in self.codecs}
        identity = RecordId(int(row[0] or 0))
        return Record(identity, self.key(row), unit, cells, int(row[5] or 0), derived)


def read_states(text: str) -> dict[str, Cell]:
    """Read what `_states` holds.

    Raises:
        ValueError: The text was damaged.
    """
    states = json.loads(text)
    if not isinstance(states, dict) or not set(states.values()) <= set(STATES):
        raise UnfitValueError(text)
    return {field: STATES[word] for field, word in states.items()}


def states_text(cells: Mapping[str, Cell]) -> str | None:
    """Write what `_states` holds for the cells that are not blank, or None."""
    if Absent not in map(type, cells.values()):
        return None
    states = {
        field: cell.value for field, cell in cells.items() if type(cell) is Absent
    }
    return json.dumps(states, sort_keys=True, separators=(",", ":"))


def tables_of(pack: Pack) -> dict[str, FormTable]:
    """Give the tables of a pack by form."""
    return {form.id: _table(form) for form in pack.forms}


def _table(form: Form) -> FormTable:
    codecs = {field.id: codec_of(field) for field in form.stored}
    return FormTable(
        form.id,
        isinstance(form, Roster),
        codecs,
        {field.id: codec_of(field) for field in form.fields if field.computed},
        {field.id: field.binds for field in form.fields if field.binds},
        {field.id: place for place, field in enumerate(form.stored)},
        _decoded(codecs),
    )


def recoded(table: FormTable, codecs: Mapping[str, Codec]) -> FormTable:
    """Give a table with other stored fields, as those of another version's pack."""
    return replace(table, codecs=codecs, decoded=_decoded(codecs))


def _decoded(codecs: Mapping[str, Codec]) -> frozenset[str]:
    return frozenset(field for field, codec in codecs.items() if not codec.plain)
