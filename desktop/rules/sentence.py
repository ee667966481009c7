"""A rule's sentence for the reader, with the values of the record filled in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement
from desktop.forms.entry import NO
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import YES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.expr.statement import Dialect
    from desktop.forms.model import Rule

PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
NOTHING: Final = "空"
"""What stands in a sentence for a value that is not there."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces: literal text and expressions, in turn.

    `texts` has one member more than `values`. `statement` reads the values of the
    record `:record`; it is None where the sentence has none.
    """

    texts: tuple[str, ...]
    values: tuple[Expression, ...]
    statement: str | None

    def fill(self, row: Sequence[object]) -> str:
        """Write the sentence with the values a row holds, in order."""
        said = [self.texts[0]]
        for value, text, found in zip(self.values, self.texts[1:], row, strict=True):
            said += (_shown(found, value), text)
        return "".join(said)


def compile_sentence(rule: Rule, schema: Schema, dialect: Dialect) -> Sentence | Fault:
    """Compile the sentence of a rule; each `{…}` is an expression over the record."""
    pieces = PLACEHOLDER.split(rule.says)
    values = []
    for text in pieces[1::2]:
        value = parse(text, schema, RecordContext(rule.form))
        if isinstance(value, Fault):
            return value
        values.append(value)
    columns = [NamedExpression(f"value_{n}", value) for n, value in enumerate(values)]
    statement = (
        record_statement(rule.form, columns, schema, dialect=dialect, one_record=True)
        if columns
        else None
    )
    return Sentence(tuple(pieces[::2]), tuple(values), statement)


def _shown(found: object, value: Expression) -> str:
    """Write a value as SQL gives it for a reader.

    Yes and no come as 0 and 1, a day as ISO text, several choices as a JSON list.
    """
    match value.type, found:
        case _, None:
            return NOTHING
        case ValueType.BOOLEAN, _:
            return YES if found else NO
        case ValueType.DATE, str():
            day = date.fromisoformat(found)
            return f"{day.year}年{day.month}月{day.day}日"
        case ValueType.CHOICES, str():
            return SEPARATORS[0].join(json.loads(found)) or NOTHING
        case _, float():
            text = f"{found:.{value.digits}f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return str(found)
