from __future__ import annotations

import ast
import re
from pathlib import Path

from desktop.core.messages.intake import MESSAGES

ROOT = Path(__file__).parents[3]
SPOKEN = {"RefusedError": "intake.", "_note": "intake.", "unfit": "intake.cell."}


def written() -> set[str]:
    """Give the codes the package writes out, whole or as a call's first argument."""
    found = set[str]()
    for path in (ROOT / "desktop" / "intake").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)):
                    if re.fullmatch(r"intake\.[a-z_.0-9]*[a-z0-9]", text):
                        found.add(text)
                    if f"intake.{text}" in MESSAGES:
                        found.add(f"intake.{text}")
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name),
                    args=[ast.Constant(value=str(text)), *_],
                ) if name in SPOKEN:
                    found.add(SPOKEN[name] + text)
                case _:
                    pass
    return found


def test_messages__each_code_has_words_and_each_word_a_use() -> None:
    assert written() == set(MESSAGES)
