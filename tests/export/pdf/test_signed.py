"""Pages to sign: the code stands beside the facts, and what follows stays below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.export.pdf.code import SIDE
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.page import Composer
from desktop.export.pdf.signed import set_facts
from desktop.export.pdf.signed import write_signed
from desktop.export.safe_file import ExportError

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
LONG = "华阳路街道" * 7
"""As long as a line, and longer than one beside a code."""


def used(code: str, *facts: str) -> float:
    """Tell how much of a page facts take."""
    composer = Composer(Fonts(FONTS), "notice")
    top, width = composer.y, composer.width
    set_facts(composer, [("单位", fact) for fact in facts], code)
    assert composer.width == width
    return top - composer.y


def test_facts__one_line_leaves_room_for_the_code() -> None:
    assert used("", "长宁区") < SIDE
    assert used("a|1", "长宁区") == pytest.approx(SIDE)


def test_facts__are_narrower_beside_the_code() -> None:
    facts = [LONG] * 6
    assert used("a|1", *facts) > used("", *facts) > SIDE


def test_write_signed__says_nothing_at_the_foot_unless_asked(tmp_path: Path) -> None:
    fonts = Fonts(FONTS)
    composer = Composer(fonts, "notice")
    set_facts(composer, [("单位", "长宁区")], "")
    numbers: list[int] = []
    said = ("题目", "长宁区", "2025年")
    plain, footed = tmp_path / "a.pdf", tmp_path / "b.pdf"

    write_signed(plain, composer.pages, fonts, said)
    write_signed(
        footed,
        composer.pages,
        fonts,
        said,
        lambda _, number, __: numbers.append(number),
    )

    assert numbers == [1]
    assert plain.read_bytes() == footed.read_bytes()
    with pytest.raises(ExportError):
        write_signed(tmp_path / "no" / "a.pdf", composer.pages, fonts, said)
