from __future__ import annotations

from desktop.app.compiled import CompiledPack
from desktop.app.packs.words import spoken
from tests.small import small_pack


def test_spoken__says_rules_and_formulas_in_words() -> None:
    words = spoken(CompiledPack(small_pack()))
    assert words.rules["eci.nursing_within_total"] == "护理型床位数 ≤ 总床位数"
    assert "÷" in words.formulas["nursing_share"]
