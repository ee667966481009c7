"""Which forms and fields an indicator reads, so that a person can be led there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.compiled import CompiledPack
    from desktop.expr.parse import Expression
    from desktop.indicators.compute import CompiledIndicator


@dataclass(frozen=True, slots=True)
class Source:
    """A form, and the fields of it that are read, those summed first."""

    form: str
    fields: tuple[str, ...]


def sources_of(compiled: CompiledPack) -> dict[str, tuple[Source, ...]]:
    """Tell for each indicator what it reads."""
    return {ready.indicator.id: _merged(ready) for ready in compiled.figures.indicators}


def _merged(ready: CompiledIndicator) -> tuple[Source, ...]:
    found: dict[str, dict[str, None]] = {}
    for term in ready.expressions:
        for form, field in _read(term):
            found.setdefault(form, {})[field] = None
        for form in term.mentions.sources:
            found.setdefault(form, {})
    return tuple(Source(form, tuple(fields)) for form, fields in found.items())


def _read(term: Expression) -> Iterator[tuple[str, str]]:
    for fold in term.mentions.aggregates:
        for part in (fold.argument, fold.filter):
            if part is not None:
                for node in walk(part):
                    if isinstance(node, FieldRef):
                        yield node.source, node.column.id
