"""What each function takes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol
from typing import assert_never

from desktop.expr.kinds import MAX_DIGITS
from desktop.expr.kinds import digits_of
from desktop.expr.nodes import Call
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Fold
from desktop.expr.nodes import Function
from desktop.expr.nodes import Number
from desktop.expr.nodes import Scope
from desktop.expr.nodes import Text
from desktop.expr.schema import ValueType
from desktop.expr.tree import place as place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.expr.folds import Read
    from desktop.expr.names import Place
    from desktop.expr.nodes import Node
    from desktop.expr.tree import Branch
    from desktop.expr.tree import Tree

_NUMBER: Final = ValueType.NUMBER
_TEXT: Final = ValueType.TEXT
_DATE: Final = ValueType.DATE
_BOOLEAN: Final = ValueType.BOOLEAN
_PAIR: Final = 2
_ZERO: Final = Decimal(0)


class Alike(Protocol):
    """Reads values of one type; see `desktop.expr.convert.alike`."""

    def __call__(  # noqa: D102 - the class says it
        self, parts: Sequence[Tree], place: Place
    ) -> tuple[Node, ...]: ...


def known_functions() -> frozenset[str]:
    """Give the names of all functions and aggregates."""
    return frozenset({*Function.__members__, *Fold.__members__, "PREV"})


def call(
    function: Function, branch: Branch, place: Place, read: Read, alike: Alike
) -> Call:
    """Read a call and check what it is given.

    Raises:
        Refusal: It is given too much, too little or the wrong thing.
    """
    parts = branch.parts
    wanted: tuple[ValueType, ...]
    match function:
        case Function.ABS:
            wanted = (_NUMBER,)
        case Function.LENGTH | Function.VALID_CREDIT_CODE | Function.VALID_TELEPHONE:
            wanted = (_TEXT,)
        case Function.YEAR:
            wanted = (_DATE,)
        case Function.DAYS_BETWEEN:
            wanted = (_DATE, _DATE)
        case Function.IMPLIES:
            wanted = (_BOOLEAN, _BOOLEAN)
        case Function.COALESCE:
            _count(branch, len(parts) > 1, 2)
            return Call(function, alike(parts, place))
        case Function.ROUND:
            return _round(branch, place, read)
        case Function.HAS:
            return _has(branch, place, read)
        case Function.ANSWERED | Function.IS_NOT_APPLICABLE:
            _count(branch, len(parts) == 1, 1)
            return Call(function, (_field(parts[0], branch, place, read),))
        case Function.IS_UNIQUE:
            return Call(function, _unique(branch, place, read))
        case _:
            assert_never(function)
    _count(branch, len(parts) == len(wanted), len(wanted))
    pairs = zip(parts, wanted, strict=True)
    return Call(function, tuple(read(part, place, kind) for part, kind in pairs))


def _count(branch: Branch, right: bool, count: int) -> None:  # noqa: FBT001 - the test
    if not right:
        raise branch.at.refuse("expr.arguments", name=branch.at.text, count=count)


def _round(branch: Branch, place: Place, read: Read) -> Call:
    """Read ROUND(x) or ROUND(x, places)."""
    parts = branch.parts
    _count(branch, len(parts) in {1, 2}, 2)
    places = read(parts[1], place) if len(parts) > 1 else Number(_ZERO)
    if not isinstance(places, Number) or digits_of(places) or places.value > MAX_DIGITS:
        raise place_of(parts[-1]).refuse("expr.number", text=place_of(parts[-1]).text)
    return Call(Function.ROUND, (read(parts[0], place, _NUMBER), places))


def _has(branch: Branch, place: Place, read: Read) -> Call:
    """Read HAS(choices, 'one of them')."""
    _count(branch, len(branch.parts) == _PAIR, _PAIR)
    field = read(branch.parts[0], place, ValueType.CHOICES)
    choice = read(branch.parts[1], place, _TEXT)
    if not isinstance(choice, Text):
        raise branch.at.refuse("expr.choice_unknown", name=branch.at.text)
    return Call(Function.HAS, (field, choice))


def _field(
    part: Tree, branch: Branch, place: Place, read: Read, bound: str | None = None
) -> FieldRef:
    """Read a field by its name; `bound` is the binding it may have."""
    node = read(part, place)
    if not isinstance(node, FieldRef) or node.column.bound not in {None, bound}:
        raise branch.at.refuse("expr.field_wanted", name=branch.at.text)
    return node


def _unique(branch: Branch, place: Place, read: Read) -> tuple[FieldRef, ...]:
    """Read IS_UNIQUE(field), or IS_UNIQUE(field, others): among records alike in those.

    All are the record's own; one of the others may be its unit.
    """
    _count(branch, bool(branch.parts), 1)
    first, *others = branch.parts
    fields = (
        _field(first, branch, place, read),
        *(_field(other, branch, place, read, "unit.code") for other in others),
    )
    for field in fields:
        if field.scope is not Scope.RECORD or field.shift:
            raise branch.at.refuse("expr.field_wanted", name=branch.at.text)
    return fields
