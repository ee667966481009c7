"""Makes Qt's enumerations as Python would, in a quarter of the time.

The binding hands over three thousand names and values before the first window, and
Python's `enum` takes 20 µs for each: a member may be anything there, and with every one
that is put into the class Python forgets what it knew of the class. Here a class is the
copy of one that `enum` has made without members, and its members, plain numbers all of
them, are put there together. What comes of it is the same to the last attribute; the
tests hold it against what `enum` makes. Whatever else is asked for is left to `enum`.
"""

from __future__ import annotations

import sys
from enum import KEEP
from enum import EnumType
from enum import Flag
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

KNOWN: Final = (3, 11)
"""The Python whose enumerations are as is written here; others make their own."""
_CREATE: Final = "_create_"
_NEW: Final = "__new__"
_ASKED: Final[Mapping[str, object]] = {
    "qualname": None,
    "type": None,
    "start": 1,
    "boundary": KEEP,
}
"""What the binding asks for, as `enum` hands it on."""


def quicken_enumerations() -> None:
    """Make lists of names and numbers into enumerations quickly, from now on."""
    plain = getattr(EnumType, _CREATE)
    if sys.version_info[:2] == KNOWN and plain.__module__ != __name__:
        setattr(EnumType, _CREATE, _quick(plain))


def _quick(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Give what stands in the place of `enum`'s making from a list."""
    empty: dict[EnumType, _Empty] = {}

    def create(
        base: EnumType,
        name: str,
        names: Any,  # noqa: ANN401 - as in `enum`
        *,
        module: str | None = None,
        **more: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if module is None:
            # Of whoever called the base, as `enum` finds it.
            module = sys._getframe(2).f_globals["__name__"]  # noqa: SLF001
        if more == _ASKED and type(names) is list:
            if base not in empty:
                empty[base] = _Empty(base, plain)
            if empty[base].suits(names):
                return empty[base].filled(name, names, module)
        return plain(base, name, names, module=module, **more)

    return create


class _Empty:
    """An enumeration without members, to be copied and filled."""

    def __init__(
        self,
        base: Any,  # noqa: ANN401 - a kind of enumeration
        plain: Callable[..., Any],
    ) -> None:
        """Have `enum` make it."""
        self._base = base
        self._is_flag = issubclass(base, Flag)
        self._body = dict(vars(plain(base, "Empty", [], module="", boundary=KEEP)))
        # A function that is there when a class is made becomes a static method.
        self._new = self._body.pop(_NEW)
        kinds = (*base.__mro__, *type(base).__mro__)
        self._taken = {name for kind in kinds for name in vars(kind)}

    def suits(self, pairs: Sequence[tuple[Any, Any]]) -> bool:
        """Tell whether all values are whole numbers, and no name means anything."""
        names = {name for name, _ in pairs}
        return (
            len(names) == len(pairs)
            and self._taken.isdisjoint(names)
            and "_" not in {name[:1] for name in names}
            and {type(value) for _, value in pairs} <= {int}
        )

    def filled(
        self, name: str, pairs: Sequence[tuple[str, int]], module: str
    ) -> EnumType:
        """Make an enumeration of names and whole numbers."""
        map_: dict[str, object] = {}
        members: dict[int, Any] = {}
        ordered: list[str] = []
        body = {
            **self._body,
            "__module__": module,
            "_member_map_": map_,
            "_value2member_map_": members,
            "_member_names_": ordered,
            "_unhashable_values_": [],
        }
        if self._is_flag:
            body |= _masks([value for _, value in pairs])
        made: Any = type.__new__(EnumType, name, (self._base,), body)
        type.__setattr__(made, _NEW, self._new)
        new, of_number = made._new_member_, made._use_args_
        for key, value in pairs:
            if value not in members:
                member = new(made, value) if of_number else new(made)
                member._value_ = value
                member._name_ = key
                member.__objclass__ = made
                member._sort_order_ = len(ordered)
                members[value] = member
                if not self._is_flag or _is_bit(value):
                    ordered.append(key)
            map_[key] = members[value]
        for key, member in map_.items():
            type.__setattr__(made, key, member)
        if self._is_flag:
            _iterate_by_value(made)
        return made  # type: ignore[no-any-return]  # made of parts


def _is_bit(value: int) -> bool:
    return value != 0 and value & (value - 1) == 0


def _masks(values: Sequence[int]) -> dict[str, int]:
    """Give what a flag knows of all its bits, and of those that have a name."""
    every = single = 0
    for value in values:
        every |= value
        if _is_bit(value):
            single |= value
    return {
        "_flag_mask_": every,
        "_singles_mask_": single,
        "_all_bits_": 2 ** every.bit_length() - 1,
    }


def _iterate_by_value(made: Any) -> None:  # noqa: ANN401 - a class of flags
    """Let flags be told in their own order where that is not that of the values."""
    values = [made._member_map_[name]._value_ for name in made._member_names_]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_
