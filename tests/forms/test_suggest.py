from __future__ import annotations

import pytest

from desktop.forms.suggest import nearest
from desktop.forms.suggest import shown


@pytest.mark.parametrize(
    ("word", "found"), [("beds_totl", "beds_total"), ("zzz", None), ("", None)]
)
def test_nearest__ok(word: str, found: str | None) -> None:
    assert nearest(word, ("beds_total", "price")) == found


def test_shown__long_values_are_cut() -> None:
    assert shown("x" * 40) == "x" * 40
    assert shown("x" * 41) == "x" * 39 + "…"
    assert shown(3) == "3"
