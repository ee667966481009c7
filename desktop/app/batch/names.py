"""Names of many files by a pattern such as `{code}-{unit}-{period}`.

A name goes onto any disk: Windows, a stick, a mail. What one of them does not take is
left out of what stands in for a word, and refused in the pattern itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

DEFAULT: Final = "{代码}-{单位}-{报告期}-{制度}"
WORDS: Final[Mapping[str, str]] = {
    "unit": "单位",
    "code": "代码",
    "period": "报告期",
    "pack": "制度",
    "form": "表",
}
"""What may stand in braces, in English and in Chinese."""
LONGEST_BYTES: Final = 200
"""Of a name without its ending: file systems take 255, and ours adds `.xlsx.part`."""
_NAMES: Final[Mapping[str, str]] = {
    **{english: english for english in WORDS},
    **{chinese: english for english, chinese in WORDS.items()},
}
_BRACED: Final = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE
)


@frozen
class Naming:
    """What the words of a pattern stand for; `form` where a file has one form."""

    unit: str
    code: str
    period: str
    pack: str
    form: str = ""


@frozen
class Pattern:
    """A pattern that has been found usable."""

    text: str

    @property
    def by_form(self) -> bool:
        """Whether each form gets a file of its own."""
        return "form" in _words(self.text)

    def name(self, naming: Naming) -> str:
        """Give a name that any file system takes."""
        made = _BRACED.sub(
            lambda found: _plain(getattr(naming, _NAMES[found[1].strip()])), self.text
        )
        return _safe(made)


def pattern_of(text: str) -> Pattern | Message:
    """Read a pattern, or say what is wrong with it."""
    text = unicodedata.normalize("NFC", text.strip())
    if not text:
        return message("batch.pattern.empty")
    rest = _BRACED.sub("", text)
    if "{" in rest or "}" in rest:
        return message("batch.pattern.brace")
    known = "、".join(f"{{{word}}}" for word in WORDS.values())
    for word in _BRACED.findall(text):
        if word.strip() not in _NAMES:
            return message("batch.pattern.word", word=f"{{{word}}}", known=known)
    if (found := _FORBIDDEN.search(rest)) is not None:
        return message("batch.pattern.character", character=found[0])
    if not {"unit", "code"} & _words(text):
        return message("batch.pattern.unit")
    return Pattern(text)


def clashes(names: Iterable[tuple[str, str]]) -> tuple[Message, ...]:
    """Say which names `(name, whose)` would be one file, on a disk or another.

    Windows and most sticks take large and small letters for the same.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for name, whose in names:
        found.setdefault(unicodedata.normalize("NFC", name).casefold(), []).append(
            (name, whose)
        )
    return tuple(
        message(
            "batch.clash", name=some[0][0], units="、".join(whose for _, whose in some)
        )
        for some in found.values()
        if len(some) > 1
    )


def _words(text: str) -> set[str]:
    return {_NAMES[word.strip()] for word in _BRACED.findall(text)}


def _plain(text: str) -> str:
    """Leave out of a word what some file system does not take."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text)).strip()


def _safe(name: str) -> str:
    """Shorten a name, and keep it from what Windows takes for something else."""
    cut = name.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(" .")
    return f"_{cut}" if not cut or _RESERVED.fullmatch(cut) else cut
