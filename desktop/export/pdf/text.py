"""Breaking Chinese text into lines.

A closing mark never starts a line and an opening mark never ends one; numbers and Latin
words stay whole where they fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

OPENING: Final = "（《〈「『【〔“‘([{〖"
CLOSING: Final = "，。、；：？！）》〉」』】〕”’％％%…—·～~)]}〗,.;:?!’′″℃°"

_OPEN = re.escape(OPENING)
_CLOSE = re.escape(CLOSING)
_ATOM = re.compile(
    rf"(?:[{_OPEN}]\s*)*(?:[A-Za-z0-9_+\-=/@#&.,:]+|[^{_OPEN}\s])(?:\s*[{_CLOSE}])*"
    rf"|(?:[{_OPEN}]\s*)+|\s"
)


def break_lines(
    text: str, width: float, measure: Callable[[str], float]
) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`; at least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure(paragraph) <= width:
            lines.append(paragraph)
        else:
            lines.extend(_fill(paragraph, width, measure))
    return tuple(lines)


def _fill(
    paragraph: str, width: float, measure: Callable[[str], float]
) -> Iterator[str]:
    line = ""
    used = 0.0
    for atom in _atoms(paragraph, width, measure):
        wide = measure(atom)
        if line and used + wide > width:
            yield line.rstrip()
            line, used = "", 0.0
            if atom.isspace():
                continue
        line += atom
        used += wide
    if line:
        yield line.rstrip()


def _atoms(
    paragraph: str, width: float, measure: Callable[[str], float]
) -> Iterator[str]:
    """Give the pieces that stay whole; one wider than the line is taken apart."""
    for match in _ATOM.finditer(paragraph):
        if measure(match[0]) <= width:
            yield match[0]
        else:
            yield from match[0]
