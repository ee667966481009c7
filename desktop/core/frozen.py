"""Frozen values that cost little to declare.

`@frozen` makes what `@dataclass(frozen=True, slots=True)` makes. That one writes and
compiles six methods for each class when its module is imported, a millisecond a class,
and a hundred classes stand before the first window. Here `__init__` is written when the
class makes its first value, and the other methods are shared.
"""

from __future__ import annotations

from dataclasses import MISSING
from dataclasses import Field
from dataclasses import FrozenInstanceError
from dataclasses import dataclass
from dataclasses import field
from operator import attrgetter
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar
from typing import cast
from typing import dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class of frozen values with slots, for `match`, `replace` and `fields`."""
    own = tuple(vars(cls).get("__annotations__", {}))
    base: tuple[str, ...] = getattr(cls, "__match_args__", ())
    names = tuple(dict.fromkeys((*base, *own)))
    given = {name: vars(cls)[name] for name in own if name in vars(cls)}
    defaults = {**getattr(cls, "__defaults__", {}), **given}
    apart = {*own, "__dict__", "__weakref__"}
    body = {name: part for name, part in vars(cls).items() if name not in apart}
    methods = {**_methods(names), "__defaults__": defaults, "__match_args__": names}
    namespace = {"__slots__": own, **methods, **body}
    kind: Any = type(cls)
    made: Any = kind(cls.__name__, cls.__bases__, namespace)
    made.__dataclass_fields__ = _Fields()

    def first(self: object, *args: object, **named: object) -> None:
        made.__init__ = _initialiser(made, names, defaults)
        made.__init__(self, *args, **named)

    made.__init__ = first
    made_type: type[T] = made
    return made_type


class _Fields:
    """What `dataclasses` looks at; few classes are ever asked."""

    def __get__(self, _: object, owner: Any) -> Mapping[str, Field[Any]]:  # noqa: ANN401 - a class of values
        hints = dict.fromkeys(owner.__match_args__, Any)
        # Without a docstring it would work out a signature to write one.
        body = {"__annotations__": hints, "__doc__": "Fields.", **owner.__defaults__}
        stand_in = type("Fields", (), body)
        made: Any = dataclass(init=False, repr=False, eq=False)(stand_in)
        owner.__dataclass_fields__ = found = made.__dataclass_fields__
        return cast("Mapping[str, Field[Any]]", found)


def _initialiser(
    cls: type, names: tuple[str, ...], defaults: Mapping[str, object]
) -> Callable[..., None]:
    """Write the `__init__` of a class."""
    known: dict[str, object] = {"missing": MISSING}
    taken, lines = [], []
    for name in names:
        known[f"set_{name}"] = getattr(cls, name).__set__
        default = defaults.get(name, MISSING)
        if isinstance(default, Field):
            known[f"make_{name}"] = default.default_factory
            taken.append(f"{name}=missing")
            lines.append(f" if {name} is missing: {name} = make_{name}()")
        elif default is MISSING:
            taken.append(name)
        else:
            known[f"default_{name}"] = default
            taken.append(f"{name}=default_{name}")
        lines.append(f" set_{name}(self, {name})")
    text = "\n".join([f"def __init__(self, {', '.join(taken)}):", *lines, " pass"])
    exec(text, known)  # noqa: S102 - of names that a module of ours declares
    written: Any = known["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    return written  # type: ignore[no-any-return]  # made of text


def _methods(names: tuple[str, ...]) -> dict[str, object]:
    """Give the methods that all classes of values share, for these fields."""
    parts: Callable[[object], object] = attrgetter(*names) if names else _nothing

    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return parts(self) == parts(other)

    def hashed(self: object) -> int:
        return hash(parts(self))

    def shown(self: object) -> str:
        text = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({text})"

    def kept(self: object) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in names)

    def put(self: object, state: tuple[object, ...]) -> None:
        for name, part in zip(names, state, strict=True):
            object.__setattr__(self, name, part)

    return {
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": shown,
        "__getstate__": kept,
        "__setstate__": put,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }


def _nothing(_: object) -> tuple[()]:
    return ()


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {self.__class__.__name__}.{name}")
