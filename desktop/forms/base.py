"""What all parts of a pack are made of: frozen values, and what may stand in them.

Nothing here checks a value. What comes from people is checked by
`desktop.forms.strict`, which reads the same annotations.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - hints are resolved at run time
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Final
from typing import NamedTuple
from typing import Never
from typing import Self
from typing import TypeAlias
from typing import dataclass_transform

_SAYABLE = r"^[^\x00-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]*$"
"""No control characters: they break files, and some show one text as another."""

MAX_TEXT: Final = 4000
"""Characters of any text, whatever its own limit."""
NOTHING: Final[Mapping[str, Never]] = MappingProxyType({})
"""What a mapping holds that nobody wrote."""


class Limit(NamedTuple):
    """What a value may be; stands in `Annotated` beside its type.

    `one_of` is the key that says which member of a union is meant. With `alone` one
    item may be written without its list.
    """

    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    ge: int | None = None
    le: int | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    one_of: str | None = None
    alone: bool = False


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Model:
    """A part of a pack: an immutable value, made by keywords.

    It reads like a frozen dataclass and costs nothing to declare: the forty classes of
    a pack stand in the way of the first window.
    """

    __names__: ClassVar[tuple[str, ...]] = ()
    """The fields, those of the base first."""
    __defaults__: ClassVar[Mapping[str, object]] = NOTHING
    """What fields hold that are not given."""

    def __init_subclass__(cls) -> None:
        """Note the fields of a new class."""
        own = [
            name
            for name, hint in vars(cls).get("__annotations__", {}).items()
            if not hint.startswith("ClassVar")
        ]
        given = {name: vars(cls)[name] for name in own if name in vars(cls)}
        cls.__names__ = tuple(dict.fromkeys((*cls.__names__, *own)))
        cls.__defaults__ = MappingProxyType({**cls.__defaults__, **given})

    def __init__(self, **given: object) -> None:
        """Take the fields.

        Raises:
            TypeError: One is missing, or there is no such field.
        """
        values = {**self.__defaults__, **given}
        wrong = values.keys() ^ set(self.__names__)
        if wrong:
            raise TypeError(f"{type(self).__name__}: {', '.join(sorted(wrong))}")
        vars(self).update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, others = vars(self), vars(other)
        return all(mine[name] == others[name] for name in self.__names__)

    def __hash__(self) -> int:
        return hash((type(self), *(vars(self)[name] for name in self.__names__)))

    def __repr__(self) -> str:
        given = vars(self)
        shown = ", ".join(f"{name}={given[name]!r}" for name in self.__names__)
        return f"{type(self).__name__}({shown})"

    def replaced(self, **changes: Any) -> Self:  # noqa: ANN401 - as the fields are
        """Give the same with some fields of other values."""
        given = vars(self)
        return type(self)(**{name: given[name] for name in self.__names__} | changes)


Name: TypeAlias = Annotated[str, Limit(pattern=r"^[a-z][a-z0-9_]*$", max_length=63)]
"""An identifier: a column, table, rule part or parameter."""

DottedName: TypeAlias = Annotated[
    str, Limit(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=160)
]

Text: TypeAlias = Annotated[
    str, Limit(min_length=1, max_length=MAX_TEXT, pattern=_SAYABLE)
]
"""Words in the pack's language."""

Whole: TypeAlias = Annotated[int, Limit(ge=-(10**15), le=10**15)]
"""A whole number that a double keeps."""

Year: TypeAlias = Annotated[int, Limit(ge=1900, le=2199)]

Number: TypeAlias = Annotated[Decimal, Limit(max_digits=21, decimal_places=9)]
"""A number of ordinary size: `1e99999999` would eat the memory of whoever prints it."""


class Citation(Model):
    """A sentence of a plan, quoted word for word."""

    plan: Name
    file: Text
    quote: Annotated[str, Limit(min_length=1, max_length=60, pattern=_SAYABLE)]


class Sourced(Model):
    """Something with an origin: a plan's sentence, or ours with the reason."""

    source: Citation | None = None
    ours: Text | None = None
    note: Text | None = None


class Domain(Enum):
    """The fields of work; the value stands in packs, the order is the screen's."""

    ELDERLY_CARE = "elderly_care"
    CHILDCARE = "childcare"
    EDUCATION = "education"
    HEALTH = "health"
    COMMUNITY = "community"
    CULTURE_SPORT = "culture_sport"
    SOCIAL_ASSISTANCE = "social_assistance"
    HOUSING = "housing"
    VETERANS = "veterans"
    EMPLOYMENT = "employment"
    PUBLIC_SAFETY = "public_safety"
    COMMERCE = "commerce"
    FINANCE = "finance"
    PROJECTS = "projects"
