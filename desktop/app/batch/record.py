"""What a batch has written into a folder, so that it can go on where it stopped.

A line is added when a file is whole. A file counts as there only if it was made of the
same and is byte for byte what was written: whoever has changed it gets a new one.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.reports.exporting import digest_of_file
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "批量导出记录.jsonl"
_PARTS: Final = ("file", "made_of", "sha256")


@frozen
class Line:
    """One file: of what it was made, and its digest."""

    made_of: str
    digest: str


def made_of(facts: object) -> str:
    """Give a short text for all that decides what a file says."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


class Record:
    """The record of a folder; a line that was torn off is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        """Read what is there."""
        self._folder = folder
        self._lines = dict(_lines(folder / NAME))

    def holds(self, path: Path, made: str) -> bool:
        """Tell whether a file is there and was made of just that."""
        line = self._lines.get(self._name(path))
        if line is None or line.made_of != made:
            return False
        try:
            return digest_of_file(path) == line.digest
        except OSError:
            return False

    def add(self, path: Path, made: str) -> None:
        """Remember a file that has just been written whole.

        Raises:
            OSError: The disk refuses it.
        """
        name, line = self._name(path), Line(made, digest_of_file(path))
        values = (name, line.made_of, line.digest)
        text = json.dumps(dict(zip(_PARTS, values, strict=True)), ensure_ascii=False)
        with (self._folder / NAME).open("a", encoding="utf-8", newline="\n") as file:
            # A line that was torn off by a failing disk is ended first.
            file.write(f"\n{text}\n")
        self._lines[name] = line

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def _lines(path: Path) -> Iterator[tuple[str, Line]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for row in text.split("\n"):
        try:
            name, made, digest = (json.loads(row)[part] for part in _PARTS)
        except (KeyError, TypeError, ValueError):
            continue
        yield str(name), Line(str(made), str(digest))
