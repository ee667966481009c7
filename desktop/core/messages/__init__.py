"""What the program has to say, as codes and parameters.

Code below the windows never speaks: it returns a `Message`, and the windows and the
command line put it into words (`desktop.core.words`). The templates are English
msgids, one file a package; their Chinese is in `resources/locale/zh_CN`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

Param: TypeAlias = "str | int"


@frozen
class Message:
    """A code of a catalogue and the values for its template, in order of name."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()


def message(code: str, /, **params: Param) -> Message:
    """Build the message of a code."""
    return Message(code, tuple(sorted(params.items())))


def merge(*catalogues: Mapping[str, str]) -> dict[str, str]:
    """Join catalogues into one; a code that stands twice is a bug.

    Raises:
        ValueError: A code stands in two catalogues.
    """
    merged: dict[str, str] = {}
    for catalogue in catalogues:
        for code, template in catalogue.items():
            if code in merged:
                raise ValueError(code)
            merged[code] = template
    return merged
