from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from typing import Any

import pikepdf
import pytest

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.fonts import Typefaces
from desktop.export.pdf.merge import PdfPart
from desktop.export.pdf.merge import Said
from desktop.export.pdf.merge import merge_pdfs
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.sharing import embed_once
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

WORDS = ("干𬒗镇敬老院 208 张", "一⼀养老院 ㎡", "𰝟干览镇 Nursing")
FACES = Typefaces(FONTS)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[PdfPart]:
    """Write parts that share some characters, some faces and no numbering of them."""
    folder = tmp_path_factory.mktemp("sharing")
    made = []
    for place, words in enumerate(WORDS):
        path = folder / f"{place}.pdf"
        pen = Pen(path, Fonts(FACES))
        for face in (Face.SONG, Face.HEI):
            pen.text(50, 500, words, face, 20)
            pen.end_page()
        pen.save()
        made.append(PdfPart(path, str(place)))
    return made


@pytest.fixture(scope="module")
def joined(parts: list[PdfPart]) -> Path:
    path = parts[0].path.with_name("joined.pdf")
    said = Said("合订", "长宁区", "2026-01-02T03:04:00+00:00")
    assert merge_pdfs(parts, path, said, lambda *_: True, FACES) == 2 * len(parts)
    return path


def programs(pdf: pikepdf.Pdf) -> dict[str, list[tuple[int, int]]]:
    """Give the embedded fonts of a PDF by their title, as often as they are there."""
    found: dict[str, list[tuple[int, int]]] = {}
    seen = set()
    for page in pdf.pages:
        fonts: Any = page.obj.Resources.Font
        for name in fonts:
            font = fonts[name]
            if font.objgen not in seen:
                seen.add(font.objgen)
                descriptor = font.DescendantFonts[0].FontDescriptor
                title = str(font.BaseFont)
                found.setdefault(title, []).append(descriptor.FontFile2.objgen)
    return found


def test_embed_once__each_face_is_there_once(joined: Path) -> None:
    with pikepdf.open(joined) as pdf:
        found = programs(pdf)

    assert len(found["/TAIZHA+NotoSerifSC-Regular"]) == len(WORDS)
    assert all(len(set(each)) == 1 for each in found.values())


def test_embed_once__pages_look_and_read_as_before(
    joined: Path, parts: list[PdfPart], program: Callable[[str], str]
) -> None:
    def seen(path: Path, page: int, command: str, *more: str) -> bytes:
        span: list[str | Path] = ["-f", str(page), "-l", str(page), path]
        run: list[str | Path] = [program(command), *span, *more]
        return subprocess.run(run, check=True, capture_output=True).stdout

    for place, part in enumerate(parts):
        for page in (1, 2):
            for command in (["pdftotext", "-"], ["pdftoppm"]):
                alone = seen(part.path, page, *command)
                assert alone == seen(joined, 2 * place + page, *command)
                assert alone


def test_embed_once__is_still_an_archive(
    joined: Path, preflight: Callable[[Sequence[Path]], list[list[str]]]
) -> None:
    assert preflight([joined]) == [[]]


def test_embed_once__a_character_the_fonts_have_not_stays_with_its_part(
    parts: list[PdfPart],
) -> None:
    """A part may be of a time when the program had other fonts."""
    faces = Typefaces(FONTS)
    known: Any = faces.font(Face.SONG).face
    known.charToGlyph = {
        point: glyph for point, glyph in known.charToGlyph.items() if chr(point) != "养"
    }
    with pikepdf.new() as pdf:
        for part in parts:
            with pikepdf.open(part.path) as source:
                pdf.pages.extend(source.pages)
        embed_once(pdf, faces)
        found = programs(pdf)["/TAIZHA+NotoSerifSC-Regular"]

    assert len(set(found)) == 2
    assert found[0] == found[2] != found[1]
