"""Hand-written YAML as plain data that remembers where each part stands.

Only what a form author needs is YAML here: mappings, lists and scalars of the 1.2 core
schema. What makes YAML surprising or dangerous is refused with its place: anchors and
aliases (an alias bomb kills the process), tags, merge keys, duplicate keys, several
documents. `no`, `on`, dates, `1:30`, `0755` and `1e9` stay text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias
from typing import assert_never

import yaml

from desktop.core.messages import message
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import problem

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterator

    from desktop.core.messages import Param

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 32
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final[abc.Mapping[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
# A leading zero or more digits than any quantity has: a code, so it stays text.
_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_DECIMAL: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})\.[0-9]{1,18}")

Plain: TypeAlias = "bool | int | Decimal | str | None"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's name and lines, to find a point inside a scalar again."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `style` is how it was quoted, `end` the line it ends on."""

    value: Plain
    place: Place
    style: str = ""
    end: int = 0
    source: SourceText | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Values by key, and where each key stands."""

    items: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node: TypeAlias = Scalar | List | Mapping


def read_yaml(data: bytes, name: str) -> Node | tuple[Problem, ...]:
    """Read one document; `name` is what problems call the file."""
    start = Place(name, 1, 1)
    if len(data) > MAX_BYTES:
        said = message("forms.yaml.too_big", size=len(data), limit=MAX_BYTES)
        return (problem(said, start),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (problem(message("forms.yaml.not_utf8"), Place(name, line, 1)),)
    return _Reader(SourceText(name, tuple(text.splitlines()))).read(text)


def plain(node: Node) -> Any:  # noqa: ANN401 - JSON data has no closer type
    """Give the data alone, as JSON can carry it; a decimal becomes its exact text."""
    match node:
        case Scalar(value):
            return str(value) if isinstance(value, Decimal) else value
        case List(items):
            return [plain(item) for item in items]
        case Mapping(items):
            return {key: plain(item) for key, item in items.items()}
        case _:
            assert_never(node)


class _TooDeepError(Exception):
    """The document is nested deeper than any pack is."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Reader:
    """Builds nodes from the parser's events and collects what is refused."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = iter(())

    def read(self, text: str) -> Node | tuple[Problem, ...]:
        """Read the text; all that is refused comes at once, a syntax fault ends it."""
        node: Node = Scalar(None, self._place(None))
        try:
            self._events = yaml.parse(text, Loader=_LOADER)
            node = self._document(node)
        except _TooDeepError as error:
            self._refuse("forms.yaml.too_deep", error.place, limit=MAX_DEPTH)
        except yaml.MarkedYAMLError as error:
            reason = error.problem or error.context or ""
            mark = error.problem_mark or error.context_mark
            self._refuse("forms.yaml.syntax", self._place(mark), reason=reason)
        except yaml.YAMLError as error:
            self._refuse("forms.yaml.syntax", self._place(None), reason=str(error))
        return tuple(self._problems) or node

    def _document(self, empty: Node) -> Node:
        next(self._events)  # the stream starts
        first = next(self._events)
        if isinstance(first, yaml.StreamEndEvent):
            return empty
        node = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse("forms.yaml.documents", self._place(after.start_mark))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event.start_mark)
        if depth > MAX_DEPTH:
            raise _TooDeepError(place)
        if isinstance(event, yaml.AliasEvent):
            self._refuse("forms.yaml.alias", place, name=event.anchor or "")
            return Scalar(None, place)
        assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - the grammar says so
        self._check_plain_node(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, depth)
        assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - all others are gone
        return self._scalar(event, place)

    def _check_plain_node(self, event: Any, place: Place) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._refuse("forms.yaml.anchor", place, name=event.anchor)
        if event.tag is not None:
            self._refuse("forms.yaml.tag", place, name=event.tag)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        style = event.style or ""
        value = event.value if style in {"'", '"', "|", ">"} else resolve(event.value)
        return Scalar(
            value, place, style, self._place(event.end_mark).line, self._source
        )

    def _list(self, place: Place, depth: int) -> List:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return List(tuple(items), place)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            where = self._place(event.start_mark)
            key = self._key(event, where, depth)
            value = self._node(next(self._events), depth + 1)
            if key in items:
                line = keys[key].line
                self._refuse("forms.yaml.duplicate", where, key=key, line=line)
                continue
            items[key], keys[key] = value, where
        return Mapping(items, keys, place)

    def _key(self, event: yaml.Event, where: Place, depth: int) -> str:
        self._node(event, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse("forms.yaml.key", where)
            return ""
        if event.value == "<<" and not event.style:
            self._refuse("forms.yaml.merge", where)
        return event.value

    def _refuse(self, code: str, place: Place, **params: Param) -> None:
        self._problems.append(problem(message(code, **params), place))

    def _place(self, mark: Any) -> Place:  # noqa: ANN401 - two classes of mark, or None
        if mark is None:
            return Place(self._source.name, 1, 1)
        return Place(self._source.name, mark.line + 1, mark.column + 1)


def resolve(text: str) -> Plain:
    """Give an unquoted scalar its type."""
    lowered = text.lower()
    if lowered in _WORDS:
        return _WORDS[lowered]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def place_inside(scalar: Scalar, line: int, column: int) -> Place:
    """Find a point of a scalar's text in its file.

    Args:
        scalar: The scalar.
        line: Line within the text, from 1.
        column: Column within that line, from 1.
    """
    if scalar.source is None or not isinstance(scalar.value, str):
        return scalar.place
    place, lines = scalar.place, scalar.source.lines
    if scalar.style == "|":
        # A block is indented as its first line is; its end mark may lie beyond it.
        body = lines[place.line : scalar.end]
        indent = next((_indent(row) for row in body if row.strip()), 0)
        return Place(place.file, place.line + line, indent + column)
    offset = _escaped(scalar.value, scalar.style, _offset(scalar.value, line, column))
    return _folded(scalar, lines, offset)


def _folded(scalar: Scalar, lines: tuple[str, ...], offset: int) -> Place:
    """Walk the lines a scalar was folded from, one break being one space."""
    place = scalar.place
    if scalar.style == ">":
        first, skipped = place.line + 1, 0
    else:
        first, skipped = place.line, place.column - 1 + len(scalar.style)
    for number in range(first, max(first, scalar.end) + 1):
        row = lines[number - 1]
        start = skipped or _indent(row)
        content = row[start:].rstrip()
        if offset <= len(content):
            return Place(place.file, number, start + offset + 1)
        offset -= len(content) + 1
        skipped = 0
    return place


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _offset(text: str, line: int, column: int) -> int:
    """Count the characters before a point of a text."""
    rows = text.split("\n")
    return sum(len(row) + 1 for row in rows[: line - 1]) + column - 1


def _escaped(text: str, style: str, offset: int) -> int:
    """Add what the quoting of the characters before a point took."""
    doubled = {"'": "'", '"': '"\\'}.get(style, "")
    return offset + sum(letter in doubled for letter in text[:offset])
