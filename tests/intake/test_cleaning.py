from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from desktop.intake.cleaning import RepairKind
from desktop.intake.cleaning import clean_text
from desktop.intake.cleaning import cleaning


def test_cleaning__step_by_step() -> None:
    steps = cleaning("_x0041_ e\u0301\u00a0２ ")

    assert steps == [
        (RepairKind.ESCAPE, "A e\u0301\u00a0２ "),
        (RepairKind.SPACES, "A e\u0301 ２"),
        (RepairKind.COMPOSED, "A é ２"),
        (RepairKind.WIDTH, "A é 2"),
    ]


def test_cleaning__text_files_know_no_escape() -> None:
    assert cleaning("_x0041_", escaped=False)[-1] == (RepairKind.WIDTH, "_x0041_")


@given(some.text())
def test_clean_text__once_is_enough_but_for_escapes(text: str) -> None:
    once = clean_text(text)

    assert cleaning(once, escaped=False)[-1][1] == once


def test_clean_text__all_general_repairs() -> None:
    assert clean_text(" _x0041_\u200b１ ") == "A1"
