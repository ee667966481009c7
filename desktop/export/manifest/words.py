"""What a reader sees of a value in a manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.report import Shape
from desktop.export.xlsx.plan import storable

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN: Final = Shape()
_WORDS: Final[Mapping[str, str]] = {
    **{f"b:{int(cell)}": wording.say(cell, _PLAIN) for cell in (False, True)},
    **{f"a:{absent.value}": wording.ABSENT[absent] for absent in Absent},
}


def shown(text: str | None) -> str:
    """Put canonical text into the words that a workbook of ours has for it."""
    if text is None:
        return ""
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith("c:"):
        return storable(_choices(text[2:]))
    return storable(text[2:])


def _choices(text: str) -> str:
    try:
        chosen = json.loads(text)
    except ValueError:
        return text
    return "、".join(map(str, chosen)) if isinstance(chosen, list) else text
