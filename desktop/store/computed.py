"""The SQL of computed fields, which become GENERATED columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.store.errors import UnfitChangeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.forms.model import Pack


def computed_sql(pack: Pack) -> Mapping[str, Mapping[str, str]]:
    """Give the SQL of every computed field over its record's columns, by form.

    Raises:
        UnfitChangeError: The expression of one is wrong; linting the pack says how.
    """
    # Brings the SQL parser, which only a new ledger needs.
    from desktop.expr.context import RecordContext  # noqa: PLC0415
    from desktop.expr.fault import Fault  # noqa: PLC0415
    from desktop.expr.parse import parse  # noqa: PLC0415
    from desktop.expr.statement import computed_sql as write  # noqa: PLC0415
    from desktop.forms.schema import schema_of  # noqa: PLC0415

    schema = schema_of(pack)
    found: dict[str, dict[str, str]] = {}
    for form in pack.forms:
        columns = found.setdefault(form.id, {})
        for field in form.fields:
            if field.computed is None:
                continue
            context = RecordContext(form.id)
            expression = parse(field.computed, schema, context, own_only=True)
            if isinstance(expression, Fault):
                text = message("store.pack_unfit", form=form.id, field=field.id)
                raise UnfitChangeError(text)
            columns[field.id] = write(expression)
    return found
