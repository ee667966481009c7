"""The tables of forms: one for all versions of a form that a ledger has seen.

A table has the columns of every version, so that a period stays readable under its own
pack. Its text is made here, since sqlite-utils writes neither CHECK nor GENERATED.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final

from desktop.core import layout
from desktop.forms.carrying import carries
from desktop.forms.fields import YesNoField
from desktop.store import schema
from desktop.store.columns import codec_of
from desktop.store.schema import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.forms.fields import Field
    from desktop.forms.model import Form


@dataclass(frozen=True, slots=True)
class Version:
    """A form as one of a ledger's packs has it; `pack` is that pack's row.

    `computed` gives the SQL of each computed field over the record's own columns.
    """

    pack: int
    form: Form
    computed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A form's table in SQL: one for all versions of the form, so nothing is lost.

    `follows` gives for each renamed field its former column, which it repeats in the
    records of earlier versions: sums over several periods find the values there.
    """

    form: str
    columns: Mapping[str, str]
    computed: Mapping[str, str]
    follows: Mapping[tuple[str, str], int]

    def create(self, table: str) -> str:
        """Write the statement that creates the table under a name."""
        columns = [
            *(f"{name} {text}" for name, text in _OWN_COLUMNS),
            *(f"{quote(name)} {text}" for name, text in self.columns.items()),
            *(f"{quote(name)} {text}" for name, text in self.computed.items()),
            f"UNIQUE ({layout.PERIOD}, {layout.FACILITY})",
        ]
        return f"CREATE TABLE {quote(table)} ({', '.join(columns)}) STRICT"

    def beside(self) -> Iterator[str]:
        """Write what stands beside the table: its index, and what keeps it level."""
        table, index = quote(self.form), quote(f"{self.form}_by_unit")
        yield f"CREATE INDEX {index} ON {table} ({layout.PERIOD}, {layout.UNIT})"
        for (source, target), pack in self.follows.items():
            name = f"{self.form}_{target}_follows"
            fill = (
                f"BEGIN UPDATE {table} SET {quote(target)} = NEW.{quote(source)} "
                f"WHERE {layout.RECORD} = NEW.{layout.RECORD}; END"
            )
            when = f"WHEN NEW.{schema.PACK} < {pack:d}"
            yield (
                f"CREATE TRIGGER {quote(f'{name}_change')} AFTER UPDATE OF "
                f"{quote(source)} ON {table} {when} {fill}"
            )
            yield (
                f"CREATE TRIGGER {quote(f'{name}_entry')} AFTER INSERT ON {table} "
                f"{when} AND NEW.{quote(source)} IS NOT NULL {fill}"
            )

    def kept_columns(self) -> tuple[str, ...]:
        """Name the columns that hold something, quoted."""
        own = (name for name, _ in _OWN_COLUMNS)
        return (*own, *map(quote, self.columns))


_OWN_COLUMNS: Final = (
    (layout.RECORD, "INTEGER PRIMARY KEY"),
    (layout.PERIOD, f"TEXT NOT NULL REFERENCES {schema.PERIODS} (code)"),
    (layout.FACILITY, "TEXT NOT NULL"),
    (layout.UNIT, f"TEXT NOT NULL REFERENCES {layout.UNITS} (code)"),
    (layout.STATES, "TEXT"),
    (schema.REVISION, "INTEGER NOT NULL"),
    (schema.PACK, f"INTEGER NOT NULL REFERENCES {schema.PACKS} (id)"),
    (schema.DIGEST, "TEXT NOT NULL"),
)


def form_layout(versions: Sequence[Version]) -> TableLayout:
    """Lay out the table of a form over its versions, the earliest first."""
    stored: dict[str, list[Field]] = {}
    computed: dict[str, list[tuple[int, str, Field]]] = {}
    for each in versions:
        for field in each.form.stored:
            stored.setdefault(field.id, []).append(field)
        for name, sql in each.computed.items():
            field = each.form.by_id[name]
            computed.setdefault(name, []).append((each.pack, sql, field))
    return TableLayout(
        versions[0].form.id,
        {name: _column(name, fields) for name, fields in stored.items()},
        {name: _generated(ways) for name, ways in computed.items()},
        _follows(versions),
    )


def _kind(fields: Iterable[Field]) -> str:
    """Choose a column's type; ANY keeps what each version wrote just as it is."""
    kinds = {codec_of(field).column for field in fields}
    return kinds.pop() if len(kinds) == 1 else "ANY"


def _column(name: str, fields: Sequence[Field]) -> str:
    check = f" CHECK ({quote(name)} IN (0, 1))"
    return _kind(fields) + (check if isinstance(fields[0], YesNoField) else "")


def _generated(ways: Sequence[tuple[int, str, Field]]) -> str:
    """Let each record be computed the way its own pack says."""
    last = ways[-1][1]
    cases = [
        f"WHEN {schema.PACK} < {after[0]:d} THEN {before[1]}"
        for before, after in pairwise(ways)
        if before[1] != after[1]
    ]
    sql = f"CASE {' '.join(cases)} ELSE {last} END" if cases else last
    kind = _kind(field for _, _, field in ways)
    return f"{kind} GENERATED ALWAYS AS ({sql}) VIRTUAL"


def _follows(versions: Sequence[Version]) -> dict[tuple[str, str], int]:
    """Find the renamed fields whose cells may stand in the new column as they are."""
    found: dict[tuple[str, str], int] = {}
    known: dict[str, Field] = {}
    for each in versions:
        for field in each.form.stored:
            source = known.get(field.formerly or "")
            if source is None or field.id in known:
                continue
            if carries(source, field):
                found[source.id, field.id] = each.pack
        known |= {field.id: field for field in each.form.stored}
    return found
