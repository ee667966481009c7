"""A rule's sentence for the reader, with the values of the record filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement

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
            said += (_shown(found, value.digits), text)
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


def _shown(found: object, digits: int) -> str:
    match found:
        case None:
            return NOTHING
        case float():
            text = f"{found:.{digits}f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return str(found)
