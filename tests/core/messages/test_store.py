from __future__ import annotations

import ast
import re
from pathlib import Path

from desktop.core.messages.store import MESSAGES

ROOT = Path(__file__).parents[3]


def written() -> set[str]:
    """Give the codes that the package writes out."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "desktop" / "store").glob("*.py")
    ]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"store\.[a-z_]+(\.[a-z_]+)?", node.value)
    }


def test_messages__each_code_has_words_and_each_word_a_use() -> None:
    assert written() == set(MESSAGES)
