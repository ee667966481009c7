"""Sheets that a pack's author filled in, read as the document a pack is made of.

Each cell keeps its place, so that a fault is told with sheet, row and column. What the
cells mean is for the model and for lint to say; nothing is guessed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import assert_never
from typing import get_args
from typing import get_type_hints

from desktop.forms import sheets
from desktop.forms.lint import lint_pack
from desktop.forms.model import Pack
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import errors
from desktop.forms.problems import in_order
from desktop.forms.problems import problem
from desktop.forms.sheets import Column
from desktop.forms.sheets import Shape
from desktop.forms.sheets import columns_of
from desktop.forms.sheets import lines
from desktop.forms.sheets import pairs
from desktop.forms.source_map import SourceMap
from desktop.forms.validate import unknown
from desktop.forms.validate import validate
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import Scalar

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.forms.base import Model
    from desktop.forms.sheets import Sheet

_YES: Final = frozenset({"是", "true", "yes", "1"})
_NO: Final = frozenset({"否", "false", "no", "0"})


Held: TypeAlias = str | Decimal | bool | date
"""What a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell of a sheet with something in it; rows and columns count from 1."""

    row: int
    column: int
    value: Held


Tables: TypeAlias = "abc.Mapping[str, Sequence[Sequence[BookCell]]]"
"""Rows of cells by the name of the sheet."""


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack that can be used, and what its author should still look at."""

    pack: Pack
    remarks: tuple[Problem, ...] = ()


def pack_from_sheets(file: str, tables: Tables) -> ReadPack | tuple[Problem, ...]:
    """Read a pack from sheets by name, or say everything that is wrong with them."""
    reader = _Book(file)
    node = reader.document(tables)
    if reader.problems:
        return in_order(reader.problems)
    pack = validate(Pack, node)
    if not isinstance(pack, Pack):
        return in_order(list(pack))
    found = lint_pack(pack, SourceMap(node))
    return found if errors(found) else ReadPack(pack, found)


@dataclass(slots=True)
class _Line:
    """One row of a sheet: its cells by the head above them."""

    place: Place
    cells: dict[str, BookCell]
    places: dict[str, Place]

    def text(self, head: str) -> str:
        cell = self.cells.get(head)
        return _as_text(cell.value) if cell is not None else ""


