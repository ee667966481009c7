"""What becomes of a record when its form comes in a newer version.

A field keeps its cell under its id, or takes over that of the field it says it was
formerly. Choices that were renamed are renamed in the cells too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import DecimalField
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.messages import Message
    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

Places: TypeAlias = tuple[str, str]
"""(form, field)."""

_TO: Final[Mapping[str, frozenset[str]]] = {
    "decimal": frozenset({"integer"}),
    "text": frozenset({"choice", "unit", "credit_code", "telephone"}),
}
"""Kinds whose every value is one of another kind, too."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the cell of one field comes about: whose it was, and which words changed.

    `choices` are those the field offers now.
    """

    source: Field
    field: Field
    words: Mapping[str, str]
    choices: tuple[str, ...]

    @property
    def renamed(self) -> bool:
        """Whether the field had another id."""
        return self.source.id != self.field.id

    def carry(self, cell: Cell) -> Cell | Message:
        """Give the cell as the field holds it, or say why it cannot."""
        if isinstance(cell, Absent):
            return cell
        cell = _reworded(cell, self.words)
        if not carries(self.source, self.field):
            return parse_entry(self.field, format_cell(self.source, cell), self.choices)
        if isinstance(self.field, DecimalField) and isinstance(cell, int):
            return Decimal(cell)
        return cell


def ways(old: Pack, new: Pack, form: str) -> tuple[Way, ...]:
    """Tell for each stored field of a form in both packs where its cells come from."""
    before, after = old.form_by_id[form], new.form_by_id[form]
    sources = renamed_fields(before, after)
    former = {field.id: field for field in before.stored}
    found = []
    for field in after.stored:
        source = former.get(sources.get(field.id, field.id))
        if source is not None:
            words = renamed_choices(old, new, (form, source.id), (form, field.id))
            choices = new.choices(form, field.id)
            found.append(Way(source, field, words, choices))
    return tuple(found)


def renamed_fields(old: Form, new: Form) -> dict[str, str]:
    """Give the former id of each stored field that has another one now."""
    former = {field.id for field in old.stored}
    return {
        field.id: field.formerly
        for field in new.stored
        if field.formerly in former and field.id not in old.by_id
    }


def renamed_choices(
    old: Pack, new: Pack, source: Places, target: Places
) -> dict[str, str]:
    """Give the choices of a field that are called otherwise now.

    They are known by the field's `value_aliases` with one meaning, and in the field
    that names indicators by the titles of the same indicators.
    """
    field = new.form_by_id[target[0]].by_id[target[1]]
    if not isinstance(field, ChoiceField | ChoicesField):
        return {}
    offered, listed = set(new.choices(*target)), set(old.choices(*source))
    told = {
        word: meant[0]
        for word, meant in field.value_aliases.items()
        if len(meant) == 1 and meant[0] in offered and word in listed - offered
    }
    return told | dict(_retitled(old, new, source, target))


def carries(old: Field, new: Field) -> bool:
    """Tell whether every value of a field is one of another field just as it is."""
    if isinstance(old, DecimalField) and isinstance(new, DecimalField):
        return old.digits <= new.digits
    return old.kind == new.kind or old.kind in _TO.get(new.kind, ())


def _retitled(
    old: Pack, new: Pack, source: Places, target: Places
) -> Iterator[tuple[str, str]]:
    """Give the indicators that are answered in a field and have another title."""
    if _key(old, source[0]) != source[1] or _key(new, target[0]) != target[1]:
        return
    for indicator in new.indicators:
        before = old.indicator_by_id.get(indicator.id)
        if before is not None and before.title != indicator.title:
            yield before.title, indicator.title


def _key(pack: Pack, form: str) -> str | None:
    found = pack.form_by_id[form]
    answers = found.answers if isinstance(found, Roster) else None
    return answers.key if answers else None


def _reworded(cell: Cell, words: Mapping[str, str]) -> Cell:
    match cell:
        case str():
            return words.get(cell, cell)
        case tuple():
            return tuple(dict.fromkeys(words.get(each, each) for each in cell))
        case _:
            return cell
