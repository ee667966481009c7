"""Where a table's head is, and which column carries which field.

Tables made by hand have titles above the head, heads over two or three rows, merged
cells, units in brackets. A column is believed to carry a field when its head is the
field's id, title or alias, exactly or after folding; the person can always say
otherwise. What no field wants is listed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from unicodedata import normalize

from desktop.core.layout import UNIT
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.fields import Binding

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.intake.table import Area
    from desktop.intake.table import Table

_SEARCHED_ROWS: Final = 40
_TALLEST: Final = 3

UNIT_HEADS: Final = (
    *("街道", "乡镇", "镇", "乡", "街镇", "镇街", "街道（乡镇）", "乡镇（街道）"),
    *("街道/乡镇", "乡镇/街道", "街道（镇）", "街道、乡镇", "乡镇、街道"),
    *("所属街道", "所属乡镇", "所属街镇", "所在街道", "所在乡镇", "所在街镇"),
    *("所属街道（乡镇）", "所在街道（乡镇）", "所在统计单元", "统计单元", "填报单位"),
    *("行政区划代码", "区划代码", "行政区划", "street", "town", "township", "unit"),
)
"""Heads under which tables name the unit of a row; the list is ours."""


class How(Enum):
    """What a column was recognised by, the surest first."""

    ID = "id"
    TITLE = "title"
    ALIAS = "alias"
    FOLDED = "folded"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its texts from top to bottom."""

    column: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The head as one text."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of a table's head and the heads in them."""

    first_row: int
    last_row: int
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A column and what it carries: a field's id, or `layout.UNIT` for the unit."""

    head: Head
    target: str
    how: How


@dataclass(frozen=True, slots=True)
class Matching:
    """What every column of a table is taken for.

    `unmatched` columns carry no field; `duplicates` carry one that a column before
    them carries already; `locked` ones carry what the ledger computes or knows by
    itself. None of the three is imported.
    """

    header: Header
    matches: tuple[Match, ...]
    unmatched: tuple[Head, ...] = ()
    duplicates: tuple[Match, ...] = ()
    locked: tuple[Match, ...] = ()

    @property
    def by_column(self) -> dict[int, str]:
        """Targets by column."""
        return {match.head.column: match.target for match in self.matches}

    def column_of(self, target: str) -> int | None:
        """Give the column that carries a field."""
        found = (m.head.column for m in self.matches if m.target == target)
        return next(found, None)

    def head_named(self, text: str) -> Head | None:
        """Give the head with a text; folded alike will do where only one is."""
        heads = self.header.heads
        exact = [head for head in heads if text in (head.text, *head.parts)]
        alike = exact or [head for head in heads if fold(head.text) == fold(text)]
        return alike[0] if len(alike) == 1 else None

    def override(self, columns: Mapping[int, str | None], form: Form) -> Matching:
        """Take a person's word for some columns; None means a column carries nothing.

        A column that was taken to carry the same field gives it up.
        """
        wanted = {target for target in columns.values() if target is not None}
        kept = [
            match
            for match in (*self.matches, *self.duplicates, *self.locked)
            if match.head.column not in columns and match.target not in wanted
        ]
        said = [
            Match(head, target, How.PERSON)
            for head in self.header.heads
            if (target := columns.get(head.column)) is not None
        ]
        return _sorted_out(self.header, [*said, *kept], form)


def find_header(table: Table, form: Form) -> Header | Message:
    """Find the head: the rows whose texts match most of the form's fields."""
    names = _Names(form)
    best: tuple[int, Header] | None = None
    for header in _possible_headers(table):
        targets = {
            target for head in header.heads for target, _ in names.claims(head)[:1]
        }
        if targets and (best is None or len(targets) > best[0]):
            best = len(targets), header
    if best is None:
        return message("intake.no_header", sheet=table.sheet, form=form.title)
    return best[1]


def match_columns(table: Table, form: Form, pack: Pack, header: Header) -> Matching:
    """Say which column carries which field, and which carry none.

    A head that two fields claim goes to the surer one, unless that has a list of
    choices of which the column holds none, while it holds some of the other's.
    """
    names = _Names(form)
    contents = _contents(table, header)
    found = []
    for head in header.heads:
        claims = names.claims(head)
        lists = [set(_choices(pack, form, target)) for target, _ in claims]
        fits = [bool(choices & contents[head.column]) for choices in lists]
        if claims:
            other = bool(lists[0]) and not fits[0] and any(fits)
            found.append(Match(head, *claims[fits.index(True) if other else 0]))
    order = list(How)
    # Where two columns want a field, the surer one has it.
    found.sort(key=lambda match: (order.index(match.how), match.head.column))
    return _sorted_out(header, found, form)


def read_head(table: Table, form: Form, pack: Pack) -> Matching | Message:
    """Find the head of a table and match its columns."""
    header = find_header(table, form)
    if isinstance(header, Message):
        return header
    return match_columns(table, form, pack, header)


def _contents(table: Table, header: Header) -> defaultdict[int, set[str]]:
    """Give the different texts of each column below the head."""
    contents = defaultdict[int, set[str]](set)
    for row in table.rows:
        for cell in row:
            if cell.row > header.last_row:
                contents[cell.column].add(cell.text.strip())
    return contents


