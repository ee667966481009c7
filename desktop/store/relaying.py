"""Making the tables of forms, and laying them anew when a pack comes in a new version.

All of it is SQL inside the caller's transaction: nothing commits by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import schema
from desktop.store.computed import computed_sql
from desktop.store.form_tables import TableLayout
from desktop.store.form_tables import Version
from desktop.store.form_tables import form_layout
from desktop.store.schema import quote

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from desktop.forms.model import Pack


def create_tables(connection: sqlite3.Connection, packs: Mapping[int, Pack]) -> None:
    """Create the tables of all forms of some packs, by row.

    Raises:
        UnfitChangeError: A computed field is wrong; linting the pack says how.
    """
    for table in layouts(packs).values():
        _create(connection, table)


def relay_tables(
    connection: sqlite3.Connection, before: Mapping[int, Pack], row: int, pack: Pack
) -> None:
    """Let the tables of some packs hold one more; what they hold stays as it is.

    Raises:
        UnfitChangeError: A computed field is wrong; linting the pack says how.
    """
    there = layouts(before)
    for form, table in layouts({**before, row: pack}).items():
        if form not in there:
            _create(connection, table)
        elif table != there[form]:
            _lay_anew(connection, there[form], table)


def layouts(packs: Mapping[int, Pack]) -> dict[str, TableLayout]:
    """Lay out the table of every form over the packs that have it."""
    versions: dict[str, list[Version]] = {}
    for row, pack in packs.items():
        computed = computed_sql(pack)
        for form in pack.forms:
            found = Version(row, form, computed[form.id])
            versions.setdefault(form.id, []).append(found)
    return {form: form_layout(found) for form, found in versions.items()}


def _create(connection: sqlite3.Connection, table: TableLayout) -> None:
    connection.execute(table.create(table.form))
    for statement in table.beside():
        connection.execute(statement)


def _lay_anew(
    connection: sqlite3.Connection, old: TableLayout, new: TableLayout
) -> None:
    """Put a table of another layout in the place of one, with all its rows.

    SQLite's ALTER TABLE changes neither types nor computed columns. Nothing refers to
    a form's table, so it can be dropped.
    """
    part, columns = f"_new_{new.form}", ", ".join(old.kept_columns())
    connection.execute(new.create(part))
    connection.execute(
        f"INSERT INTO {quote(part)} ({columns}) SELECT {columns} FROM {quote(old.form)}"
    )
    connection.execute(f"DROP TABLE {quote(old.form)}")
    connection.execute(f"ALTER TABLE {quote(part)} RENAME TO {quote(new.form)}")
    for statement in new.beside():
        connection.execute(statement)
    for (source, target), row in new.follows.items():
        if (source, target) not in old.follows:
            connection.execute(
                f"UPDATE {quote(new.form)} SET {quote(target)} = {quote(source)} "
                f"WHERE {schema.PACK} < ? AND {quote(source)} IS NOT NULL",
                (row,),
            )
