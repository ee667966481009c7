"""What an indicator of another pack asks for and a ledger does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Call
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Text
from desktop.expr.nodes import walk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.messages import Message
    from desktop.expr.nodes import Node
    from desktop.forms.model import Pack
    from desktop.indicators.compute import CompiledIndicator


def lacking(ready: CompiledIndicator, other: Pack, ledger: Pack) -> tuple[Message, ...]:
    """Name the forms, fields and choices a ledger does not have, each once.

    A choice that is not there would count as none of it: an answer that is wrong.
    """
    nodes = [node for expression in ready.expressions for node in walk(expression.node)]
    said = dict.fromkeys(
        message for node in nodes for message in _lacking(node, other, ledger)
    )
    return tuple(said)


def _lacking(node: Node, other: Pack, ledger: Pack) -> Iterator[Message]:
    match node:
        case Aggregate() | Exists() if node.source not in ledger.form_by_id:
            yield message("app.no-form-here", form=other.form_by_id[node.source].title)
        case FieldRef():
            yield from _field(node, other, ledger)
        case Comparison():
            yield from _choices(node.left, [node.right], other, ledger)
            yield from _choices(node.right, [node.left], other, ledger)
        case Call(function=Function.HAS, arguments=(field, choice)):
            yield from _choices(field, [choice], other, ledger)
        case OneOf():
            yield from _choices(node.operand, node.items, other, ledger)
        case _:
            return


def _field(ref: FieldRef, other: Pack, ledger: Pack) -> Iterator[Message]:
    form = ledger.form_by_id.get(ref.source)
    if form is None:
        yield message("app.no-form-here", form=other.form_by_id[ref.source].title)
    elif ref.column.id not in form.by_id:
        yield message("app.no-field-here", form=form.title, field=ref.column.title)


def _choices(
    field: Node, texts: Iterable[Node], other: Pack, ledger: Pack
) -> Iterator[Message]:
    if not isinstance(field, FieldRef) or list(_field(field, other, ledger)):
        return
    known = ledger.choices(field.source, field.column.id)
    for text in texts:
        if isinstance(text, Text) and known and text.value not in known:
            yield message(
                "app.no-choice-here",
                form=ledger.form_by_id[field.source].title,
                field=field.column.title,
                choice=text.value,
            )
