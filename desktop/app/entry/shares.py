"""What part a record's number is of its unit's, and of the whole ledger's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.entry.prior_values import percent_of
from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.indicators.periods import period_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.core.cells import Cell
    from desktop.core.period import Period
    from desktop.forms.additive import Additive
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

MOST: Final = 20_000
"""Adding more records up keeps the ledger from the next entry for too long."""


@frozen
class Shares:
    """A number in percent of what its unit has together, and the whole ledger.

    None where a part of that says nothing. `counted` is False for a record that the
    form leaves out of its sums, such as a home that is closed.
    """

    counted: bool
    of_unit: Decimal | None = None
    of_ledger: Decimal | None = None


def shares(
    ledger: Ledger, compiled: CompiledPack, period: Period, record: Record, field: str
) -> Steps[Shares | None]:
    """Add a field up over the record's unit and over the ledger.

    None for a field that does not add up, and for a form of very many records.
    """
    if ledger.count(record.key.form, period.code) > MOST:
        return None
    from desktop.forms.additive import additive_fields  # noqa: PLC0415 - brings the parser

    form = compiled.pack.form_by_id[record.key.form]
    found = (
        one
        for one in additive_fields(form, compiled.schema)
        if one.amount and one.field.id == field
    )
    additive = next(found, None)
    if additive is None:
        return None
    asked = period_parameters(compiled.pack, period)
    if not _counts(ledger, compiled, record, asked):
        return Shares(counted=False)
    value, root = record.cell(field), ledger.units()[0].code
    yield Progress(0, 2, message("app.rolling"))
    whole = _total(ledger, compiled, additive, {**asked, "root": root})
    if record.unit == root:
        return Shares(counted=True, of_ledger=percent_of(value, whole))
    yield Progress(1, 2, message("app.rolling"))
    unit = _total(ledger, compiled, additive, {**asked, "root": record.unit})
    return Shares(
        counted=True,
        of_unit=percent_of(value, unit),
        of_ledger=percent_of(value, whole),
    )


def _counts(
    ledger: Ledger, compiled: CompiledPack, record: Record, asked: Mapping[str, str]
) -> bool:
    """Tell whether a record is among those that the sums of its form count."""
    from desktop.expr.parse import Expression  # noqa: PLC0415 - see above
    from desktop.expr.parse import RecordContext  # noqa: PLC0415 - see above
    from desktop.expr.parse import parse  # noqa: PLC0415 - see above
    from desktop.expr.statement import record_statement  # noqa: PLC0415 - see above

    form, schema = record.key.form, compiled.schema
    text = schema.by_id[form].counted_when
    where = None if text is None else parse(text, schema, RecordContext(form))
    if not isinstance(where, Expression):
        return True
    statement = record_statement(form, (), schema, where=where, one_record=True)
    parameters = {**asked, "record": record.id}
    return next(iter(ledger.query(statement, parameters)), None) is not None


def _total(
    ledger: Ledger,
    compiled: CompiledPack,
    additive: Additive,
    asked: Mapping[str, str],
) -> Cell:
    from desktop.core.cells import BLANK  # noqa: PLC0415 - see above
    from desktop.expr.statement import NamedExpression  # noqa: PLC0415 - see above
    from desktop.expr.statement import unit_statement  # noqa: PLC0415 - see above

    column = NamedExpression("total", additive.total)
    statement = unit_statement([column], compiled.schema, children=False)
    [row] = ledger.query(statement, asked)
    return BLANK if row[1] is None else Decimal(repr(row[1]))
