from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf_fonts import UNITS_PER_EM
from desktop.export.pdf_fonts import Face
from desktop.export.pdf_fonts import Fonts
from desktop.export.pdf_fonts import to_unicode
from desktop.export.safe_file import ExportError
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_fonts__a_character_comes_from_the_first_face_that_has_it(
    fonts: Fonts,
) -> None:
    assert fonts.choose(Face.HEI, "镇").face is Face.HEI
    assert fonts.choose(Face.HEI, "𬒗").face in {Face.HEI, Face.SONG}
    assert fonts.choose(Face.SONG, "𰝟").face is Face.RARE


def test_fonts__runs_of_one_face_hang_together(fonts: Fonts) -> None:
    runs = fonts.runs("𰝟渡镇", Face.SONG)

    assert [text for _, text in runs] == ["𰝟", "渡镇"]
    assert runs[0][0] is fonts.font(Face.RARE)


def test_fonts__a_character_none_has_is_spelt_out_and_reported() -> None:
    fonts = Fonts(FONTS)

    shown = "".join(text for _, text in fonts.runs("甲😀乙\ud800😀", Face.SONG))

    assert shown == "甲〔U+1F600〕乙〔U+D800〕〔U+1F600〕"
    assert fonts.missing == ("😀", "\ud800")
    assert fonts.width("😀", Face.SONG, 10) == pytest.approx(
        fonts.width("〔U+1F600〕", Face.SONG, 10)
    )


def test_fonts__width_and_lines(fonts: Fonts) -> None:
    assert fonts.width("养老", Face.SONG, 10) == pytest.approx(20)
    assert fonts.lines("养老床位", 25, Face.SONG, 10) == ("养老", "床位")


def test_fonts__a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        Fonts(tmp_path)

    assert caught.value.message.code == "export.font_missing"


def test_fonts__one_whose_widths_would_be_wrong_is_refused(tmp_path: Path) -> None:
    for face in Face:
        shutil.copy(FONTS / face.value, tmp_path)
    path = tmp_path / Face.SONG.value
    content = bytearray(path.read_bytes())
    entry = content.index(b"head", 12)
    head = int.from_bytes(content[entry + 8 : entry + 12])
    assert int.from_bytes(content[head + 18 : head + 20]) == UNITS_PER_EM
    content[head + 18 : head + 20] = (1024).to_bytes(2)
    path.write_bytes(content)

    with pytest.raises(ExportError):
        Fonts(tmp_path)


def test_to_unicode__characters_beyond_the_first_plane_take_two_units() -> None:
    lines = to_unicode("F", [0, ord("干"), 0x2C497]).splitlines()

    assert "<01> <5E72>" in lines
    assert "<02> <D871DC97>" in lines
    assert "2 beginbfchar" in lines
    assert "<00> <02>" in lines


def test_to_unicode__blocks_have_at_most_a_hundred_entries() -> None:
    text = to_unicode("F", list(range(256)))

    assert "100 beginbfchar" in text
    assert "55 beginbfchar" in text
    assert text.count("endbfchar") == 3
