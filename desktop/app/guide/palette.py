"""What can be asked for by typing: commands, forms, fields, chapters, ledgers.

A person types any part of what they want, or the first letters of its reading
(pinyin), and takes the first that is right.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

SHOWN: Final = 60
"""Offers listed at once; nobody reads on."""


class OfferKind(Enum):
    """What an offer leads to; the order is that of offers equally likely."""

    COMMAND = "command"
    FORM = "form"
    FIELD = "field"
    CHAPTER = "chapter"
    LEDGER = "ledger"


@frozen
class Offer:
    """One thing to go to or do; `target` is its id, `aside` is said in grey."""

    kind: OfferKind
    target: str
    title: str
    aside: str = ""


def likeliest(offers: Sequence[Offer], text: str) -> tuple[Offer, ...]:
    """Give the offers that a text may mean, the likeliest first.

    Each word of the text must be in the title or be among its first letters. A title
    that begins with the text, or has just these letters, comes first, then one whose
    letters begin with it, then the others.
    Without a text all are offered, as they are.
    """
    words = text.lower().split()
    if not words:
        return tuple(offers[:SHOWN])
    ranked = ((_rank(offer, words), place) for place, offer in enumerate(offers))
    fitting = sorted((rank, place) for rank, place in ranked if rank is not None)
    return tuple(offers[place] for _, place in fitting[:SHOWN])


def _rank(offer: Offer, words: Iterable[str]) -> int | None:
    """Tell how far a title is from what was typed; None where it is not meant."""
    title, letters = offer.title.lower(), initials(offer.title)
    worst = 0
    for word in words:
        distance = _distance(word, title, letters)
        if distance is None:
            return None
        worst = max(worst, distance)
    return worst


def _distance(word: str, title: str, letters: str) -> int | None:
    whole = title.startswith(word) or letters == word
    forms = (whole, letters.startswith(word), word in title)
    if any(forms):
        return forms.index(True)
    return 3 if word in letters else None
