"""A fault of a pack as a value: what is wrong, and where its author finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.findings import Level

if TYPE_CHECKING:
    from desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file; line and column count from 1, and 0 is "unknown"."""

    file: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: a message, the place, and how bad it is.

    `file` is relative to the folder of packs. `path` names the part within the pack,
    such as `forms[2].groups[0].fields[4].digits`; it is all there is for JSON.
    """

    message: Message
    file: str = ""
    line: int = 0
    column: int = 0
    level: Level = Level.ERROR
    path: str = ""


def problem(
    message: Message,
    place: Place = NOWHERE,
    *,
    level: Level = Level.ERROR,
    path: str = "",
) -> Problem:
    """Put a message at a place."""
    return Problem(message, place.file, place.line, place.column, level, path)


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Keep what forbids the use of a pack."""
    return tuple(found for found in problems if found.level is Level.ERROR)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place, each once."""
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda found: (found.file, found.line, found.column),
        )
    )
