"""In what a field asks less than another that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.forms.fields import Blank
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TextField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from desktop.forms.fields import Field

    Bound: TypeAlias = int | Decimal | None

Lists: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...]]"
"""The choices of the field that asks, and of the one that stands for it."""

_RANK: Final = (Blank.OPTIONAL, Blank.NEEDED, Blank.EXPECTED, Blank.REQUIRED)


def lessened(asked: Field, field: Field, choices: Lists = ((), ())) -> Iterator[str]:
    """Name the keys by which `field` asks less than `asked`."""
    if asked.kind != field.kind:
        yield "kind"
        return
    if _RANK.index(field.blank) < _RANK.index(asked.blank):
        yield "blank"
    if field.not_applicable and not asked.not_applicable:
        yield "not_applicable"
    match asked, field:
        case (IntegerField() | DecimalField(), IntegerField() | DecimalField()):
            if _wider(asked.minimum, field.minimum, 1):
                yield "minimum"
            if _wider(asked.maximum, field.maximum, -1):
                yield "maximum"
        case TextField(), TextField():
            if field.max_length > asked.max_length:
                yield "max_length"
        case (ChoiceField() | ChoicesField(), _):
            if choices[0] and not set(choices[0]) & set(choices[1]):
                yield "choices"
        case _:
            return


def _wider(asked: Bound, bound: Bound, sign: int) -> bool:
    """Tell whether a bound lets more through; `sign` is 1 for a lower bound."""
    if asked is None:
        return False
    return bound is None or (bound - asked) * sign < 0
