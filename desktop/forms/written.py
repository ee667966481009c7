"""A pack's one-file JSON form, as ledgers keep it, and reading what is known as sound.

A pack this program has checked before need not be checked again: `read_known` looks at
its shape only, and needs no pydantic. What was checked is told by its `seal`, which is
over the text and the model: another text has another seal, and so has the same text
when a later version of the program has other limits.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import Literal
from typing import get_args
from typing import get_origin

from desktop.forms import base
from desktop.forms import fields
from desktop.forms import indicator
from desktop.forms import layout
from desktop.forms import model
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Reader: TypeAlias = Callable[[Any], object]

_ATOMS: Final = frozenset({str, int, bool, NoneType})
_DECLARED_IN: Final = (base, fields, indicator, layout, model)


def pack_to_json(pack: Pack) -> str:
    """Write a pack canonically: keys sorted, defaults left out, no spare space.

    Leaving defaults out keeps the text, and so the digest, of a pack the same when a
    later version of the program knows one more optional key.
    """
    return json.dumps(
        _data(pack), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest(pack: Pack) -> str:
    """Give the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(pack_to_json(pack).encode()).hexdigest()


def seal(text: str) -> str:
    """Give what a text is remembered by once it has been checked against this model."""
    told = hashlib.sha256(text.encode())
    for module in _DECLARED_IN:
        told.update(_declared(vars(module)).encode())
    return told.hexdigest()


def read_known(text: str) -> Pack | None:
    """Read the JSON of a pack that was checked before; None where its shape is wrong.

    Only for texts whose seal this program has kept: limits are not looked at.
    """
    try:
        pack = _Shapes().of(Pack)(json.loads(text))
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return None
    return pack if isinstance(pack, Pack) else None


def _declared(names: Mapping[str, object]) -> str:
    """Write what a module says of fields and their limits."""
    said = []
    for name, value in names.items():
        if isinstance(value, type) and issubclass(value, Model):
            hints = vars(value).get("__annotations__", {})
            said.append(f"{name} {hints} {dict(value.__defaults__)}")
        elif get_origin(value) is not None:
            said.append(f"{name} {value}")
    return "\n".join(said)


def _data(value: object) -> object:
    """Turn a value of a pack into what JSON can say."""
    match value:
        case Model():
            given, defaults = vars(value), value.__defaults__
            return {
                name: _data(given[name])
                for name in value.__names__
                if name not in defaults or given[name] != defaults[name]
            }
        case tuple():
            return [_data(item) for item in value]
        case Mapping():
            return {key: _data(item) for key, item in value.items()}
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case _:
            return value


class _Shapes:
    """Makes a reader of plain data for each annotation, once."""

    def __init__(self) -> None:
        self._readers: dict[object, Reader] = {}

    def of(self, hint: Any) -> Reader:  # noqa: ANN401 - a type, or what stands for one
        """Give the reader of an annotation; it raises where the data is not of it."""
        if hint not in self._readers:
            self._readers[hint] = self._made(hint)
        return self._readers[hint]

    def _made(self, hint: Any) -> Reader:  # noqa: ANN401 - see above
        parts = get_args(hint)
        if not parts:
            return self._plain(hint)
        match get_origin(hint):
            case origin if isinstance(parts[-1], Limit):
                return self.of(parts[0])
            case origin if origin is tuple:
                return _tuple(self.of(parts[0]))
            case origin if origin is Mapping:
                return _mapping(self.of(parts[1]))
            case origin if origin is Literal:
                return _one_of({word: word for word in parts})
            case _:
                return self._union(parts)

    def _plain(self, kind: Any) -> Reader:  # noqa: ANN401 - see above
        if kind in _ATOMS:
            return _atom(kind)
        if kind is Decimal:
            return _decimal
        if issubclass(kind, Enum):
            return _one_of({member.value: member for member in kind})
        return self._model(kind)

    def _model(self, kind: type[Model]) -> Reader:
        readers = self._fields(kind)
        defaults, count = kind.__defaults__, len(kind.__names__)

        def read(data: dict[str, Any]) -> object:
            if type(data) is not dict:
                raise TypeError(kind)
            made = kind.__new__(kind)
            values = vars(made)
            values.update(defaults)
            for name, part in data.items():
                values[name] = readers[name](part)
            if len(values) != count:
                raise TypeError(kind)
            return made

        return read

    def _fields(self, kind: type[Model]) -> dict[str, Reader]:
        """Make the readers of a class's fields; most annotations are the same few."""
        found = {}
        for each in kind.__mro__:
            for name, text in vars(each).get("__annotations__", {}).items():
                if name in kind.__names__ and name not in found:
                    found[name] = self._named(each.__module__, text)
        return found

    def _named(self, module: str, text: str) -> Reader:
        key = (module, text)
        if key not in self._readers:
            self._readers[key] = self.of(_resolved(module, text))
        return self._readers[key]

    def _union(self, members: tuple[Any, ...]) -> Reader:
        """Read one of several: nothing or the one other, or the kind the data names."""
        others = [member for member in members if member is not NoneType]
        if len(others) == 1:
            return _optional(self.of(others[0]))
        readers = {
            word: self.of(member) for member in others for word in _words(member)
        }
        return lambda data: readers[data["kind"]](data)


def _words(kind: type[Model]) -> tuple[str, ...]:
    """Give the words that say that data is of a class."""
    own: str = vars(kind)["__annotations__"]["kind"]
    return get_args(_resolved(kind.__module__, own))


def _resolved(module: str, text: str) -> Any:  # noqa: ANN401 - a type, or what stands for one
    """Give what an annotation of ours means; `typing` would take five times as long."""
    return eval(text, vars(sys.modules[module]))  # noqa: S307 - our own code's text


def _atom(kind: type) -> Reader:
    def read(data: object) -> object:
        if type(data) is not kind:
            raise TypeError(kind)
        return data

    return read


def _decimal(data: str) -> Decimal:
    if type(data) is not str:
        raise TypeError(Decimal)
    return Decimal(data)


def _one_of(meant: dict[object, object]) -> Reader:
    return lambda data: meant[data]


def _optional(reader: Reader) -> Reader:
    return lambda data: None if data is None else reader(data)


def _tuple(reader: Reader) -> Reader:
    def read(data: object) -> object:
        if type(data) is not list:
            raise TypeError(tuple)
        return tuple([reader(item) for item in data])

    return read


def _mapping(reader: Reader) -> Reader:
    def read(data: dict[str, Any]) -> object:
        if type(data) is not dict:
            raise TypeError(Mapping)
        return {key: reader(item) for key, item in data.items()}

    return read
