"""What all parts of a pack are made of: strict, frozen models and named texts."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated
from typing import TypeAlias

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field as Constraint
from pydantic import StringConstraints

_SAYABLE = r"^[^\x00-\x08\x0B-\x1F\x7F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]*$"
"""No control characters: they break files, and some show one text as another."""


class Model(BaseModel):
    """A part of a pack: immutable; an unknown key or a loose type is a fault."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        # Validators are built when a pack is first read, not when a window starts.
        defer_build=True,
        str_max_length=4000,
    )


Name: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=63)
]
"""An identifier: a column, table, rule part or parameter."""

DottedName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=160),
]

Text: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=_SAYABLE)
]
"""Words in the pack's language."""

Whole: TypeAlias = Annotated[int, Constraint(ge=-(10**15), le=10**15)]
"""A whole number that a double keeps."""

Year: TypeAlias = Annotated[int, Constraint(ge=1900, le=2199)]

Number: TypeAlias = Annotated[Decimal, Constraint(max_digits=21, decimal_places=9)]
"""A number of ordinary size: `1e99999999` would eat the memory of whoever prints it."""


class Citation(Model):
    """A sentence of a plan, quoted word for word."""

    plan: Name
    file: Text
    quote: Annotated[
        str, StringConstraints(min_length=1, max_length=60, pattern=_SAYABLE)
    ]


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
