"""Which fields of a record are asked for: the visible-when conditions of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.session import Session
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger


class Visibility:
    """Runs the visible-when conditions of a pack for single records."""

    def __init__(self, session: Session) -> None:
        """Take the session; a form's conditions are compiled when first asked for."""
        self._session = session
        self._ready: dict[str, tuple[tuple[str, ...], str]] = {}
        self._pack = session.pack

    def hidden(
        self, ledger: Ledger, form: str, records: Sequence[RecordId]
    ) -> dict[RecordId, frozenset[str]]:
        """Tell which fields of records are not asked for."""
        fields, statement = self._statement(form)
        if not fields:
            return {}
        found = {}
        for record in records:
            asked = {**self._session.parameters, "record": record}
            for row in ledger.query(statement, asked):
                found[record] = frozenset(
                    field
                    for field, shown in zip(fields, row[2:], strict=True)
                    if not shown
                )
        return found

    def is_ready(self, form: str) -> bool:
        """Tell whether asking costs nothing but the asking."""
        return form in self._ready and self._pack is self._session.pack

    def prepare(self, form: str) -> None:
        """Compile a form's conditions; on any thread."""
        self._statement(form)

    def _statement(self, form: str) -> tuple[tuple[str, ...], str]:
        if self._pack is not self._session.pack:
            # Other parameters have been chosen, or another period.
            self._pack, self._ready = self._session.pack, {}
        if form not in self._ready:
            self._ready[form] = self._compile(form)
        return self._ready[form]

    def _compile(self, form: str) -> tuple[tuple[str, ...], str]:
        conditions = {
            field.id: field.visible_when
            for field in self._session.pack.form_by_id[form].fields
            if field.visible_when is not None
        }
        if not conditions:
            return (), ""
        # The first rows do not wait for the parser.
        from desktop.expr.parse import Fault  # noqa: PLC0415
        from desktop.expr.parse import RecordContext  # noqa: PLC0415
        from desktop.expr.parse import parse  # noqa: PLC0415
        from desktop.expr.statement import NamedExpression  # noqa: PLC0415
        from desktop.expr.statement import record_statement  # noqa: PLC0415

        schema = self._session.compiled.schema
        columns = {}
        for name, text in conditions.items():
            read = parse(text, schema, RecordContext(form))
            if not isinstance(read, Fault):
                columns[name] = NamedExpression(f"shown_{name}", read)
        statement = record_statement(
            form, list(columns.values()), schema, one_record=True
        )
        return tuple(columns), statement