@dataclass(slots=True)
class _Book:
    """Reads the sheets of one workbook; faults of their shape are collected."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def document(self, tables: Tables) -> Mapping:
        read = {
            sheet: self._lines(sheet, tables.get(sheet.name, ()))
            for sheet in sheets.SHEETS
        }
        for name in tables.keys() - {sheet.name for sheet in sheets.SHEETS}:
            words = tuple(sheet.name for sheet in sheets.SHEETS)
            said = unknown("forms.sheet", name, words)
            self.problems.append(problem(said, Place(f"{self.file}[{name}]", 1, 1)))
        top = self._pack(read[sheets.PACK])
        place = Place(self.file)
        parts = {
            "forms": self._forms(read),
            "code_lists": self._code_lists(read[sheets.CHOICES]),
            "rules": self._nodes(sheets.RULES, read),
            "indicators": self._owners(
                sheets.INDICATORS, sheets.TARGETS, "targets", read
            ),
            "parameters": self._nodes(sheets.PARAMETERS, read),
            "definitions": self._owners(
                sheets.DEFINITIONS, sheets.OPTIONS, "options", read
            ),
        }
        lists: dict[str, Node] = {
            key: List(tuple(nodes), place) for key, nodes in parts.items()
        }
        return Mapping({**top.items, **lists}, top.keys, place)

    # --- Rows --------------------------------------------------------------

    def _lines(
        self, sheet: Sheet, rows: Sequence[Sequence[BookCell]]
    ) -> tuple[_Line, ...]:
        """Read the rows below the heads, which stand in the first row."""
        if not rows:
            return ()
        name = f"{self.file}[{sheet.name}]"
        known = tuple(column.head for column in sheet.columns)
        heads = {}
        for cell in rows[0]:
            head = _as_text(cell.value).strip()
            heads[cell.column] = head
            if head not in known:
                place = Place(name, cell.row, cell.column)
                self.problems.append(problem(unknown("forms.key", head, known), place))
        found = []
        for row in rows[1:]:
            cells = {heads[cell.column]: cell for cell in row if cell.column in heads}
            places = {
                head: Place(name, cell.row, cell.column) for head, cell in cells.items()
            }
            # What stands beside the table is a remark of its author.
            if cells:
                found.append(_Line(Place(name, row[0].row, 1), cells, places))
        return tuple(found)

    def _nodes(
        self, sheet: Sheet, read: abc.Mapping[Sheet, tuple[_Line, ...]]
    ) -> list[Mapping]:
        return [self._node(columns_of(sheet.models[0]), line) for line in read[sheet]]

    def _owners(
        self,
        sheet: Sheet,
        inner: Sheet,
        key: str,
        read: abc.Mapping[Sheet, tuple[_Line, ...]],
    ) -> list[Mapping]:
        """Read parts that have lists of parts, which name their owner."""
        owner = inner.before[0]
        known = tuple(line.text("id") for line in read[sheet])
        inside: dict[str, list[Node]] = {name: [] for name in known}
        for line in read[inner]:
            name = line.text(owner)
            if self._belongs(line, owner, name, known):
                inside[name].append(self._node(columns_of(inner.models[0]), line))
        made = []
        for line in read[sheet]:
            node = self._node(columns_of(sheet.models[0]), line)
            items = tuple(inside[line.text("id")])
            listed: dict[str, Node] = {key: List(items, line.place)} if items else {}
            made.append(Mapping({**node.items, **listed}, node.keys, node.place))
        return made

    def _belongs(
        self, line: _Line, head: str, name: str, known: tuple[str, ...]
    ) -> bool:
        if name in known:
            return True
        place = line.places.get(head, line.place)
        self.problems.append(problem(unknown("forms.value", name, known), place))
        return False

    # --- Parts -------------------------------------------------------------

    def _pack(self, rows: tuple[_Line, ...]) -> Mapping:
        """Read the sheet of keys and values."""
        cells, places = {}, {}
        known = tuple(column.head for column in columns_of(Pack))
        for line in rows:
            head = line.text("key")
            if not self._belongs(line, "key", head, known):
                continue
            if "value" in line.cells:
                cells[head] = line.cells["value"]
                places[head] = line.places["value"]
        whole = _Line(Place(f"{self.file}[{sheets.PACK.name}]", 1, 1), cells, places)
        return self._node(columns_of(Pack), whole)

    def _forms(self, read: abc.Mapping[Sheet, tuple[_Line, ...]]) -> list[Mapping]:
        """Read the forms, and the fields below each in their groups."""
        known = tuple(line.text("id") for line in read[sheets.FORMS])
        groups: dict[str, dict[str, list[Node]]] = {name: {} for name in known}
        for line in read[sheets.FIELDS]:
            name = line.text("form")
            if self._belongs(line, "form", name, known):
                model = _model(sheets.FIELDS, line.text("kind"))
                node = self._node(columns_of(model), line)
                groups[name].setdefault(line.text("group"), []).append(node)
        made = []
        for line in read[sheets.FORMS]:
            model = _model(sheets.FORMS, line.text("kind"))
            node = self._node(columns_of(model), line)
            inside = tuple(
                self._group(title, tuple(nodes))
                for title, nodes in groups[line.text("id")].items()
            )
            items: dict[str, Node] = {"groups": List(inside, line.place)}
            made.append(Mapping({**node.items, **items}, node.keys, node.place))
        return made

    def _group(self, title: str, nodes: tuple[Node, ...]) -> Mapping:
        place = nodes[0].place
        items: dict[str, Node] = {
            "title": Scalar(title, place),
            "fields": List(nodes, place),
        }
        return Mapping(items, dict.fromkeys(items, place), place)

    def _code_lists(self, rows: tuple[_Line, ...]) -> list[Mapping]:
        found: dict[str, list[_Line]] = {}
        for line in rows:
            found.setdefault(line.text("code_list"), []).append(line)
        made = []
        for name, inside in found.items():
            place = inside[0].place
            titles = (line.text("title") for line in inside)
            choices = tuple(
                Scalar(line.text("choice"), line.places.get("choice", line.place))
                for line in inside
            )
            items: dict[str, Node] = {
                "id": Scalar(name, place),
                "title": Scalar(next(filter(None, titles), ""), place),
                "choices": List(choices, place),
            }
            made.append(Mapping(items, dict.fromkeys(items, place), place))
        return made

    def _node(self, columns: Iterable[Column], line: _Line) -> Mapping:
        """Make a part of its cells; keys lead into parts of parts."""
        tree: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        columns = tuple(columns)
        for first in dict.fromkeys(column.path[0] for column in columns):
            same = [column for column in columns if column.path[0] == first]
            node = self._part(same, 1, line)
            if node is None and same[0].nullable:
                node = Scalar(None, line.place)
            if node is not None:
                tree[first] = node
                keys[first] = node.place
        return Mapping(tree, keys, line.place)

    def _part(self, columns: list[Column], depth: int, line: _Line) -> Node | None:
        if len(columns) == 1 and len(columns[0].path) == depth:
            return self._value(columns[0], line)
        items: dict[str, Node] = {}
        for name in dict.fromkeys(column.path[depth] for column in columns):
            same = [column for column in columns if column.path[depth] == name]
            node = self._part(same, depth + 1, line)
            if node is not None:
                items[name] = node
        if not items:
            return None
        places = {name: node.place for name, node in items.items()}
        return Mapping(items, places, next(iter(places.values())))

    def _value(self, column: Column, line: _Line) -> Node | None:
        cell = line.cells.get(column.head)
        if cell is None:
            return None
        return _read(column.shape, cell, line.places[column.head])


def _model(sheet: Sheet, kind: str) -> type[Model]:
    """Give the model of a kind; of an unknown one any will do to say so."""
    for model in sheet.models:
        if _kind_of(model) == kind:
            return model
    return sheet.models[0]


def _kind_of(model: type[Model]) -> str:
    (kind,) = get_args(get_type_hints(model)["kind"])
    return str(kind)


def _read(shape: Shape, cell: BookCell, place: Place) -> Node:
    text = _as_text(cell.value)
    match shape:
        case Shape.NUMBER:
            return Scalar(_number(cell.value), place)
        case Shape.YES_NO:
            return Scalar(_yes_or_no(cell.value), place)
        case Shape.LINES:
            return List(tuple(Scalar(each, place) for each in lines(text)), place)
        case Shape.PAIRS:
            told = {word: _meant(meant, place) for word, meant in pairs(text).items()}
            return Mapping(told, dict.fromkeys(told, place), place)
        case Shape.TEXT:
            return Scalar(text, place)
        case _:
            assert_never(shape)


def _meant(meant: list[str], place: Place) -> Node:
    if len(meant) == 1:
        return Scalar(meant[0], place)
    return List(tuple(Scalar(each, place) for each in meant), place)


def _as_text(value: Held) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case _:
            return value


def _number(value: Held) -> int | Decimal | str:
    """Read a number; what is none stays text, which the model refuses in words."""
    text = _as_text(value).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole = number == number.to_integral_value() if number.is_finite() else False
    return int(number) if whole else number


def _yes_or_no(value: Held) -> bool | str:
    text = _as_text(value).strip()
    if text.lower() in _YES:
        return True
    return False if text.lower() in _NO else text
