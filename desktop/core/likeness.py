"""Texts of people beside each other: what they say apart from signs, and how alike.

Width, case, signs and spaces do not count, and where texts are held against each other
neither do digits: whoever copies a reason and changes its number has copied it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Collection

NEARLY: Final = 0.85
"""Texts that share this part of their neighbouring letters are nearly the same."""
LONG_ENOUGH: Final = 8
"""Shorter texts resemble each other by chance: they are the same or they are not."""


def parts_of(text: str) -> list[str]:
    """Cut a text at all signs and spaces; wide and capital letters become plain."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def made_of(part: str, phrases: Collection[str]) -> bool:
    """Tell whether a part is nothing but phrases, one behind the other."""
    reached = {0}
    for start in range(len(part)):
        if start in reached:
            reached |= {
                start + len(each) for each in phrases if part.startswith(each, start)
            }
    return len(part) in reached


class Worded:
    """A text as others are held against it."""

    def __init__(self, text: str) -> None:
        """Keep its letters."""
        whole = "".join(parts_of(text))
        self.letters = "".join(sign for sign in whole if not sign.isdigit())

    def is_like(self, other: Worded) -> bool:
        """Tell whether two texts say the same, or nearly."""
        if self.letters == other.letters:
            return bool(self.letters)
        short, long = sorted((len(self.letters), len(other.letters)))
        # No text so much shorter could share enough.
        if short < LONG_ENOUGH or 2 * (short - 1) < NEARLY * (short + long - 2):
            return False
        shared = (self._pairs & other._pairs).total()
        return 2 * shared >= NEARLY * (short + long - 2)

    @cached_property
    def _pairs(self) -> Counter[str]:
        there = self.letters
        return Counter(there[n : n + 2] for n in range(len(there) - 1))
