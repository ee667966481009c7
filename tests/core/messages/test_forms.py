from __future__ import annotations

import ast
import re
from pathlib import Path

from desktop.core.catalogue import CATALOGUE
from desktop.core.messages import forms
from desktop.core.messages import forms_entry

ROOT = Path(__file__).parents[3]
PAIRED = {"forms.key", "forms.value", "forms.form", "forms.field"} | {
    "forms.code_list",
    "forms.stranger",
    "forms.concept",
    "forms.sheet",
    "forms.asking",
}
"""Stems of messages that come with and without a guess."""


def written() -> set[str]:
    """Give the codes that the package writes out."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "desktop" / "forms").glob("*.py")
    ]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"forms\.[a-z_]+(\.[a-z_0-9]+)?", node.value)
    }


def test_messages__each_code_has_words_and_each_word_a_use() -> None:
    pairs = {f"{stem}_{end}" for stem in PAIRED for end in ("unknown", "misspelt")}
    kinds = {"whole", "number", "yes_no", "unit", "credit", "telephone", "date"}
    refusals = {f"forms.entry.{kind}" for kind in (*kinds, "no_such_day")}

    said = {code for code in CATALOGUE if code.startswith("forms.")}
    assert set(forms.MESSAGES) | set(forms_entry.MESSAGES) <= said
    assert written() - PAIRED | pairs | refusals == said
