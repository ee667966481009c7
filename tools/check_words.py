"""Hold every sentence the program can say to a complete Chinese translation.

A msgid is found where it is written: as a value of a catalogue in
`desktop/core/messages`, or as the literal handed to `say`, `words` or `mark`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import compile_words
from tools import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGE = "zh_CN"
SPEAKERS = frozenset({"say", "_say", "tell", "words", "_words", "mark"})


@dataclass(frozen=True, slots=True)
class Used:
    """A msgid and where it is written; `text` is None where nobody could tell."""

    path: Path
    line: int
    text: str | None


def in_catalogue(path: Path) -> Iterator[Used]:
    """Yield the templates of a message catalogue."""
    for node in tree.parse(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Dict):
                    for value in inner.values:
                        yield Used(path, value.lineno, literal(value))


def literal(node: ast.expr) -> str | None:
    """Read a literal string."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case _:
            return None


def spoken(path: Path) -> Iterator[Used]:
    """Yield the literals handed to a speaker.

    A name may be handed too (its text was marked elsewhere); a text put together on
    the spot can never be translated.
    """
    for node in ast.walk(tree.parse(path)):
        match node:
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]
            ) if name in SPEAKERS:
                match first:
                    case ast.Constant() | ast.JoinedStr() | ast.BinOp():
                        yield Used(path, first.lineno, literal(first))
                    case ast.IfExp(body=body, orelse=orelse):
                        yield Used(path, first.lineno, literal(body))
                        yield Used(path, first.lineno, literal(orelse))
                    case _:
                        continue
            case _:
                continue


def used(root: Path) -> list[Used]:
    """List every msgid of the program."""
    catalogues = tree.python_files(root, "desktop/core/messages")
    found = [one for path in catalogues for one in in_catalogue(path)]
    modules = tree.python_files(root, "desktop")
    return found + [one for path in modules for one in spoken(path)]


def placeholders(text: str) -> Counter[str]:
    """Count what stands in braces."""
    return Counter(re.findall(r"\{[^{}]*\}?|\}", text))


def untranslated(root: Path, known: dict[str, str]) -> Iterator[str]:
    """Yield msgids without translation, and texts that cannot have one."""
    for one in used(root):
        if one.text is None:
            says = "is no literal text, so it cannot be translated"
        elif one.text not in known:
            says = f"has no {LANGUAGE} translation: {one.text!r}"
        else:
            continue
        yield tree.at(root, one.path, one.line, says)


def entry_faults(path: Path, wanted: set[str], known: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong inside one .po file, and note its translations."""
    catalogue = compile_words.read_catalogue(path)
    if catalogue.obsolete:
        yield f"{len(catalogue.obsolete)} obsolete entries (#~)"
    for entry in catalogue:
        if not entry.id:
            continue
        if not (isinstance(entry.id, str) and isinstance(entry.string, str)):
            yield f"plural forms are not in use: {entry.id!r}"
            continue
        if entry.fuzzy or not entry.string.strip():
            yield f"unfinished: {entry.id!r}"
            continue
        if entry.id not in wanted:
            yield f"nobody says {entry.id!r}"
        if placeholders(entry.id) != placeholders(entry.string):
            yield f"other placeholders than {entry.id!r}: {entry.string!r}"
        if known.setdefault(entry.id, entry.string) != entry.string:
            yield f"two translations of {entry.id!r}"


def faults(root: Path) -> Iterator[str]:
    """Yield what keeps the words from being complete."""
    folder = root / "resources" / "locale" / LANGUAGE
    wanted = {one.text for one in used(root) if one.text is not None}
    known: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        for says in entry_faults(path, wanted, known):
            yield tree.at(root, path, 1, says)
    yield from untranslated(root, known)
    target = compile_words.target(folder)
    if not target.is_file() or target.read_bytes() != compile_words.compiled(folder):
        yield tree.at(
            root, target, 1, "is not what the .po files say; run `make words`"
        )


if __name__ == "__main__":
    sys.exit(tree.run("words", faults))