def _choices(pack: Pack, form: Form, target: str) -> tuple[str, ...]:
    """Give the choices of a field and the words that mean one of them."""
    if target == UNIT:
        return ()
    field = form.by_id[target]
    words = getattr(field, "value_aliases", {})
    listed = pack.code_list_by_id.get(getattr(field, "code_list", None) or "")
    choices = getattr(listed or field, "choices", ())
    return (*choices, *words)


def fold(text: str) -> str:
    """Fold width, case, blanks and punctuation away; brackets' contents stay."""
    folded = normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "%")


def core_of(text: str) -> str:
    """Fold, and drop what stands in brackets, a leading number, 其中 and the like."""
    narrow = normalize("NFKC", text)
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", narrow).strip()
    plain = re.sub(r"^[0-9一二三四五六七八九十]{1,3}\s*[.、:]\s*", "", plain)
    plain = re.sub(r"^[\s#*]*(?:其\s*中)\s*[::、,]?", "", plain)
    return fold(re.sub(r"单位[::].*$", "", plain))


class _Names:
    """All the names of a form's fields, at every sureness."""

    def __init__(self, form: Form) -> None:
        self._tables: list[tuple[How, dict[str, str | None]]] = []
        named = [(_target(field), field) for field in form.fields]
        ids = [
            (written, target)
            for target, field in named
            for written in (field.id, f"{form.id}_{field.id}", f"{form.id}.{field.id}")
        ]
        titles = [(field.title, target) for target, field in named]
        aliases = [
            (alias, target)
            for target, field in named
            for alias in (*field.aliases, *filter(None, (field.title_en,)))
        ]
        aliases += [(head, UNIT) for head in UNIT_HEADS]
        self._add(How.ID, ids)
        self._add(How.TITLE, titles)
        self._add(How.ALIAS, aliases)
        everything = [*ids, *titles, *aliases]
        self._add(How.FOLDED, [(fold(text), target) for text, target in everything])
        self._add(How.FOLDED, [(core_of(text), target) for text, target in everything])
        self._readers: tuple[Callable[[str], str], ...] = (
            *(str, str, str),
            fold,
            core_of,
        )

    def claims(self, head: Head) -> list[tuple[str, How]]:
        """Give what a head may mean, the surest first.

        It is looked up as a whole, by its last part and by its first, until one of
        them means something.
        """
        whole = "".join(head.parts)
        for written in dict.fromkeys((whole, head.text, head.parts[-1], head.parts[0])):
            found: dict[str, How] = {}
            for (how, table), read in zip(self._tables, self._readers, strict=True):
                target = table.get(read(written.strip()))
                if target is not None:
                    found.setdefault(target, how)
            if found:
                return list(found.items())
        return []

    def _add(self, how: How, pairs: Iterable[tuple[str, str]]) -> None:
        """Add names; one that means two fields means none."""
        table: dict[str, str | None] = {}
        for text, target in pairs:
            known = table.get(text, target)
            table[text] = target if known == target else None
        table.pop("", None)
        self._tables.append((how, table))


def _target(field: Field) -> str:
    in_unit = field.binds in {Binding.UNIT_CODE, Binding.UNIT_NAME}
    return UNIT if in_unit else field.id


def _sorted_out(header: Header, found: Sequence[Match], form: Form) -> Matching:
    """Give each field one column and say what became of the others."""
    stored = {field.id for field in form.stored} | {UNIT}
    taken: dict[str, Match] = {}
    duplicates: list[Match] = []
    locked: list[Match] = []
    for match in found:
        if match.target not in stored:
            locked.append(match)
        elif match.target in taken:
            duplicates.append(match)
        else:
            taken[match.target] = match
    known = {match.head.column for match in found}
    return Matching(
        header,
        tuple(sorted(taken.values(), key=_by_column)),
        tuple(head for head in header.heads if head.column not in known),
        tuple(sorted(duplicates, key=_by_column)),
        tuple(sorted(locked, key=_by_column)),
    )


def _by_column(match: Match) -> int:
    return match.head.column


def _possible_headers(table: Table) -> Iterator[Header]:
    """Give every run of one to three rows near the top, lowest count of rows first."""
    rows = [row[0].row for row in table.rows[:_SEARCHED_ROWS]]
    texts = {
        (cell.row, cell.column): cell.text.strip()
        for row in table.rows[:_SEARCHED_ROWS]
        for cell in row
        if cell.text.strip()
    }
    for height in range(1, _TALLEST + 1):
        for start in rows:
            spread = _spread(texts, table.merges, start, start + height - 1)
            if spread:
                yield Header(start, start + height - 1, tuple(_heads(spread)))


def _spread(
    texts: Mapping[tuple[int, int], str], merges: Sequence[Area], top: int, bottom: int
) -> dict[int, list[str]]:
    """Give the texts above each column, a merged one above all it covers."""
    here = {place: text for place, text in texts.items() if top <= place[0] <= bottom}
    for area in merges:
        text = here.get((area.top, area.left))
        if text is not None:
            for column in range(area.left, area.right + 1):
                here.setdefault((area.top, column), text)
    columns: dict[int, list[str]] = {}
    for (_, column), text in sorted(here.items()):
        columns.setdefault(column, []).append(text)
    return columns


def _heads(spread: Mapping[int, Sequence[str]]) -> Iterator[Head]:
    for column, parts in sorted(spread.items()):
        clean = tuple(" ".join(part.split()) for part in parts)
        yield Head(column, clean)
