"""How a person has arranged the columns of a form, remembered from day to day."""

from __future__ import annotations

import json
from dataclasses import field as default
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from desktop.core.frozen import frozen
from desktop.store.records import Order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.forms.fields import Field


@frozen
class Arrangement:
    """A person's columns by the ids of fields; those that are not named are as ever.

    `order` is the person's order, `hidden` what they do not want to see, `identity`
    what stays at the left beside the name, `widths` are in pixels.
    """

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    widths: Mapping[str, int] = default(default_factory=dict)
    sort: Order | None = None

    def columns(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """Put fields in their order: the first, which names a record, stays it."""
        by_id = {field.id: field for field in fields}
        name, *rest = (field.id for field in fields)
        order = [field for field in dict.fromkeys(self.order) if field in rest]
        for place, field in enumerate(rest):
            if field not in order:
                # A field the person has never moved stays behind the one before it.
                before = rest[place - 1] if place else None
                order.insert(order.index(before) + 1 if before else 0, field)
        left = [field for field in dict.fromkeys(self.identity) if field in rest]
        behind = [field for field in order if field not in left]
        return tuple(by_id[field] for field in (name, *left, *behind))

    def staying(self, fields: Sequence[Field]) -> int:
        """Count the columns that stay at the left."""
        there = {field.id for field in fields[1:]}
        return 1 + len(there & set(self.identity))

    def turned(self, field: str) -> Arrangement:
        """Let a column stay at the left, or no longer; one that stays is seen."""
        if field in self.identity:
            left = tuple(one for one in self.identity if one != field)
            return replace(self, identity=left)
        return replace(self.showing(field), identity=(*self.identity, field))

    def showing(self, field: str) -> Arrangement:
        """Let a column be seen again."""
        return replace(self, hidden=tuple(one for one in self.hidden if one != field))

    def hiding(self, field: str) -> Arrangement:
        """Let a column not be seen; it does not stay at the left then."""
        left = tuple(one for one in self.identity if one != field)
        hidden = (*self.showing(field).hidden, field)
        return replace(self, hidden=hidden, identity=left)

    def written(self) -> str:
        """Write it down for the settings."""
        sort = None if self.sort is None else [self.sort.field, self.sort.descending]
        kept = {
            "order": self.order,
            "hidden": self.hidden,
            "identity": self.identity,
            "widths": dict(self.widths),
            "sort": sort,
        }
        return json.dumps({name: value for name, value in kept.items() if value})


def read_arrangement(text: str) -> Arrangement:
    """Read what was written down; whatever is not sound there is as ever."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return Arrangement()
    widths = found.get("widths")
    return Arrangement(
        _names(found.get("order")),
        _names(found.get("hidden")),
        _names(found.get("identity")),
        {
            name: width
            for name, width in (widths if isinstance(widths, dict) else {}).items()
            if isinstance(width, int) and width > 0
        },
        _order(found.get("sort")),
    )


def _names(found: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(found, list):
        return ()
    return tuple(name for name in found if isinstance(name, str))


def _order(found: Any) -> Order | None:  # noqa: ANN401 - whatever the file holds
    match found:
        case [str(field), bool(descending)]:
            return Order(field, descending)
        case _:
            return None
