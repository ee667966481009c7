"""The first letters of Chinese readings, without a table of readings.

GB 2312 lays out its 3,755 common characters by their reading, so a character's place
tells its first letter. Rarer characters have none here, and a character with several
readings goes by its usual one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_FIRST: Final = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first character of each letter; no reading begins with i, u or v."""
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_BEGIN: Final = tuple(character.encode("gb2312") for character in _FIRST)
_END: Final = "座".encode("gb2312")


def initials(text: str) -> str:
    """Give the letter of each character, in lower case; what has none is left out."""
    return "".join(map(_initial, text))


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        place = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not _BEGIN[0] <= place <= _END:
        return ""
    return _LETTERS[bisect_right(_BEGIN, place) - 1]
