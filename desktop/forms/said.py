"""What a check of `lint` says: a message about one part of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.expr.nodes import Call
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Text
from desktop.expr.nodes import walk
from desktop.expr.parse import Expression
from desktop.expr.parse import Fault
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.forms.problems import Problem
from desktop.forms.problems import problem
from desktop.forms.source_map import spelt
from desktop.forms.validate import unknown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from desktop.core.messages import Message
    from desktop.core.messages import Param
    from desktop.expr.context import Context
    from desktop.expr.nodes import Node
    from desktop.expr.schema import Schema
    from desktop.expr.schema import ValueType
    from desktop.forms.model import Pack
    from desktop.forms.source_map import Path
    from desktop.forms.source_map import SourceMap


@dataclass(frozen=True, slots=True)
class Said:
    """A message about the part at `path`; line and column count within its text."""

    path: Path
    message: Message
    level: Level = Level.ERROR
    line: int = 0
    column: int = 0

    def within(self, text: str, offset: int) -> Said:
        """Count from the start of a text of which this read the part at `offset`."""
        before = text[:offset].split("\n")
        column = self.column + (len(before[-1]) if self.line == 1 else 0)
        return replace(self, line=self.line + len(before) - 1, column=column)

    def problem(self, where: SourceMap) -> Problem:
        """Put it at its place in the files."""
        if self.line:
            place = where.place_inside(self.path, self.line, self.column)
        else:
            place = where.place(self.path)
        return problem(self.message, place, level=self.level, path=spelt(self.path))


def error(path: Path, code: str, /, **params: Param) -> Said:
    """Say what forbids the use of the pack."""
    return Said(path, message(code, **params))


def warning(path: Path, code: str, /, **params: Param) -> Said:
    """Say what is probably a slip."""
    return Said(path, message(code, **params), Level.WARNING)


def info(path: Path, code: str, /, **params: Param) -> Said:
    """Say what an author may want to know."""
    return Said(path, message(code, **params), Level.INFO)


def unknown_name(path: Path, code: str, name: str, names: Iterable[str]) -> Said:
    """Say that a name is none of those there are, with the nearest."""
    return Said(path, unknown(code, name, tuple(names)))


def duplicates(names: Iterable[tuple[Path, str]], code: str) -> Iterator[Said]:
    """Refuse each name that stands a second time."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield error(path, code, name=name)
        seen.add(name)


@dataclass(frozen=True, slots=True)
class Expressions:
    """Reads the expressions of one pack."""

    pack: Pack
    schema: Schema

    def read(
        self,
        path: Path,
        text: str,
        context: Context,
        expect: ValueType | None = None,
    ) -> Expression | Said:
        """Read an expression, or say why it cannot be."""
        return _said(path, parse(text, self.schema, context, expect=expect))

    def read_own(
        self, path: Path, text: str, form: str, expect: ValueType
    ) -> Expression | Said:
        """Read an expression that may name only fields of its own record."""
        context = RecordContext(form)
        return _said(
            path, parse(text, self.schema, context, expect=expect, own_only=True)
        )

    def strangers(self, path: Path, expression: Expression) -> Iterator[Said]:
        """Point out texts that a choice field can never hold.

        Such a comparison is never true, so its rule never speaks and its sum is 0.
        """
        for node in walk(expression.node):
            for field, text in _compared(node):
                choices = self.choices(field.source, field.column.id)
                if choices and text.value not in choices:
                    said = unknown("forms.stranger", text.value, choices)
                    yield Said(path, said, Level.WARNING)

    def choices(self, form: str, field: str) -> tuple[str, ...]:
        """Give the choices of a field; none where it names a list there is not."""
        found = self.pack.form_by_id[form].by_id[field]
        known = getattr(found, "code_list", None) in {None, *self.pack.code_list_by_id}
        return self.pack.choices(form, field) if known else ()


def _said(path: Path, read: Expression | Fault) -> Expression | Said:
    if isinstance(read, Fault):
        return Said(path, read.message, Level.ERROR, read.line, read.column)
    return read


def _compared(node: Node) -> Iterator[tuple[FieldRef, Text]]:
    """Give the fields that a node holds against texts."""
    match node:
        case Comparison(left=FieldRef() as field, right=Text() as text):
            yield field, text
        case Comparison(left=Text() as text, right=FieldRef() as field):
            yield field, text
        case OneOf(operand=FieldRef() as field, items=items):
            yield from ((field, item) for item in items if isinstance(item, Text))
        case Call(
            function=Function.HAS, arguments=(FieldRef() as field, Text() as text)
        ):
            yield field, text
        case _:
            pass
