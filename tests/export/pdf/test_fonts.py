from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import message
from desktop.export.pdf.fonts import UNITS_PER_EM
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.fonts import Typefaces
from desktop.export.safe_file import ExportError
from tests.export.samples import FONTS
from tests.export.samples import RARE

if TYPE_CHECKING:
    from pathlib import Path

CONTROLS = set(map(chr, (*range(32), 127)))


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def test_fonts__a_character_comes_from_the_first_face_that_has_it(
    fonts: Fonts,
) -> None:
    assert fonts.choose(Face.HEI, "镇").face is Face.HEI
    assert fonts.choose(Face.HEI, "𬒗").face in {Face.HEI, Face.SONG}
    assert fonts.choose(Face.SONG, "𰝟").face is Face.RARE


@pytest.mark.parametrize("face", [Face.SONG, Face.SONG_BOLD, Face.HEI, Face.HEI_BOLD])
def test_fonts__each_has_every_standard_character(fonts: Fonts, face: Face) -> None:
    told = (RARE.parent / "standard_characters.txt").read_text("utf-8").splitlines()
    standard = "".join(line for line in told if not line.startswith("#"))

    assert {fonts.choose(face, character).face for character in standard} == {face}


def test_fonts__every_character_of_gbk_is_drawn(fonts: Fonts) -> None:
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(256))
    known = set("".join(pair.decode("gbk", "ignore") for pair in pairs))

    assert len(known) > 20_902
    assert {each for each in known if fonts.choose(Face.SONG, each).text != each} == (
        CONTROLS
    )
    assert fonts.choose(Face.HEI, "㎡").face is Face.MORE


def test_fonts__a_character_none_has_is_spelt_out_and_reported() -> None:
    fonts = Fonts(FONTS)

    shown = "".join(fonts.choose(Face.SONG, each).text for each in "甲😀乙\ud800😀")

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
    fonts = Fonts(tmp_path)

    with pytest.raises(ExportError):
        fonts.width("院", Face.SONG, 9)


def test_fonts__one_that_is_damaged_is_named(tmp_path: Path) -> None:
    for face in Face:
        (tmp_path / face.value).write_bytes(b"no font")
    fonts = Fonts(tmp_path)

    with pytest.raises(ExportError) as caught:
        fonts.font(Face.HEI)

    name = Face.HEI.value
    assert caught.value.message == message("export.font_missing", name=name)


def test_typefaces__are_read_once_for_all_documents() -> None:
    faces = Typefaces(FONTS)
    one, other = Fonts(faces), Fonts(faces)

    one.choose(Face.SONG, "😀")

    assert one.font(Face.HEI) is other.font(Face.HEI)
    assert one.font(Face.HEI) is not Fonts(FONTS).font(Face.HEI)
    assert other.missing == ()
