"""The kinds of repair, and those that any text gets.

`desktop.intake.repair` says in a table what each kind does.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from unicodedata import normalize

from desktop.intake.workbook import unescape

if TYPE_CHECKING:
    from collections.abc import Mapping


class RepairKind(Enum):
    """What was repaired; the module's table says how."""

    FORMULA = "formula"
    ESCAPE = "escape"
    WIDTH = "width"
    SPACES = "spaces"
    COMPOSED = "composed"
    THOUSANDS = "thousands"
    MEASURE = "measure"
    SCALE = "scale"
    SCIENTIFIC = "scientific"
    TYPED_NUMBER = "typed_number"
    NUMBER_AS_TEXT = "number_as_text"
    FLOAT = "float"
    SERIAL = "serial"
    WRITING = "writing"
    MEANT = "meant"
    UNIT_NAME = "unit_name"


WIDE: Final[Mapping[int, int]] = {
    **{
        0xFF01 + offset: 0x21 + offset
        for offset in range(94)
        if chr(0x21 + offset).isalnum() or chr(0x21 + offset) in ".,+-/%"
    },
}
"""Full-width letters, digits and the signs of numbers and days; 括号 and the like are
ordinary Chinese and stay. Nothing else Unicode deems alike: ² is not 2."""
_WIDE_TEXT: Final[Mapping[int, int]] = {
    code: narrow for code, narrow in WIDE.items() if chr(narrow).isalnum()
}
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS: Final = re.compile(r"[ \t\r\n\x0b\f\u00a0\u2000-\u200a\u202f\u3000]+")


def cleaning(text: str, *, escaped: bool = True) -> list[tuple[RepairKind, str]]:
    """Give the texts after each repair that any text gets."""
    steps = []
    if escaped:
        text = unescape(text)
        steps.append((RepairKind.ESCAPE, text))
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()
    steps.append((RepairKind.SPACES, text))
    text = normalize("NFC", text)
    steps.append((RepairKind.COMPOSED, text))
    steps.append((RepairKind.WIDTH, text.translate(_WIDE_TEXT)))
    return steps


def clean_text(text: str) -> str:
    """Apply the repairs that any text gets."""
    for _, repaired in cleaning(text):
        text = repaired
    return text
