r"""A pack as sheets of a workbook, and sheets as the document a pack is read from.

Columns are not listed anywhere: they follow from the model, so a new key of a pack is a
new column. A list of texts stands in one cell, an item a line; words with meanings as
`word=meaning|meaning`. In both `\` goes before a sign that would part them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias
from typing import Union
from typing import get_args
from typing import get_origin
from typing import get_type_hints

from desktop.forms.base import Model
from desktop.forms.fields import Field
from desktop.forms.indicator import Indicator
from desktop.forms.indicator import Target
from desktop.forms.model import Definition
from desktop.forms.model import Option
from desktop.forms.model import Pack
from desktop.forms.model import Parameter
from desktop.forms.model import Roster
from desktop.forms.model import Rule
from desktop.forms.model import UnitForm

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | int | Decimal | bool | None"


class Shape(Enum):
    """How a value stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    LINES = "lines"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the keys that lead to its value, and how that stands in a cell.

    A blank cell of a `nullable` column is a null that must be there.
    """

    path: tuple[str, ...]
    shape: Shape
    nullable: bool = False

    @property
    def head(self) -> str:
        """What stands above it: `numerator.title`."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of sheet: its name, the models a row may be, and columns before those."""

    name: str
    models: tuple[type[Model], ...]
    before: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, each once."""
        lead = (Column((name,), Shape.TEXT) for name in self.before)
        found = (column for model in self.models for column in columns_of(model))
        heads: dict[str, Column] = {}
        for column in (*lead, *found):
            heads.setdefault(column.head, column)
        return tuple(sorted(heads.values(), key=self._rank))

    def _rank(self, column: Column) -> int:
        first = (*self.before, "id", "kind", "title")
        return first.index(column.head) if column.head in first else len(first)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """One sheet with its rows, in the order of its columns."""

    sheet: Sheet
    rows: tuple[tuple[Value, ...], ...]


PACK: Final = Sheet("pack", (), ("key", "value"))
FORMS: Final = Sheet("forms", (Roster, UnitForm))
FIELDS: Final = Sheet("fields", get_args(Field), ("form", "group"))
CHOICES: Final = Sheet("choices", (), ("code_list", "title", "choice"))
RULES: Final = Sheet("rules", (Rule,))
INDICATORS: Final = Sheet("indicators", (Indicator,))
TARGETS: Final = Sheet("targets", (Target,), ("indicator",))
PARAMETERS: Final = Sheet("parameters", (Parameter,))
DEFINITIONS: Final = Sheet("definitions", (Definition,))
OPTIONS: Final = Sheet("options", (Option,), ("definition",))
SHEETS: Final = (
    *(PACK, FORMS, FIELDS, CHOICES, RULES),
    *(INDICATORS, TARGETS, PARAMETERS, DEFINITIONS, OPTIONS),
)


def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """Give the columns a model needs; lists of models have sheets of their own."""
    # mypy takes no class for something that can be a key.
    key: Any = model
    return _cached(key)


@cache
def _cached(model: type[Model]) -> tuple[Column, ...]:
    return tuple(_columns(model, ()))


def _columns(model: type[Model], before: tuple[str, ...]) -> Iterator[Column]:
    hints = get_type_hints(model)
    for name in model.__names__:
        path, kinds = (*before, name), _kinds(hints[name])
        inner = [kind for kind in kinds if _is_model(kind)]
        if inner:
            yield from _columns(inner[0], path)
            continue
        shape = _shape(kinds[0])
        if shape is not None:
            nullable = name not in model.__defaults__ and kinds != (hints[name],)
            yield Column(path, shape, nullable)


def _kinds(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type, or what stands for one
    """Give what a hint allows besides nothing."""
    if get_origin(hint) in {Union, UnionType}:
        return tuple(part for part in get_args(hint) if part is not type(None))
    return (hint,)


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _shape(kind: Any) -> Shape | None:  # noqa: ANN401 - see above
    """Tell how values of a kind stand in a cell; None for lists of models."""
    if get_origin(kind) is tuple:
        first = get_args(kind)[0]
        return None if any(map(_is_model, _kinds(first))) else Shape.LINES
    if get_origin(kind) is not None and get_origin(kind) is not UnionType:
        return Shape.PAIRS if len(get_args(kind)) > 1 else Shape.TEXT
    if kind is bool:
        return Shape.YES_NO
    return Shape.NUMBER if kind in (int, Decimal) else Shape.TEXT


# --- A pack as rows ---------------------------------------------------------


def sheets_of(pack: Pack) -> tuple[SheetRows, ...]:
    """Write a pack as sheets; sheets without rows are there, too, to be filled."""
    rows: dict[Sheet, list[tuple[Value, ...]]] = {
        PACK: [(column.head, _cell(pack, column)) for column in columns_of(Pack)],
        FORMS: [_row(FORMS, form) for form in pack.forms],
        FIELDS: [
            _row(FIELDS, field, form.id, group.title)
            for form in pack.forms
            for group in form.groups
            for field in group.fields
        ],
        CHOICES: [
            (listed.id, listed.title, choice)
            for listed in pack.code_lists
            for choice in listed.choices
        ],
        RULES: [_row(RULES, rule) for rule in pack.rules],
        INDICATORS: [_row(INDICATORS, each) for each in pack.indicators],
        TARGETS: [
            _row(TARGETS, target, indicator.id)
            for indicator in pack.indicators
            for target in indicator.targets
        ],
        PARAMETERS: [_row(PARAMETERS, each) for each in pack.parameters],
        DEFINITIONS: [_row(DEFINITIONS, each) for each in pack.definitions],
        OPTIONS: [
            _row(OPTIONS, option, definition.id)
            for definition in pack.definitions
            for option in definition.options
        ],
    }
    return tuple(SheetRows(sheet, tuple(rows[sheet])) for sheet in SHEETS)


def _row(sheet: Sheet, part: Model, *before: str) -> tuple[Value, ...]:
    own = columns_of(type(part))
    by_head = {column.head: column for column in own}
    found = (by_head.get(column.head) for column in sheet.columns[len(before) :])
    return (*before, *(_cell(part, column) if column else None for column in found))


def _cell(part: Model, column: Column) -> Value:
    """Give what stands in a cell; a value that is the default is left out."""
    *above, name = column.path
    for step in above:
        inner = getattr(part, step)
        if inner is None:
            return None
        part = inner
    value = getattr(part, name)
    if name in part.__defaults__ and value == part.__defaults__[name]:
        return None
    return _written(value)


def _written(value: Any) -> Value:  # noqa: ANN401 - any value of a pack
    match value:
        case Enum():
            return str(value.value)
        case tuple():
            return "\n".join(escaped(_text(item), "\n") for item in value)
        case None | str() | bool() | int() | Decimal():
            return value
        case _:
            return "\n".join(_pair(word, meant) for word, meant in value.items())


def _text(item: object) -> str:
    return str(item.value) if isinstance(item, Enum) else str(item)


def _pair(word: str, meant: object) -> str:
    parts = meant if isinstance(meant, tuple) else (meant,)
    told = "|".join(escaped(_text(part), "\n|") for part in parts)
    return f"{escaped(word, '=' + chr(10))}={told}"


# --- Cells as values --------------------------------------------------------


def escaped(text: str, signs: str) -> str:
    """Write a text so that signs which would part it do not."""
    for sign in ("\\", *signs):
        text = text.replace(sign, "\\n" if sign == "\n" else f"\\{sign}")
    return text


def parted(text: str, sign: str) -> Iterator[str]:
    """Cut a text at a sign, but not behind a backslash; backslashes stay."""
    part, waiting = "", False
    for char in text:
        if char == sign and not waiting:
            yield part
            part = ""
            continue
        part += char
        waiting = char == "\\" and not waiting
    yield part


def unescaped(text: str) -> str:
    """Read what `escaped` wrote."""
    told, waiting = "", False
    for char in text:
        if waiting:
            told += "\n" if char == "n" else char
        elif char != "\\":
            told += char
        waiting = char == "\\" and not waiting
    return told


def lines(text: str) -> list[str]:
    """Read a list of texts from a cell."""
    return [unescaped(part.strip()) for part in parted(text, "\n") if part.strip()]


def pairs(text: str) -> dict[str, list[str]]:
    """Read words with their meanings from a cell."""
    found = {}
    for line in parted(text, "\n"):
        word, *meant = parted(line.strip(), "=")
        if word:
            told = parted("=".join(meant), "|")
            found[unescaped(word)] = [unescaped(part) for part in told]
    return found
