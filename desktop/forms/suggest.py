"""How a refused word is shown, and which word may have been meant."""

from __future__ import annotations

from typing import Final

_SHOWN: Final = 40


def nearest(word: str, words: tuple[str, ...]) -> str | None:
    """Give the word most like a misspelt one."""
    from difflib import get_close_matches  # noqa: PLC0415 - most words are not misspelt

    found = get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else None


def shown(value: object) -> str:
    """Write a refused value, cut to what a line can hold."""
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
