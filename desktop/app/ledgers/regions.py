"""The country's administrative units, to choose from and to search.

The shipped file has one unit a line, in the order in which search shows them: living
units by level and code, then those the place-name database marks as abolished. Level,
parent and class follow from code and name, so a tree is three columns of text and a
`Unit` is made when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from itertools import islice
from itertools import takewhile
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.unit import Unit
from desktop.core.unit import UnitCode
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import class_of
from desktop.core.unit import is_abolished
from desktop.core.unit import is_virtual
from desktop.core.unit import level_of
from desktop.core.unit import parse_unit_code
from desktop.core.unit import statistics_code
from desktop.core.unit_match import fold

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

_AFTER_DIGITS: Final = ":"
"""Sorts behind every digit: a code's descendants end before the code with this."""
_PLACE_DIGITS: Final = (2, 4, 6)
"""Lengths of the codes of provinces, prefectures and counties."""
_DIGITS: Final = (*_PLACE_DIGITS, 9)
"""Lengths of all codes of a region file; it ends with townships."""
_HEADER: Final = "code\tname\tinitials\tstatistics"
_SAME: Final = "="
"""Stands where statistics use the same code."""


def load_regions(path: Path) -> RegionTree:
    """Read a region file.

    Raises:
        OSError: The file cannot be read.
        ValueError: The file is no region file.
    """
    text = path.read_text(encoding="utf-8")
    # One split over all columns: thousands of small lists take ten times as long.
    header, _, body = text.removesuffix("\n").partition("\n")
    cells = body.replace("\n", "\t").split("\t")
    if header != _HEADER or len(cells) % 4:
        raise ValueError(path)
    return RegionTree(cells[0::4], cells[1::4], cells[2::4], cells[3::4])


