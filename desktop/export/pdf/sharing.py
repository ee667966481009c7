"""Embedding a font once in a document that was joined of others.

Each part brings its own fonts, cut down to what it says. Their codes stay, so that no
page is written anew; but the glyphs are those of one font that has what all parts say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import TypeAlias

from desktop.export.pdf.fonts import Face
from desktop.export.pdf.glyphs import SUBSET
from desktop.export.pdf.glyphs import cut_down
from desktop.export.pdf.glyphs import from_unicode
from desktop.export.pdf.glyphs import glyph_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

    from desktop.export.pdf.fonts import Typefaces

_Font: TypeAlias = "Any"
"""A font as pikepdf gives it."""


def embed_once(joined: Pdf, faces: Typefaces) -> None:
    """Let all fonts of a face draw with one program.

    What was not embedded by us stays as it is.

    Raises:
        ExportError: A font file is missing or unusable.
    """
    groups: dict[str, list[_Font]] = {}
    for font in _fonts(joined):
        title = str(font.BaseFont).removeprefix(f"/{SUBSET}")
        groups.setdefault(title, []).append(font)
    for face in Face:
        own: Any = faces.font(face).face
        ours = [
            (font, points)
            for font in groups.get(own.name.decode(), ())
            # Another version of the program may have had other fonts.
            if own.charToGlyph.keys() >= set(points := _points(font))
        ]
        if len(ours) > 1:
            _share(joined, ours, own)


def _points(font: _Font) -> list[int]:
    return from_unicode(font.ToUnicode.read_bytes())


def _share(joined: Pdf, fonts: list[tuple[_Font, list[int]]], face: Any) -> None:  # noqa: ANN401 - reportlab's
    """Cut a font down to what several say, and give it to each of them."""
    used = sorted({point for _, points in fonts for point in points})
    glyphs, content = cut_down(face, used)
    program = joined.make_stream(content, Length1=len(content))
    for font, points in fonts:
        descendant = font.DescendantFonts[0]
        descendant.FontDescriptor.FontFile2 = program
        codes = glyph_map(glyphs[point] for point in points)
        descendant.CIDToGIDMap = joined.make_stream(codes)


def _fonts(joined: Pdf) -> Iterator[_Font]:
    """Give each font that pages draw with once."""
    seen: set[tuple[int, int]] = set()
    for page in joined.pages:
        fonts: Any = page.obj.Resources.Font
        if fonts.objgen not in seen:
            seen.add(fonts.objgen)
            yield from (fonts[name] for name in fonts)
