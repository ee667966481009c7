"""Which fields of a form may be added up over records and units.

A computed field is worked out anew from the sums of the fields it names, where that
says the same of the whole as of one record: `a + b` and `100 * a / b` do, `a - 5`,
`a * b` and whatever asks for a condition do not, and are not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Call
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Number
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Param
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.forms.fields import Field
    from desktop.forms.model import Form

RATIOS: Final = frozenset({"%", "‰"})
"""Measures of shares; so is every measure with a stroke, such as 元/月."""


@dataclass(frozen=True, slots=True)
class Additive:
    """A field that can be shown of several records: `total` is its value over them.

    `amount` is False for a ratio of sums, which has no parts.
    """

    field: IntegerField | DecimalField
    total: Expression
    amount: bool = True

    @property
    def digits(self) -> int:
        """Decimals the field declares."""
        return self.field.digits if isinstance(self.field, DecimalField) else 0


def adds(field: Field) -> bool:
    """Tell whether the values of a stored field may be added up."""
    match field:
        case IntegerField():
            return field.adds is not False
        case DecimalField():
            return field.adds if field.adds is not None else not _is_ratio(field)
        case _:
            return False


def _is_ratio(field: DecimalField) -> bool:
    measure = field.measure or ""
    return measure in RATIOS or "/" in measure


def additive_fields(form: Form, schema: Schema) -> tuple[Additive, ...]:
    """Give the fields of a form that add up, in the order of the form."""
    sums = {field.id: _sum(form, field, schema) for field in form.stored if adds(field)}
    return tuple(_found(form, schema, sums))


def _found(
    form: Form, schema: Schema, sums: Mapping[str, Expression]
) -> Iterator[Additive]:
    for field in form.fields:
        if not isinstance(field, IntegerField | DecimalField) or field.binds:
            continue
        if field.id in sums:
            yield Additive(field, sums[field.id])
        elif field.computed and field.adds is not False:
            yield from _again(form, field, schema, sums)


def _sum(form: Form, field: Field, schema: Schema) -> Expression:
    text = f"SUM({form.id}.{field.id})"
    found = parse(text, schema, UnitContext(), expect=ValueType.NUMBER)
    if not isinstance(found, Expression):
        raise TypeError(found)
    return found


def _again(
    form: Form,
    field: IntegerField | DecimalField,
    schema: Schema,
    sums: Mapping[str, Expression],
) -> Iterator[Additive]:
    """Work a computed field out from sums; nothing where that says something else."""
    text = field.computed or ""
    found = parse(text, schema, RecordContext(form.id), own_only=True)
    if isinstance(found, Expression):
        degree = _degree(found.node, sums)
        if degree is not None:
            total = replace(
                found, context=UnitContext(), node=_lifted(found.node, sums)
            )
            yield Additive(field, total, amount=degree == 1)


def _degree(node: Node, sums: Mapping[str, Expression]) -> int | None:
    """Tell how an expression grows with its fields: 1 as they do, 0 not at all.

    None where its value for a sum is not what the records have together.
    """
    match node:
        case FieldRef():
            return 1 if node.column.id in sums else None
        case Number() | Param():
            return 0
        case Negative():
            return _degree(node.operand, sums)
        case Arithmetic():
            left, right = (_degree(side, sums) for side in (node.left, node.right))
            return _joined(node.operator, left, right)
        case Call(function=Function.COALESCE, arguments=(first, Number(value=value))):
            return _degree(first, sums) if value == 0 else None
        case Call(function=Function.ROUND, arguments=(first, _)):
            return 0 if _degree(first, sums) == 0 else None
        case _:
            return None


def _joined(operator: Operator, left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return None
    match operator:
        case Operator.ADD | Operator.SUBTRACT:
            return left if left == right else None
        case Operator.MULTIPLY:
            return left + right if left + right <= 1 else None
        case Operator.DIVIDE:
            return left - right if left >= right else None
        case _:
            assert_never(operator)


def _lifted(node: Node, sums: Mapping[str, Expression]) -> Node:
    """Put the sums of fields in the place of the fields."""
    match node:
        case FieldRef():
            return sums[node.column.id].node
        case Negative():
            return replace(node, operand=_lifted(node.operand, sums))
        case Arithmetic():
            left, right = (_lifted(side, sums) for side in (node.left, node.right))
            return replace(node, left=left, right=right)
        case Call(arguments=(first, *others)):
            return replace(node, arguments=(_lifted(first, sums), *others))
        case _:
            return node
