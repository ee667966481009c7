from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.glyphs import Lettering
from desktop.export.pdf.glyphs import bits
from desktop.export.pdf.glyphs import from_unicode
from desktop.export.pdf.glyphs import to_unicode
from desktop.export.pdf.glyphs import widths_of
from desktop.export.pdf.pen import Pen
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_codes__a_character_keeps_the_code_it_got_first(fonts: Fonts) -> None:
    codes = Lettering(fonts).codes(Face.SONG, 9)

    assert codes.begin.endswith(" 9 Tf")
    assert codes.show("院舍院") == "<000100020001>Tj"
    assert codes.show("舍") == "<0002>Tj"


def test_codes__a_face_has_the_same_codes_at_every_size(fonts: Fonts) -> None:
    lettering = Lettering(fonts)
    lettering.codes(Face.SONG, 9).show("院舍")

    assert lettering.codes(Face.SONG, 16).show("舍") == "<0002>Tj"
    assert lettering.codes(Face.HEI, 9).show("舍") == "<0001>Tj"


def test_codes__a_character_of_another_font_changes_there_and_back(
    fonts: Fonts,
) -> None:
    codes = Lettering(fonts).codes(Face.SONG, 9)
    before, there, after = codes.show("甲𰝟乙").split("Tj ")

    assert before == "<0001>"
    assert there.endswith(" 9 Tf<0001>")
    assert after == f"{codes.begin}<0002>Tj"


def test_font__is_searched_as_what_it_says(
    tmp_path: Path, program: Callable[[str], str], fonts: Fonts
) -> None:
    """Two characters that share a glyph are each found as themselves."""
    words = "一⼀ 干𬒗镇敬老院 〔U+1F600〕"
    path = tmp_path / "a.pdf"
    pen = Pen(path, fonts)
    pen.text(50, 500, "一⼀ 干𬒗镇敬老院 😀", Face.SONG, 12)
    pen.end_page()
    pen.save()
    pen.close()

    done = subprocess.run(
        [program("pdftotext"), path, "-"], check=True, capture_output=True
    )
    assert done.stdout.decode().strip() == words


def test_widths__only_those_that_are_no_full_em() -> None:
    found = list(widths_of([1000, 500, 600, 1000, 300]))

    assert found == [2, [500, 600], 5, [300]]


def test_bits__from_the_highest_on() -> None:
    assert bits(3) == b"\xe0"
    assert bits(8) == b"\xff"
    assert bits(9) == b"\xff\x80"


def test_to_unicode__characters_beyond_the_first_plane_take_two_units() -> None:
    lines = to_unicode([ord("干"), 0x2C497]).decode().splitlines()

    assert "<0001> <5E72>" in lines
    assert "<0002> <D871DC97>" in lines
    assert "2 beginbfchar" in lines


@given(st.lists(st.characters(codec="utf-8"), unique=True, max_size=300))
def test_from_unicode__gives_back_the_characters(characters: list[str]) -> None:
    points = [ord(each) for each in characters]

    assert from_unicode(to_unicode(points)) == points


def test_to_unicode__blocks_have_at_most_a_hundred_entries() -> None:
    text = to_unicode(range(0x4E00, 0x4E00 + 255)).decode()

    assert "100 beginbfchar" in text
    assert "55 beginbfchar" in text
    assert text.count("endbfchar") == 3