class RegionTree:
    """All units of one shipped file; read once, never changed."""

    def __init__(
        self,
        codes: Sequence[str],
        names: Sequence[str],
        initials: Sequence[str],
        statistics: Sequence[str],
    ) -> None:
        """Take the columns of the file, in the order in which search shows units."""
        self._codes = codes
        self._names = names
        self._statistics = statistics
        self._row = dict(zip(codes, range(len(codes)), strict=True))
        self._blocks = tuple(_blocks(codes, names))
        self._places = {
            names[row]
            for block in self._blocks
            if block.digits in _PLACE_DIGITS
            for row in range(block.first, block.end)
        }
        self._by_name = _Column(names)
        self._by_initials = _Column(initials)

    def __len__(self) -> int:
        """Count the units, the abolished ones too."""
        return len(self._codes)

    def get(self, code: str) -> Unit | None:
        """Give a unit, abolished ones too; None for a code no unit has."""
        row = self._row.get(code)
        return None if row is None else self._unit(row)

    def provinces(self) -> tuple[Unit, ...]:
        """Give the topmost units."""
        rows = takewhile(lambda row: self._parent(row) is None, self._below(""))
        return tuple(map(self._unit, rows))

    def children(self, code: str) -> tuple[Unit, ...]:
        """Give the living units directly below a unit, by level and code."""
        below = self._below(code)
        return tuple(self._unit(row) for row in below if self._parent(row) == code)

    def path(self, code: str) -> tuple[str, ...]:
        """Give the names from the province down to a unit; empty if there is none."""
        if code not in self._row:
            return ()
        codes = (UnitCode(code), *self._above(code))
        return tuple(self._names[self._row[code]] for code in reversed(codes))

    def subtree(self, code: str) -> tuple[Unit, ...]:
        """Give a unit and all living units below it, as a new ledger needs them.

        The topmost unit keeps its own parent's code, which is outside the subtree.
        """
        row = self._row.get(code)
        rows = () if row is None else chain((row,), self._below(code))
        return tuple(map(self._unit, rows))

    def search(self, text: str, limit: int = 50) -> tuple[Unit, ...]:
        """Find units by name, pinyin initials or code, the likeliest first.

        Words stand for units from the top down: the last for the unit itself, those
        before it for units above (上海 长宁, sh cn). Ranks: the code, the beginning of
        a code, the whole name, its beginning, its inside, the beginning of its
        initials; within a rank the higher unit first, the abolished last. A text that
        finds nothing is tried again with blanks behind the names of places it begins
        with (上海市长宁区).
        """
        words = [fold(word).lower() for word in text.split()]
        rows = list(islice(self._matching(words), limit))
        if not rows:
            apart = [part for word in words for part in self._apart(word)]
            rows = list(islice(self._matching(apart), limit))
        return tuple(map(self._unit, rows))

    def _matching(self, words: Sequence[str]) -> Iterator[int]:
        """Give the rows the words mean, each once."""
        if not words:
            return
        above = self._above_all(words[:-1])
        seen = set()
        for row in self._ranked(words[-1]):
            if row not in seen and (
                above is None or _is_below(self._codes[row], above)
            ):
                yield row
            seen.add(row)

    def _above_all(self, words: Sequence[str]) -> set[str] | None:
        """Give the codes of the places words lead to; None for no words."""
        codes: set[str] | None = None
        for word in words:
            places = self._codes_of_places(word)
            codes = places if codes is None else _all_below(places, codes)
        return codes

    def _codes_of_places(self, word: str) -> set[str]:
        """Give the codes of the units a word may mean that have units below."""
        codes = map(self._codes.__getitem__, self._ranked(word))
        return {code for code in codes if len(code) in _PLACE_DIGITS}

    def _ranked(self, word: str) -> Iterator[int]:
        """Give the rows a word may mean, rank by rank; some come twice."""
        if word.isascii() and word.isdecimal():
            return self._coded(word)
        return chain(
            self._by_name.find(f"\n{word}\n"),
            self._by_name.find(f"\n{word}"),
            self._by_name.find(word),
            merge(
                self._by_initials.find(f"\n{word}"),
                self._by_initials.find(f" {word}"),
            ),
        )

    def _coded(self, digits: str) -> Iterator[int]:
        """Give the row of a code, then those whose codes begin with it."""
        row = self._row.get(parse_unit_code(digits) or digits)
        if row is not None:
            yield row
        for block in self._blocks:
            yield from block.beginning(digits, self._codes)

    def _apart(self, word: str) -> Iterator[str]:
        """Cut the names of places off the beginning of a word, the longest first."""
        ends = (
            end for end in range(len(word) - 1, 1, -1) if word[:end] in self._places
        )
        end = next(ends, len(word))
        yield word[:end]
        if end < len(word):
            yield from self._apart(word[end:])

    def _unit(self, row: int) -> Unit:
        code, name = UnitCode(self._codes[row]), self._names[row]
        return Unit(
            code,
            name,
            self._parent(row),
            level_of(code),
            class_of(code, name),
            is_virtual(code, name),
            statistics_code=self._statistics_code(row),
        )

    def _statistics_code(self, row: int) -> str:
        """Give the twelve digits that statistics know a unit by, if they do."""
        theirs = self._statistics[row]
        code = self._codes[row] if theirs == _SAME else theirs
        return statistics_code(code)

    def _above(self, code: str) -> Iterator[UnitCode]:
        """Give the codes of the units above one, nearest first."""
        above = ancestors_by_code(UnitCode(code))
        return (code for code in above if code in self._row)

    def _parent(self, row: int) -> UnitCode | None:
        return next(self._above(self._codes[row]), None)

    def _below(self, code: str) -> Iterator[int]:
        """Give the rows of the living units below a code, by level and code."""
        for block in self._blocks:
            if block.living and block.digits > len(code):
                yield from block.beginning(code, self._codes)


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows in a stretch with codes of one length, in order."""

    living: bool
    digits: int
    first: int
    end: int

    def beginning(self, code: str, codes: Sequence[str]) -> range:
        """Give the rows whose codes begin with a code."""
        first = bisect_left(codes, code, self.first, self.end)
        return range(first, bisect_left(codes, code + _AFTER_DIGITS, first, self.end))


def _is_below(code: str, places: Container[str]) -> bool:
    # 2 of 4 digits, 2 and 4 of 6, 2, 4 and 6 of 9.
    return any(code[:digits] in places for digits in _PLACE_DIGITS[: len(code) // 3])


def _all_below(codes: Iterable[str], places: Container[str]) -> set[str]:
    return {code for code in codes if _is_below(code, places)}


def _blocks(codes: Sequence[str], names: Sequence[str]) -> Iterator[_Block]:
    """Cut the rows, which are in order, into blocks."""
    living = bisect_left(names, 1, key=is_abolished)
    first = 0
    for digits in _DIGITS:
        end = bisect_right(codes, digits, first, living, key=len)
        yield _Block(living=True, digits=digits, first=first, end=end)
        first = end
    yield _Block(living=False, digits=_DIGITS[-1], first=living, end=len(codes))


class _Column:
    """The texts of all rows in one, so that a search is one scan of memory."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Take the text of each row."""
        self._text = "\n" + "\n".join(entries) + "\n"

    def find(self, part: str) -> Iterator[int]:
        """Give the rows with a part, in order; a line break in it is a row's edge."""
        row, counted = -1, 0
        at = self._text.find(part)
        while at >= 0:
            row += self._text.count("\n", counted, at + 1)
            yield row
            counted = at + 1
            at = self._text.find(part, self._text.find("\n", counted))
