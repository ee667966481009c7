"""Parts of a read document put together anew, each with the place it was written at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.files import scalar_text
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection

    from desktop.forms.yaml_text import Node


def laid_over(base: Mapping, above: Mapping) -> Mapping:
    """Replace keys of one mapping by those of another, each with its place."""
    items, keys = {**base.items, **above.items}, {**base.keys, **above.keys}
    return Mapping(items, keys, above.place)


def with_items(base: Mapping, items: dict[str, Node]) -> Mapping:
    """Replace the values of some keys."""
    return Mapping({**base.items, **items}, base.keys, base.place)


def without(base: Mapping, keys: Collection[str]) -> Mapping:
    """Leave out some keys."""
    items = {key: node for key, node in base.items.items() if key not in keys}
    return Mapping(items, base.keys, base.place)


def picked(base: Mapping, keys: Collection[str]) -> Mapping:
    """Keep only some keys."""
    return without(base, base.items.keys() - set(keys))


def with_field(
    form: Mapping, name: str, change: Callable[[Mapping], Mapping | None]
) -> Mapping:
    """Change one field of a form, wherever it stands, or leave it out.

    A group that has lost its last field goes with it.
    """

    def in_field(field: Node) -> Node | None:
        found = isinstance(field, Mapping) and scalar_text(field, "id") == name
        return change(field) if found and isinstance(field, Mapping) else field

    def in_group(group: Node) -> Node | None:
        changed = _each(group, "fields", in_field)
        fields = changed.items.get("fields") if isinstance(changed, Mapping) else None
        had = changed is not group
        return (
            None if had and isinstance(fields, List) and not fields.items else changed
        )

    changed = _each(form, "groups", in_group)
    return changed if isinstance(changed, Mapping) else form


def field_ids(form: Mapping) -> tuple[str, ...]:
    """Give the ids of the fields of a form."""
    return tuple(
        name
        for group in items_of(form, "groups")
        for field in items_of(group, "fields")
        if (name := scalar_text(field, "id")) is not None
    )


def items_of(node: Node, key: str) -> tuple[Node, ...]:
    """Give the items of a list under one key; none where there is no list."""
    found = node.items.get(key) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, List) else ()


def _each(node: Node, key: str, change: Callable[[Node], Node | None]) -> Node:
    """Change the items of a list under one key; the node itself where none changes."""
    listed = node.items.get(key) if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(listed, List):
        return node
    changed = tuple(change(item) for item in listed.items)
    if all(
        after is before for after, before in zip(changed, listed.items, strict=True)
    ):
        return node
    left = tuple(item for item in changed if item is not None)
    return with_items(node, {key: List(left, listed.place)})
