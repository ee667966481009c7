"""The SQL of computed fields, which become GENERATED columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.forms.model import Pack


def computed_sql(pack: Pack) -> Mapping[str, Mapping[str, str]]:
    """Give the SQL of every computed field over its record's columns, by form."""
    return {form.id: {} for form in pack.forms}
