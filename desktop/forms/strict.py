"""The parts of a pack as pydantic checks them: strictly, and with its own words.

For each `Model` a pydantic model is built at first need, which loads pydantic (a tenth
of a second): what this program has checked before, `desktop.forms.written` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Literal
from typing import TypeVar
from typing import Union
from typing import get_args
from typing import get_origin
from typing import get_type_hints

from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import Field
from pydantic import TypeAdapter
from pydantic import create_model

from desktop.forms.base import MAX_TEXT
from desktop.forms.base import Limit
from desktop.forms.base import Model

AnyModel = TypeVar("AnyModel", bound=Model)


class Strict(BaseModel):
    """What all built models share: an unknown key or a loose type is a fault."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        # Validators are built together, when the outermost model is first asked.
        defer_build=True,
        str_max_length=MAX_TEXT,
    )

    stands_for: ClassVar[type[Model]]


def strict(model: type[Model]) -> type[Strict]:
    """Give the pydantic model that checks what a part of a pack is made from."""
    # mypy takes no class for something that can be a key.
    key: Any = model
    return _built(key)


@cache
def _built(model: type[Model]) -> type[Strict]:
    hints = get_type_hints(model, include_extras=True)
    fields: dict[str, Any] = {
        name: (_hint(hints[name]), _default(model.__defaults__, name))
        for name in model.__names__
    }
    made = create_model(model.__name__, __base__=Strict, **fields)
    made.stands_for = model
    return made


def checked_json(model: type[AnyModel], text: str) -> AnyModel:
    """Make a part of a pack of JSON text.

    Raises:
        pydantic.ValidationError: It is none.
    """
    made: AnyModel = _plain(strict(model).model_validate_json(text))
    return made


def checked(hint: object, value: object) -> Any:  # noqa: ANN401 - what the hint says
    """Make a value of plain data; the hint may be any that fields of a pack have.

    Raises:
        pydantic.ValidationError: It is none.
    """
    adapter: TypeAdapter[object] = TypeAdapter(_hint(hint))
    return _plain(adapter.validate_python(value))


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a pack
    """Turn what pydantic made into the parts of a pack."""
    if isinstance(value, Strict):
        given = {name: _plain(part) for name, part in value}
        return type(value).stands_for(**given)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value


def _default(defaults: Mapping[str, object], name: str) -> Any:  # noqa: ANN401 - pydantic's own
    if name not in defaults:
        return ...
    default = defaults[name]
    return Field(default_factory=dict) if isinstance(default, Mapping) else default


def _hint(hint: Any) -> Any:  # noqa: ANN401 - a type, or what stands for one
    """Write an annotation of ours as pydantic reads it."""
    if isinstance(hint, type) and issubclass(hint, Model):
        return strict(hint)
    parts, origin = get_args(hint), get_origin(hint)
    if not parts or origin is Literal:
        return hint
    if isinstance(parts[-1], Limit):
        return Annotated[_hint(parts[0]), *_constraints(parts[-1])]
    if origin in {UnionType, Union}:
        return Union[*map(_hint, parts)]
    # A tuple or a mapping; the dots of a tuple stay as they are.
    return origin[*map(_hint, parts)]


def _constraints(limit: Limit) -> list[Any]:
    """Write a limit in pydantic's words."""
    given = limit._asdict()
    alone, one_of = given.pop("alone"), given.pop("one_of")
    said = {name: value for name, value in given.items() if value is not None}
    if one_of is not None:
        said["discriminator"] = one_of
    return [*([BeforeValidator(_listed)] if alone else []), Field(**said)]


def _listed(meant: object) -> object:
    """Take one meaning written without a list as a list of one."""
    match meant:
        case str():
            return (meant,)
        case list():
            return tuple(meant)
        case _:
            return meant
