"""The handbook that comes with the program: chapters of Markdown, searchable offline.

`[[file.import]]` in a chapter stands for a command: its title and its keys are put in
when it is shown, so the handbook cannot name keys the program does not have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import COMMANDS
from desktop.app.commands import Menu
from desktop.app.commands import in_menu
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.commands import Command

COMMAND: Final = re.compile(r"\[\[([a-z_.]+)\]\]")
"""A command named in a chapter."""
ALL_COMMANDS: Final = "[[all]]"
"""Stands for the table of all commands."""
LINK: Final = "command:"
"""Begins a link that runs a command."""
AROUND: Final = 28
"""Letters shown on each side of what was found."""
_HEAD: Final = re.compile(r"^## +(.+)$", re.MULTILINE)
_MARKS: Final = re.compile(r"[*`#>|]|^\s*[-\d.]+ +", re.MULTILINE)


@frozen
class Section:
    """A part of a chapter under a heading of its own; `text` is Markdown."""

    title: str
    text: str


@frozen
class Chapter:
    """A page of the handbook; the first section is what stands under its title."""

    id: str
    title: str
    sections: tuple[Section, ...]


@frozen
class Hit:
    """Where a search found its words, and what stands around."""

    chapter: Chapter
    section: Section
    around: str


@frozen
class Handbook:
    """All chapters in their order."""

    chapters: tuple[Chapter, ...]

    def chapter(self, name: str) -> Chapter | None:
        """Give a chapter by its id."""
        return next((each for each in self.chapters if each.id == name), None)

    def search(self, text: str, say: Callable[[str], str]) -> tuple[Hit, ...]:
        """Find the sections that have all words; those with them in the title first."""
        words = text.lower().split()
        if not words:
            return ()
        found = [
            (not all(word in section.title.lower() for word in words), hit)
            for chapter in self.chapters
            for section in chapter.sections
            if (hit := _hit(chapter, section, words, say)) is not None
        ]
        return tuple(hit for _, hit in sorted(found, key=lambda each: each[0]))


def load_handbook(folder: Path) -> Handbook:
    """Read the chapters of a folder, by the number their file names begin with.

    Raises:
        OSError: The folder or a chapter cannot be read.
    """
    paths = sorted(folder.glob("*.md"))
    return Handbook(tuple(_chapter(path) for path in paths))


def shown(chapter: Chapter, say: Callable[[str], str]) -> str:
    """Write a chapter as Markdown, commands as links with their keys."""
    parts = [f"# {chapter.title}"]
    for section in chapter.sections:
        head = [] if section.title == chapter.title else [f"## {section.title}"]
        parts += [*head, _written(section.text, say, _linked)]
    return "\n\n".join(parts)


def _chapter(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n")
    title = head.removeprefix("# ").strip()
    before, *rest = _HEAD.split(body)
    sections = [
        Section(name.strip(), text.strip())
        for name, text in zip(rest[0::2], rest[1::2], strict=True)
    ]
    name = path.stem.partition("-")[2]
    return Chapter(name, title, (Section(title, before.strip()), *sections))


def _hit(
    chapter: Chapter, section: Section, words: list[str], say: Callable[[str], str]
) -> Hit | None:
    plain = _MARKS.sub("", _written(section.text, say, _named))
    line = " ".join(plain.split())
    inside = f"{chapter.title} {section.title} {line}".lower()
    if not all(word in inside for word in words):
        return None
    there = (line.lower().find(word) for word in words)
    place = min((each for each in there if each >= 0), default=0)
    first = max(place - AROUND, 0)
    last = place + AROUND + len(words[0])
    lead, trail = "…" * (first > 0), "…" * (last < len(line))
    return Hit(chapter, section, f"{lead}{line[first:last].strip()}{trail}")


def _written(
    text: str,
    say: Callable[[str], str],
    told: Callable[[Command, Callable[[str], str]], str],
) -> str:
    def one(match: re.Match[str]) -> str:
        command = _BY_ID.get(match[1])
        return match[1] if command is None else told(command, say)

    return COMMAND.sub(one, text.replace(ALL_COMMANDS, "\n".join(_table())))


def _table() -> Iterator[str]:
    """Give the table of all commands by menu, as Markdown that names commands."""
    yield "| | |"
    yield "|---|---|"
    for menu in Menu:
        for command in in_menu(menu):
            yield f"| {command.shortcut or '—'} | [[{command.id}]] |"


def _named(command: Command, say: Callable[[str], str]) -> str:
    title = say(command.title).removesuffix("…")
    return f"{title}（{command.shortcut}）" if command.shortcut else title


def _linked(command: Command, say: Callable[[str], str]) -> str:
    return f"[{_named(command, say)}]({LINK}{command.id})"


_BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}
