"""Merge the translations of each language into the one file the program reads.

`resources/locale/<language>/*.po` become `LC_MESSAGES/taizhang.mo`, the same bytes
each time.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOMAIN = "taizhang"
# The header holds a date; a fixed one keeps the bytes the same.
DATE = datetime(2025, 1, 1, tzinfo=UTC)


def languages(root: Path) -> list[Path]:
    """List the language folders."""
    return sorted(path.parent for path in (root / "resources/locale").glob("*/*.po"))


def read_catalogue(path: Path) -> Catalog:
    """Read a .po file.

    Raises:
        PoFileError: The file is not well formed.
    """
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name, abort_invalid=True)


def merged(folder: Path) -> Catalog:
    """Join the .po files of a language; a fuzzy or empty translation is left out."""
    whole = Catalog(
        locale=folder.name,
        project=DOMAIN,
        version="1",
        creation_date=DATE,
        revision_date=DATE,
        fuzzy=False,
    )
    for path in sorted(folder.glob("*.po")):
        for entry in read_catalogue(path):
            if entry.id and entry.string and not entry.fuzzy:
                whole.add(entry.id, entry.string)
    return whole


def compiled(folder: Path) -> bytes:
    """Compile a language to the bytes of its .mo file."""
    out = io.BytesIO()
    write_mo(out, merged(folder))
    return out.getvalue()


def target(folder: Path) -> Path:
    """Name the .mo file of a language."""
    return folder / "LC_MESSAGES" / f"{DOMAIN}.mo"


def compile_all(root: Path) -> Iterator[Path]:
    """Write the .mo file of every language and yield its path."""
    for folder in dict.fromkeys(languages(root)):
        path = target(folder)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(compiled(folder))
        yield path


def main() -> int:
    """Compile this repository's words."""
    for path in compile_all(tree.ROOT):
        print(path.relative_to(tree.ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
